"""The way to write to a friend."""

from typing import override

from homeassistant.components.notify import NotifyEntity, NotifyEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import XboxConsoleConfigEntry
from .entity_person import PersonEntity, add_persons
from .errors import explained
from .xboxlive.errors import AccessDenied
from .xboxlive.services.messages import LONGEST_MESSAGE

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

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Write; an error says why that did not work."""
        gamertag = self.person.gamertag
        if not 0 < len(message.strip()) <= len(message) <= LONGEST_MESSAGE:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="message_length",
                translation_placeholders={
                    "length": str(len(message)),
                    "longest": str(LONGEST_MESSAGE),
                },
            )
        with explained(gamertag):
            try:
                await self.coordinator.xbox.messages(patience=5).send(
                    self.xuid, message
                )
            except AccessDenied as error:
                raise HomeAssistantError(
                    translation_domain=DOMAIN,
                    translation_key="message_refused",
                    translation_placeholders={"person": gamertag},
                ) from error
