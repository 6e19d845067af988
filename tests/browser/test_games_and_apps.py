"""Games and apps as a user meets them: options to rename, the media browser, its search."""

import re

from playwright.async_api import Locator, Page, expect
import pytest

from tests.browser.conftest import TakePicture
from tests.browser.frontend import show
from tests.browser.sign_in_pages import dialog, finish, submit

pytestmark = pytest.mark.usefixtures("signed_in")


async def _options(page: Page, choice: str) -> None:
    await show(page, "/config/integrations/integration/xbox_console")
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
    await finish(page)

    await show(page, "/media-browser/media_player.living_room")
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
