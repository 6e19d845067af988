"""The trigger on launches: what came to a console's screen and was seen there, and no mere wish."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from homeassistant.core import Event
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.presets import PRESETS
from simulator.consoles.ranges import NEVER
from tests.integration.automations import automate
from tests.integration.house import House

GAME = "Tidewater Tales"
LIVING_ROOM = "media_player.living_room"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


def _titles(ran: list[Event[Mapping[str, Any]]]) -> list[Any]:
    return [event.data["title"] for event in ran]


async def test_what_is_started_at_the_console_counts(house: House) -> None:
    """Once, however long it stays."""
    ran = await automate(house, "console_launched_app", entity_id=LIVING_ROOM)
    house.console("living_room").launch(house.simulator.world.titles["tidewater"])
    await house.clock.pass_by(300)
    assert _titles(ran) == [GAME]


@pytest.mark.parametrize("named", [None, GAME])
async def test_a_launch_counts_once_it_is_seen(house: House, named: str | None) -> None:
    """What is asked for is shown at once; it has come when the console itself tells of it."""
    options = {"app": named} if named else {}
    ran = await automate(house, "console_launched_app", options, entity_id=LIVING_ROOM)
    house.console("living_room").behave(PRESETS["A6"])
    asked = house.begin("media_player.select_source", LIVING_ROOM, source=GAME)
    await house.clock.pass_by(15)
    attributes = house.state(LIVING_ROOM).attributes
    assert (attributes["media_title"], attributes["pending"]) == (GAME, "starting")
    assert ran == []
    await house.clock.result(asked, within=60)
    await house.clock.pass_by(60)
    assert _titles(ran) == [GAME]


@pytest.mark.parametrize("named", [None, GAME, "{before}"])
@pytest.mark.parametrize("answered", [True, False], ids=["denied", "swallowed"])
async def test_a_launch_that_fails_is_none(
    house: House, named: str | None, answered: bool
) -> None:
    """Neither what was asked for has come, nor what was there before and is shown again."""
    before = house.state(LIVING_ROOM).attributes["media_title"]
    options = {"app": named.format(before=before)} if named else {}
    ran = await automate(house, "console_launched_app", options, entity_id=LIVING_ROOM)
    shown = house.watch(LIVING_ROOM, "media_title")
    knobs = {
        "launch.effect_seconds": NEVER,
        "launch.op_seconds": 3.0 if answered else NEVER,
        "launch.op_word": "Error",
    }
    house.console("living_room").behave(ConsoleKnobs().changed(knobs))
    with pytest.raises(HomeAssistantError) if answered else nullcontext():
        await house.act("media_player.select_source", LIVING_ROOM, source=GAME)
    await house.clock.pass_by(90)
    assert shown == [GAME, before]
    assert ran == []


async def test_what_starts_while_something_else_was_asked_for(house: House) -> None:
    """It counts as soon as it is shown, once; what was asked for and did not come does not."""
    ran = await automate(house, "console_launched_app", entity_id=LIVING_ROOM)
    console = house.console("living_room")
    console.behave(ConsoleKnobs().changed({"launch.effect_seconds": NEVER}))
    asked = house.begin("media_player.select_source", LIVING_ROOM, source=GAME)
    await house.clock.pass_by(5)
    other = house.simulator.world.titles["nebula"]
    console.launch(other)
    await house.clock.result(asked, within=60)
    await house.clock.pass_by(90)
    assert _titles(ran) == [other.name]
