"""Captures: found, downloaded while their address works, deleted; space is limited."""

import re
import struct
import zlib

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.captures.gallery import Capture
from tests.simulator.console_client import ConsoleClient, Json
from tests.simulator.people_client import call, do, person, read, who

HUB = "/mediahub.xboxlive.com"


async def search(
    remote: ConsoleClient, kind: str = "screenshots", query: str = "", **body: object
) -> Json:
    """Return a page of the parent's captures."""
    owner = f"OwnerXuid eq {person(remote, 'parent').xuid}"
    sent = {"query": owner + query, "max": 1, "skip": 0, **body}
    status, found = await call(remote, "POST", f"{HUB}/{kind}/search", "3", sent)
    assert status == 200
    result: Json = found
    return result


def address(item: Json, kind: str = "Download") -> str:
    """Return where a capture's file is."""
    [uri] = [
        one["uri"] for one in item["contentLocators"] if one["locatorType"] == kind
    ]
    assert uri.startswith("https://")
    return str(uri.removeprefix("https:/"))


async def status_of(remote: ConsoleClient, path: str, **headers: str) -> int:
    """Return the status of a download without signing in."""
    return (await remote.ask("GET", path, headers=headers)).status


def png_size(data: bytes) -> tuple[int, int]:
    """Check a PNG thoroughly and return width and height."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels, size = 8, b"", (0, 0)
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        [check] = struct.unpack(">I", data[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        if kind == b"IDAT":
            pixels += body
        place += 12 + length
    assert len(zlib.decompress(pixels)) == size[1] * (1 + 3 * size[0])
    return size


async def test_forty_captures(remote: ConsoleClient) -> None:
    """Half screenshots, half clips, the latest first; `max` is ignored."""
    for kind in ("screenshots", "gameclips"):
        page = await search(remote, kind)
        assert len(page["values"]) == 20
        assert "continuationToken" not in page
        times = [
            item.get("dateUploaded", item.get("uploadDate")) for item in page["values"]
        ]
        assert times == sorted(times, reverse=True)
    assert len({item["titleId"] for item in page["values"]}) > 5


@pytest.mark.parametrize("deleted", [0, -1], ids=["the first", "the last"])
async def test_pages(remote: ConsoleClient, deleted: int) -> None:
    """`maxPageSize` works, and the token goes into the body; what is deleted meanwhile confuses nothing."""
    seen: list[str] = []
    token = None
    while True:
        page = await search(remote, maxPageSize=6, continuationToken=token)
        seen += [item["contentId"] for item in page["values"]]
        if "continuationToken" not in page:
            break
        token = page["continuationToken"]
        await remote.ask(
            "DELETE", f"{HUB}/screenshots/{seen[deleted]}", headers=remote.headers("3")
        )
    assert len(seen) == len(set(seen)) == 20


async def test_screenshot_file(remote: ConsoleClient) -> None:
    """A real picture of the said size and length, and a smaller one."""
    item = (await search(remote))["values"][0]
    kind, data = await remote.download(address(item))
    assert (kind, png_size(data)) == (
        "image/png",
        (item["resolutionWidth"], item["resolutionHeight"]),
    )
    assert item["contentLocators"][0]["fileSize"] == len(data)
    assert (item["CreationType"], "creationType" in item) == ("UserGenerated", False)
    _, small = await remote.download(address(item, "Thumbnail_Small"))
    assert png_size(small) == (320, 180)


def boxes(data: bytes) -> dict[bytes, bytes]:
    """Return the boxes of an MP4 file, or of a box."""
    found, place = {}, 0
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        found[kind] = data[place + 8 : place + size]
        place += size
    return found


async def test_game_clip_file(remote: ConsoleClient) -> None:
    """A real film that lasts as long as is said."""
    item = (await search(remote, "gameclips"))["values"][0]
    kind, data = await remote.download(address(item))
    assert (kind, item["contentLocators"][0]["fileSize"]) == ("video/mp4", len(data))
    file = boxes(data)
    assert list(file) == [b"ftyp", b"moov", b"mdat"]
    rate, length = struct.unpack(">II", boxes(file[b"moov"])[b"mvhd"][12:20])
    assert (length / rate, rate) == (item["durationInSeconds"], item["frameRate"])
    # The first picture is a key picture of raw blocks, after its length.
    assert file[b"mdat"][4] == 0x65


async def test_parts_of_files(remote: ConsoleClient) -> None:
    """As players ask for them."""
    path = address((await search(remote, "gameclips"))["values"][0])
    _, data = await remote.download(path)
    size = len(data)
    for asked, first, last in (
        ("0-99", 0, 99),
        ("100-", 100, size - 1),
        ("-5", size - 5, size - 1),
    ):
        headers = {"Range": f"bytes={asked}"}
        async with remote.http.get(path.lstrip("/"), headers=headers) as response:
            assert (response.status, await response.read()) == (
                206,
                data[first : last + 1],
            )
            told = response.headers["Content-Range"]
            assert told == f"bytes {first}-{last}/{size}"
    assert await status_of(remote, path, Range=f"bytes={size}-") == 416


async def test_addresses_expire_and_are_signed_again(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """By the servers' clock; asking for the one by its local id gives a new address."""
    item = (await search(remote, "gameclips"))["values"][3]
    path, until = address(item), item["contentLocators"][0]["expiration"]
    [stamp] = re.findall(r"__gda__=(\d+)_", path)
    assert remote.world.clock.iso(float(stamp)) == until
    assert await status_of(remote, path) == 200
    freezer.tick(3600)
    assert await status_of(remote, path) == 403
    again = await search(remote, "gameclips", f" and localId eq '{item['localId']}'")
    [new] = again["values"]
    assert new["contentId"] == item["contentId"]
    assert await status_of(remote, address(new)) == 200
    remote.world.clock.offset = 3601
    assert await status_of(remote, address(new)) == 403


