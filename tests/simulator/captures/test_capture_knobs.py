"""What the facts leave open about captures: each knob says what it says."""

from contextlib import suppress
import io
import re
import time

from aiohttp import ClientPayloadError
from freezegun.api import FrozenDateTimeFactory
from PIL import Image
import pytest

from tests.simulator.captures.test_captures import HUB, address, search, status_of
from tests.simulator.console_client import ConsoleClient, Json
from tests.simulator.people_client import call

DAY = 86400
NAMES = {
    "capture_bytes_per_second",
    "capture_cut_at_expiry",
    "capture_days",
    "capture_expiration",
    "capture_file_bytes",
    "capture_local_ids",
    "capture_ranges",
    "capture_size_error",
    "capture_sizes",
    "own_app_captures",
    "own_app_refusal_status",
    "picture_format",
}


def size(item: Json) -> object:
    """Return what is said of the size of a capture's file."""
    return item["contentLocators"][0].get("fileSize")


async def test_real_jpeg_files(remote: ConsoleClient) -> None:
    """Pictures and small pictures, that any program decodes."""
    remote.world.knobs.picture_format = "JPG"
    # The size of each is told, and each is drawn for that.
    pictures = [one for one in remote.world.captures if one.kind == "screenshot"]
    remote.world.captures[:] = pictures[:1]
    item = (await search(remote))["values"][0]
    for kind, sides in (("Download", (960, 540)), ("Thumbnail_Small", (320, 180))):
        media_type, data = await remote.download(address(item, kind))
        assert media_type == "image/jpeg"
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert (picture.format, picture.size) == ("JPEG", sides)
            assert len(picture.getcolors(100_000) or ()) > 100
    assert size(item) == len((await remote.download(address(item)))[1])


@pytest.mark.parametrize("kind", ["screenshots", "gameclips"])
async def test_files_of_any_size(remote: ConsoleClient, kind: str) -> None:
    """Still pictures and films, no two the same, each the same again in parts."""
    remote.world.knobs.capture_file_bytes = 2_500_001
    first, second = (await search(remote, kind))["values"][:2]
    _, data = await remote.download(address(first))
    assert len(data) == size(first) == 2_500_001
    assert data[4:8] == b"ftyp" or data.startswith(b"\x89PNG")
    assert (await remote.download(address(second)))[1][-1000:] != data[-1000:]
    asked = {"Range": "bytes=1234567-2345678"}
    path = address(first).lstrip("/")
    async with remote.http.get(path, headers=asked) as response:
        assert await response.read() == data[1234567:2345679]


async def test_hosts_without_ranges(remote: ConsoleClient) -> None:
    """They send everything."""
    remote.world.knobs.capture_ranges = False
    item = (await search(remote))["values"][0]
    assert await status_of(remote, address(item), Range="bytes=1-2") == 200


async def test_what_is_said_of_sizes(remote: ConsoleClient) -> None:
    """Nothing, or something wrong."""
    true = size((await search(remote))["values"][0])
    remote.world.knobs.capture_size_error = -7
    assert size((await search(remote))["values"][0]) == int(str(true)) - 7
    remote.world.knobs.capture_sizes = False
    assert size((await search(remote))["values"][0]) is None


async def test_what_items_may_lack(remote: ConsoleClient) -> None:
    """Their local id, and when they are deleted."""
    item = (await search(remote))["values"][0]
    assert {"localId", "expirationDate"} <= item.keys()
    remote.world.knobs.capture_local_ids = False
    remote.world.knobs.capture_expiration = False
    item = (await search(remote))["values"][0]
    assert not {"localId", "expirationDate"} & item.keys()


