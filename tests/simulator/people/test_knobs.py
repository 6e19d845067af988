"""Each knob about people, games and captures changes what it says."""

from collections.abc import Awaitable, Callable

from freezegun.api import FrozenDateTimeFactory
import pytest

from tests.simulator.captures.test_captures import address, search, status_of
from tests.simulator.console_client import ConsoleClient, Json
from tests.simulator.people.test_messages_pins import talk, text
from tests.simulator.people_client import call, do, person, presence, profile, read, who

type Answer = Callable[[ConsoleClient], Awaitable[object]]

CHILD = "2533274790010002"
CLIPS = "/gameclipsmetadata.xboxlive.com/users/me/clips"


async def activity(remote: ConsoleClient) -> object:
    """The kind of a game's activity."""
    [device] = (await presence(remote, "mika"))["devices"]
    return type(device["titles"][-1]["activity"]).__name__


async def own_last_seen(remote: ConsoleClient) -> object:
    """Whether the own record has lastSeen."""
    await do(remote, "parent", "offline")
    return "lastSeen" in await presence(remote, "parent")


async def last_seen_name(remote: ConsoleClient) -> object:
    """What lastSeen calls the title."""
    return (await presence(remote, "tove"))["lastSeen"]["titleName"]


async def cloaked(remote: ConsoleClient) -> object:
    """What somebody hidden reads of itself."""
    await do(remote, "parent", "cloak", enabled=True)
    return (await presence(remote, "parent"))["state"]


async def multiplayer(remote: ConsoleClient) -> object:
    """A member's name."""
    return "inParty" in (await profile(remote, "mika"))["multiplayerSummary"]


async def friend_members(remote: ConsoleClient) -> object:
    """Whether a person and a summary tell friendship."""
    path = f"/social.xboxlive.com/users/{who(remote, 'mika')}/summary"
    found = await profile(remote, "mika"), await read(remote, path, "2")
    return {"isFriend" in body for body in (*found, found[0]["detail"])}


async def wobble(remote: ConsoleClient) -> object:
    """How many different times of one last visit are told."""
    return len(
        {(await profile(remote, "tove"))["lastSeenDateTimeUtc"] for _ in range(4)}
    )


async def last_visit(remote: ConsoleClient) -> object:
    """How many different times of one last visit presence tells."""
    records = [await presence(remote, "tove") for _ in range(4)]
    return len({record["lastSeen"]["timestamp"] for record in records})


async def name_in_front(remote: ConsoleClient) -> object:
    """What presence calls a game."""
    [device] = (await presence(remote, "mika"))["devices"]
    return device["titles"][-1]["name"]


async def orders(remote: ConsoleClient) -> object:
    """In how many orders somebody's devices come."""
    await do(remote, "mika", "play", title_id="1990010001", device="WindowsOneCore")
    records = [await presence(remote, "mika") for _ in range(4)]
    return len({record["devices"][0]["type"] for record in records})


async def batched(remote: ConsoleClient) -> object:
    """Of how many of two people presence has a record."""
    users = [person(remote, key).xuid for key in ("mika", "tove")]
    path = "/userpresence.xboxlive.com/users/batch"
    return len((await call(remote, "POST", path, "3", {"users": users}))[1])


async def friends(remote: ConsoleClient) -> object:
    """Whether there are any friends."""
    path = "/peoplehub.xboxlive.com/users/me/people/friends"
    return bool((await read(remote, path, "7"))["people"])


async def kind(remote: ConsoleClient) -> object:
    """Whether what somebody plays is a game."""
    return (await profile(remote, "mika"))["presenceDetails"][-1]["IsGame"]


async def picture(remote: ConsoleClient) -> object:
    """Where a gamerpic is."""
    return str((await profile(remote, "mika"))["displayPicRaw"]).partition("/image?")[0]


