"""Captures, as the whole network shows them: lists, files behind addresses that expire, deletion."""

from collections.abc import Sequence

import pytest

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.errors import AccessDenied, NotFound
from custom_components.xbox_console.xboxlive.services.gameclips import (
    CaptureMetadata,
    CaptureState,
    CaptureType,
    Qualifier,
    ThumbnailType,
    UriType,
)
from custom_components.xbox_console.xboxlive.services.mediahub import (
    Capture,
    Clip,
    Locator,
    Screenshot,
)
from simulator.captures.gallery import take

from .calls_people_titles import all_of
from .network import Network

PNG, MP4 = b"\x89PNG\r\n\x1a\n", b"ftyp"
STARFALL = "1990010001"


def address(capture: Capture, kind: Locator = Locator.DOWNLOAD) -> str:
    """Where a file of a capture is."""
    locator = capture.locator(kind)
    assert locator
    assert locator.uri
    return locator.uri


async def download(network: Network, uri: str | None) -> tuple[int, bytes]:
    """What the content host answers, to anybody."""
    where = network.transport.hosts.locate(uri or "")
    async with network.http.get(where) as answer:
        return answer.status, await answer.read()


def check_order(captures: Sequence[Clip] | Sequence[Screenshot]) -> None:
    """The latest come first."""
    times = [capture.captured_at for capture in captures if capture.captured_at]
    assert len(times) == len(captures)
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("last", ["absent", "null", "empty"])
async def test_all_captures(last: str, xbox: XboxLive, network: Network) -> None:
    """Forty, page by page, however the service ends a list."""
    network.world.knobs.update({"last_page_token": last})
    network.world.requests.clear()
    clips = await all_of(xbox.mediahub.clips(page_size=7))
    screenshots = await all_of(xbox.mediahub.screenshots(page_size=7))
    assert (len(clips), len(screenshots)) == (20, 20)
    assert len({each.content_id for each in (*clips, *screenshots)}) == 40
    assert len(network.world.requests) == 6
    check_order(clips)
    check_order(screenshots)
    assert clips[0].title_name == "Starfall Odyssey"
    assert clips[0].title_id == STARFALL
    assert clips[0].owner_xuid == await xbox.session.xuid()
    assert clips[0].duration_in_seconds in (4, 6, 8)
    assert screenshots[0].creation_type == "UserGenerated"
    few = await all_of(xbox.mediahub.clips(page_size=7, limit=9))
    assert [each.content_id for each in few] == [each.content_id for each in clips[:9]]


async def test_the_files(xbox: XboxLive, network: Network) -> None:
    """A clip is an MP4, a screenshot a PNG, of the size that was said; so are the previews."""
    network.world.knobs.hdr_screenshots = True
    clip = await anext(xbox.mediahub.clips(limit=1))
    status, film = await download(network, address(clip))
    assert (status, film[4:8]) == (200, MP4)
    download_locator = clip.locator(Locator.DOWNLOAD)
    assert download_locator
    assert download_locator.file_size == len(film)
    screenshots = await all_of(xbox.mediahub.screenshots(limit=3))
    status, picture = await download(network, address(screenshots[0]))
    assert (status, picture[:8]) == (200, PNG)
    bright = next(each for each in screenshots if each.locator(Locator.DOWNLOAD_HDR))
    status, jpeg_xr = await download(network, address(bright, Locator.DOWNLOAD_HDR))
    assert (status, jpeg_xr[:3]) == (200, b"II\xbc")
    for capture in (clip, *screenshots):
        small = address(capture, Locator.THUMBNAIL_SMALL)
        assert (await download(network, small))[1].startswith(PNG)


async def test_an_expired_address_is_signed_anew(
    xbox: XboxLive, network: Network
) -> None:
    """By the local id, for clips and screenshots."""
    clip = (await all_of(xbox.mediahub.clips()))[11]
    screenshot = (await all_of(xbox.mediahub.screenshots()))[7]
    network.pass_time(network.world.knobs.capture_url_seconds + 1)
    for old in (clip, screenshot):
        assert await download(network, address(old)) == (403, b"")
    new_clip = await xbox.mediahub.clip(clip.local_id or "")
    new_screenshot = await xbox.mediahub.screenshot(screenshot.local_id or "")
    assert new_clip.content_id == clip.content_id
    assert new_screenshot.content_id == screenshot.content_id
    assert (await download(network, address(new_clip)))[1][4:8] == MP4
    assert (await download(network, address(new_screenshot)))[1].startswith(PNG)
    with pytest.raises(NotFound):
        await xbox.mediahub.clip("no-such-clip")


