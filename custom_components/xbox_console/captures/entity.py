"""What the entities of captures share."""

from typing import override

from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..account.devices import account_device
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
        self._attr_unique_id = f"{coordinator.xuid}_{description.key}"
        self._attr_device_info = account_device(
            coordinator.hass, coordinator.config_entry
        )

    @property
    @override
    def available(self) -> bool:
        """Whether it is known which captures there are."""
        return super().available and self.coordinator.data.complete

    def picture(self, capture: Capture) -> str | None:
        """The path of a small picture of a capture."""
        return path(self.coordinator.config_entry.entry_id, capture, Part.THUMBNAIL)
