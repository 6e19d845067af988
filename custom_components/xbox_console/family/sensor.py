"""How long somebody may still play today."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
)
from homeassistant.const import UnitOfTime

from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .budgets import Budgets
from .entity import BudgetEntity

REMAINING_TODAY = SensorEntityDescription(
    key="remaining_today",
    translation_key="remaining_today",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
)


def budget_sensors(
    people: PeopleCoordinator, budgets: Budgets, person: Followed
) -> Iterator[SensorEntity]:
    """The sensor of a person."""
    yield RemainingToday(people, budgets, person, REMAINING_TODAY)


class RemainingToday(BudgetEntity, SensorEntity):
    """Minutes that are left, until bedtime if that comes first."""

    @property
    @override
    def native_value(self) -> int | None:
        """The minutes; None if no limit holds."""
        return self.budget.remaining

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """What was granted on top today."""
        return {"granted": self.budget.granted}
