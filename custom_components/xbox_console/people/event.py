"""The events of a person: an achievement was unlocked, a message has come."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr

from ..const import DOMAIN
from .coordinator import MESSAGES, PeopleCoordinator
from .entity import PersonEntity, known
from .followed import Followed
from .inbox import RECEIVED, Received
from .unlocks import UNLOCKED, Unlock

ACHIEVEMENT = EventEntityDescription(
    key="achievement", translation_key="achievement", event_types=[UNLOCKED]
)


MESSAGE = EventEntityDescription(
    key="message_received",
    translation_key="message_received",
    event_types=[RECEIVED],
    entity_registry_enabled_default=False,
)


def person_events(people: PeopleCoordinator, person: Followed) -> Iterator[EventEntity]:
    """The events of a person; the account itself gets messages, too."""
    yield AchievementEvent(people, person, ACHIEVEMENT)
    if person.xuid == people.xuid:
        yield MessageEvent(people, person, MESSAGE, MESSAGES)


class AchievementEvent(PersonEntity, EventEntity):
    """Fires once for each achievement that is unlocked from now on."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.on_unlock(self.xuid, self._tell))

    @callback
    def _tell(self, unlock: Unlock) -> None:
        told = known(
            name=unlock.name,
            description=unlock.description,
            gamerscore=unlock.gamerscore,
            rarity=unlock.rarity,
            game=unlock.game,
            picture=unlock.picture and self.coordinator.address(unlock.picture),
        )
        self._trigger_event(UNLOCKED, told)
        self.async_write_ha_state()


class MessageEvent(PersonEntity, EventEntity):
    """Fires for each message that somebody writes to the account from now on."""

    _unrecorded_attributes = frozenset({"text"})

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.on_message(self._tell))

    @callback
    def _tell(self, received: Received) -> None:
        told = known(
            sender=received.gamertag,
            sender_device_id=self._device_of(received.sender),
            text=received.text,
        )
        self._trigger_event(RECEIVED, told)
        self.async_write_ha_state()

    def _device_of(self, xuid: str | None) -> str | None:
        """The device of whoever wrote, if some account of ours shows them."""
        registry = dr.async_get(self.hass)
        devices = registry.async_get_devices(identifiers={(DOMAIN, xuid or "")})
        return next((device.id for device in devices), None)
