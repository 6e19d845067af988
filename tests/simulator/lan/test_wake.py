"""Waking by packets: several within ten seconds, with the right id, and never an answer."""

import pytest

from simulator.consoles.console import PowerState
from simulator.demo.consoles import ONE_X_ID, SERIES_X_ID
from tests.simulator.lan.conftest import Neighbour, wake_packet

BED = "Bedroom"


async def _wakes(neighbour: Neighbour, packet: bytes, count: int) -> bool:
    for _ in range(count):
        assert await neighbour.ask(packet) == []
    return neighbour.console(BED).transition == "waking"


async def test_three_packets_wake_by_themselves(neighbour: Neighbour) -> None:
    """Fewer do not; then it starts, and is on when it has."""
    neighbour.world.knobs.wake_seconds = 0.0
    assert not await _wakes(neighbour, wake_packet(ONE_X_ID), 2)
    await neighbour.ask(wake_packet(ONE_X_ID))
    assert neighbour.console(BED).power is PowerState.ON
    [first, *_] = neighbour.world.lan.kinds("wake")
    assert (first.console_id, first.host) == (ONE_X_ID, 0)


@pytest.mark.parametrize(
    "packet",
    [
        wake_packet(SERIES_X_ID),
        wake_packet(ONE_X_ID.lower()),
        wake_packet(ONE_X_ID)[:-1],
        wake_packet(ONE_X_ID) + b"\0",
        # A header with a second length and version 2, which only one client ever wrote.
        bytes.fromhex("dd02001300000002") + wake_packet(ONE_X_ID)[6:],
        wake_packet(ONE_X_ID[:-1]),
    ],
)
async def test_what_is_no_packet_for_it_does_nothing(
    neighbour: Neighbour, packet: bytes
) -> None:
    """Another id, or bytes that are not quite right."""
    assert not await _wakes(neighbour, packet, 4)


async def test_it_may_sleep_through_all_of_them(neighbour: Neighbour) -> None:
    """Always, or once it has slept for long; one that is shut down hears nothing."""
    bed = neighbour.console(BED)
    knobs = neighbour.world.lan.of(ONE_X_ID)
    knobs.wake_packets = 0
    assert not await _wakes(neighbour, wake_packet(ONE_X_ID), 4)
    knobs.wake_packets, knobs.wake_only_seconds = 1, 1e-9
    assert not await _wakes(neighbour, wake_packet(ONE_X_ID), 2)
    knobs.wake_only_seconds = 0.0
    bed.power = PowerState.OFF
    assert not await _wakes(neighbour, wake_packet(ONE_X_ID), 2)


async def test_one_that_is_going_down_may_come_back(neighbour: Neighbour) -> None:
    """That is why nobody should send any just after having switched it off."""
    room = neighbour.console("Living room")
    room.turn_off(30)
    for _ in range(3):
        await neighbour.ask(wake_packet(SERIES_X_ID))
    assert (room.power, room.transition) == (PowerState.ON, "")
