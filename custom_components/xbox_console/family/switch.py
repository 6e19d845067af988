"""Whether somebody's limits hold at all."""

from collections.abc import Iterator
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory

from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .budgets import Budgets
from .entity import BudgetEntity

LIMIT_PLAY = SwitchEntityDescription(
    key="limit_play",
    translation_key="limit_play",
    entity_category=EntityCategory.CONFIG,
)


def budget_switches(
    people: PeopleCoordinator, budgets: Budgets, person: Followed
) -> Iterator[SwitchEntity]:
    """The switch of a person."""
    yield LimitPlay(people, budgets, person, LIMIT_PLAY)


class LimitPlay(BudgetEntity, SwitchEntity):
    """Lets the limits hold, or not."""

    @property
    @override
    def is_on(self) -> bool:
        """Whether they hold."""
        return self.limits.limited

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let them hold."""
        self.budgets.change(self.followed, limited=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Set them aside."""
        self.budgets.change(self.followed, limited=False)
