"""The way to write to a friend."""

from typing import override

from homeassistant.components.notify import NotifyEntity, NotifyEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import XboxConsoleConfigEntry
from .entity_person import PersonEntity, add_persons
from .messages import write

PARALLEL_UPDATES = 1

MESSAGE = NotifyEntityDescription(key="message", translation_key="message")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a way to write to each person but the account itself."""
    add_persons(
        entry,
        async_add_entities,
        lambda people, person: (
            []
            if person.xuid == people.xuid
            else [PersonNotify(people, person, MESSAGE)]
        ),
    )


class PersonNotify(PersonEntity, NotifyEntity):
    """Sends messages through the Xbox network."""

    @property
    @override
    def available(self) -> bool:
        """Messages are another service: whoever cannot be seen now may still be written to."""
        return self.visible

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Write; an error says why that did not work."""
        await write(self.coordinator.xbox, self.xuid, self.person.gamertag, message)