async def test_forged_addresses(remote: ConsoleClient) -> None:
    """Another file's signature, a changed one, none."""
    first, second = (await search(remote))["values"][:2]
    path, query = address(first).split("?")
    other = address(second).split("?")[1]
    for wrong in (other, query[:-3] + "AAA", "sig=%20", ""):
        assert await status_of(remote, f"{path}?{wrong}") == 403


async def test_delete(remote: ConsoleClient) -> None:
    """Accepted, and gone at once; by content id; the second time it is unknown."""
    item = (await search(remote))["values"][0]
    quirk = {"headers": {"Accept": "application/json", "X-XBL-Contract-Version": "2"}}
    path = f"{HUB}/screenshots/{item['contentId']}"
    assert (await call(remote, "DELETE", path, "2", quirk))[0] == 202
    assert len((await search(remote))["values"]) == 19
    assert await status_of(remote, address(item)) == 404
    assert (await call(remote, "DELETE", path, "2", quirk))[0] == 404


async def test_captures_of_others(remote: ConsoleClient) -> None:
    """Seen unless private, never deleted."""
    await do(remote, "mika", "capture")
    await do(remote, "sable", "capture", title_id=1990010001)
    query = {"query": f"OwnerXuid eq {person(remote, 'mika').xuid}"}
    status, page = await call(remote, "POST", f"{HUB}/screenshots/search", "3", query)
    assert (status, len(page["values"])) == (200, 1)
    path = f"{HUB}/screenshots/{page['values'][0]['contentId']}"
    assert (await call(remote, "DELETE", path, "3"))[0] == 403
    query = {"query": f"OwnerXuid eq {person(remote, 'sable').xuid}"}
    _, page = await call(remote, "POST", f"{HUB}/screenshots/search", "3", query)
    assert page["values"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": "localId eq 'x'"},
        {"query": "OwnerXuid eq 1 and contentId eq 'x'"},
        {"query": "OwnerXuid ne 1"},
        {"query": "OwnerXuid eq 2533274790010001", "maxPageSize": 0},
        {"query": "OwnerXuid eq 2533274790010001", "continuationToken": "nonsense"},
    ],
)
async def test_wrong_queries(remote: ConsoleClient, body: object) -> None:
    """Only owner, local id and title can be asked for."""
    assert (await call(remote, "POST", f"{HUB}/gameclips/search", "3", body))[0] == 400


