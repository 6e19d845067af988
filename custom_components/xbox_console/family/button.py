"""A little longer."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory

from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .budgets import Budgets
from .entity import BudgetEntity

MINUTES = 15
MORE_MINUTES = ButtonEntityDescription(
    key="more_minutes",
    translation_key="more_minutes",
    # Never exposed to assistants unless somebody does that by hand.
    entity_category=EntityCategory.CONFIG,
)


def budget_buttons(
    people: PeopleCoordinator, budgets: Budgets, person: Followed
) -> Iterator[ButtonEntity]:
    """The button of a person."""
    yield MoreMinutes(people, budgets, person, MORE_MINUTES)


class MoreMinutes(BudgetEntity, ButtonEntity):
    """Grants a quarter of an hour."""

    @override
    async def async_press(self) -> None:
        """Grant it, today only."""
        self.budgets.grant(self.followed, MINUTES)
