"""Home Assistant comes up in the browser, for a signed-in user."""

from playwright.async_api import Page, expect

from tests.browser.conftest import TakePicture


async def test_the_sidebar_leads_to_the_xbox_dashboard(
    page: Page, take_picture: TakePicture
) -> None:
    """The sidebar has an entry "Xbox", and its page says what to do first."""
    await page.goto("/")
    await page.get_by_role("link", name="Xbox").click()
    await expect(page.get_by_text("Add integration").first).to_be_visible()
    await take_picture("welcome")
