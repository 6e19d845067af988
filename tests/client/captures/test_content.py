"""The files of captures, piece by piece: whatever happens on the way, the bytes are the file's."""

from contextlib import AbstractAsyncContextManager

from aiohttp import ClientResponse
import pytest
from yarl import URL

from custom_components.xbox_console.xboxlive.captures.capture import Capture, Part
from custom_components.xbox_console.xboxlive.captures.content import (
    WHOLE,
    NotAvailable,
    OutOfRange,
    Span,
    trusted,
)
from custom_components.xbox_console.xboxlive.errors import (
    ConnectionFailed,
    NotFound,
    RateLimited,
    ServiceUnavailable,
    UnexpectedResponse,
)
from tests.client.captures.scene import CONTENT, Scene

LARGE = 3_000_000


async def _read(
    scene: Scene, capture: Capture, part: Part = Part.VIDEO, span: Span = WHOLE
) -> bytes:
    async with scene.contents.open(capture, part, span) as stream:
        return b"".join([chunk async for chunk in stream.chunks()])


def _asked(scene: Scene, host: str) -> int:
    return sum(request.host == host for request in scene.network.world.requests)


async def test_every_file_of_a_capture(scene: Scene) -> None:
    """Video, picture, HDR original and thumbnail, each with its media type."""
    scene.network.world.knobs.hdr_screenshots = True
    kinds = {}
    for capture in await scene.listed():
        for part in capture.places:
            async with scene.contents.open(capture, part) as stream:
                content = b"".join([chunk async for chunk in stream.chunks()])
                kinds[part] = stream.kind
            suffix = {Part.HDR: "JXR", Part.THUMBNAIL: "Thumbnail"}.get(part, "")
            assert content == scene.true_content(capture, suffix)
            assert stream.total == len(content)
    assert kinds == {
        Part.VIDEO: "video/mp4",
        Part.PICTURE: "image/png",
        Part.HDR: "image/vnd.ms-photo",
        Part.THUMBNAIL: "image/png",
    }


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize(
    ("span", "cut"),
    [
        (WHOLE, slice(None)),
        (Span(0, 10), slice(0, 10)),
        (Span(1000, 2000), slice(1000, 2000)),
        (Span(1000), slice(1000, None)),
        (Span(-50), slice(-50, None)),
        (Span(5, 10**9), slice(5, None)),
    ],
)
async def test_a_part_of_a_file(
    scene: Scene, ranges: bool, span: Span, cut: slice
) -> None:
    """Whether the content host heeds ranges or not."""
    scene.network.world.knobs.capture_ranges = ranges
    clip = await scene.clip()
    content = scene.true_content(clip)
    async with scene.contents.open(clip, Part.VIDEO, span) as stream:
        assert stream.span == Span(*cut.indices(len(content))[:2])
        assert b"".join([chunk async for chunk in stream.chunks()]) == content[cut]


@pytest.mark.parametrize("ranges", [True, False])
async def test_a_part_that_does_not_exist(scene: Scene, ranges: bool) -> None:
    """The size of the file is told."""
    scene.network.world.knobs.capture_ranges = ranges
    clip = await scene.clip()
    with pytest.raises(OutOfRange) as error:
        await _read(scene, clip, span=Span(10**9))
    assert error.value.total == len(scene.true_content(clip))


@pytest.mark.parametrize("status", [403, 401, 404, 410, 400])
async def test_a_lapsed_address_is_signed_again(scene: Scene, status: int) -> None:
    """However the content host says that it has lapsed; the new one is used from then on."""
    scene.network.world.knobs.expired_capture_status = status
    listed = await scene.listed()
    screenshot = next(one for one in listed if one.kind == "screenshot")
    scene.network.pass_time(3601)
    scene.network.world.requests.clear()
    for _ in range(2):
        content = await _read(scene, screenshot, Part.PICTURE)
        assert content == scene.true_content(screenshot)
    assert _asked(scene, "mediahub.xboxlive.com") == 1


async def test_an_address_known_to_have_lapsed_is_not_tried(scene: Scene) -> None:
    """The network told until when it works."""
    clip = await scene.clip()
    scene.network.pass_time(3601)
    scene.network.world.requests.clear()
    await _read(scene, clip)
    assert _asked(scene, CONTENT) == 1


@pytest.mark.parametrize("ranges", [True, False])
async def test_an_address_lapses_in_the_middle(scene: Scene, ranges: bool) -> None:
    """The connection ends; what is missing comes from a new address."""
    knobs = scene.network.world.knobs
    knobs.capture_file_bytes, knobs.capture_cut_at_expiry = LARGE, True
    knobs.capture_ranges = ranges
    clip = await scene.clip()
    content = b""
    async with scene.contents.open(clip, Part.VIDEO) as stream:
        async for chunk in stream.chunks():
            if not content:
                scene.network.pass_time(3601)
            content += chunk
    assert content == scene.true_content(clip)


