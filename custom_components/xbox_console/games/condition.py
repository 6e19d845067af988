"""What the conditions of consoles and of people have in common."""

from datetime import datetime
from typing import ClassVar, override

from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.condition import (
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    ConditionConfig,
    EntityConditionBase,
)
from probatio import All, EnsureList, Optional, Required, Schema

from .watched import Watched, folded


def naming(option: str) -> Schema:
    """A schema with an option for names, any of which is meant; without it everything is."""
    names = All(EnsureList(), [cv.string])
    return ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {Required(CONF_OPTIONS, default={}): {Optional(option): names}}
    )


class WatchingCondition(EntityConditionBase):
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
