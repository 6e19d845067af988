"""What truly happened is written down with its moment, also what happened while nobody looked."""

import time

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.consoles.history import Timeline
from simulator.games.titles import HOME_AUMID
from tests.simulator.console_client import ConsoleClient


async def test_states_have_the_moments_at_which_they_began(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Not those at which somebody asked."""
    start = time.time()
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(3600)
    await remote.status(remote.asleep)
    states = remote.asleep.history.states
    begun = [
        (round(at - start), state.power, state.transition, state.awake, state.app)
        for at, state in states.entries
    ]
    assert begun[-2:] == [
        (0, "ConnectedStandby", "waking", False, ""),
        (8, "On", "", True, HOME_AUMID),
    ]
    assert states.at(start + 7.9).transition == "waking"
    assert states.at(start - 100).transition == ""
    powers = {state.power for state in states.between(start + 9, start + 60)}
    assert powers == {"On"}


async def test_what_passed_unseen_is_in_the_history(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """A console that came on and went to sleep again between two looks."""
    await remote.behave(
        remote.asleep, maintenance_after_seconds=100, maintenance_seconds=50
    )
    start = time.time()
    freezer.tick(280)
    await remote.status(remote.asleep)
    states = remote.asleep.history.states
    seen = [
        (round(at - start), state.transition)
        for at, state in states.entries
        if at > start
    ]
    assert seen == [(100, "maintenance"), (150, ""), (250, "maintenance")]
    powers = [state.power for state in states.between(start + 120, start + 260)]
    assert powers == ["On", "ConnectedStandby", "On"]


async def test_the_truth_is_apart_from_what_the_network_says(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """A pulled plug is true at once, and the network goes on with what it knew."""
    freezer.tick(5)
    await remote.control("POST", f"consoles/{remote.on.id}/unplug")
    history = remote.on.history
    now = time.time()
    assert (history.states.at(now).plugged, history.states.at(now).awake) == (
        False,
        False,
    )
    assert (history.shown.at(now).power, history.states.at(now - 1).awake) == (
        "On",
        True,
    )


async def test_apps_and_playback(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Each app in front, and what plays, whatever the focus is said to be."""
    await remote.behave(remote.on, blank_focus_seconds="never")
    product = {"product_id": remote.world.titles["larkvision"].product_id}
    await remote.control("POST", f"consoles/{remote.on.id}/launch", product)
    freezer.tick(4)
    await remote.send(remote.on, "Media/Pause")
    seen = [
        (state.app.partition("_")[0], state.playback)
        for _, state in remote.on.history.states.entries
    ]
    assert seen == [
        ("HalcyonForge.StarfallOdyssey", "Stopped"),
        ("LarkMedia.Larkvision", "Playing"),
        ("LarkMedia.Larkvision", "Paused"),
    ]
    assert {shown.focus for _, shown in remote.on.history.shown.entries[1:]} == {""}


async def test_commands_are_kept_with_their_answers(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Also those that were refused."""
    await remote.behave(remote.on, odd_refusal=2)
    start = time.time()
    _, reply = await remote.send(remote.on, "Audio/Volume", direction="Up")
    freezer.tick(2)
    await remote.send(remote.on, "Power/TurnOff")
    told = [
        (round(it.at - start), it.type, it.command, dict(it.parameters), it.answer)
        for it in remote.on.history.commands
    ]
    assert told == [
        (0, "Audio", "Volume", {"direction": "Up"}, "OK"),
        (2, "Power", "TurnOff", {}, "ErrorCallingWNS"),
    ]
    ids = [it.op_id for it in remote.on.history.commands]
    assert ids == [reply["opId"], None]


async def test_history_over_http(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """All three records of a console."""
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(9)
    status, body = await remote.control("GET", f"consoles/{remote.asleep.id}/history")
    assert status == 200
    assert [state["awake"] for state in body["states"]] == [False, False, True]
    assert [shown["power"] for shown in body["shown"]] == ["ConnectedStandby", "On"]
    assert [told["command"] for told in body["commands"]] == ["WakeUp"]
    assert (await remote.control("GET", "consoles/none/history"))[0] == 404


async def test_start_over_begins_a_new_history(remote: ConsoleClient) -> None:
    """And the knobs are as usual."""
    await remote.behave(remote.on, odd_refusal=2)
    await remote.send(remote.on, "Audio/Mute")
    await remote.control("POST", "reset")
    assert remote.on.history.commands == []
    assert remote.on.behaviour.odd_refusal == 0


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 5, "a"), (25, 25, "a"), (25, 30, "ab"), (30, 99, "bca"), (60, 70, "a")],
)
def test_span_of_a_timeline(start: float, end: float, expected: str) -> None:
    """The value at its start, and each new one until its end."""
    line: Timeline[str] = Timeline()
    for moment, value in ((10, "a"), (20, "a"), (30, "b"), (40, "c"), (50, "a")):
        line.note(moment, value)
    assert "".join(line.between(start, end)) == expected