async def fraction(remote: ConsoleClient) -> object:
    """How many digits follow the seconds."""
    path = f"/titlehub.xboxlive.com/users/{who(remote, 'mika')}/titles"
    body = await read(remote, f"{path}/titlehistory/decoration/image", "2")
    played = str(body["titles"][0]["titleHistory"]["lastTimePlayed"])
    return len(played.partition(".")[2].rstrip("Z"))


async def states(remote: ConsoleClient) -> object:
    """State, type, locator and attributes of a clip."""
    clip = (await read(remote, CLIPS, "1"))["gameClips"][0]
    return (
        clip["state"],
        clip["type"],
        clip["thumbnails"][1]["thumbnailType"],
        clip["gameClipUris"][0]["uriType"],
        clip["clipContentAttributes"],
    )


async def valueless(remote: ConsoleClient) -> object:
    """What is told of a number that nobody has."""
    scid = remote.world.titles["starfall"].scid
    path = f"/userstats.xboxlive.com/users/{who(remote, 'pip')}/scids/{scid}/stats"
    body = await read(remote, f"{path}/MinutesPlayed", "2")
    return len(body["statlistscollection"][0]["stats"])


async def achievements_page(remote: ConsoleClient) -> object:
    """How many achievements are on a page."""
    path = f"/achievements.xboxlive.com/users/{who(remote, 'parent')}/achievements"
    return len((await read(remote, path, "2"))["achievements"])


async def captures_page(remote: ConsoleClient) -> object:
    """How many captures are on a page."""
    return len((await search(remote))["values"])


async def last_token(remote: ConsoleClient) -> object:
    """The continuation token of the last page."""
    return (await search(remote)).get("continuationToken", "absent")


async def quota(remote: ConsoleClient) -> object:
    """HTTP status of another capture at the console."""
    return (await remote.control("POST", f"consoles/{remote.on.id}/capture"))[0]


async def said_size(remote: ConsoleClient) -> object:
    """What a file is said to weigh."""
    item = (await search(remote))["values"][0]
    size: object = item["contentLocators"][0]["fileSize"]
    return size


async def deletion(remote: ConsoleClient) -> object:
    """HTTP status of a deletion."""
    item = (await search(remote))["values"][0]
    path = f"/mediahub.xboxlive.com/screenshots/{item['contentId']}"
    return (await call(remote, "DELETE", path, "3"))[0]


async def bright(remote: ConsoleClient) -> object:
    """Locators of the first screenshot of a Series console, and the kind of its last file."""
    items = (await search(remote))["values"]
    item = next(one for one in items if one["uploadDeviceType"] == "Scarlett")
    locators: list[Json] = item["contentLocators"]
    kind, _ = await remote.download(address(item, locators[-1]["locatorType"]))
    return len(locators), kind


async def refused(remote: ConsoleClient) -> object:
    """HTTP status of a message that is not wanted."""
    return (await call(remote, "POST", talk(remote, "sable"), "1", text("hi")))[0]


async def too_long(remote: ConsoleClient) -> object:
    """HTTP status of a long message."""
    return (await call(remote, "POST", talk(remote, "pip"), "1", text("x" * 300)))[0]


async def deleted_message(remote: ConsoleClient) -> object:
    """HTTP status of a deleted message."""
    body = await read(remote, talk(remote, "mika"), "1")
    message = body["messages"][0]["messageId"]
    path = talk(remote, "mika").partition("/users/xuid")[0]
    path = f"{path}/{body['conversationId']}/messages/{message}"
    return (await call(remote, "DELETE", path, "1"))[0]


async def change(remote: ConsoleClient) -> object:
    """HTTP status of a change of gamertag when one is or is not free."""
    path = "/accounts.xboxlive.com/users/current/profile/gamertag"
    body = {"gamertag": "Brand New 7", "preview": True, "reservationId": 1}
    return (await call(remote, "POST", path, "2", body))[0]


async def second_change(remote: ConsoleClient) -> object:
    """HTTP status when no change is free."""
    remote.world.knobs.free_gamertag_change = False
    return await change(remote)


