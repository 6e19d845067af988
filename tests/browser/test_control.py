"""A console is controlled the way people do: from dialogs, by voice, and from HomeKit."""

from typing import Any

from playwright.async_api import Locator, Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from tests.browser.conftest import PLAYERS_PATH, TakePicture
from tests.browser.frontend import show

PLAYER = "media_player.living_room"

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
async def player(page: Page) -> Locator:
    """The player's dialog."""
    await show(page, f"/{PLAYERS_PATH}")
    card = page.locator("hui-media-control-card").filter(has_text="Living room")
    await card.get_by_role("button", name="Show more information").click()
    return page.locator("ha-more-info-dialog")


async def test_browse_and_search_start_a_game(
    page: Page, player: Locator, screen: Locator, take_picture: TakePicture
) -> None:
    """The library is browsed by folders with pictures, and searched by a part of a name."""
    await player.get_by_role("button", name="Browse media").click()
    browser = page.locator("dialog-media-player-browse")
    await expect(browser.locator(".title", has_text="Games")).to_be_visible()
    await browser.locator(".title", has_text="Games").click()
    title = browser.locator(".title", has_text="Tidewater Tales")
    await expect(title).to_be_visible()
    await take_picture("browse", documentation=True)

    await browser.get_by_placeholder("Search Games").fill("nebula")
    await page.keyboard.press("Enter")
    found = browser.locator(".title", has_text="Nebula Drift GT")
    await expect(found).to_be_visible()
    await expect(title).to_be_hidden()
    await found.click()
    await expect(screen).to_have_attribute("data-app-name", "Nebula Drift GT")


async def say(home: HomeAssistant, text: str) -> str:
    """Tell Assist something, and return what it answers."""
    answer: dict[str, Any] = await home.request(
        "POST", "/api/conversation/process", {"text": text, "language": "en"}
    )
    return str(answer["response"]["response_type"])


async def test_assist_controls_a_console(
    home_assistant: HomeAssistant, screen: Locator
) -> None:
    """On, off, pause, and what to play, in plain words."""
    await expect(screen).to_have_attribute("data-power", "On")
    assert await say(home_assistant, "play Larkvision on living room") == "action_done"
    await expect(screen).to_have_attribute("data-app-name", "Larkvision")
    await expect(screen).to_have_attribute("data-playback", "Playing")
    assert await say(home_assistant, "pause living room") == "action_done"
    await expect(screen).to_have_attribute("data-playback", "Paused")
    assert await say(home_assistant, "turn off living room") == "action_done"
    await expect(screen).to_have_attribute("data-power", "ConnectedStandby")
    assert await say(home_assistant, "turn on living room") == "action_done"
    await expect(screen).to_have_attribute("data-power", "On")


async def test_homekit_keys_reach_the_console(
    home_assistant: HomeAssistant, screen: Locator
) -> None:
    """The remote of a phone's control centre moves what is on the screen."""
    await home_assistant.request(
        "POST",
        "/api/events/homekit_tv_remote_key_pressed",
        {"entity_id": PLAYER, "key_name": "arrow_right"},
    )
    await expect(screen).to_have_attribute("data-last-key", "Right")
