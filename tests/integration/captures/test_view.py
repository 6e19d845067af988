"""The streaming view: for any player in the house, in parts, whatever happens to the addresses behind it."""

from datetime import timedelta

from homeassistant.components.http.auth import async_sign_path
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.xbox_console.const import DOMAIN
from simulator.captures import files
from simulator.captures.gallery import Capture
from tests.integration.captures.recorder import CLIPS, HUB, Recorder
from tests.integration.entries import signed_in_entry

LARGE = 3_000_000


def _path(recorder: Recorder, capture: Capture, part: str = "video") -> str:
    return f"/api/{DOMAIN}/captures/{recorder.entry.entry_id}/{capture.id}/{part}"


async def test_a_clip(recorder: Recorder) -> None:
    """Whole, with what players need to jump in it."""
    clip = recorder.own("gameclip")[0]
    status, headers, body = await recorder.get(_path(recorder, clip))
    assert (status, body) == (200, recorder.content(clip))
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Content-Length"] == str(len(body))
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_every_file(recorder: Recorder) -> None:
    """HDR originals and thumbnails, too."""
    recorder.world.knobs.hdr_screenshots = True
    await recorder.look()
    bright = next(one for one in recorder.own("screenshot") if one.device == "Scarlett")
    for part, suffix, kind in (
        ("picture", "", "image/png"),
        ("hdr", "JXR", "image/vnd.ms-photo"),
        ("thumbnail", "Thumbnail", "image/png"),
    ):
        status, headers, body = await recorder.get(_path(recorder, bright, part))
        assert (status, body) == (200, recorder.content(bright, suffix))
        assert headers["Content-Type"] == kind


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize(
    ("asked", "cut"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=1000-", slice(1000, None)),
        ("bytes=-100", slice(-100, None)),
        ("bytes=5-999999999", slice(5, None)),
    ],
)
async def test_parts(recorder: Recorder, asked: str, cut: slice, ranges: bool) -> None:
    """As players ask for them; also if the content host does not heed ranges."""
    recorder.world.knobs.capture_ranges = ranges
    clip = recorder.own("gameclip")[0]
    content = recorder.content(clip)
    status, headers, body = await recorder.get(_path(recorder, clip), {"Range": asked})
    first, stop, _ = cut.indices(len(content))
    assert (status, body) == (206, content[cut])
    assert headers["Content-Range"] == f"bytes {first}-{stop - 1}/{len(content)}"
    assert headers["Content-Length"] == str(stop - first)


@pytest.mark.parametrize("ranges", [True, False])
async def test_a_part_behind_the_end(recorder: Recorder, ranges: bool) -> None:
    """Is refused with the size."""
    recorder.world.knobs.capture_ranges = ranges
    clip = recorder.own("gameclip")[0]
    asked = {"Range": "bytes=999999999-"}
    status, headers, _ = await recorder.get(_path(recorder, clip), asked)
    size = len(recorder.content(clip))
    assert (status, headers["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=5-1"},
        {"Range": "lines=1-2"},
        {"Range": "bytes=0-1,5-6"},
        {"Range": "bytes=0-1", "If-Range": '"another"'},
    ],
)
async def test_parts_that_make_no_sense(
    recorder: Recorder, headers: dict[str, str]
) -> None:
    """Are answered with the whole."""
    clip = recorder.own("gameclip")[0]
    status, _, body = await recorder.get(_path(recorder, clip), headers)
    assert (status, body) == (200, recorder.content(clip))


