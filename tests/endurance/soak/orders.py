"""What Home Assistant is told to do with the consoles, and whether it was true when it said so."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from custom_components.xbox_console.consoles.coordinator import EVENT_COMMAND_FAILED
from simulator.consoles.console import Console, PowerState
from simulator.consoles.history import State
from tests.integration.house import House

LONGEST = 300.0
"""Seconds after which every action has ended."""
type Effect = Callable[[State], bool]


def _anything(_: State) -> bool:
    return True


def _is_mistaken_for_on(console: Console) -> bool:
    return not console.is_on and console.shown().power == PowerState.ON


_ACTIONS: tuple[tuple[str, Effect], ...] = (
    ("media_player.turn_on", lambda state: state.awake),
    ("media_player.turn_off", lambda state: not state.awake),
    ("media_player.select_source", _anything),
    ("media_player.media_pause", _anything),
    ("media_player.media_play", _anything),
    ("media_player.volume_up", _anything),
    ("remote.send_command", _anything),
)


@dataclass(frozen=True, kw_only=True)
class _Order:
    action: str
    console: Console
    device_id: str | None
    effect: Effect
    begun: float
    task: asyncio.Task[object]


class Orders:
    """Actions under way; `lies` names those that were not done, and nothing ever said so.

    What has ended without an error may still be open: then an event takes it back.
    """

    def __init__(self, random: Random) -> None:
        """Begin with none."""
        self.given: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.lies: list[str] = []
        self._random = random
        self._under_way: list[_Order] = []
        self._failed: list[tuple[float, str]] = []

    @callback
    def listen(self, hass: HomeAssistant) -> None:
        """Hear which devices did not do what nobody waited for any more."""

        @callback
        def failed(event: Event) -> None:
            moment = event.time_fired_timestamp
            self._failed.append((moment, event.data["device_id"]))

        hass.bus.async_listen(EVENT_COMMAND_FAILED, failed)

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
        entity = er.async_get(house.hass).async_get(entity_id)
        order = _Order(
            action=action,
            console=console,
            device_id=entity.device_id if entity else None,
            # Nobody can know better than the network, which may not have noticed that the plug was pulled.
            effect=_anything if _is_mistaken_for_on(console) else effect,
            begun=begun,
            task=task,
        )
        self._under_way.append(order)

    def _source(self, house: House, entity_id: str) -> str | None:
        state = house.hass.states.get(entity_id)
        sources = state.attributes.get("source_list") if state else None
        return self._random.choice(sources) if sources else None

    def look_back(self, now: float) -> None:
        """See what has become of them."""
        for order in [one for one in self._under_way if one.task.done()]:
            try:
                order.task.result()
            except HomeAssistantError as error:
                self.refused[error.translation_key or type(error).__name__] += 1
            else:
                seen = order.console.history.states.between(order.begun, now)
                if not any(map(order.effect, seen)) and not self._is_taken_back(order):
                    if now - order.begun < LONGEST:
                        continue
                    lie = f"{order.action} {order.console.name} {order.begun}"
                    self.lies.append(lie)
            self._under_way.remove(order)

    def _is_taken_back(self, order: _Order) -> bool:
        """Whether it was said afterwards that it was not done."""
        return any(
            moment >= order.begun and device_id == order.device_id
            for moment, device_id in self._failed
        )

    @property
    def under_way(self) -> bool:
        """Whether any has not ended."""
        return bool(self._under_way)