async def test_a_capture_at_the_console_appears(remote: ConsoleClient) -> None:
    """With its console's kind, the latest of all."""
    await remote.control(
        "POST", f"consoles/{remote.on.id}/capture", {"kind": "gameclip"}
    )
    item = (await search(remote, "gameclips"))["values"][0]
    [taken] = remote.new_captures
    assert (item["contentId"], item["uploadDeviceType"]) == (taken.id, "Scarlett")
    assert item["titleName"] == "Starfall Odyssey"


async def test_quota(remote: ConsoleClient) -> None:
    """Ten gigabytes: what exceeds them is refused until something is deleted."""
    remote.world.knobs.capture_bytes = 245_000_000
    path = f"consoles/{remote.on.id}/capture"
    items = (await search(remote))["values"]
    assert (
        sum(item["contentLocators"][0]["fileSize"] for item in items) == 4_900_000_000
    )
    status, answer = await remote.control("POST", path)
    assert (status, answer["error"]) == (400, "Storage for captures is full")
    assert (await remote.control("POST", "captures", {"count": 1}))[0] == 400
    await call(remote, "DELETE", f"{HUB}/screenshots/{items[0]['contentId']}", "3")
    assert (await remote.control("POST", path))[0] == 200


async def test_five_hundred_captures(remote: ConsoleClient) -> None:
    """On demand."""
    assert (await remote.control("POST", "captures", {"count": 500}))[1] == {
        "captures": 540
    }
    page = await search(remote, maxPageSize=500)
    assert len(page["values"]) == 270


METADATA = {
    "gameClips": ("/gameclipsmetadata.xboxlive.com", "clips", "1", "gameClip"),
    "screenshots": (
        "/screenshotsmetadata.xboxlive.com",
        "screenshots",
        "5",
        "screenshot",
    ),
}


def of_kind(remote: ConsoleClient, members: str) -> list[Capture]:
    """Return the captures that a metadata service knows."""
    kind = "gameclip" if members == "gameClips" else "screenshot"
    return [one for one in remote.world.captures if one.kind == kind]


@pytest.mark.parametrize("members", METADATA)
async def test_older_metadata(remote: ConsoleClient, members: str) -> None:
    """Own, saved, by title, of everybody; page by page; with addresses that work."""
    host, segment, contract, prefix = METADATA[members]
    captures = of_kind(remote, members)
    saved = sum(one.saved for one in captures)
    for place in ("me", who(remote, "parent")):
        base = f"{host}/users/{place}"
        body = await read(remote, f"{base}/{segment}?maxItems=15", contract)
        assert (len(body[members]), body["pagingInfo"]) == (
            15,
            {"continuationToken": "15"},
        )
        body = await read(
            remote, f"{base}/{segment}?maxItems=15&continuationToken=15", contract
        )
        assert (len(body[members]), body["pagingInfo"]) == (
            5,
            {"continuationToken": None},
        )
        body = await read(remote, f"{base}/{segment}/saved", contract)
        assert len(body[members]) == saved
    item = body[members][0]
    title = f"titles/{item['titleId']}"
    for path in (f"users/me/{title}/{segment}", f"public/{title}/{segment}/saved"):
        body = await read(remote, f"{host}/{path}", contract)
        assert {one["titleId"] for one in body[members]} == {item["titleId"]}
    uri = item[f"{prefix}Uris"][0]["uri"].removeprefix("https:/")
    assert await status_of(remote, uri) == 200


@pytest.mark.parametrize("members", METADATA)
async def test_older_deletion(remote: ConsoleClient, members: str) -> None:
    """One by its id; the second time it is unknown; others' are not ours."""
    host, segment, contract, prefix = METADATA[members]
    body = await read(remote, f"{host}/users/me/{segment}", contract)
    item = body[members][0]
    path = f"scids/{item['scid']}/{segment}/{item[f'{prefix}Id']}"
    one = await read(remote, f"{host}/users/me/{path}", contract)
    assert one[prefix][f"{prefix}Id"] == item[f"{prefix}Id"]
    for place, status in ((who(remote, "mika"), 403), ("me", 204), ("me", 404)):
        answer = await call(remote, "DELETE", f"{host}/users/{place}/{path}", contract)
        assert answer[0] == status
