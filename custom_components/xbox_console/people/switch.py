"""The switch of the account itself: whether it appears offline to others."""

from collections.abc import Iterator
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory

from ..account.errors import explained
from .coordinator import PeopleCoordinator
from .entity import PersonEntity
from .followed import Followed

APPEAR_OFFLINE = SwitchEntityDescription(
    key="appear_offline",
    translation_key="appear_offline",
    entity_category=EntityCategory.CONFIG,
)


def person_switches(
    people: PeopleCoordinator, person: Followed
) -> Iterator[AppearOffline]:
    """The switch of the account; other people have none."""
    if person.xuid == people.xuid:
        yield AppearOffline(people, person, APPEAR_OFFLINE)


class AppearOffline(PersonEntity, SwitchEntity):
    """Hides the account from others."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it appears offline; None if the network does not tell."""
        return self.person.cloaked

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Appear offline."""
        with explained(self.person.gamertag):
            await self.coordinator.appear_offline(True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Appear as what one is."""
        with explained(self.person.gamertag):
            await self.coordinator.appear_offline(False)