async def test_deleting(xbox: XboxLive, network: Network) -> None:
    """Gone at once, with its file; others' captures stay."""
    clips = await all_of(xbox.mediahub.clips())
    screenshots = await all_of(xbox.mediahub.screenshots())
    await xbox.mediahub.delete_clip(clips[0].content_id)
    await xbox.mediahub.delete_screenshot(screenshots[0].content_id)
    left = await all_of(xbox.mediahub.clips())
    assert [each.content_id for each in left] == [each.content_id for each in clips[1:]]
    assert len(await all_of(xbox.mediahub.screenshots())) == 19
    assert (await download(network, address(clips[0])))[0] == 404
    with pytest.raises(NotFound):
        await xbox.mediahub.delete_clip(clips[0].content_id)
    world = network.world
    theirs = take(world, world.others["mika"], "gameclip", world.titles["tidewater"])
    with pytest.raises(AccessDenied):
        await xbox.mediahub.delete_clip(theirs.id)
    (found,) = await all_of(xbox.mediahub.clips(world.others["mika"].xuid))
    assert found.content_id == theirs.id


def check_metadata(capture: CaptureMetadata) -> None:
    """The words are the same, whether they come as words or as numbers."""
    assert (capture.state, capture.pending) == (CaptureState.PUBLISHED, False)
    assert capture.type is CaptureType.USER_GENERATED
    sizes = [each.thumbnail_type for each in capture.thumbnails]
    assert sizes == [ThumbnailType.SMALL, ThumbnailType.LARGE]


@pytest.mark.parametrize("numbers", [True, False])
async def test_metadata(numbers: bool, xbox: XboxLive, network: Network) -> None:
    """The older services: one's own, of a title, saved, by XUID, and those of everybody."""
    network.world.knobs.enums_as_integers = numbers
    me = await xbox.session.xuid()
    clips = await all_of(xbox.gameclips.own(page_size=7))
    screenshots = await all_of(xbox.screenshots.own(page_size=7))
    assert (len(clips), len(screenshots)) == (20, 20)
    for capture in (clips[0], screenshots[0]):
        check_metadata(capture)
    assert [uri.uri_type for uri in clips[0].game_clip_uris] == [UriType.DOWNLOAD]
    film = await download(network, clips[0].game_clip_uris[0].uri)
    assert film[1][4:8] == MP4
    picture = await download(network, screenshots[0].screenshot_uris[0].uri)
    assert picture[1].startswith(PNG)
    assert screenshots[0].resolution_width == 960
    saved = await all_of(xbox.gameclips.own(saved=True))
    assert 0 < len(saved) < 20
    assert [each.game_clip_id for each in await all_of(xbox.gameclips.of(me))] == [
        each.game_clip_id for each in clips
    ]
    starfall = await all_of(xbox.gameclips.own(STARFALL))
    assert starfall
    assert {each.title_name for each in starfall} == {"Starfall Odyssey"}
    for order in Qualifier:
        found = await all_of(xbox.screenshots.community(STARFALL, order))
        assert {each.title_id for each in found} == {STARFALL}
    views = [
        each.views or 0
        for each in await all_of(xbox.gameclips.community(STARFALL, Qualifier.VIEWS))
    ]
    assert views == sorted(views, reverse=True)


async def test_one_clip(xbox: XboxLive) -> None:
    """By its ids; deleted twice it is not there."""
    clip = await anext(xbox.gameclips.own())
    me, scid = await xbox.session.xuid(), clip.scid or ""
    same = await xbox.gameclips.one(me, scid, clip.game_clip_id)
    assert same.date_recorded == clip.date_recorded
    await xbox.gameclips.delete(scid, clip.game_clip_id)
    for again in (
        xbox.gameclips.one(me, scid, clip.game_clip_id),
        xbox.gameclips.delete(scid, clip.game_clip_id),
    ):
        with pytest.raises(NotFound):
            await again


async def test_captures_of_a_player(xbox: XboxLive, network: Network) -> None:
    """Without knowing the services."""
    world = network.world
    taken = take(world, world.others["mika"], "gameclip", world.titles["tidewater"])
    fox = await xbox.player("LanternFox2048")
    (clip,) = await all_of(fox.clips(include_pending=True))
    assert (clip.game_clip_id, clip.title_name) == (taken.id, "Tidewater Tales")
    assert (await fox.clip(clip.scid or "", taken.id)).game_clip_id == taken.id
    assert await all_of(fox.screenshots()) == []
    with pytest.raises(NotFound):
        await fox.clip(clip.scid or "", "no-such-clip")
    me = await xbox.player()
    assert len(await all_of(me.screenshots(limit=3))) == 3
    saved = await all_of(me.clips(saved=True))
    assert {each.saved_by_user for each in saved} == {True}