async def test_asking_without_reading(recorder: Recorder) -> None:
    """HEAD tells size and kind."""
    clip = recorder.own("gameclip")[0]
    status, headers, body = await recorder.get(_path(recorder, clip), method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == str(len(recorder.content(clip)))


async def test_what_a_browser_has_is_not_sent_again(recorder: Recorder) -> None:
    """A capture never changes; nobody has to be asked."""
    clip = recorder.own("gameclip")[0]
    _, headers, _ = await recorder.get(_path(recorder, clip, "thumbnail"))
    assert "immutable" in headers["Cache-Control"]
    recorder.forget_requests()
    known = {"If-None-Match": headers["ETag"]}
    status, _, body = await recorder.get(_path(recorder, clip, "thumbnail"), known)
    assert (status, body) == (304, b"")
    assert recorder.asked() == []


async def test_nobody_else_gets_it(
    recorder: Recorder, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """Only users, and whoever has a path that was signed for them."""
    clip = recorder.own("gameclip")[0]
    clock = recorder.house.clock
    client = await clock.result(hass_client_no_auth(), within=5)
    path = _path(recorder, clip)
    signed = async_sign_path(recorder.hass, path, timedelta(hours=1))
    for address, status in ((path, 401), (signed, 200)):
        response = await clock.result(client.get(address), within=30)
        assert response.status == status


async def test_an_address_that_has_lapsed(recorder: Recorder) -> None:
    """Is signed again, once for all parts that a player asks for."""
    recorder.world.knobs.capture_url_seconds = 60.0
    await recorder.look()
    recorder.world.knobs.capture_url_seconds = 3600.0
    await recorder.pass_by(61)
    clip = recorder.own("gameclip")[0]
    recorder.forget_requests()
    for first in (0, 100, 200):
        asked = {"Range": f"bytes={first}-{first + 9}"}
        status, _, body = await recorder.get(_path(recorder, clip), asked)
        assert (status, body) == (206, recorder.content(clip)[first : first + 10])
    assert len(recorder.asked(HUB)) == 1


async def test_an_address_lapses_while_a_clip_plays(recorder: Recorder) -> None:
    """The connection ends; the play goes on."""
    recorder.world.knobs.update(
        {
            "capture_file_bytes": LARGE,
            "capture_url_seconds": 5.0,
            "capture_cut_at_expiry": True,
            "capture_bytes_per_second": LARGE // 20,
        }
    )
    await recorder.look()
    clip = recorder.own("gameclip")[0]
    recorder.forget_requests()
    status, _, body = await recorder.get(_path(recorder, clip))
    assert (status, body) == (200, recorder.content(clip))
    assert len(recorder.asked(CLIPS)) > 3


async def test_a_connection_that_ends_while_a_clip_plays(recorder: Recorder) -> None:
    """The same."""
    recorder.world.knobs.capture_file_bytes = LARGE
    clip = recorder.own("gameclip")[0]
    recorder.fail(kind="cut", host=CLIPS, times=2)
    status, _, body = await recorder.get(_path(recorder, clip))
    assert (status, body) == (200, recorder.content(clip))


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ({"kind": "status", "status": 404}, 404),
        ({"kind": "status", "status": 403}, 404),
        ({"kind": "status", "status": 503}, 502),
        ({"kind": "drop"}, 502),
        ({"kind": "redirect", "location": "http://192.168.1.1/"}, 404),
    ],
)
async def test_what_cannot_be_had(
    recorder: Recorder, rule: dict[str, object], status: int
) -> None:
    """An answer that says so, within reasonable time."""
    clip = recorder.own("gameclip")[0]
    recorder.fail(host=CLIPS, **rule)
    assert (await recorder.get(_path(recorder, clip)))[0] == status


async def test_a_forged_address_is_not_fetched(recorder: Recorder) -> None:
    """The house's own addresses are not the network's to give."""
    clip = recorder.own("gameclip")[0]
    clip.forged = f"{recorder.house.simulator.url}/_simulator/health"
    await recorder.look()
    assert (await recorder.get(_path(recorder, clip)))[0] == 404


async def test_a_page_never_comes_from_here(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the content host calls it: a script would run as Home Assistant's own."""
    monkeypatch.setitem(files.TYPES, "MP4", "text/html")
    clip = recorder.own("gameclip")[0]
    _, headers, _ = await recorder.get(_path(recorder, clip))
    assert headers["Content-Type"] == "video/mp4"


async def test_what_does_not_exist(recorder: Recorder) -> None:
    """No such entry, capture or file; an entry that is not loaded."""
    clip = recorder.own("gameclip")[0]
    path = _path(recorder, clip)
    for wrong in (
        path.replace(recorder.entry.entry_id, "other"),
        path.replace(clip.id, "other"),
        path.replace("video", "picture"),
    ):
        assert (await recorder.get(wrong))[0] == 404
    assert await recorder.house.unload(recorder.entry)
    assert (await recorder.get(path))[0] == 404


async def test_another_accounts_captures(recorder: Recorder) -> None:
    """Are not served under this account's path."""
    recorder.world.accounts["child"].refusal = None
    child = await recorder.house.clock.result(
        signed_in_entry(recorder.hass, recorder.house.simulator, "child"), within=30
    )
    assert await recorder.house.set_up(child)
    clip = recorder.own("gameclip")[0]
    path = _path(recorder, clip).replace(recorder.entry.entry_id, child.entry_id)
    assert (await recorder.get(path))[0] == 404
