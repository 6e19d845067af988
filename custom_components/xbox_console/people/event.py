"""The event of a person: an achievement was unlocked."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import callback

from ..const import ATTR_GAME
from .coordinator import PeopleCoordinator
from .entity import PersonEntity
from .followed import Followed
from .unlocks import UNLOCKED, Unlock

ACHIEVEMENT = EventEntityDescription(
    key="achievement", translation_key="achievement", event_types=[UNLOCKED]
)


def person_events(
    people: PeopleCoordinator, person: Followed
) -> Iterator[AchievementEvent]:
    """The events of a person."""
    yield AchievementEvent(people, person, ACHIEVEMENT)


class AchievementEvent(PersonEntity, EventEntity):
    """Fires once for each achievement that is unlocked from now on."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.on_unlock(self.xuid, self._tell))

    @callback
    def _tell(self, unlock: Unlock) -> None:
        attributes = {
            "name": unlock.name,
            "description": unlock.description,
            "gamerscore": unlock.gamerscore,
            "rarity": unlock.rarity,
            ATTR_GAME: unlock.game,
            "picture": unlock.picture and self.coordinator.address(unlock.picture),
        }
        told = {name: value for name, value in attributes.items() if value is not None}
        self._trigger_event(UNLOCKED, told)
        self.async_write_ha_state()