async def closed(remote: ConsoleClient) -> object:
    """Whether people and their summaries are refused the eleventh time."""
    summary = "/social.xboxlive.com/users/me/summary"
    friends = "/peoplehub.xboxlive.com/users/me/people/friends"
    statuses = []
    for path, contract in ((summary, "2"), (friends, "7")):
        for _ in range(10):
            await call(remote, "GET", path, contract)
        statuses.append((await call(remote, "GET", path, contract))[0])
    return tuple(statuses)


async def family(remote: ConsoleClient) -> object:
    """What the first child of the family is told as, and how the answer is packed."""
    own = remote.world.accounts["parent"].xuid
    path = f"/accounts.xboxlive.com/family/memberXuid({own})"
    status, body, *_ = await call(remote, "GET", path, "3")
    if status != 200:
        return status
    told = body if isinstance(body, list) else body["familyUsers"]
    return type(body).__name__, *told[1].values()


# knob, value -> what is answered then
SAYS: list[tuple[str, object, Answer, object]] = [
    ("family", "parent,child", family, ("dict", CHILD, "PocketComet4821", "Child")),
    ("family", "child", family, 404),
    ("family_children", "", family, ("dict", CHILD, "PocketComet4821", "Organizer")),
    ("family_shape", "list", family, ("list", CHILD, "PocketComet4821", "Child")),
    ("family_shape", "bare", family, ("dict", CHILD, "PocketComet4821")),
    ("presence_activity", "object", activity, "dict"),
    ("presence_activity", "list", activity, "list"),
    ("own_last_seen", False, own_last_seen, False),
    ("own_last_seen", True, own_last_seen, True),
    ("last_seen_names", False, last_seen_name, ""),
    ("last_seen_names", True, last_seen_name, "Skyline"),
    ("cloaked_from_self", False, cloaked, "Online"),
    ("cloaked_from_self", True, cloaked, "Offline"),
    ("multiplayer_summary", "camel", multiplayer, True),
    ("multiplayer_summary", "pascal", multiplayer, False),
    ("friend_members", True, friend_members, {True}),
    ("friend_members", False, friend_members, {False}),
    ("last_seen_wobble_seconds", 0.0, wobble, 1),
    ("last_seen_wobble_seconds", 0.4, wobble, 2),
    ("last_seen_wobble_seconds", 0.0, last_visit, 1),
    ("last_seen_wobble_seconds", 159.0, last_visit, 2),
    ("presence_names", True, name_in_front, "Tidewater Tales"),
    ("presence_names", False, name_in_front, ""),
    ("presence_device_order", "fixed", orders, 1),
    ("presence_device_order", "alternating", orders, 2),
    ("presence_leaves_out", "", batched, 2),
    ("presence_leaves_out", "mika", batched, 1),
    ("people_told", True, friends, True),
    ("people_told", False, friends, False),
    ("is_game_told", True, kind, True),
    ("is_game_told", False, kind, None),
    ("padded_gamerpics", False, picture, "https://images-eds-ssl.xboxlive.com"),
    ("padded_gamerpics", True, picture, "http://images-eds.xboxlive.com"),
    ("fraction_digits", 7, fraction, 7),
    ("fraction_digits", 3, fraction, 3),
    ("fraction_digits", 0, fraction, 0),
    ("enums_as_integers", True, states, (6, 8, 2, 2, 0)),
    (
        "enums_as_integers",
        False,
        states,
        ("Published", "UserGenerated", "Large", "Download", "None"),
    ),
    ("valueless_stats", "without_value", valueless, 1),
    ("valueless_stats", "omitted", valueless, 0),
    ("achievements_page_size", 5, achievements_page, 5),
    ("capture_page_size", 100, captures_page, 20),
    ("capture_page_size", 4, captures_page, 4),
    ("last_page_token", "absent", last_token, "absent"),
    ("last_page_token", "null", last_token, None),
    ("last_page_token", "empty", last_token, ""),
    ("capture_quota_bytes", 10_000_000_000, quota, 200),
    ("capture_quota_bytes", 1_000_000, quota, 400),
    ("capture_bytes", 123_456_789, said_size, 123_456_789),
    ("delete_capture_status", 202, deletion, 202),
    ("delete_capture_status", 200, deletion, 200),
    ("hdr_screenshots", False, bright, (3, "image/png")),
    ("hdr_screenshots", True, bright, (4, "image/vnd.ms-photo")),
    ("message_refused_status", 403, refused, 403),
    ("message_refused_status", 400, refused, 400),
    ("message_too_long_status", 413, too_long, 413),
    ("message_deleted_status", 204, deleted_message, 204),
    ("free_gamertag_change", True, change, 200),
    ("free_gamertag_change", False, change, 403),
    ("no_free_change_status", 400, second_change, 400),
    ("rate_limits", True, closed, (429, 429)),
    ("rate_limits", False, closed, (200, 200)),
    ("peoplehub_limited", False, closed, (429, 200)),
]

