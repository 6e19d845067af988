"""The remote card: every button does on the console's screen what it says, however it is pressed."""

import re
from typing import NamedTuple

from playwright.async_api import Locator, Page, expect
import pytest

from simulator.consoles.console import Console
from tests.browser import pressing
from tests.browser.pressing import Press
from tests.running_simulator import RunningSimulator

pytestmark = pytest.mark.usefixtures("signed_in")


class Button(NamedTuple):
    """A button by its label, and what the screen shows after it: an attribute with its value."""

    label: str
    attribute: str
    value: str


_KEYS = [
    Button(label, "data-last-key", key)
    for label, key in {
        **{key: key for key in ("View", "Menu", "Up", "Left", "Right", "Down")},
        "Xbox button": "Nexus",
        **{key: key for key in ("Y", "X", "B", "A", "Guide")},
    }.items()
]
_FILM = [
    Button("Previous", "data-operation", "Previous:Succeeded"),
    Button("Next", "data-operation", "Next:Succeeded"),
    Button("Play or pause", "data-playback", "Paused"),
    Button("Volume up", "data-volume", "31"),
    Button("Volume down", "data-volume", "30"),
    Button("Mute or unmute", "data-muted", "true"),
    Button("Home", "data-app", "home"),
]
_PAD = {
    12: "Up",
    13: "Down",
    14: "Left",
    15: "Right",
    0: "A",
    1: "B",
    2: "X",
    3: "Y",
    8: "View",
    9: "Menu",
    16: "Nexus",
}
_STICK = [(0, -1.0, "Left"), (0, 1.0, "Right"), (1, -1.0, "Up"), (1, 1.0, "Down")]


@pytest.mark.parametrize(
    "press", [pressing.with_mouse, pressing.with_finger, pressing.with_keyboard]
)
async def test_every_button(
    card: Locator,
    page: Page,
    screen: Locator,
    console: Console,
    simulator: RunningSimulator,
    press: Press,
) -> None:
    """What it is called happens, with a mouse, a finger, and a keyboard alone."""
    await page.bring_to_front()
    console.shell.leave()
    labels = set()
    for button in _KEYS:
        await press(card.get_by_role("button", name=button.label, exact=True))
        await expect(screen).to_have_attribute(button.attribute, button.value)
        labels.add(button.label)
    console.shell.overlay = "menu"
    await press(card.get_by_role("button", name="Back", exact=True))
    await expect(screen).to_have_attribute("data-overlay", "")
    console.shell.show(simulator.world.titles["larkvision"])
    for button in _FILM:
        await press(card.get_by_role("button", name=button.label, exact=True))
        await expect(screen).to_have_attribute(button.attribute, button.value)
        labels.add(button.label)
    shown = await card.locator(".key[data-key]").evaluate_all(
        "keys => keys.map((key) => key.getAttribute('aria-label'))"
    )
    assert set(shown) == labels | {"Back"}


@pytest.mark.spoils_page
async def test_a_controller(
    card: Locator, page: Page, screen: Locator, console: Console
) -> None:
    """Every button that a console's own controller has, and its stick."""
    await page.bring_to_front()
    console.shell.leave()
    await pressing.plug_in_controller(page)
    for button, key in _PAD.items():
        await pressing.press_controller(page, button)
        await expect(screen).to_have_attribute("data-last-key", key)
    for axis, value, key in _STICK:
        await pressing.push_stick(page, axis, value)
        await expect(screen).to_have_attribute("data-last-key", key)


async def test_a_keyboard(
    card: Locator, page: Page, screen: Locator, console: Console
) -> None:
    """Arrows move, Enter is A, Escape is B, and letters are typed, after a click or with Tab alone."""
    await page.bring_to_front()
    console.shell.leave()
    await card.get_by_role("button", name="Power").focus()
    await page.keyboard.press("Tab")
    for key, reached in {
        "ArrowUp": "Up",
        "ArrowLeft": "Left",
        "ArrowRight": "Right",
        "ArrowDown": "Down",
        "Escape": "B",
        "Enter": "A",
    }.items():
        await page.keyboard.press(key)
        await expect(screen).to_have_attribute("data-last-key", reached)
    console.shell.leave()
    await card.get_by_role("button", name="Y", exact=True).click()
    await expect(screen).to_have_attribute("data-overlay", "keyboard")
    await page.keyboard.type("lanternz", delay=60)
    await page.keyboard.press("Backspace")
    await expect(screen).to_have_attribute("data-typed", "lantern")


