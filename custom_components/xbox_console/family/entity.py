"""What the entities of a budget share."""

from typing import override

from homeassistant.helpers.entity import EntityDescription

from ..people.coordinator import PeopleCoordinator
from ..people.entity import PersonEntity
from ..people.followed import Followed
from .budgets import Budgets
from .limits import Budget, Limits


class BudgetEntity(PersonEntity):
    """An entity of somebody's budget: it is ours, and there whatever the network does."""

    def __init__(
        self,
        people: PeopleCoordinator,
        budgets: Budgets,
        followed: Followed,
        description: EntityDescription,
    ) -> None:
        """Belong to a person."""
        super().__init__(people, followed, description)
        self.budgets = budgets

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the clock and the limits, too."""
        await super().async_added_to_hass()
        self.async_on_remove(self.budgets.listen(self._handle_coordinator_update))

    @property
    @override
    def available(self) -> bool:
        """Whether the person is followed, and has a budget."""
        return (
            self.xuid in self.coordinator.data.persons
            and self.budgets.limits(self.followed) is not None
        )

    @property
    def limits(self) -> Limits:
        """The limits as they are kept."""
        return self.budgets.limits(self.followed) or Limits()

    @property
    def budget(self) -> Budget:
        """What they come to now."""
        return self.budgets.of(self.followed) or Budget(None, False)
