"""When somebody's bedtime begins and ends; there is none if both are the same."""

from collections.abc import Iterator
from datetime import time
from typing import override

from homeassistant.components.time import TimeEntity, TimeEntityDescription
from homeassistant.const import EntityCategory

from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .budgets import Budgets
from .entity import BudgetEntity

TIMES = tuple(
    TimeEntityDescription(
        key=key, translation_key=key, entity_category=EntityCategory.CONFIG
    )
    for key in ("bedtime_start", "bedtime_end")
)


def budget_times(
    people: PeopleCoordinator, budgets: Budgets, person: Followed
) -> Iterator[TimeEntity]:
    """The bedtime of a person."""
    for description in TIMES:
        yield BedtimeTime(people, budgets, person, description)


class BedtimeTime(BudgetEntity, TimeEntity):
    """One end of bedtime, as clocks on the wall show it."""

    @property
    @override
    def native_value(self) -> time:
        """The time."""
        shown: time = getattr(self.limits, self.entity_description.key)
        return shown

    @override
    async def async_set_value(self, value: time) -> None:
        """Keep another one."""
        self.budgets.change(self.followed, **{self.entity_description.key: value})
