"""The switch of the account itself: whether it appears offline to others."""

from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import XboxConsoleConfigEntry
from .entity_person import PersonEntity, add_persons
from .errors import explained

PARALLEL_UPDATES = 1

APPEAR_OFFLINE = SwitchEntityDescription(
    key="appear_offline",
    translation_key="appear_offline",
    entity_category=EntityCategory.CONFIG,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switch."""
    add_persons(
        entry,
        async_add_entities,
        lambda people, person: (
            [AppearOffline(people, person, APPEAR_OFFLINE)]
            if person.xuid == people.xuid
            else []
        ),
    )


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
