"""Every command in every order of what no fact settles: nothing flickers, nothing is said to be done that is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, pairwise
from typing import Any

from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
import pytest

from simulator.consoles.console import Console, PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
GAME = "Tidewater Tales"
_FLAP = 60.0
"""Seconds within which a state that is left and returned to is a flicker."""

ORDERS: dict[str, dict[str, object]] = {
    "before": {"op_seconds": 0.0},
    "with": {"op_seconds": None},
    "after": {"op_seconds": 40.0},
    "never": {"op_seconds": NEVER},
    "404": {"op_answer": "404"},
    "empty": {"op_answer": "empty"},
}
"""When opStatus has its last word, beside the effect."""
EFFECTS = {"soon": 3.0, "late": 20.0, "never": NEVER}
"""Seconds after which a command has its effect."""
NETWORKS: dict[str, dict[str, object]] = {
    "even": {},
    "list lags": {"list_lag_seconds": 30.0},
    "status lags": {"status_lag_seconds": 8.0},
    "odd list": {"odd_list": "empty", "odd_list_after": 1},
    "blank": {"blank_focus_seconds": 15.0},
}


@dataclass(frozen=True)
class Asked:
    """A command, the console it is for, and how to tell that it was done."""

    kind: str
    entity_id: str
    action: str
    data: dict[str, Any]
    awaited: float
    """Seconds within which the caller hears; the wish may live on."""
    ends: float
    """Seconds after which what is shown is true again."""

    def done(self, console: Console) -> bool:
        """Whether the console itself has done it."""
        match self.kind:
            case "wake":
                return console.power is PowerState.ON
            case "turn_off":
                return console.power is not PowerState.ON
            case _:
                running = console.shell.running
                return running is not None and running.name == GAME


COMMANDS = {
    "turn on": Asked("wake", BEDROOM, "media_player.turn_on", {}, 31, 80),
    "turn off": Asked("turn_off", LIVING_ROOM, "media_player.turn_off", {}, 31, 80),
    "start": Asked(
        "launch", LIVING_ROOM, "media_player.select_source", {"source": GAME}, 31, 65
    ),
    "wake and start": Asked(
        "wake", BEDROOM, "xbox_console.launch", {"app": GAME, "wait": True}, 121, 140
    ),
}


def _combinations() -> list[tuple[str, str, str, str]]:
    """Each command in each order, on networks in turn; each effect with each command and in each order."""
    networks = cycle(NETWORKS)
    return [
        (command, order, effect, next(networks))
        for row, command in enumerate(COMMANDS)
        for column, order in enumerate(ORDERS)
        for effect in _effects(row, column)
    ]


def _effects(row: int, column: int) -> Iterator[str]:
    """Soon or late in turn, and none every second time, with two of the commands in each order."""
    yield ("soon", "late")[(row + column) % 2]
    if (row // 2 + column) % 2 == 0:
        yield "never"


@pytest.mark.usefixtures("living_room_and_bedroom", "loaded")
@pytest.mark.parametrize(("command", "order", "effect", "network"), _combinations())
async def test_every_order_of_events(
    house: House, command: str, order: str, effect: str, network: str
) -> None:
    """A command ends as it was wished, or in time as it was; the caller hears no false success."""
    asked = COMMANDS[command]
    console = house.console(asked.entity_id.partition(".")[2])
    told = {"effect_seconds": EFFECTS[effect], **ORDERS[order]}
    knobs = {f"{asked.kind}.{name}": value for name, value in told.items()}
    console.behave(ConsoleKnobs().changed({**knobs, **NETWORKS[network]}))
    before = house.shows(asked.entity_id)
    seen = _watch(house, asked.entity_id)
    began, error = house.clock.now, None
    try:
        await house.act(
            asked.action, asked.entity_id, within=asked.awaited, **asked.data
        )
    except HomeAssistantError as raised:
        error = raised
    answered = house.clock.now - began
    if error is None and answered < min(asked.awaited, 30) - 1:
        assert asked.done(console), "said to be done, and was not"
    await house.clock.pass_by(began + asked.ends + _FLAP - house.clock.now)
    assert _flaps(seen, console) == []
    after = house.shows(asked.entity_id)
    if effect == "never":
        assert after == before
        assert error is not None or answered >= 30
    else:
        assert asked.done(console)
        assert (after == "off") is (command == "turn off")


def _watch(house: House, entity_id: str) -> list[tuple[float, str]]:
    """The states that are shown, each with the moment from which on."""
    clock = house.simulator.world.clock
    seen = [(clock.elapsed(), house.shows(entity_id))]

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state is not None and state.state != seen[-1][1]:
            seen.append((clock.elapsed(), state.state))

    async_track_state_change_event(house.hass, entity_id, changed)
    return seen


def _flaps(seen: list[tuple[float, str]], console: Console) -> list[str]:
    """States that were left and returned to within a minute though the console did no such thing."""
    truth = console.history.states
    flaps = []
    for (_, first), (left, _), (back, last) in zip(
        seen, seen[1:], seen[2:], strict=False
    ):
        awake = [state.awake for state in truth.between(left - _FLAP, back)]
        did = sum(one != other for one, other in pairwise(awake)) > 1
        if first == last and back - left < _FLAP and not did:
            flaps.append(last)
    return flaps
