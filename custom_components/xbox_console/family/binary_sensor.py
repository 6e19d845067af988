"""Whether somebody has nothing left to play today."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)

from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .budgets import Budgets
from .entity import BudgetEntity

OVER_BUDGET = BinarySensorEntityDescription(
    key="over_budget", translation_key="over_budget"
)


def budget_binary_sensors(
    people: PeopleCoordinator, budgets: Budgets, person: Followed
) -> Iterator[BinarySensorEntity]:
    """The binary sensor of a person."""
    yield OverBudget(people, budgets, person, OVER_BUDGET)


class OverBudget(BudgetEntity, BinarySensorEntity):
    """On while nothing is left, whether they play or not."""

    @property
    @override
    def is_on(self) -> bool:
        """Whether nothing is left."""
        return self.budget.over

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Whether that is because of the time of day."""
        return {"bedtime": self.budget.bedtime}
