"""The whole story: from nothing to a console that follows, in the words of two pages.

Home Assistant's page and the console's own screen are open side by side, as a user would have
a browser and a television.
"""

from collections.abc import AsyncIterator
import logging

from playwright.async_api import Locator, Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from scripts.sign_in import remove_entries
from tests.browser.conftest import PLAYERS_PATH, TakePicture
from tests.browser.frontend import show
from tests.browser.lag import lag
from tests.browser.sign_in_pages import add_integration, enter_code, finish

_LOGGER = logging.getLogger(__name__)
_POLL_MS = 18_000
"""One polling interval (10 s) and the time to draw, on a busy machine too."""


@pytest.fixture(autouse=True)
async def clean(home_assistant: HomeAssistant) -> AsyncIterator[None]:
    """Leave no account behind for the tests that follow."""
    yield
    await remove_entries(home_assistant)


async def test_the_whole_story(
    page: Page,
    screen: Locator,
    home_assistant: HomeAssistant,
    take_picture: TakePicture,
) -> None:
    """Sign in, see the device, launch, pause, type, turn off and on; both pages agree."""
    await _sign_in(page, take_picture)
    await show(page, f"/{PLAYERS_PATH}")
    player = page.locator("hui-media-control-card").filter(has_text="Living room")
    await expect(player).to_contain_text("Starfall Odyssey")
    await _launch(page, player, screen, take_picture)
    await _pause_and_play(player, screen, take_picture)
    await _type(home_assistant, screen)
    await take_picture("console-screen", of=screen.page, documentation=True)
    await _turn_off_and_on(player, screen)


async def _sign_in(page: Page, take_picture: TakePicture) -> None:
    """Enter the code of the sign-in page, and find the consoles as devices."""
    await add_integration(page)
    await expect(page.locator("ha-markdown h1")).to_be_visible()
    await take_picture("sign-in-code", documentation=True)
    await enter_code(page, "parent")
    await finish(page)
    await show(page, "/config/integrations/integration/xbox_console")
    await expect(page.get_by_text("Living room", exact=True)).to_be_visible()
    await take_picture("integration", documentation=True)


async def _launch(
    page: Page, player: Locator, screen: Locator, take_picture: TakePicture
) -> None:
    """Launch a video app from the source list of the player's own dialog."""
    await expect(screen).to_have_attribute("data-app-name", "Starfall Odyssey")
    await player.get_by_role("button", name="Show more information").click()
    await page.get_by_role("button", name="Source").click()
    await expect(page.get_by_text("Tidewater Tales", exact=True)).to_be_visible()
    await take_picture("source-list", documentation=True)
    await page.get_by_text("Larkvision", exact=True).click()
    await expect(screen).to_have_attribute("data-app-name", "Larkvision")
    await page.keyboard.press("Escape")
    await expect(player).to_contain_text("Larkvision")


async def _pause_and_play(
    player: Locator, screen: Locator, take_picture: TakePicture
) -> None:
    """Pause in Home Assistant, play on the console."""
    await expect(screen).to_have_attribute("data-playback", "Playing")
    pause = player.get_by_role("button", name="Pause")
    await expect(pause).to_be_visible(timeout=_POLL_MS)
    seconds = await lag(pause, screen, "data-playback", "Paused")
    _LOGGER.info(
        "A press in Home Assistant was on the screen %.0f ms later", seconds * 1000
    )
    await expect(player.get_by_role("button", name="Play")).to_be_visible()
    await take_picture("paused", documentation=True)
    await screen.get_by_test_id("video").click()
    await expect(pause).to_be_visible(timeout=_POLL_MS)


async def _type(home_assistant: HomeAssistant, screen: Locator) -> None:
    """Type with the remote's action."""
    await home_assistant.command(
        "call_service",
        domain="remote",
        service="send_command",
        target={"entity_id": "remote.living_room"},
        service_data={"command": "text:Salt Road, season 2"},
    )
    await expect(screen).to_have_attribute("data-typed", "Salt Road, season 2")


async def _turn_off_and_on(player: Locator, screen: Locator) -> None:
    """Off and on in Home Assistant; then the console's front panel has the last word."""
    await player.get_by_role("button", name="Turn off").click()
    await expect(screen).to_have_attribute("data-power", "ConnectedStandby")
    turn_on = player.get_by_role("button", name="Turn on")
    await expect(turn_on).to_be_visible()
    await turn_on.click()
    await expect(player.get_by_role("button", name="Turn off")).to_be_visible()
    await expect(screen).to_have_attribute("data-power", "On")
    await screen.get_by_test_id("power").click()
    await expect(screen).to_have_attribute("data-network-power", "ConnectedStandby")
    await expect(turn_on).to_be_visible(timeout=_POLL_MS)
