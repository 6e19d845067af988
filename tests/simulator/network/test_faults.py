"""What can go wrong on demand, seen from a client."""

import asyncio
from email.utils import parsedate_to_datetime
from random import Random
import time

from aiohttp import ClientConnectionError, ClientPayloadError, ClientSession
from aiohttp.test_utils import TestServer
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.app import create_app
from simulator.network import troubles
from simulator.network.faults import KINDS, Fault, Faults
from simulator.world import World
from tests.simulator.console_client import XCCS, ConsoleClient

DEVICES = f"{XCCS}/lists/devices"


async def test_status_with_and_without_retry_after(remote: ConsoleClient) -> None:
    """429 carries the documented body; the rule ends after `times`."""
    remote.world.faults.add(Fault(kind="status", status=429, retry_after=7, times=1))
    remote.world.faults.add(Fault(kind="status", status=503, times=1))
    first = await remote.ask("GET", DEVICES)
    assert (first.status, first.headers["Retry-After"]) == (429, "7")
    assert (await first.json())["periodInSeconds"] == 15
    second = await remote.ask("GET", DEVICES)
    assert (second.status, "Retry-After" in second.headers) == (503, False)
    assert (await remote.ask("GET", DEVICES)).status == 200


async def test_default_status_is_500(remote: ConsoleClient) -> None:
    """Without a status: 500."""
    remote.world.faults.add(Fault(kind="status"))
    assert (await remote.ask("GET", DEVICES)).status == 500


async def test_bodies_that_are_not_what_they_should_be(remote: ConsoleClient) -> None:
    """A web page, nothing, half a JSON, far too much."""
    for kind in ("html", "empty", "malformed", "huge"):
        remote.world.faults.add(Fault(kind=kind, status=200, times=1))
    page, nothing, half = [await remote.ask("GET", DEVICES) for _ in range(3)]
    assert (page.content_type, (await page.text())[:15]) == (
        "text/html",
        "<!DOCTYPE html>",
    )
    assert (nothing.status, await nothing.text()) == (200, "")
    with pytest.raises(ValueError, match="Unterminated|Expecting"):
        await half.json()
    huge = await remote.ask("GET", DEVICES)
    assert len(await huge.text()) == 50 * 1024**2


async def test_well_formed_and_wrong(remote: ConsoleClient) -> None:
    """Any body with any status; and the true one, with everything in a list of its own."""
    remote.world.faults.add(Fault(kind="json", status=403, body='{"code": 1}', times=1))
    remote.world.faults.add(Fault(kind="bent", times=1))
    refused, bent = [await remote.ask("GET", DEVICES) for _ in range(2)]
    assert (refused.status, await refused.json()) == (403, {"code": 1})
    true = (await (await remote.ask("GET", DEVICES)).json())["result"][0]
    told = (await bent.json())["result"][0]
    assert told.keys() == true.keys()
    assert told["name"] == [true["name"]]
    assert told["remoteManagementEnabled"] == [True]


async def test_a_byte_now_and_then(remote: ConsoleClient) -> None:
    """The true answer, as slowly as was asked for."""
    remote.world.faults.add(Fault(kind="trickle", seconds=0.001, times=1))
    slow = await remote.ask("GET", DEVICES)
    assert await slow.json() == await (await remote.ask("GET", DEVICES)).json()


async def test_an_answer_that_ends_in_the_middle(remote: ConsoleClient) -> None:
    """What was asked for is done, and the answer is lost."""
    remote.world.faults.add(Fault(kind="cut", method="POST"))
    with pytest.raises(ClientPayloadError):
        await remote.send(remote.on, "Shell/GoHome")
    assert len(remote.on.history.commands) == 1


