"""What the triggers of consoles and of people have in common: something begins, ends or changes."""

from typing import ClassVar, override

from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    TriggerConfig,
)
from probatio import All, EnsureList, Optional, Required, Schema

from .watched import Watched, folded, is_news

_NAMES = All(EnsureList(), [cv.string])


STATE = ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR
EVENT = ENTITY_STATE_TRIGGER_SCHEMA


def naming(base: Schema, option: str) -> Schema:
    """A schema with an option for names, any of which is meant; without it everything is."""
    return base.extend({Required(CONF_OPTIONS, default={}): {Optional(option): _NAMES}})


class WatchingTrigger(EntityTriggerBase):
    """A trigger on one kind of our entities, perhaps only for what is named."""

    _watched: ClassVar[Watched]

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Remember which ones are meant."""
        super().__init__(hass, config)
        self._which = folded(self._options.get(self._watched.option or "", ()))

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """The entities that tell."""
        return self._watched.among(self._hass, entities)

    def fits(self, state: State) -> bool:
        """Whether one of those that are meant runs, or anything if none is named."""
        return self._watched.fits(state, self._which)


class Began(WatchingTrigger):
    """Something is so that was not so before."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it is so."""
        return self.fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it was not so."""
        return not self.fits(from_state) and is_news(self._hass, to_state)


class Ended(WatchingTrigger):
    """Something is no longer so."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it is not so."""
        return not self.fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it was so."""
        return self.fits(from_state) and is_news(self._hass, to_state)


class Changed(Began):
    """Something runs that did not run before, whether anything ran or not."""

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether something else ran, or nothing."""
        same = self._watched.identity(from_state) == self._watched.identity(to_state)
        return not same and is_news(self._hass, to_state)