async def test_text(card: Locator, screen: Locator, console: Console) -> None:
    """The text box types the whole, a single letter too."""
    console.shell.leave()
    box = card.get_by_role("textbox", name="Type on the console")
    for text in ("Salt Road, season 2", "x"):
        await box.fill(text)
        await box.press("Enter")
        await expect(screen).to_have_attribute("data-typed", text)


async def test_sources(card: Locator, screen: Locator) -> None:
    """Games and apps are there with covers; a touch starts one, and it is marked."""
    await card.get_by_role("button", name="Games and apps").click()
    game = card.get_by_role("button", name="Tidewater Tales")
    await expect(game.locator("img")).to_be_visible()
    await game.click()
    await expect(screen).to_have_attribute("data-app-name", "Tidewater Tales")
    await expect(game).to_have_attribute("aria-current", "true")


async def test_power(card: Locator, screen: Locator) -> None:
    """What was asked for is shown at once, with the time that it has taken."""
    power = card.get_by_role("button", name="Power")
    await expect(power).to_have_attribute("aria-pressed", "true")
    await power.click()
    await expect(screen).to_have_attribute("data-power", "ConnectedStandby")
    await expect(power).to_have_attribute("aria-pressed", "false")
    await power.click()
    await expect(card.locator(".words p").first).to_have_text(
        re.compile(r"Waking up \d:\d\d")
    )
    await expect(screen).to_have_attribute("data-power", "On")
    await expect(card.get_by_role("status").first).not_to_contain_text("Waking up")


async def test_a_refusal(
    card: Locator, page: Page, console: Console, screen: Locator
) -> None:
    """It is told and felt at once, with its reason, and goes with the next press that works."""
    await page.evaluate(
        "window.felt = []; addEventListener('haptic', ({ detail }) => window.felt.push(detail))"
    )
    console.remote_features = False
    pressed = card.get_by_role("button", name="X", exact=True)
    await pressed.click()
    alert = card.get_by_role("alert")
    await expect(alert).to_contain_text("remote features", ignore_case=True)
    console.remote_features = True
    await pressed.click()
    await expect(screen).to_have_attribute("data-last-key", "X")
    await expect(alert).to_be_hidden()
    assert await page.evaluate("window.felt") == ["light", "failure", "light"]
    await expect(page.locator("ha-toast")).to_have_count(0)


async def test_what_is_left_out_is_not_there(card: Locator) -> None:
    """Each option takes its part away, and leaves the others."""
    parts = {
        "keys": card.get_by_role("group").first,
        "media": card.get_by_role("button", name="Volume up"),
        "text": card.get_by_role("textbox"),
        "sources": card.get_by_role("button", name="Games and apps"),
        "keyboard": card.get_by_role("application"),
    }
    for option, part in parts.items():
        await expect(part).to_be_visible()
        await card.evaluate(
            "(card, option) => card.setConfig({ entity: 'remote.living_room', name: 'Mine', [option]: false })",
            option,
        )
        await expect(part).to_have_count(0)
        await expect(card.get_by_role("heading", name="Mine")).to_be_visible()
        await card.evaluate(
            "(card) => card.setConfig({ entity: 'remote.living_room' })"
        )


_OUTSIDE = """
async (card, width) => {
  card.style.width = `${width}px`;
  await new Promise(requestAnimationFrame);
  const boxes = [...card.querySelector("xbox-console-remote-face").shadowRoot.querySelectorAll(".key, .power, input")].map((node) => node.getBoundingClientRect());
  const all = card.getBoundingClientRect();
  return boxes.filter(({ left, right, width, height }) => left < all.left - 1 || right > all.right + 1 || width < 44 || height < 44).length;
}
"""


async def test_it_fits_every_width_of_a_section(card: Locator) -> None:
    """From half a section on a phone to a whole page: every button is inside, and large enough for a finger."""
    for width in (175, 240, 339, 340, 420, 619, 620, 1200):
        assert not await card.evaluate(_OUTSIDE, width), width
