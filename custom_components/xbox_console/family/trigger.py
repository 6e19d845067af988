"""The trigger of budgets: somebody has as little left as one likes to know."""

from datetime import timedelta
from typing import override

from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import Trigger, TriggerConfig
from probatio import Optional, Required

from ..games.trigger import EVENT
from ..games.watched import Watched
from ..people.trigger import CONF_BEFORE, ReachingTrigger


class PersonReachedBudget(ReachingTrigger):
    """Somebody has nothing left of the budget, or no more than `before`."""

    _watched = Watched(domain=SENSOR, key="remaining_today")
    _domain_specs = _watched.specs
    _schema = EVENT.extend(
        {
            Required(CONF_OPTIONS, default={}): {
                Optional(CONF_BEFORE, default=timedelta()): cv.positive_time_period,
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Start without knowing who has more left."""
        super().__init__(hass, config)
        before: timedelta = self._options[CONF_BEFORE]
        self._before = before.total_seconds()

    @override
    def reaches(self, seconds: float) -> bool:
        """Whether no more is left than that."""
        return seconds <= self._before


TRIGGERS: dict[str, type[Trigger]] = {"person_reached_budget": PersonReachedBudget}
