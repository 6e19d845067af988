"""Games and apps as a user meets them: options to rename, the media browser, its search."""

from collections.abc import AsyncIterator
import re

from playwright.async_api import Locator, Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from scripts.sign_in import remove_entries, sign_in
from simulator.demo.consoles import SERIES_X_ID
from tests.browser.conftest import TakePicture
from tests.browser.sign_in_pages import dialog, submit
from tests.running_simulator import RunningSimulator


@pytest.fixture(autouse=True)
async def signed_in(
    home_assistant: HomeAssistant, simulator: RunningSimulator
) -> AsyncIterator[None]:
    """The parent's account is added, and leaves with the test."""
    await sign_in(home_assistant, simulator.url)
    yield
    await remove_entries(home_assistant)


@pytest.fixture
async def screen(page: Page, simulator: RunningSimulator) -> Locator:
    """The screen of the console in the living room."""
    television = await page.context.new_page()
    await television.goto(simulator.url)
    return television.locator(f'[data-console="{SERIES_X_ID}"]')


async def _options(page: Page, choice: str) -> None:
    await page.goto("/config/integrations/integration/xbox_console")
    await page.get_by_role("button", name="Configure").click()
    await dialog(page).get_by_text(choice).click()


async def test_a_game_is_renamed_and_found(
    page: Page, screen: Locator, take_picture: TakePicture
) -> None:
    """Choose a game, type a shorter name, and find it under that in the media browser, to play it."""
    await _options(page, "Hide or rename games and apps")
    await dialog(page).locator("ha-selector-object").get_by_role("button").click()
    adding = page.locator("dialog-form")
    await adding.locator("input").fill("Lighthouse")
    await take_picture("options-rename")
    await adding.get_by_role("button", name="Add").click()
    await expect(dialog(page)).to_contain_text("Lighthouse")
    await submit(page)
    await expect(dialog(page)).to_contain_text("Success")

    await page.goto("/media-browser/media_player.living_room")
    await page.get_by_label("Games").click()
    await expect(page.get_by_label("Skyline (2)")).to_be_visible()
    await page.get_by_placeholder("Search Games").fill("light house")
    await page.get_by_role("button", name="Search").click()
    await expect(page.get_by_label("Starfall Odyssey")).not_to_be_visible()
    found = page.get_by_label("Lighthouse", exact=True)
    await found.hover()
    await take_picture("media-search")
    await found.locator("..").locator(".play").click()
    await expect(screen).to_have_attribute("data-app-name", re.compile("Lighthouse"))
