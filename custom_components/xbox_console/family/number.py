"""How many minutes somebody may play on a day."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, UnitOfTime

from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .budgets import Budgets
from .entity import BudgetEntity

_FIELDS = {"daily_budget": "daily", "weekend_budget": "weekend"}
"""Key -> which of the limits it is."""
NUMBERS = tuple(
    NumberEntityDescription(
        key=key,
        translation_key=key,
        entity_category=EntityCategory.CONFIG,
        device_class=NumberDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        native_min_value=0,
        native_max_value=24 * 60,
        native_step=1,
        mode=NumberMode.BOX,
    )
    for key in _FIELDS
)


def budget_numbers(
    people: PeopleCoordinator, budgets: Budgets, person: Followed
) -> Iterator[NumberEntity]:
    """The budgets of a person."""
    for description in NUMBERS:
        yield BudgetNumber(people, budgets, person, description)


class BudgetNumber(BudgetEntity, NumberEntity):
    """Minutes of a day."""

    @property
    @override
    def native_value(self) -> float:
        """The minutes."""
        minutes: int = getattr(self.limits, _FIELDS[self.entity_description.key])
        return minutes

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Keep other ones."""
        field = _FIELDS[self.entity_description.key]
        self.budgets.change(self.followed, **{field: int(value)})
