"""A wall of pictures: the newest of a folder of Home Assistant's media."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
import shutil

from playwright.async_api import Locator, Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from tests.browser.conftest import ROOT
from tests.browser.dashboards import dashboard_of
from tests.browser.frontend import show

_URL_PATH = "captures-wall"
_PICTURE = ROOT / "docs" / "pictures" / "paused.png"
_LOCAL = "media-source://media_source/local"

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
def folder(directory: Path) -> Iterator[Path]:
    """A folder with a folder with a picture in it."""
    wall = directory / "media" / "wall"
    inside = wall / "2026-11"
    inside.mkdir(parents=True)
    shutil.copy(_PICTURE, inside / "first light.png")
    yield wall
    shutil.rmtree(wall)


@pytest.fixture
async def card(home_assistant: HomeAssistant, page: Page) -> AsyncIterator[Locator]:
    """The card on a dashboard of its own."""
    shown = {"type": "custom:xbox-console-captures", "folder": f"{_LOCAL}/wall"}
    async with dashboard_of(home_assistant, _URL_PATH, shown):
        await show(page, f"/{_URL_PATH}")
        yield page.locator("xbox-console-captures")


async def test_a_touch_opens_one(folder: Path, card: Locator) -> None:
    """Folders are looked into, and the picture fills the page until it is touched again."""
    shot = card.get_by_role("button", name="first light.png")
    await shot.click()
    picture = card.get_by_role("dialog").get_by_role("img")
    await expect(picture).to_be_visible()
    assert await picture.evaluate(
        "image => image.decode().then(() => image.naturalWidth)"
    )
    await picture.click()
    await expect(picture).to_be_hidden()
    await shot.press("Enter")
    await expect(card.get_by_role("dialog", name="first light.png")).to_be_visible()
    await card.get_by_role("button", name="Close").press("Enter")
    await expect(picture).to_be_hidden()
    await expect(shot).to_be_focused()


async def test_a_folder_that_is_not_there(card: Locator) -> None:
    """What is wrong is told in words."""
    await expect(card.get_by_role("status")).not_to_be_empty()
    await expect(card.get_by_role("button")).to_have_count(0)
