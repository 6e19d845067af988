"""The dashboard that the integration offers, made and looked at as a user does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect
import pytest

from scripts import dashboard
from scripts.homeassistant_instance import HomeAssistant
from tests.browser.conftest import PLAYERS_PATH, TakePicture
from tests.browser.dashboards import dashboard_of, open_editor
from tests.browser.frontend import show
from tests.running_simulator import RunningSimulator

_CONSOLE = f"/{dashboard.URL_PATH}/console-living_room"
_SIZES = {"phone": (390, 844), "tablet": (820, 1180), "wall": (1280, 900)}
_CARDS = {
    "consoles": ("xbox-console-remote",),
    "console-living_room": ("xbox-console-remote", "xbox-console-library"),
    "people": ("xbox-console-play",),
    "captures": ("xbox-console-captures",),
}
"""Views with cards of ours."""
_SHOWN = {
    ("console-living_room", "wall", "dark"),
    ("console-living_room", "phone", "light"),
    ("consoles", "wall", "light"),
    ("captures", "wall", "light"),
}
"""What the documentation shows."""
_SERIOUS = ("serious", "critical")
_MANY = 5
"""Rules that any card keeps, if it was looked at."""

type Rules = dict[str, list[dict[str, Any]]]
_THERE = """
(images) => Promise.all(images.map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))
"""
_READ_FROM_THE = """
(side) => {
  const direction = { left: "ltr", right: "rtl" }[side];
  document.dir = direction;
  document.querySelector("home-assistant").style.direction = direction;
}
"""
_HEARD = """
- heading "Living room" [level=2]
- paragraph:
  - status: Playing · Starfall Odyssey
- button "Power" [pressed]
- 'application "Keyboard: arrows move, Enter is A, Escape is B, letters are typed"':
  - group "View, Xbox button, Menu":
    - button "View"
    - button "Xbox button"
    - button "Menu"
  - group "Directions":
    - button "Up"
    - button "Left"
    - button "Right"
    - button "Down"
  - group "A, B, X, Y":
    - button "Y"
    - button "X"
    - button "B"
    - button "A"
  - group "Ways out":
    - button "Back"
    - button "Home"
    - button "Guide"
  - group "Playback and volume":
    - button "Previous"
    - button "Play or pause"
    - button "Next"
    - button "Volume down"
    - button "Mute or unmute"
    - button "Volume up"
