"""The push channel speaks as the facts say, and misbehaves on demand."""

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, WSServerHandshakeError
import pytest

from simulator.people.person import Person
from tests.simulator.activity.conftest import HOST, PRESENCE, Connect, Line
from tests.simulator.console_client import ConsoleClient

SOCIAL = "https://social.xboxlive.com/users/xuid({})/friends"


def _xuid(line: Line, key: str) -> str:
    return line.world.people[key].xuid


async def test_ids_begin_at_0_and_are_never_used_twice(line: Line) -> None:
    """Whoever tests an id for truth loses its first subscription."""
    assert await line.subscribe(line.of("mika", "richpresence")) == [1, 1, 0, 0, None]
    await line.say(2, 7, 0)
    assert await line.hear() == [2, 7, 0]
    answer = await line.subscribe(line.of("mika", "devices"))
    assert answer[:4] == [1, 2, 0, 1]
    assert answer[4]["state"] == "Online"
    assert line.socket.protocol == "rta.xboxlive.com.V2"


async def test_a_game_that_starts_is_told_three_ways(line: Line) -> None:
    """Devices say nothing of titles, a title says started, rich presence tells everything."""
    title_id = line.world.titles["nebula"].title_id
    for what in ("devices", f"titles/{title_id}", "richpresence"):
        await line.subscribe(line.of("mika", what))
    line.do("mika", "play", title="nebula")
    assert await line.hear() == [3, 1, "Started"]
    kind, key, told = await line.hear()
    assert (kind, key, told["presenceState"]) == (3, 2, "Online")
    assert told["xuid"] == int(_xuid(line, "mika"))
    shown = {detail["titleId"]: detail["isGame"] for detail in told["presenceDetails"]}
    assert shown == {"750323071": False, str(title_id): True}
    line.do("mika", "offline")
    assert (await line.hear())[1:] == [0, "Scarlett:false"]
    assert (await line.hear())[1:] == [1, "Ended"]
    assert (await line.hear())[2]["presenceState"] == "Offline"


@pytest.mark.parametrize(
    ("spelling", "told"),
    [("started", "started"), ("started_id", "started:{}")],
)
async def test_titles_are_spelled_in_several_ways(
    line: Line, spelling: Any, told: str
) -> None:
    """None of them is known to be the right one."""
    line.world.activity.knobs.title_spelling = spelling
    title_id = line.world.titles["nebula"].title_id
    await line.subscribe(line.of("mika", f"titles/{title_id}"))
    line.do("mika", "play", title="nebula")
    assert await line.hear() == [3, 0, told.format(title_id)]


async def test_what_cannot_be_had_is_refused_with_a_text(line: Line) -> None:
    """An array of four: unknown resources, and people whose privacy forbids it."""
    unknown = await line.subscribe("https://xccs.xboxlive.com/consoles")
    assert unknown[:3] == [1, 1, 1]
    assert len(unknown) == 4
    line.do("mika", "privacy", enabled=True)
    assert (await line.subscribe(line.of("mika", "devices")))[2:] == [
        3,
        "There is no data associated with the specified resource.",
    ]


@pytest.mark.parametrize(
    ("token_type", "statuses"),
    [("trusted", [0, 0]), ("no_rich_presence", [0, 3]), ("no_presence", [3, 3])],
)
async def test_token_types(line: Line, token_type: Any, statuses: list[int]) -> None:
    """What an app of one's own may hear is not known."""
    line.world.activity.knobs.token_type = token_type
    told = [
        (await line.subscribe(line.of("parent", what)))[2]
        for what in ("devices", "richpresence")
    ]
    assert told == statuses


async def test_refusals_on_demand(line: Line) -> None:
    """For so many times, in either shape."""
    line.world.activity.refuse("/devices", 1001, times=1)
    line.world.activity.knobs.refusal_shape = "padded"
    refused = await line.subscribe(line.of("mika", "devices"))
    assert (refused[2], len(refused)) == (1001, 5)
    assert (await line.subscribe(line.of("mika", "devices")))[2] == 0


async def test_too_many_subscriptions(line: Line) -> None:
    """At once is throttled, in all is a limit."""
    line.world.activity.knobs.subscribes_per_second = 2
    statuses = [(await line.subscribe(line.of("mika", "devices")))[2] for _ in range(3)]
    assert statuses == [0, 0, 1001]
    line.world.activity.knobs.subscribes_per_second = 0
    line.world.activity.knobs.subscriptions_per_socket = 2
    assert (await line.subscribe(line.of("juno", "devices")))[2] == 2


async def test_friends(line: Line) -> None:
    """Who is followed, and who asks."""
    assert (await line.subscribe(SOCIAL.format(_xuid(line, "parent"))))[2:] == [
        0,
        0,
        None,
    ]
    line.do("mika", "unfriend")
    assert (await line.hear())[2] == {
        "NotificationType": "Removed",
        "Xuids": [_xuid(line, "mika")],
    }
    line.world.people["mika"].requests.add("parent")
    line.world.publish()
    told = (await line.hear())[2]
    assert told["NotificationType"] == "IncomingFriendRequestCountChanged"


async def test_achievements(line: Line) -> None:
    """Progress and unlocks of one game."""
    title = line.world.titles["nebula"]
    person: Person = line.world.people["mika"]
    await line.subscribe(
        f"https://achievements.xboxlive.com/users/xuid({person.xuid})/achievements/{title.scid}"
    )
    line.do("mika", "unlock", title="nebula")
    told = (await line.hear())[2]
    assert told["serviceConfigId"] == title.scid
    assert [one["progressState"] for one in told["progression"]] == ["Achieved"]


