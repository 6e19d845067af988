"""Sound through another media player: a receiver or television that knows the volume."""

from collections.abc import Callable

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

_STEPS = MediaPlayerEntityFeature.VOLUME_SET | MediaPlayerEntityFeature.VOLUME_STEP
_NEEDS = {
    SERVICE_VOLUME_SET: MediaPlayerEntityFeature.VOLUME_SET,
    SERVICE_VOLUME_UP: _STEPS,
    SERVICE_VOLUME_DOWN: _STEPS,
    SERVICE_VOLUME_MUTE: MediaPlayerEntityFeature.VOLUME_MUTE,
}


class Sound:
    """The media player through which a console is heard; it may be gone, or come later."""

    def __init__(self, hass: HomeAssistant, reference: str) -> None:
        """Hear through an entity, by its entity id or its id in the registry."""
        self._hass = hass
        self._reference = reference
        self._stop: list[CALLBACK_TYPE] = []

    @property
    def entity_id(self) -> str | None:
        """What the entity is called now; None if it was removed."""
        return er.async_resolve_entity_id(er.async_get(self._hass), self._reference)

    @property
    def _state(self) -> State | None:
        return self._hass.states.get(self.entity_id) if self.entity_id else None

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

    async def act(self, action: str, context: Context | None, **data: object) -> None:
        """Pass an action of media players on."""
        await self._hass.services.async_call(
            MEDIA_PLAYER,
            action,
            {ATTR_ENTITY_ID: self.entity_id, **data},
            blocking=True,
            context=context,
        )

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
