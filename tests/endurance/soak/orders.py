"""What Home Assistant is told to do with the consoles, and whether it was true when it said so."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.exceptions import HomeAssistantError

from simulator.consoles.console import Console
from simulator.consoles.history import State
from tests.integration.house import House

LONGEST = 300.0
"""Seconds after which every action has ended."""
type Effect = Callable[[State], bool]


def _anything(_: State) -> bool:
    return True


_ACTIONS: tuple[tuple[str, Effect], ...] = (
    ("media_player.turn_on", lambda state: state.awake),
    ("media_player.turn_off", lambda state: not state.awake),
    ("media_player.select_source", _anything),
    ("media_player.media_pause", _anything),
    ("media_player.media_play", _anything),
    ("media_player.volume_up", _anything),
    ("remote.send_command", _anything),
)


@dataclass(frozen=True)
class _Order:
    action: str
    console: Console
    effect: Effect
    begun: float
    task: asyncio.Task[object]


class Orders:
    """Actions under way; `lies` names those that were said to be done and were not."""

    def __init__(self, random: Random) -> None:
        """Begin with none."""
        self.given: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.lies: list[str] = []
        self._random = random
        self._under_way: list[_Order] = []

    def give(self, house: House, console: Console) -> None:
        """Have Home Assistant do something with a console."""
        action, effect = self._random.choice(_ACTIONS)
        domain = action.partition(".")[0]
        entity_id = f"{domain}.{console.name.casefold().replace(' ', '_')}"
        # Home Assistant itself passes over what is unavailable.
        if house.shows(entity_id) == STATE_UNAVAILABLE:
            return
        words: dict[str, object] = {}
        if action == "remote.send_command":
            words["command"] = self._random.choice(("Home", "A", "Menu"))
        if action == "media_player.select_source":
            source = self._source(house, entity_id)
            if source is None:
                return
            words["source"] = source
            titles = [
                one.title for one in console.installed if one.title.name == source
            ]
            if len(titles) == 1:
                aumid = titles[0].aumid
                effect = lambda state: state.app == aumid  # noqa: E731
        self.given[action] += 1
        begun = house.clock.now
        task = house.begin(action, entity_id, **words)
        self._under_way.append(_Order(action, console, effect, begun, task))

    def _source(self, house: House, entity_id: str) -> str | None:
        state = house.hass.states.get(entity_id)
        sources = state.attributes.get("source_list") if state else None
        return self._random.choice(sources) if sources else None

    def look_back(self, now: float) -> None:
        """See what has become of them."""
        for order in [one for one in self._under_way if one.task.done()]:
            self._under_way.remove(order)
            try:
                order.task.result()
            except HomeAssistantError as error:
                self.refused[error.translation_key or type(error).__name__] += 1
                continue
            seen = order.console.history.states.between(order.begun, now)
            if not any(map(order.effect, seen)):
                self.lies.append(f"{order.action} {order.console.name} {order.begun}")

    @property
    def under_way(self) -> bool:
        """Whether any has not ended."""
        return bool(self._under_way)
