"""A console that the network cannot wake is brought on by whoever listens; the error comes only if that fails."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import Console, PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from tests.integration.automations import automate
from tests.integration.house import House

BEDROOM = "media_player.bedroom"
LIVING_ROOM = "media_player.living_room"
PLUG = "input_boolean.plug"
TRIGGER = "console_wake_requested"
HEXAGARDEN = "Hexagarden"

type Ran = list[Event[Mapping[str, Any]]]


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


def _unplug(house: House) -> None:
    house.console("bedroom").unplug()


def _shut_down(house: House) -> None:
    house.console("bedroom").power = PowerState.OFF


def _deaf(house: House) -> None:
    """Let the console take every wake and sleep on."""
    house.console("bedroom").behave(
        ConsoleKnobs().changed({"wake.effect_seconds": NEVER, "wake.op_seconds": NEVER})
    )


def _denying(house: House) -> None:
    house.console("bedroom").behave(
        ConsoleKnobs().changed(
            {
                "wake.effect_seconds": NEVER,
                "wake.op_seconds": 3.0,
                "wake.op_word": "Error",
            }
        )
    )


def _asked_after(make: object) -> float:
    """Seconds after which somebody else is asked: what only does not happen takes longest."""
    return 80 if make is _deaf else 30


UNWAKEABLE = [_unplug, _shut_down, _deaf, _denying]


async def _refused(house: House, within: float) -> str | None:
    with pytest.raises(HomeAssistantError) as refusal:
        await house.act("media_player.turn_on", BEDROOM, within=within)
    return refusal.value.translation_key


@pytest.mark.parametrize("make", [_unplug, _shut_down, _denying])
async def test_without_an_automation_the_error_comes_at_once(
    house: House, make: Any
) -> None:
    """One that listens to another console is none."""
    ran = await automate(house, TRIGGER, entity_id=LIVING_ROOM)
    make(house)
    await house.clock.pass_by(15)
    assert await _refused(house, within=25)
    assert house.shows(BEDROOM) == "off"
    assert ran == []


@pytest.mark.parametrize("make", UNWAKEABLE)
async def test_somebody_wants_a_console_on(house: House, make: Any) -> None:
    """It fires once for each wish that the network does not grant, however that shows."""
    ran = await automate(house, TRIGGER, entity_id=BEDROOM)
    make(house)
    await house.clock.pass_by(15)
    wanted = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(_asked_after(make))
    assert [event.data["entity"] for event in ran] == [BEDROOM]
    assert house.state(BEDROOM).attributes["pending"] == "waking"
    await house.clock.pass_by(160)
    assert house.state(BEDROOM).attributes["pending"] is None
    assert house.shows(BEDROOM) == "off"
    assert await wanted is None
    assert len(ran) == 1


@pytest.mark.parametrize("make", UNWAKEABLE)
async def test_a_console_that_somebody_turns_on_confirms_the_wish(
    house: House, make: Any
) -> None:
    """By hand or by infrared: on is shown once, and stays."""
    await automate(house, TRIGGER, entity_id=BEDROOM)
    make(house)
    await house.clock.pass_by(15)
    seen = house.watch(BEDROOM)
    wanted = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(_asked_after(make))
    bedroom = house.console("bedroom")
    bedroom.plug()
    bedroom.behave(ConsoleKnobs())
    bedroom.wake(seconds=5)
    await house.clock.pass_by(90)
    assert house.state(BEDROOM).attributes["pending"] is None
    assert seen == ["on"]
    await wanted


async def _plug_for(house: House, console: Console) -> None:
    """An automation that switches the plug of a console on."""
    hass = house.hass
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {"plug": {}}}
    )
    automation = {
        "triggers": [
            {
                "trigger": f"xbox_console.{TRIGGER}",
                "target": {"entity_id": BEDROOM},
            }
        ],
        "actions": [{"action": "input_boolean.turn_on", "target": {"entity_id": PLUG}}],
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await house.clock.settle()

    @callback
    def switched(_: Event[EventStateChangedData]) -> None:
        console.plug()

    async_track_state_change_event(hass, PLUG, switched)


@pytest.mark.parametrize("action", ["media_player.turn_on", "remote.turn_on"])
async def test_a_plug_that_an_automation_switches_on(house: House, action: str) -> None:
    """A console that sleeps as soon as it has power is woken, and the caller hears of no error."""
    bedroom = house.console("bedroom")
    await _plug_for(house, bedroom)
    bedroom.unplug()
    await house.clock.pass_by(15)
    entity_id = BEDROOM if action.startswith("media") else "remote.bedroom"
    await house.act(action, entity_id, within=45)
    await house.clock.pass_by(30)
    assert house.shows(PLUG) == "on"
    assert bedroom.is_on
    assert house.shows(BEDROOM) == "on"
    assert house.state(BEDROOM).attributes["pending"] is None


async def test_a_game_that_is_to_start_waits_for_the_plug(house: House) -> None:
    """Whoever starts something wants the console on, too."""
    bedroom = house.console("bedroom")
    await _plug_for(house, bedroom)
    bedroom.unplug()
    await house.clock.pass_by(15)
    await house.act(
        "xbox_console.launch", BEDROOM, app=HEXAGARDEN, wait=True, within=120
    )
    assert house.state(BEDROOM).attributes["media_title"] == HEXAGARDEN


async def test_a_console_with_a_plug_of_its_own_is_no_issue(house: House) -> None:
    """It cannot be woken through the network, and need not be."""
    _shut_down(house)
    await automate(house, TRIGGER, entity_id=BEDROOM)
    await house.clock.pass_by(15)
    await house.act("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(200)
    issues = {
        issue.translation_key for issue in ir.async_get(house.hass).issues.values()
    }
    assert "cannot_wake" not in issues


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "drop"}])
async def test_an_ill_service_is_no_reason(house: House, fault: dict[str, Any]) -> None:
    """Nobody's plug is switched because Microsoft does not answer."""
    ran = await automate(house, TRIGGER, entity_id=BEDROOM)
    house.fail(path="/commands", **fault)
    assert await _refused(house, within=60)
    await house.clock.pass_by(100)
    assert ran == []


async def test_an_automation_that_is_off_does_not_listen(house: House) -> None:
    """The error comes at once again."""
    ran = await automate(house, TRIGGER, entity_id=BEDROOM)
    await house.act("automation.turn_off", "automation.ours")
    _shut_down(house)
    await house.clock.pass_by(15)
    assert await _refused(house, within=25) == "console_unreachable"
    assert ran == []


async def test_a_target_is_looked_up_when_it_is_needed(house: House) -> None:
    """By device, and whatever the entity is called by then."""
    registry = er.async_get(house.hass)
    entity = registry.async_get(BEDROOM)
    assert entity is not None
    ran = await automate(house, TRIGGER, device_id=entity.device_id)
    registry.async_update_entity(BEDROOM, new_entity_id="media_player.attic")
    _shut_down(house)
    await house.clock.pass_by(15)
    await house.act("media_player.turn_on", "media_player.attic")
    assert [event.data["entity"] for event in ran] == ["media_player.attic"]