async def test_a_connection_that_ends_is_taken_up(scene: Scene) -> None:
    """Again and again, as long as some bytes come."""
    scene.network.world.knobs.capture_file_bytes = LARGE
    clip = await scene.clip()
    scene.fail(kind="cut", host=CONTENT, times=5)
    scene.fail(kind="status", host=CONTENT, status=503, times=2)
    scene.fail(kind="status", host=CONTENT, status=429, retry_after=0, times=1)
    scene.fail(kind="drop", host=CONTENT, times=1)
    assert await _read(scene, clip) == scene.true_content(clip)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"kind": "status", "status": 503}, ServiceUnavailable),
        ({"kind": "status", "status": 429, "retry_after": 0}, RateLimited),
        ({"kind": "drop"}, ConnectionFailed),
        ({"kind": "status", "status": 403}, NotAvailable),
    ],
)
async def test_a_host_that_does_not_recover(
    scene: Scene, rule: dict[str, object], error: type[Exception]
) -> None:
    """Some tries, then it is said."""
    clip = await scene.clip()
    scene.fail(host=CONTENT, **rule)
    with pytest.raises(error):
        await _read(scene, clip)


async def test_a_file_that_becomes_another_one(scene: Scene) -> None:
    """Its halves are never joined."""
    knobs = scene.network.world.knobs
    knobs.capture_file_bytes = LARGE
    clip = await scene.clip()
    scene.fail(kind="cut", host=CONTENT, times=1)
    async with scene.contents.open(clip, Part.VIDEO) as stream:
        chunks = stream.chunks()
        await anext(chunks)
        knobs.capture_file_bytes = LARGE + 1
        with pytest.raises(UnexpectedResponse):
            [chunk async for chunk in chunks]


async def test_a_capture_that_is_gone(scene: Scene) -> None:
    """Its address fails, and there is no other."""
    clip = await scene.clip()
    scene.network.world.captures.clear()
    with pytest.raises(NotFound):
        await _read(scene, clip)


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.1/setup",
        "https://192.168.1.1/setup",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://evil.example/x.MP4",
        "https://xboxlive.com.evil.example/x",
        "https://evilxboxlive.com/x",
        "https://a.xboxlive.com:8443/x",
        "https://user@a.xboxlive.com/x",
        "https://a.xboxlive.com@evil.example/x",
        "https://evil.example\\@a.xboxlive.com/x",
        "ftp://a.xboxlive.com:21/x",
        "file:///etc/passwd",
        "https://[::1]/x",
        "https://[bad/x",
        "",
    ],
)
async def test_nothing_else_is_fetched(scene: Scene, address: str) -> None:
    """A forged answer does not make us look at the house's own addresses."""
    assert not trusted(address)
    for capture in scene.network.world.captures:
        capture.forged = address or "/"
    clip = await scene.clip()
    scene.network.world.requests.clear()
    with pytest.raises(NotFound):
        await _read(scene, clip)
    assert _asked(scene, CONTENT) == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://gameclipscontent-d2001.media.xboxlive.com/a.MP4?sig=%2b%2F",
        "http://screenshotscontent-t4002.xboxlive.com/b_Thumbnail.PNG",
    ],
)
def test_content_hosts_are_trusted(address: str) -> None:
    """Those that captures were seen on; http becomes https."""
    assert trusted(address)


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/x", "https://evil.example/x", "//10.0.0.1/x", ""]
)
async def test_a_redirect_leads_nowhere_else(scene: Scene, location: str) -> None:
    """It is checked as the address was."""
    clip = await scene.clip()
    scene.fail(kind="redirect", host=CONTENT, location=location)
    with pytest.raises(NotAvailable):
        await _read(scene, clip)


async def test_a_redirect_among_content_hosts(scene: Scene) -> None:
    """Is followed, the signature in its query byte for byte."""
    clip = await scene.clip()
    signed = clip.places[Part.VIDEO].address
    scene.fail(kind="redirect", host=CONTENT, location=signed, times=2)
    assert await _read(scene, clip) == scene.true_content(clip)


async def test_no_token_goes_to_content_hosts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in a header nor in the address, which goes out as it came."""
    sent: list[tuple[str, dict[str, str]]] = []
    ask = scene.network.transport.open

    def watched(
        url: URL, headers: dict[str, str]
    ) -> AbstractAsyncContextManager[ClientResponse]:
        sent.append((str(url), dict(headers)))
        return ask(url, headers)

    monkeypatch.setattr(type(scene.network.transport), "open", staticmethod(watched))
    clip = await scene.clip()
    await _read(scene, clip, span=Span(1))
    ((url, headers),) = sent
    assert headers == {"Accept-Encoding": "identity", "Range": "bytes=1-"}
    assert url.endswith(clip.places[Part.VIDEO].address.removeprefix("https:/"))
