"""Conditions: who is online or plays, and what consoles run."""

from datetime import datetime
from typing import ClassVar, override

from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.condition import (
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
    EntityConditionBase,
)
from probatio import All, EnsureList, Optional, Required, Schema

from .const import ATTR_GAME
from .watched import CONF_APP, CONSOLE, IN_GAME, ONLINE, Watched, folded


def _naming(option: str) -> Schema:
    """A schema with an option for names, any of which is meant; without it everything is."""
    names = All(EnsureList(), [cv.string])
    return ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {Required(CONF_OPTIONS, default={}): {Optional(option): names}}
    )


class _WatchingCondition(EntityConditionBase):
    """A condition on one kind of our entities, perhaps only for what is named."""

    _watched: ClassVar[Watched]

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Remember which ones are meant."""
        super().__init__(hass, config)
        options = config.options or {}
        self._which = folded(options.get(self._watched.option or "", ()))

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """The entities that tell."""
        return self._watched.among(self._hass, entities)

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Whether it is so."""
        return self._watched.fits(entity_state, self._which)

    @override
    def _state_valid_since(self, _state: State) -> datetime:
        """Since when it is so at the latest: what runs may change without the state."""
        return _state.last_updated if self._watched.option else _state.last_changed


class PersonIsOnline(_WatchingCondition):
    """Somebody is online."""

    _domain_specs = ONLINE.specs
    _watched = ONLINE


class PersonIsPlaying(_WatchingCondition):
    """Somebody plays a game, or one that is named."""

    _domain_specs = IN_GAME.specs
    _schema = _naming(ATTR_GAME)
    _watched = IN_GAME


class ConsoleIsRunning(_WatchingCondition):
    """A console runs a game or app, or one that is named."""

    _domain_specs = CONSOLE.specs
    _schema = _naming(CONF_APP)
    _watched = CONSOLE


CONDITIONS: dict[str, type[Condition]] = {
    "console_is_running": ConsoleIsRunning,
    "person_is_online": PersonIsOnline,
    "person_is_playing": PersonIsPlaying,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """All of them."""
    return CONDITIONS
