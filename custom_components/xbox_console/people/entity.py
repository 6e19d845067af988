"""What every entity of a person shares."""

from collections.abc import Hashable
from typing import override
from urllib.parse import quote

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription

from ..account.entity import XboxEntity
from ..const import DOMAIN, MANUFACTURER
from .coordinator import PeopleCoordinator
from .followed import Followed
from .state import Person

_PROFILE = "https://www.xbox.com/play/user/"


def known(**attributes: object) -> dict[str, object]:
    """Attributes without those that are not known."""
    return {
        name: value for name, value in attributes.items() if value not in (None, "")
    }


class PersonEntity(XboxEntity[PeopleCoordinator]):
    """An entity of one person."""

    _shown: object = None

    def __init__(
        self,
        coordinator: PeopleCoordinator,
        followed: Followed,
        description: EntityDescription,
        context: Hashable = None,
    ) -> None:
        """Belong to a person; `context` says what the coordinator has to ask for its sake."""
        super().__init__(coordinator, context)
        self.entity_description = description
        self.followed = followed
        self.xuid = followed.xuid

    @property
    @override
    def unique_id(self) -> str:
        """Of the account, too: several may follow the same person."""
        key = self.entity_description.key
        return f"{self.coordinator.xuid}_{self.xuid}_{key}"

    @property
    @override
    def device_info(self) -> DeviceInfo:
        """The device that stands for the person."""
        gamertag = self.followed.gamertag
        return DeviceInfo(
            identifiers={(DOMAIN, self.xuid)},
            entry_type=DeviceEntryType.SERVICE,
            manufacturer=MANUFACTURER,
            model="Xbox profile",
            name=gamertag,
            configuration_url=_PROFILE + quote(gamertag),
        )

    @property
    def person(self) -> Person:
        """What the person does now."""
        return self.coordinator.data.persons[self.xuid]

    @property
    def visible(self) -> bool:
        """Whether the person is followed, and the network knows them."""
        person = self.coordinator.data.persons.get(self.xuid)
        return person is not None and person.visible

    @property
    @override
    def available(self) -> bool:
        """Whether it is known what the person does."""
        return super().available and self.visible

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write what changed: one snapshot holds everybody, and minutes pass in it all the time."""
        if self.xuid not in self.coordinator.data.persons:
            return
        shown = (
            self.available,
            self.available and (self.state, self.extra_state_attributes),
        )
        if shown != self._shown:
            self._shown = shown
            super()._handle_coordinator_update()
