"""Sound through another media player: a receiver or television that knows the volume."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Protocol

from homeassistant.components.media_player import (
    ATTR_MEDIA_VOLUME_LEVEL,
    ATTR_MEDIA_VOLUME_MUTED,
    DOMAIN as MEDIA_PLAYER,
    MediaPlayerEntityFeature,
)
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_SUPPORTED_FEATURES,
    SERVICE_VOLUME_DOWN,
    SERVICE_VOLUME_MUTE,
    SERVICE_VOLUME_SET,
    SERVICE_VOLUME_UP,
    STATE_UNAVAILABLE,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    EventStateChangedData,
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
)

from ..const import DOMAIN
from .commands import ConsoleCommand, Meaning, Toggle, steps_of
from .state import ConsoleState

_STEPS = MediaPlayerEntityFeature.VOLUME_SET | MediaPlayerEntityFeature.VOLUME_STEP
_NEEDS = {
    SERVICE_VOLUME_SET: MediaPlayerEntityFeature.VOLUME_SET,
    SERVICE_VOLUME_UP: _STEPS,
    SERVICE_VOLUME_DOWN: _STEPS,
    SERVICE_VOLUME_MUTE: MediaPlayerEntityFeature.VOLUME_MUTE,
}
_STEP = {"Up": SERVICE_VOLUME_UP, "Down": SERVICE_VOLUME_DOWN}
_MEMBERS = (ATTR_ENTITY_ID, "active_child")
"""Attributes by which players that stand for others name them."""
_PASSING: ContextVar[frozenset[str]] = ContextVar("passing", default=frozenset())
"""Consoles whose volume is being passed on: what comes back to one of them is its own business."""


class Sound:
    """The media player through which a console is heard; it may be gone, or come later."""

    def __init__(self, hass: HomeAssistant, reference: str, console_id: str) -> None:
        """Hear a console through an entity, by its entity id or its id in the registry."""
        self._hass = hass
        self._reference = reference
        self._console_id = console_id
        self._stop: list[CALLBACK_TYPE] = []

    @property
    def entity_id(self) -> str | None:
        """What the entity is called now; None if it was removed."""
        return er.async_resolve_entity_id(er.async_get(self._hass), self._reference)

    @property
    def contains_console(self) -> bool:
        """Whether the player is a group in which the console is: that would go round in circles."""
        own = er.async_get(self._hass).async_get_entity_id(
            MEDIA_PLAYER, DOMAIN, self._console_id
        )
        members = {self.entity_id}
        waiting = [self.entity_id] if self.entity_id else []
        while waiting:
            state = self._hass.states.get(waiting.pop())
            named = [state.attributes.get(name) for name in _MEMBERS] if state else []
            for one in named:
                new = {one} if isinstance(one, str) else set(one or ())
                waiting.extend(new - members)
                members |= new
        return own in members

    @property
    def _state(self) -> State | None:
        if self.entity_id is None or self.contains_console:
            return None
        return self._hass.states.get(self.entity_id)

    @property
    def available(self) -> bool:
        """Whether it takes actions now."""
        return self._state is not None and self._state.state != STATE_UNAVAILABLE

    def knows(self, action: str) -> bool:
        """Whether it is made for an action, available or not: what a player can do must not flicker."""
        state = self._state
        return state is not None and bool(
            _NEEDS[action] & state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
        )

    @property
    def level(self) -> float | None:
        """The volume, 0..1."""
        state = self._state
        return state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL) if state else None

    @property
    def muted(self) -> bool | None:
        """Whether it is muted."""
        state = self._state
        return state.attributes.get(ATTR_MEDIA_VOLUME_MUTED) if state else None

    async def take(self, command: ConsoleCommand, context: Context | None) -> bool:
        """Do a command of the console that is about its volume; False if it has to do that itself."""
        if command.mutes is not None:
            muting = {ATTR_MEDIA_VOLUME_MUTED: command.mutes}
            return await self.act(SERVICE_VOLUME_MUTE, context, **muting)
        if (steps := steps_of(command)) is None:
            return False
        step = _STEP[command.command.parameters["direction"]]
        return all([await self.act(step, context) for _ in range(steps)])

    async def act(self, action: str, context: Context | None, **data: object) -> bool:
        """Pass an action of media players on; False if the player cannot take it."""
        passing = _PASSING.get()
        if self._console_id in passing or not (self.available and self.knows(action)):
            return False
        token = _PASSING.set(passing | {self._console_id})
        try:
            await self._hass.services.async_call(
                MEDIA_PLAYER,
                action,
                {ATTR_ENTITY_ID: self.entity_id, **data},
                blocking=True,
                context=context,
            )
        finally:
            _PASSING.reset(token)
        return True

    @callback
    def follow(self, tell: Callable[[], None]) -> CALLBACK_TYPE:
        """Call on every change, whatever the entity is called meanwhile; returns the way to stop."""

        @callback
        def changed(_: Event[EventStateChangedData]) -> None:
            tell()

        @callback
        def registered(_: Event[er.EventEntityRegistryUpdatedData]) -> None:
            stop()
            start()
            tell()

        @callback
        def start() -> None:
            if entity_id := self.entity_id:
                self._stop = [
                    async_track_state_change_event(self._hass, entity_id, changed),
                    async_track_entity_registry_updated_event(
                        self._hass, entity_id, registered
                    ),
                ]

        @callback
        def stop() -> None:
            while self._stop:
                self._stop.pop()()

        start()
        return stop


class _Sends(Protocol):
    async def send(self, meaning: Meaning) -> object:
        """Tell the console."""


class Heard(Protocol):
    """A console, and perhaps the player through which it is heard."""

    data: ConsoleState

    @property
    def control(self) -> _Sends:
        """The way to tell the console."""

    @property
    def sound(self) -> Sound | None:
        """The player that has its volume."""


async def tell(console: Heard, meaning: Meaning, context: Context | None) -> None:
    """Tell a console, or the player that has its volume what is about that.

    Raises what `Control.send` raises, and what the player's action does.
    """
    if (sound := console.sound) is not None:
        command = meaning
        if isinstance(command, Toggle):
            command = command.resolve(replace(console.data, muted=bool(sound.muted)))
        if isinstance(command, ConsoleCommand) and await sound.take(command, context):
            return
    await console.control.send(meaning)
