"""The pages in other languages than English."""

from collections.abc import AsyncIterator
import json

from playwright.async_api import Page, expect
import pytest

from scripts import dashboard
from tests.browser.conftest import ROOT, TakePicture
from tests.browser.frontend import show
from tests.browser.sign_in_pages import dialog

_TRANSLATIONS = ROOT / "custom_components" / "xbox_console" / "translations"

pytestmark = [pytest.mark.usefixtures("signed_in"), pytest.mark.spoils_page]


@pytest.fixture(params=["de", "ja"])
async def language(request: pytest.FixtureRequest, page: Page) -> AsyncIterator[str]:
    """What the frontend speaks until the test is over."""
    chosen = str(request.param)
    # As good as any place of Home Assistant's, and quickly there.
    await page.goto("/manifest.json")
    await page.evaluate(
        "(language) => localStorage.setItem('selectedLanguage', JSON.stringify(language))",
        chosen,
    )
    yield chosen
    await page.evaluate("localStorage.removeItem('selectedLanguage')")


async def test_words_are_those_of_the_language(
    page: Page, language: str, take_picture: TakePicture
) -> None:
    """Cards and dialogs have them from the same file."""
    words = json.loads((_TRANSLATIONS / f"{language}.json").read_text())
    await page.goto(f"/{dashboard.URL_PATH}/console-living_room")
    remote = page.locator("xbox-console-remote")
    nexus = remote.get_by_role("button", name=words["common"]["key_nexus"], exact=True)
    await expect(nexus).to_be_visible()
    await expect(
        page.get_by_placeholder(words["common"]["search"]).first
    ).to_be_visible()
    await take_picture(f"console-{language}")
    await show(page, "/config/integrations/integration/xbox_console")
    follow = words["config_subentries"]["person"]["initiate_flow"]["user"]
    await page.get_by_role("button", name=follow).click()
    told = words["config_subentries"]["person"]["step"]["user"]["description"]
    await expect(dialog(page)).to_contain_text(told)
    await take_picture(f"follow-{language}")
