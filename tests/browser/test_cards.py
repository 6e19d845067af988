"""Cards made for other devices, as a page loads them: a stand-in calls what they call."""

from collections.abc import AsyncIterator
import re

from playwright.async_api import Locator, Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from simulator.consoles.console import Console
from simulator.network.faults import Fault
from tests.browser.dashboards import dashboard_of
from tests.browser.frontend import show
from tests.running_simulator import RunningSimulator

URL_PATH = "remote-cards"
_ANSWER = 0.3
"""Seconds that the network takes for each command."""
_SOON_MS = 2000
"""Two answers, and what the pages take: as many calls one after the other would take six seconds."""

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture(params=["android_tv", "roku"])
async def card(
    home_assistant: HomeAssistant, page: Page, request: pytest.FixtureRequest
) -> AsyncIterator[Locator]:
    """The card in one of its modes, on a dashboard of its own."""
    shown = {
        "type": "custom:stand-in-remote-card",
        "remote": "remote.living_room",
        "mode": request.param,
    }
    async with dashboard_of(home_assistant, URL_PATH, shown):
        await show(page, f"/{URL_PATH}")
        yield page.locator("stand-in-remote-card")


async def test_typing(card: Locator, screen: Locator, console: Console) -> None:
    """Cases R1, R2, R3: what is typed in the page stands in the text box of the console."""
    console.shell.leave()
    box = card.locator("textarea")
    await box.press_sequentially("lantermn", delay=60)
    await box.press("Backspace")
    await box.press("Backspace")
    await box.press("n")
    await expect(screen).to_have_attribute("data-typed", "lantern")
    await expect(screen).to_have_attribute("data-overlay", "keyboard")
    await box.press("Enter")
    await expect(screen).to_have_attribute("data-overlay", "")
    await expect(screen).to_have_attribute("data-app", "home")


async def test_a_button_held_down(
    card: Locator,
    page: Page,
    screen: Locator,
    console: Console,
    simulator: RunningSimulator,
) -> None:
    """Case R4: no step that was asked for is lost, and the last comes soon after the release."""
    simulator.world.faults.add(Fault(kind="slow", path="/commands", seconds=_ANSWER))
    before = console.shell.volume
    await page.bring_to_front()
    await card.get_by_role(
        "button", name=re.compile("volume_up", re.IGNORECASE)
    ).hover()
    await page.mouse.down()
    await expect(card).to_have_attribute("data-calls", re.compile("[2-9]."))
    await page.mouse.up()
    calls = await card.get_attribute("data-calls")
    assert calls is not None
    await expect(screen).to_have_attribute(
        "data-volume", str(before + int(calls)), timeout=_SOON_MS
    )


@pytest.mark.parametrize("card", ["android_tv"], indirect=True)
async def test_keys(card: Locator, page: Page, screen: Locator) -> None:
    """Cases R5, R6, R9: names of Android reach the console, and an error is one toast of one line."""
    for key, reached in {
        "KEYCODE_DPAD_UP": "Up",
        "DPAD_RIGHT": "Right",
        "BUTTON_Y": "Y",
    }.items():
        await card.get_by_role("button", name=key).click()
        await expect(screen).to_have_attribute("data-last-key", reached)
    muted = card.get_by_role("button", name="KEYCODE_VOLUME_MUTE")
    await muted.click()
    await expect(screen).to_have_attribute("data-muted", "true")
    await muted.click()
    await expect(screen).to_have_attribute("data-muted", "false")
    await card.get_by_role("button", name="SEARCH").click()
    toast = page.locator("ha-toast", has_text="SEARCH: no command reaches the search")
    await expect(toast).to_have_count(1)


@pytest.mark.parametrize("card", ["roku"], indirect=True)
async def test_one_key_plays_and_pauses(
    card: Locator, screen: Locator, console: Console, simulator: RunningSimulator
) -> None:
    """Case R7: a Roku card has no other."""
    console.shell.show(simulator.world.titles["larkvision"])
    play = card.get_by_role("button", name="play")
    for playback in ("Paused", "Playing", "Paused"):
        await play.click()
        await expect(screen).to_have_attribute("data-playback", playback)