# Knobs whose effect needs time to pass have tests of their own below.
TIMED = {
    "capture_url_seconds",
    "expired_capture_status",
    "rate_limit_windows",
    "rate_limit_retry_after",
}
NAMES = {name for name, *_ in SAYS} | TIMED


@pytest.mark.parametrize(("name", "value", "answer", "expected"), SAYS)
async def test_knob(
    remote: ConsoleClient, name: str, value: object, answer: Answer, expected: object
) -> None:
    """What the service answers with the knob in this place."""
    assert (await remote.control("PATCH", "knobs", {name: value}))[0] == 200
    assert await answer(remote) == expected


async def test_life_of_addresses(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """As long as is said, then the status that is said."""
    knobs = {"capture_url_seconds": 60, "expired_capture_status": 410}
    await remote.control("PATCH", "knobs", knobs)
    path = address((await search(remote))["values"][0])
    freezer.tick(58)
    assert await status_of(remote, path) == 200
    freezer.tick(3)
    assert await status_of(remote, path) == 410


@pytest.mark.parametrize(
    ("windows", "expected"), [("fixed", (6, 200)), ("sliding", (15, 200))]
)
async def test_windows(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    windows: str,
    expected: tuple[int, int],
) -> None:
    """Fixed ones begin anew; sliding ones keep what is less than 15 seconds old, refused requests as well."""
    remote.world.limits.clear()
    await remote.control("PATCH", "knobs", {"rate_limit_windows": windows})
    path = "/social.xboxlive.com/users/me/summary"
    assert (await call(remote, "GET", path, "2"))[0] == 200
    freezer.tick(9)
    for _ in range(9):
        await call(remote, "GET", path, "2")
    response = await remote.ask("GET", path, headers=remote.headers("2"))
    waiting = int(response.headers["Retry-After"])
    freezer.tick(waiting)
    assert (waiting, (await call(remote, "GET", path, "2"))[0]) == expected


@pytest.mark.parametrize(
    ("says", "expected"),
    [("true", "15"), ("0", "0"), ("1", "1"), ("60", "60"), ("absent", None)],
)
async def test_what_a_limit_says_about_waiting(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    says: str,
    expected: str | None,
) -> None:
    """The true seconds, others, or nothing."""
    await remote.control("PATCH", "knobs", {"rate_limit_retry_after": says})
    path = "/social.xboxlive.com/users/me/summary"
    for _ in range(10):
        assert (await call(remote, "GET", path, "2"))[0] == 200
    response = await remote.ask("GET", path, headers=remote.headers("2"))
    assert (response.status, response.headers.get("Retry-After")) == (429, expected)


async def test_floats(remote: ConsoleClient) -> None:
    """Whole numbers of every service can be floats."""
    remote.world.knobs.floats_for_integers = True
    response = await remote.ask("GET", CLIPS, headers=remote.headers("1"))
    raw = await response.text()
    assert '"state": 6.0' in raw
    assert '"savedByUser": true' in raw
    assert person(remote, "parent").xuid in raw
