"""Triggers of people: who comes and goes, plays, achieves, and for how long."""

from abc import abstractmethod
from datetime import timedelta
from typing import override

from homeassistant.const import (
    ATTR_NAME,
    ATTR_UNIT_OF_MEASUREMENT,
    CONF_OPTIONS,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import (
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
)
from homeassistant.util.unit_conversion import DurationConverter
from probatio import Optional, Required

from ..const import ATTR_GAME
from ..games.trigger import EVENT, STATE, Began, Changed, Ended, WatchingTrigger, naming
from .watched import ACHIEVED, IN_GAME, ONLINE, PLAYED_TODAY

CONF_BEFORE = "before"
CONF_LIMIT = "limit"


class PersonCameOnline(Began):
    """Somebody was offline and is online."""

    _domain_specs = ONLINE.specs
    _schema = STATE
    _watched = ONLINE


class PersonWentOffline(Ended):
    """Somebody was online and is offline."""

    _domain_specs = ONLINE.specs
    _schema = STATE
    _watched = ONLINE


class PersonStartedGame(Began):
    """Somebody plays who did not play, or plays what is named and did not."""

    _domain_specs = IN_GAME.specs
    _schema = naming(STATE, ATTR_GAME)
    _watched = IN_GAME


class PersonStoppedGame(Ended):
    """Somebody no longer plays, or no longer what is named."""

    _domain_specs = IN_GAME.specs
    _schema = naming(STATE, ATTR_GAME)
    _watched = IN_GAME


class PersonChangedGame(Changed):
    """Somebody went from one game to another."""

    _domain_specs = IN_GAME.specs
    _schema = naming(EVENT, ATTR_GAME)
    _watched = IN_GAME

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether another game was played."""
        return self._watched.holds(from_state) and super().is_valid_transition(
            from_state, to_state
        )


def _unlocked(state: State) -> tuple[object, ...]:
    return state.state, state.attributes.get(ATTR_NAME), state.attributes.get(ATTR_GAME)


class PersonUnlockedAchievement(WatchingTrigger, StatelessEntityTriggerBase):
    """Somebody unlocked an achievement; what is told was unlocked just now."""

    _watched = ACHIEVED
    _domain_specs = ACHIEVED.specs
    _schema = naming(EVENT, ATTR_GAME)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it belongs to a game that is meant."""
        return self.fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it is another one: several may be told in the same millisecond."""
        return _unlocked(from_state) != _unlocked(to_state)


class ReachingTrigger(WatchingTrigger):
    """A time that somebody has played, or may still play, has come to where it is meant to."""

    # What is passed while the sensor is unavailable counts as well.
    _excluded_from_states = frozenset()

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Start without knowing who has not come that far."""
        super().__init__(hass, config)
        self._not_yet: set[str] = set()

    @abstractmethod
    def reaches(self, seconds: float) -> bool:
        """Whether a time is where it is meant to come to."""

    def _reached(self, state: State) -> bool | None:
        """Whether it has come there; None if it is not known."""
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        try:
            seconds = DurationConverter.convert(
                float(state.state), unit, UnitOfTime.SECONDS
            )
        except ValueError, HomeAssistantError:
            return None
        return self.reaches(seconds)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it has come there; who has not yet can."""
        reached = self._reached(state)
        if reached is False:
            self._not_yet.add(state.entity_id)
        return reached is True

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it had not when it was last known."""
        not_yet = (
            to_state.entity_id in self._not_yet or self._reached(from_state) is False
        )
        self._not_yet.discard(to_state.entity_id)
        return not_yet


class PersonReachedPlayTime(ReachingTrigger):
    """Somebody has played as long today as the limit says, or `before` less."""

    _watched = PLAYED_TODAY
    _domain_specs = PLAYED_TODAY.specs
    _schema = EVENT.extend(
        {
            Required(CONF_OPTIONS): {
                Required(CONF_LIMIT): cv.positive_time_period,
                Optional(CONF_BEFORE, default=timedelta()): cv.positive_time_period,
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Know the limit."""
        super().__init__(hass, config)
        limit: timedelta = self._options[CONF_LIMIT]
        before: timedelta = self._options[CONF_BEFORE]
        self._limit = (limit - before).total_seconds()

    @override
    def reaches(self, seconds: float) -> bool:
        """Whether so much was played."""
        return seconds >= self._limit


TRIGGERS: dict[str, type[Trigger]] = {
    "person_came_online": PersonCameOnline,
    "person_went_offline": PersonWentOffline,
    "person_started_game": PersonStartedGame,
    "person_stopped_game": PersonStoppedGame,
    "person_changed_game": PersonChangedGame,
    "person_unlocked_achievement": PersonUnlockedAchievement,
    "person_reached_play_time": PersonReachedPlayTime,
}