async def test_connections_that_did_not_outlive_a_sleep(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """They end when they are used again; a new one is as good as ever."""
    assert (await remote.ask("GET", DEVICES)).status == 200
    freezer.tick(1)
    remote.world.faults.add(Fault(kind="stale"))
    with pytest.raises(ClientConnectionError):
        await remote.send(remote.on, "Shell/GoHome")
    assert (await remote.send(remote.on, "Shell/GoHome"))[0] == 200


async def test_a_host_that_does_not_know_the_time(remote: ConsoleClient) -> None:
    """It is true otherwise."""
    remote.world.faults.add(Fault(kind="clock", seconds=-3600, times=1))
    wrong, right = [await remote.ask("GET", DEVICES) for _ in range(2)]
    told = [parsedate_to_datetime(one.headers["Date"]) for one in (wrong, right)]
    assert wrong.status == right.status == 200
    assert 3595 < (told[1] - told[0]).total_seconds() < 3605


async def test_slow_answer_is_true_in_the_end(remote: ConsoleClient) -> None:
    """It takes its seconds, and then is what it should be."""
    remote.world.faults.add(Fault(kind="slow", seconds=0.2))
    started = time.monotonic()
    assert (await remote.ask("GET", DEVICES)).status == 200
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("kind", ["drop", "outage"])
async def test_connection_ends(remote: ConsoleClient, kind: str) -> None:
    """The connection is closed without an answer, and logged with status 0; control lives on."""
    status, _ = await remote.control("POST", "faults", {"kind": kind})
    assert status == 201
    with pytest.raises(ClientConnectionError):
        await remote.ask("GET", DEVICES)
    _, log = await remote.control("GET", "requests?status=0")
    # A client may send a GET twice over a connection that it found closed.
    assert {entry["path"] for entry in log} == {"/lists/devices"}


async def test_unauthorized(remote: ConsoleClient) -> None:
    """A good token is refused with an empty body."""
    remote.world.faults.add(Fault(kind="unauthorized", account="parent"))
    response = await remote.ask("GET", DEVICES)
    assert (response.status, await response.text()) == (401, "")


@pytest.mark.parametrize(
    ("word", "status", "expected"),
    [
        ("ErrorCallingWNS", None, 404),
        ("ErrorWNSTempDisconnected", None, 404),
        ("XboxDataNotFound", None, 404),
        ("XboxNotPaired", 401, 401),
        ("RemoteManagementDisabled", None, 404),
        ("ThrottledTryAgain", None, 429),
        ("DataAccessError", None, 408),
        ("DataAccessError", 401, 401),
        ("SomethingNew", 400, 400),
    ],
)
async def test_error_words(
    remote: ConsoleClient, word: str, status: int | None, expected: int
) -> None:
    """Each word, in the shape of a command's reply."""
    remote.world.faults.add(
        Fault(
            kind="xccs",
            host="xccs.xboxlive.com",
            path="/commands",
            method="POST",
            word=word,
            status=status,
        )
    )
    code, body = await remote.send(remote.on, "Shell/GoHome")
    assert (code, body["status"]["errorCode"]) == (expected, word)
    assert ("opId" in body) == (word not in ("XboxDataNotFound", "XboxNotPaired"))
    assert remote.on.shell.running is not None
    assert (await remote.ask("GET", DEVICES)).status == 200


async def test_throttled_list(remote: ConsoleClient) -> None:
    """The list's own shape, with the message that was logged."""
    remote.world.faults.add(Fault(kind="xccs", word="ThrottledTryAgain"))
    status, body = await remote.get(f"/lists/installedApps?deviceId={remote.on.id}")
    assert (status, body["result"], body["agentUserId"]) == (429, [], None)
    assert "request rate is too large" in body["status"]["errorMessage"]


@pytest.mark.parametrize(
    ("rule", "strikes"),
    [
        ({}, True),
        ({"host": "xccs.xboxlive.com"}, True),
        ({"host": "userpresence.xboxlive.com"}, False),
        ({"path": "/lists"}, True),
        ({"path": "/consoles"}, False),
        ({"method": "get"}, True),
        ({"method": "POST"}, False),
        ({"account": "parent"}, True),
        ({"account": "child"}, False),
        ({"after": 1}, False),
        ({"times": 1}, True),
    ],
)
async def test_rule_strikes_only_what_it_is_about(
    remote: ConsoleClient, rule: dict[str, object], strikes: bool
) -> None:
    """All given members have to match."""
    await remote.control("POST", "faults", {"kind": "status", "status": 503} | rule)
    assert (await remote.ask("GET", DEVICES)).status == (503 if strikes else 200)


async def test_it_is_known_how_often_a_rule_struck(remote: ConsoleClient) -> None:
    """Not how often it could have."""
    rule = remote.world.faults.add(Fault(kind="status", after=1, times=2))
    for _ in range(4):
        await remote.ask("GET", DEVICES)
    assert rule.struck == 2


async def test_faults_over_http(remote: ConsoleClient) -> None:
    """Put in force, listed, taken away one by one or all."""
    _, first = await remote.control("POST", "faults", {"kind": "drop", "label": "a"})
    _, second = await remote.control("POST", "faults", {"kind": "empty"})
    _, listed = await remote.control("GET", "faults")
    assert [fault["id"] for fault in listed] == [first["id"], second["id"]]
    assert (await remote.control("DELETE", f"faults?id={first['id']}"))[0] == 204
    assert (await remote.control("DELETE", f"faults?id={first['id']}"))[0] == 404
    assert [fault.id for fault in remote.world.faults] == [second["id"]]
    await remote.control("DELETE", "faults")
    assert list(remote.world.faults) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "curse"},
        {},
        {"kind": "drop", "colour": "red"},
        {"kind": "drop", "id": 5},
    ],
)
async def test_nonsense_is_refused(
    remote: ConsoleClient, rule: dict[str, object]
) -> None:
    """A fault that could never strike is refused with the reason."""
    status, body = await remote.control("POST", "faults", rule)
    assert status == 400
    assert body["error"]
    assert list(remote.world.faults) == []


