"""Somebody who answers without being asked."""

from simulator.demo.consoles import SERIES_X_ID
from tests.simulator.lan.conftest import PROBE, Neighbour


async def test_a_flood_reaches_who_has_asked_before(neighbour: Neighbour) -> None:
    """From another address, in the console's name."""
    await neighbour.ask(PROBE)
    neighbour.wire.flood(SERIES_X_ID, 50)
    answers = await neighbour.ask(b"nothing")
    assert len(answers) == 50
    assert {sender[0] for _, sender in answers} == {"127.0.0.10"}


async def test_starting_over_forgets(neighbour: Neighbour) -> None:
    """What was heard, and how anybody behaves."""
    neighbour.world.lan.of(SERIES_X_ID).answers = False
    await neighbour.ask(PROBE)
    neighbour.world.reset()
    assert not neighbour.world.lan.heard
    assert len(await neighbour.ask(PROBE)) == 1
