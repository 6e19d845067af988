"""What the entities of captures share."""

from typing import override

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..account.devices import device_of
from ..const import DOMAIN, MANUFACTURER
from ..xboxlive.captures.capture import Capture, Part
from .coordinator import CapturesCoordinator
from .view import path


class CapturesEntity(CoordinatorEntity[CapturesCoordinator]):
    """An entity of the account."""

    _attr_has_entity_name = True

    def __init__(
        self, coordinator: CapturesCoordinator, description: EntityDescription
    ) -> None:
        """Belong to the device that stands for the account."""
        super().__init__(coordinator)
        self.entity_description = description
        entry, xuid = coordinator.config_entry, coordinator.xuid
        self._attr_unique_id = f"{xuid}_{description.key}"
        device = device_of(coordinator.hass, entry, xuid)
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, xuid)},
            entry_type=DeviceEntryType.SERVICE,
            manufacturer=MANUFACTURER,
            model="Xbox profile",
            # The account may have another gamertag since the entry was made.
            name=(device and device.name) or entry.title,
        )

    @property
    @override
    def available(self) -> bool:
        """Whether it is known which captures there are."""
        return super().available and self.coordinator.data.complete

    def picture(self, capture: Capture) -> str | None:
        """The path of a small picture of a capture."""
        return path(self.coordinator.config_entry.entry_id, capture, Part.THUMBNAIL)
