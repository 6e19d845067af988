"""The page shows who listens on the push channel, and can break it."""

from tests.simulator.activity.conftest import Line
from tests.simulator.console_client import ConsoleClient


async def test_sockets_are_shown_and_cut(line: Line, remote: ConsoleClient) -> None:
    """With what is subscribed to."""
    await line.subscribe(line.of("mika", "devices"))
    status, state = await remote.control("GET", "state")
    assert status == 200
    [socket] = state["activity"]["sockets"]
    assert (socket["account"], socket["way"]) == ("parent", "header")
    assert socket["subscriptions"] == [line.of("mika", "devices")]
    status, _ = await remote.control("POST", "activity/resync")
    assert (status, await line.hear()) == (200, [4])
    await remote.control("POST", "activity/cut")
    await line.socket.receive(timeout=5)
    assert line.socket.close_code == 1006
    assert (await remote.control("POST", "activity/paint"))[0] == 404


async def test_knobs_and_refusals(line: Line, remote: ConsoleClient) -> None:
    """By name, and by a part of the address."""
    status, state = await remote.control("PATCH", "activity", {"silent": True})
    assert (status, state["knobs"]["silent"]) == (200, True)
    assert (await remote.control("PATCH", "activity", {"loud": True}))[0] == 400
    rule = {"part": "/devices", "status": 1001, "times": 1}
    assert (await remote.control("POST", "activity/refuse", rule))[0] == 200
    assert (await line.subscribe(line.of("mika", "devices")))[2] == 1001
    assert (await remote.control("POST", "activity/refuse", {"part": 1}))[0] == 400
    _, state = await remote.control("POST", "activity/refuse", {})
    assert state["refusals"] == []
    await remote.control("POST", "reset")
    _, state = await remote.control("GET", "activity")
    assert state["knobs"]["silent"] is False
