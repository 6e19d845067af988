"""Triggers: what consoles run, who comes and goes, plays, achieves, and for how long."""

from datetime import timedelta
from typing import ClassVar, override

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
    ENTITY_STATE_TRIGGER_SCHEMA,
    ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
)
from homeassistant.util.unit_conversion import DurationConverter
from probatio import All, EnsureList, Optional, Required, Schema

from .const import ATTR_GAME
from .watched import (
    ACHIEVED,
    CONF_APP,
    CONSOLE,
    IN_GAME,
    ONLINE,
    PLAYED_TODAY,
    Watched,
    folded,
    is_news,
)

CONF_BEFORE = "before"
CONF_LIMIT = "limit"
_NAMES = All(EnsureList(), [cv.string])


_STATE = ENTITY_STATE_TRIGGER_SCHEMA_WITH_BEHAVIOR
_EVENT = ENTITY_STATE_TRIGGER_SCHEMA


def _naming(base: Schema, option: str) -> Schema:
    """A schema with an option for names, any of which is meant; without it everything is."""
    return base.extend({Required(CONF_OPTIONS, default={}): {Optional(option): _NAMES}})


class _WatchingTrigger(EntityTriggerBase):
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

    def _fits(self, state: State) -> bool:
        return self._watched.fits(state, self._which)


class _Began(_WatchingTrigger):
    """Something is so that was not so before."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it is so."""
        return self._fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it was not so."""
        return not self._fits(from_state) and is_news(self._hass, to_state)


class _Ended(_WatchingTrigger):
    """Something is no longer so."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it is not so."""
        return not self._fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it was so."""
        return self._fits(from_state) and is_news(self._hass, to_state)


class _Changed(_Began):
    """Something runs that did not run before, whether anything ran or not."""

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether something else ran, or nothing."""
        same = self._watched.identity(from_state) == self._watched.identity(to_state)
        return not same and is_news(self._hass, to_state)


class ConsoleLaunchedApp(_Changed):
    """A game or app came to the screen of a console."""

    _domain_specs = CONSOLE.specs
    _schema = _naming(_STATE, CONF_APP)
    _watched = CONSOLE


class PersonCameOnline(_Began):
    """Somebody was offline and is online."""

    _domain_specs = ONLINE.specs
    _schema = _STATE
    _watched = ONLINE


class PersonWentOffline(_Ended):
    """Somebody was online and is offline."""

    _domain_specs = ONLINE.specs
    _schema = _STATE
    _watched = ONLINE


class PersonStartedGame(_Began):
    """Somebody plays who did not play, or plays what is named and did not."""

    _domain_specs = IN_GAME.specs
    _schema = _naming(_STATE, ATTR_GAME)
    _watched = IN_GAME


class PersonStoppedGame(_Ended):
    """Somebody no longer plays, or no longer what is named."""

    _domain_specs = IN_GAME.specs
    _schema = _naming(_STATE, ATTR_GAME)
    _watched = IN_GAME


class PersonChangedGame(_Changed):
    """Somebody went from one game to another."""

    _domain_specs = IN_GAME.specs
    _schema = _naming(_EVENT, ATTR_GAME)
    _watched = IN_GAME

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether another game was played."""
        return self._watched.holds(from_state) and super().is_valid_transition(
            from_state, to_state
        )


def _unlocked(state: State) -> tuple[object, ...]:
    return state.state, state.attributes.get(ATTR_NAME), state.attributes.get(ATTR_GAME)


class PersonUnlockedAchievement(_WatchingTrigger, StatelessEntityTriggerBase):
    """Somebody unlocked an achievement; what is told was unlocked just now."""

    _watched = ACHIEVED
    _domain_specs = ACHIEVED.specs
    _schema = _naming(_EVENT, ATTR_GAME)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it belongs to a game that is meant."""
        return self._fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it is another one: several may be told in the same millisecond."""
        return _unlocked(from_state) != _unlocked(to_state)


class PersonReachedPlayTime(_WatchingTrigger):
    """Somebody has played as long today as the limit says, or `before` less."""

    _watched = PLAYED_TODAY
    _domain_specs = PLAYED_TODAY.specs
    _schema = _EVENT.extend(
        {
            Required(CONF_OPTIONS): {
                Required(CONF_LIMIT): cv.positive_time_period,
                Optional(CONF_BEFORE, default=timedelta()): cv.positive_time_period,
            }
        }
    )
    # A limit that is passed while the sensor is unavailable counts as well.
    _excluded_from_states = frozenset()

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Start without knowing who has played less."""
        super().__init__(hass, config)
        limit: timedelta = self._options[CONF_LIMIT]
        before: timedelta = self._options[CONF_BEFORE]
        self._limit = (limit - before).total_seconds()
        self._below: set[str] = set()

    def _reached(self, state: State) -> bool | None:
        """Whether the time is reached; None if it is not known."""
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        try:
            played = DurationConverter.convert(
                float(state.state), unit, UnitOfTime.SECONDS
            )
        except ValueError, HomeAssistantError:
            return None
        return played >= self._limit

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether the time is reached; who has not reached it yet can."""
        reached = self._reached(state)
        if reached is False:
            self._below.add(state.entity_id)
        return reached is True

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it was not reached when it was last known."""
        below = to_state.entity_id in self._below or self._reached(from_state) is False
        self._below.discard(to_state.entity_id)
        return below


TRIGGERS: dict[str, type[Trigger]] = {
    "console_launched_app": ConsoleLaunchedApp,
    "person_came_online": PersonCameOnline,
    "person_went_offline": PersonWentOffline,
    "person_started_game": PersonStartedGame,
    "person_stopped_game": PersonStoppedGame,
    "person_changed_game": PersonChangedGame,
    "person_unlocked_achievement": PersonUnlockedAchievement,
    "person_reached_play_time": PersonReachedPlayTime,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """All of them."""
    return TRIGGERS