- textbox "Type on the console"
- button "Send"
- button "Games and apps"
"""

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
async def no_dashboards(home_assistant: HomeAssistant) -> AsyncIterator[None]:
    """Dashboards that a test makes are gone after it."""
    before = await _addresses(home_assistant)
    yield
    for made in await home_assistant.command("lovelace/dashboards/list"):
        if made["url_path"] not in before:
            await home_assistant.command(
                "lovelace/dashboards/delete", dashboard_id=made["id"]
            )


@pytest.mark.usefixtures("no_dashboards")
async def test_it_is_offered_where_dashboards_are_added(
    page: Page,
    home_assistant: HomeAssistant,
    simulator: RunningSimulator,
    take_picture: TakePicture,
) -> None:
    """Chosen in the dialog, it has a view of all consoles, one of each, and one of people."""
    before = await _addresses(home_assistant)
    await show(page, "/config/lovelace/dashboards")
    await page.get_by_role("button", name="Add dashboard").click()
    offered = page.locator("dashboard-card").filter(has_text="Xbox Console")
    await expect(offered).to_contain_text("a remote for each")
    await offered.scroll_into_view_if_needed()
    await take_picture("add-dashboard", documentation=True)
    await offered.click()
    detail = page.locator("dialog-lovelace-dashboard-detail")
    await detail.get_by_role("button", name="Create").click()
    await expect(page.locator("ha-data-table").get_by_text("Xbox")).to_have_count(2)
    (made,) = await _addresses(home_assistant) - before
    await show(page, f"/{made}")
    for name in (console.name for console in simulator.world.consoles.values()):
        await page.get_by_role("tab", name=name).click()
        await expect(_remote(page).get_by_role("heading", name=name)).to_be_visible()
    await page.get_by_role("tab", name="People").click()
    await expect(page.locator("xbox-console-play").first).to_contain_text(
        "QuietHarbor77"
    )


async def _addresses(home: HomeAssistant) -> set[str]:
    """Where dashboards are."""
    dashboards = await home.command("lovelace/dashboards/list")
    return {each["url_path"] for each in dashboards}


def _remote(page: Page) -> Locator:
    return page.locator("xbox-console-remote")


@pytest.fixture
async def change(
    home_assistant: HomeAssistant,
) -> AsyncIterator[Callable[..., Awaitable[None]]]:
    """Changes an entry of a registry; after the test it is again as it was."""
    changed: list[tuple[str, dict[str, object]]] = []

    async def do(registry: str, **change: object) -> None:
        _, member = change
        command = f"config/{registry}_registry/update"
        changed.append((command, {**change, member: None}))
        await home_assistant.command(command, **change)

    yield do
    for command, before in changed:
        await home_assistant.command(command, **before)


async def test_what_the_user_changed_is_respected(
    page: Page, home_assistant: HomeAssistant, change: Callable[..., Awaitable[None]]
) -> None:
    """A hidden entity is not shown, a renamed device has its new name, at once and without a reload."""
    (device,) = {
        entity["device_id"]
        for entity in await home_assistant.command("config/entity_registry/list")
        if entity["entity_id"] == "remote.playroom"
    }
    await show(page, f"/{dashboard.URL_PATH}/consoles")
    headings = page.locator("hui-heading-card")
    await expect(headings.filter(has_text="Playroom")).to_be_visible()
    free = page.get_by_text("Attic drive free space")
    await expect(free).to_be_visible()
    drive = "sensor.living_room_attic_drive_free_space"
    await change("entity", entity_id=drive, hidden_by="user")
    await change("device", device_id=device, name_by_user="Den")
    await expect(headings.filter(has_text="Den")).to_be_visible()
    await expect(headings.filter(has_text="Playroom")).to_have_count(0)
    await expect(free).to_have_count(0)


async def test_the_library_is_searched_while_typing(
    page: Page, screen: Locator
) -> None:
    """A part of a name is enough, and a touch starts the game."""
    await show(page, _CONSOLE)
    library = page.locator("xbox-console-library")
    games = library.get_by_role("listitem")
    await expect(games.filter(has_text="Tidewater Tales")).to_be_visible()
    await library.get_by_role("searchbox").fill("NEBULA")
    await expect(games.filter(visible=True)).to_have_count(1)
    await library.get_by_role("button", name="Nebula Drift GT").click()
    await expect(screen).to_have_attribute("data-app-name", "Nebula Drift GT")
    await library.get_by_role("searchbox").fill("nothing of this name")
    await expect(library.get_by_role("status")).to_be_visible()


async def _rules(card: Locator) -> Rules:
    """What axe finds in a card: rules that it keeps, and rules that it breaks."""
    await card.page.evaluate(Axe().axe_script)
    found: Rules = await card.evaluate("(card) => axe.run(card)")
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_everybody_can_use_it(
    page: Page, colours: Literal["light", "dark"]
) -> None:
    """No card of ours has a serious fault of accessibility, in light or dark colours."""
    await page.emulate_media(color_scheme=colours)
    for path, ours in _CARDS.items():
        await show(page, f"/{dashboard.URL_PATH}/{path}")
        for card in ours:
            await expect(page.locator(f"{card} ha-card").first).to_be_visible()
        if "xbox-console-library" in ours:
            await _remote(page).get_by_role("button", name="Games and apps").click()
            await expect(_remote(page).locator("img").first).to_be_visible()
        for card in ours:
            found = await _rules(page.locator(card).first)
            assert len(found["passes"]) > _MANY
            assert not [one for one in found["violations"] if one["impact"] in _SERIOUS]


async def test_a_screen_reader_hears_all_of_the_remote(page: Page) -> None:
    """Everything has a role and a name, in the order in which Tab goes through it."""
    await show(page, _CONSOLE)
    await expect(_remote(page).get_by_role("heading")).to_be_visible()
    await expect(_remote(page)).to_match_aria_snapshot(_HEARD)


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_it_fits_every_page(
    page: Page,
    size: str,
    colours: Literal["light", "dark"],
    take_picture: TakePicture,
) -> None:
    """On a phone, a tablet and a wall nothing is wider than the page."""
    width, height = _SIZES[size]
    await page.set_viewport_size({"width": width, "height": height})
    await page.emulate_media(color_scheme=colours)
    for path, ours in _CARDS.items():
        await show(page, f"/{dashboard.URL_PATH}/{path}")
        for card in ours:
            await expect(page.locator(card).first).to_be_visible()
        if "xbox-console-library" in ours:
            covers = page.locator("xbox-console-library img")
            await expect(covers.first).to_be_visible()
            await covers.evaluate_all(_THERE)
        if "xbox-console-captures" in ours:
            shots = page.locator("xbox-console-captures img")
            await expect(shots.first).to_be_visible()
            await shots.evaluate_all(_THERE)
        await take_picture(
            f"strategy-{path}-{size}-{colours}",
            documentation=(path, size, colours) in _SHOWN,
        )
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_right_to_left(page: Page, take_picture: TakePicture) -> None:
    """Where people read from the right, the cross keeps its sides."""
    await show(page, _CONSOLE)
    await expect(_remote(page).get_by_role("heading")).to_be_visible()
    await page.evaluate(_READ_FROM_THE, "right")
    left, right = [
        await _remote(page).get_by_role("button", name=name, exact=True).bounding_box()
        for name in ("Left", "Right")
    ]
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]
    await take_picture("strategy-right-to-left")
    await page.evaluate(_READ_FROM_THE, "left")


async def test_the_remote_is_made_in_the_editor(
    page: Page, take_picture: TakePicture
) -> None:
    """It is found by its name, shown with a console, and its options have names."""
    editor = await open_editor(page, PLAYERS_PATH, "Xbox remote")
    await expect(
        editor.locator("xbox-console-remote").get_by_role("heading", name="Bedroom")
    ).to_be_visible()
    text = editor.get_by_role("textbox", name="Type on the console")
    await expect(text).to_be_visible()
    await expect(editor.get_by_role("textbox", name="Title")).to_be_visible()
    await editor.get_by_role("switch", name="Text entry").press("Space")
    await expect(text).to_be_hidden()
    await take_picture("remote-editor")


async def test_a_card_hears_of_a_new_name(
    page: Page, home_assistant: HomeAssistant, change: Callable[..., Awaitable[None]]
) -> None:
    """On a dashboard that somebody made by hand as well, at once."""
    card = {"type": "custom:xbox-console-remote", "entity": "remote.living_room"}
    async with dashboard_of(home_assistant, "by-hand", card):
        await show(page, "/by-hand")
        await expect(_remote(page).get_by_role("heading")).to_have_text("Living room")
        entity = await home_assistant.command(
            "config/entity_registry/get", entity_id="remote.living_room"
        )
        await change("device", device_id=entity["device_id"], name_by_user="Den")
        await expect(_remote(page).get_by_role("heading")).to_have_text("Den")
