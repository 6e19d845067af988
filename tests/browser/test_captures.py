"""Captures as a user meets them: in the media panel, found by a word, playing."""

from collections.abc import AsyncIterator
from typing import Literal

from playwright.async_api import Locator, Page, ViewportSize, expect
import pytest

from simulator.captures.gallery import of_person
from tests.browser.conftest import TakePicture
from tests.browser.frontend import show
from tests.running_simulator import RunningSimulator

pytestmark = pytest.mark.usefixtures("signed_in")

_SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
_PLAYS = "video => !video.paused && video.currentTime > 0 && video.videoWidth > 0"


@pytest.fixture(autouse=True)
def _last_lap(simulator: RunningSimulator, fresh_world: None) -> None:
    """One clip has a caption."""
    world = simulator.world
    clips = of_person(world, world.people["parent"], "gameclip")
    title_id = world.titles["nebula"].title_id
    next(one for one in clips if one.title_id == title_id).caption = "Last lap"


@pytest.fixture
async def panel(page: Page) -> AsyncIterator[Locator]:
    """The media panel with the captures by date."""
    await show(page, "/media-browser/browser")
    await page.get_by_label("Xbox captures").click()
    await page.get_by_label("By date").click()
    yield page.locator("ha-media-player-browse")
    await page.emulate_media(color_scheme="light")


def _with_picture(panel: Locator) -> Locator:
    """Captures on the screen whose picture has come."""
    return panel.locator(".child .image[style*='url(']")


async def test_browse_search_and_play(
    page: Page, panel: Locator, take_picture: TakePicture
) -> None:
    """Captures have their pictures, a word finds a few of them, and a click plays one."""
    shown = panel.locator(".child")
    await expect(shown.nth(9)).to_be_visible()
    await expect(_with_picture(panel).nth(9)).to_be_visible()
    await page.get_by_placeholder("Search By date").hover()
    await take_picture("captures", documentation=True)
    await page.get_by_placeholder("Search By date").fill("last lap")
    await page.keyboard.press("Enter")
    await expect(shown).to_have_count(1)
    await expect(shown).to_contain_text("Last lap · Nebula Drift GT")
    await take_picture("captures-search")
    await shown.click()
    video = page.locator("hui-dialog-web-browser-play-media video")
    await expect(video).to_be_visible()
    await page.wait_for_function(_PLAYS, arg=await video.element_handle())
    await take_picture("captures-playing")


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_it_fits(
    page: Page,
    panel: Locator,
    size: str,
    scheme: Literal["dark", "light"],
    take_picture: TakePicture,
) -> None:
    """A phone and a desktop, by day and by night: nothing is wider than the screen."""
    await page.set_viewport_size(_SIZES[size])
    await page.emulate_media(color_scheme=scheme)
    await expect(_with_picture(panel).first).to_be_visible()
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    await take_picture(f"captures-{size}-{scheme}")