async def test_captures_expire(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Ninety days after they were uploaded, as was told; never, if that is so."""
    items = (await search(remote))["values"]
    oldest = items[-1]
    told = oldest["expirationDate"]
    days = (90 * DAY - 20 * DAY) // DAY
    freezer.tick(days * DAY)
    remote.authorization = remote.world.tokens.authorization(
        remote.world.accounts["parent"]
    )
    left = (await search(remote))["values"]
    assert oldest["contentId"] not in {item["contentId"] for item in left}
    assert told < remote.world.clock.iso()
    assert len(left) < len(items)
    assert all(item["expirationDate"] > remote.world.clock.iso() for item in left)
    remote.world.knobs.capture_days = 0.0
    freezer.tick(1000 * DAY)
    remote.authorization = remote.world.tokens.authorization(
        remote.world.accounts["parent"]
    )
    assert len((await search(remote))["values"]) == len(left)


@pytest.mark.parametrize("cuts", [True, False])
async def test_an_address_that_expires_during_a_transfer(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, cuts: bool
) -> None:
    """Ends it, or does not matter any more."""
    knobs = remote.world.knobs
    knobs.capture_file_bytes, knobs.capture_cut_at_expiry = 20_000_000, cuts
    knobs.capture_url_seconds = 10.0
    item = (await search(remote, "gameclips"))["values"][0]
    received = 0
    async with remote.http.get(address(item).lstrip("/")) as response:
        with suppress(ClientPayloadError):
            async for chunk in response.content.iter_any():
                if not received:
                    freezer.tick(11)
                received += len(chunk)
    assert (received < 20_000_000) is cuts


async def test_slow_transfers(remote: ConsoleClient) -> None:
    """They take as long as their bytes do."""
    remote.world.knobs.capture_file_bytes = 1_000_000
    item = (await search(remote, "gameclips"))["values"][0]
    remote.world.knobs.capture_bytes_per_second = 2_000_000
    begun = time.monotonic()
    await remote.download(address(item))
    assert time.monotonic() - begun > 0.49


async def test_a_transfer_that_is_cut(remote: ConsoleClient) -> None:
    """In the middle, as often as was asked for."""
    body = {"kind": "cut", "host": "gameclipscontent-d2001.media.xboxlive.com"}
    await remote.control("POST", "faults", {**body, "times": 1})
    remote.world.knobs.capture_file_bytes = 1_000_000
    item = (await search(remote, "gameclips"))["values"][0]
    with pytest.raises(Exception, match="payload|disconnected|reset"):
        await remote.download(address(item))
    assert len((await remote.download(address(item)))[1]) == 1_000_000


async def test_a_redirect(remote: ConsoleClient) -> None:
    """To wherever was asked for."""
    body = {"kind": "redirect", "location": "https://elsewhere.example/x"}
    await remote.control("POST", "faults", body)
    item_path = "gameclipscontent-d2001.media.xboxlive.com/x"
    async with remote.http.get(item_path, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (
            302,
            body["location"],
        )


async def test_a_fault_by_chance(remote: ConsoleClient) -> None:
    """It strikes about as often as was asked for, the same ones each time."""
    await remote.control("POST", "faults", {"kind": "empty", "chance": 0.3})
    statuses = [
        (await call(remote, "POST", f"{HUB}/screenshots/search", "3", {}))[0]
        for _ in range(100)
    ]
    assert 15 < statuses.count(500) < 45


def own_app(remote: ConsoleClient) -> None:
    """Go on as somebody who signed in with an app of their own."""
    remote.authorization = remote.world.tokens.authorization(
        remote.world.accounts["parent"], title_id=None
    )


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_own_apps_are_refused(remote: ConsoleClient, status: int) -> None:
    """Searching and deleting; the older services let them in."""
    remote.world.knobs.own_app_refusal_status = status
    found = (await search(remote))["values"][0]
    own_app(remote)
    query = {"query": re.sub(r"\D+$", "", f"OwnerXuid eq {found['ownerXuid']}")}
    answer = await call(remote, "POST", f"{HUB}/screenshots/search", "3", query)
    assert answer[0] == status
    path = f"{HUB}/screenshots/{found['contentId']}"
    assert (await call(remote, "DELETE", path, "3"))[0] == status
    older = "/screenshotsmetadata.xboxlive.com/users/me/screenshots"
    assert (await call(remote, "GET", older, "5"))[0] == 200


@pytest.mark.parametrize(("told", "number"), [("empty", 0), ("gaps", 10), ("all", 20)])
async def test_own_apps_are_told_less(
    remote: ConsoleClient, told: str, number: int
) -> None:
    """Nothing, half, or everything."""
    await remote.control("PATCH", "knobs", {"own_app_captures": told})
    own_app(remote)
    assert len((await search(remote))["values"]) == number