def test_every_kind_can_be_made() -> None:
    """The list of kinds is the list of what Fault takes."""
    faults = Faults()
    for kind in KINDS:
        faults.add(Fault(kind=kind))  # type: ignore[arg-type]  # the words of the type itself
    assert len(list(faults)) == len(KINDS)


async def test_other_requests_go_on_during_a_slow_one(remote: ConsoleClient) -> None:
    """One slow answer holds nobody else up."""
    remote.world.faults.add(Fault(kind="slow", seconds=0.5, times=1))
    slow = asyncio.create_task(remote.ask("GET", DEVICES))
    while list(remote.world.faults):
        await asyncio.sleep(0)
    assert (await remote.ask("GET", DEVICES)).status == 200
    assert not slow.done()
    assert (await slow).status == 200


async def test_a_network_that_is_gone_holds_nothing_back(
    socket_enabled: None, world: World
) -> None:
    """Whoever closes the simulator does not wait for its slowest answer."""
    world.faults.add(Fault(kind="slow", seconds=3600, times=1))
    async with (
        TestServer(create_app(world), host="127.0.0.1") as server,
        ClientSession(server.make_url("/")) as http,
    ):
        slow = asyncio.create_task(http.get("/xccs.xboxlive.com/lists/devices"))
        while list(world.faults):
            await asyncio.sleep(0)
        async with asyncio.timeout(30):
            await server.close()
        with pytest.raises(ClientConnectionError):
            await slow


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "header"), [(None, None), (0, "0"), (1, "1"), (60, "60")]
)
async def test_minutes_of_one_host(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    status: int,
    retry_after: float | None,
    header: str | None,
) -> None:
    """Case W1: a host is busy for so long, with any Retry-After; other hosts are not."""
    rule = {
        "kind": "status",
        "host": "xccs.xboxlive.com",
        "status": status,
        "retry_after": retry_after,
        "lasts_seconds": 300,
    }
    assert (await remote.control("POST", "faults", rule))[0] == 201
    response = await remote.ask("GET", DEVICES)
    assert (response.status, response.headers.get("Retry-After")) == (status, header)
    people = "/peoplehub.xboxlive.com/users/me/people/social/decoration/detail"
    other = await remote.ask("GET", people, headers=remote.headers("7"))
    assert other.status == 200
    freezer.tick(299)
    assert (await remote.ask("GET", DEVICES)).status == status
    freezer.tick(2)
    assert (await remote.ask("GET", DEVICES)).status == 200
    assert await remote.control("GET", "faults") == (200, [])


def test_busy_hosts_are_drawn_in_every_way() -> None:
    """Both statuses with every Retry-After."""
    drawn = [troubles.busy(Random(seed), "host.example") for seed in range(200)]
    ways = {(fault.status, fault.retry_after) for fault in drawn}
    assert ways == {
        (status, wait) for status in (429, 503) for wait in troubles.RETRY_AFTER
    }
    longest = troubles.LONGEST_SECONDS
    assert all(60 <= (fault.lasts_seconds or 0) <= longest for fault in drawn)


async def test_commands_are_forbidden_while_reading_works(
    remote: ConsoleClient,
) -> None:
    """403 with a page."""
    remote.world.faults.add(troubles.forbidden_commands())
    path = "/xccs.xboxlive.com/commands"
    body = remote.body(remote.on.id, "Shell", "GoHome", [{}])
    response = await remote.ask("POST", path, json=body)
    assert (response.status, response.content_type) == (403, "text/html")
    assert (await remote.status(remote.on))["powerState"] == "On"
    assert remote.on.history.commands == []


async def test_failing_word_within_a_success(remote: ConsoleClient) -> None:
    """HTTP 200 and an errorCode, for commands alone or for everything."""
    remote.world.faults.add(troubles.failing_success(path="/commands"))
    status, reply = await remote.send(remote.on, "Shell/GoHome")
    assert (status, reply["status"]["errorCode"]) == (200, "ErrorCallingWNS")
    assert (await remote.status(remote.on))["powerState"] == "On"
    remote.world.faults.add(troubles.failing_success("XboxDataNotFound"))
    status, body = await remote.get("/lists/devices")
    assert (status, body["status"]["errorCode"]) == (200, "XboxDataNotFound")


async def test_throttled_word_with_a_time_to_wait(remote: ConsoleClient) -> None:
    """The console service's own 429 may carry Retry-After."""
    remote.world.faults.add(Fault(kind="xccs", word="ThrottledTryAgain", retry_after=1))
    response = await remote.ask("GET", DEVICES)
    assert (response.status, response.headers["Retry-After"]) == (429, "1")