async def test_a_nonce_opens_one_socket(
    connect: Connect, remote: ConsoleClient, authorization: str
) -> None:
    """And has to be percent-encoded, and comes without a header."""
    headers = {"Authorization": authorization}
    async with remote.http.get(f"{HOST}/nonce", headers=headers) as answer:
        nonce = (await answer.json())["nonce"]
    assert {"+", "/", "="} <= set(nonce)
    with pytest.raises(WSServerHandshakeError, match="400"):
        await remote.http.ws_connect(f"{HOST}/connect?nonce={nonce}")
    await connect(nonce)
    assert remote.world.activity.sockets[0].way == "nonce"
    with pytest.raises(WSServerHandshakeError, match="400"):
        await connect(nonce)
    async with remote.http.get(f"{HOST}/nonce") as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    ("knob", "value", "status"),
    [
        ("available", False, 503),
        ("header_accepted", False, 403),
        ("sockets_per_person", 0, 429),
    ],
)
async def test_handshakes_that_fail(
    connect: Connect, remote: ConsoleClient, knob: str, value: Any, status: int
) -> None:
    """Each is counted."""
    remote.world.activity.knobs.update({knob: value})
    with pytest.raises(WSServerHandshakeError, match=str(status)):
        await connect()
    assert len(remote.world.activity.handshakes) == 1


@pytest.mark.parametrize(
    ("how", "code"), [("cut", 1006), ("1000", 1000), ("1001", 1001)]
)
async def test_ends(line: Line, how: Any, code: int) -> None:
    """Without a close frame, or with one that gives a reason."""
    line.world.activity.knobs.close_reason = "enough"
    for socket in line.world.activity.sockets:
        socket.end(how)
    message = await line.socket.receive(timeout=5)
    assert message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR)
    assert line.socket.close_code == code
    if how != "cut":
        assert message.extra == "enough"


async def test_a_socket_lives_as_long_as_the_service_wants(
    connect: Connect, remote: ConsoleClient
) -> None:
    """No longer than its sign-in either."""
    remote.world.activity.knobs.life_seconds = 0.01
    line = await connect()
    assert (await line.socket.receive(timeout=5)).type is WSMsgType.CLOSED
    assert line.socket.close_code == 1006


async def test_close_after_so_many_events(line: Line) -> None:
    """Even in the middle of the day."""
    line.world.activity.knobs.close_after = 1
    await line.subscribe(line.of("mika", "devices"))
    line.do("mika", "offline")
    assert (await line.hear())[0] == 3
    assert (await line.socket.receive(timeout=5)).type is WSMsgType.CLOSED


@pytest.mark.parametrize("knob", ["silent", "deaf"])
async def test_a_socket_may_die_in_silence(line: Line, knob: str) -> None:
    """It answers pings, or not even those."""
    await line.subscribe(line.of("mika", "devices"))
    line.world.activity.knobs.update({knob: True})
    line.do("mika", "offline")
    await line.socket.ping()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(line.socket.receive(), 0.05)
    assert line.world.activity.sockets[0].pings == (knob == "silent")


@pytest.mark.parametrize("framing", ["binary", "fragments"])
async def test_framing(line: Line, framing: Any) -> None:
    """Text may come as bytes, and in pieces."""
    line.world.activity.knobs.framing = framing
    await line.subscribe(line.of("mika", "devices"))
    line.do("mika", "offline")
    assert await line.hear() == [3, 0, "Scarlett:false"]


async def test_oddities_repeats_late_events_and_resync(line: Line) -> None:
    """A client has to live with all of it."""
    knobs = line.world.activity.knobs
    knobs.oddities, knobs.repeats, knobs.late_events = True, 1, True
    assert (await line.subscribe(line.of("mika", "devices")))[5:] == ["extra"]
    line.do("mika", "offline")
    event = [3, 0, "Scarlett:false"]
    assert [await line.hear(), await line.hear()] == [event, event]
    with suppress(ValueError):
        await line.hear()
    assert (await line.hear())[0] == 9
    assert (await line.hear())[1] == 987654
    line.world.activity.resync()
    assert await line.hear() == [4]
    await line.say(2, 1, 0)
    assert [await line.hear(), await line.hear()] == [[2, 1, 0], [3, 0, "PC:true"]]


async def test_subscriptions_may_stay_unanswered(line: Line) -> None:
    """The next one is answered again."""
    line.world.activity.knobs.unanswered = 1
    await line.say(1, 1, line.of("mika", "devices"))
    assert (await line.subscribe(line.of("mika", "devices")))[:2] == [1, 1]


async def test_what_happened_while_nobody_listened_is_not_told(
    connect: Connect, line: Line
) -> None:
    """And whoever comes later hears of what comes later."""
    line.do("mika", "offline")
    later = await connect()
    first = await later.subscribe(later.of("mika", "devices"))
    assert first[4] == {"xuid": _xuid(line, "mika"), "state": "Offline"}
    line.do("mika", "online", device="XboxOne")
    assert await later.hear() == [3, 0, "XboxOne:true"]


async def test_the_services_may_lag_behind_an_event(
    line: Line, remote: ConsoleClient
) -> None:
    """What is pushed is newer than what can be asked."""
    line.world.knobs.presence_lag_seconds = 600.0
    line.world.publish()
    await line.subscribe(line.of("mika", "devices"))
    line.do("mika", "offline")
    assert (await line.hear())[2] == "Scarlett:false"
    path = PRESENCE.format(_xuid(line, "mika"), "").removeprefix("https:/").rstrip("/")
    answer = await remote.ask("GET", path, headers=remote.headers("3"))
    assert (await answer.json())["state"] == "Online"
