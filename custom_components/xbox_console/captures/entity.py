"""What the entities of captures share."""

from typing import override

from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription

from ..account.devices import account_device
from ..account.entity import XboxEntity
from ..xboxlive.captures.capture import Capture, Part
from .coordinator import CapturesCoordinator
from .view import path


class CapturesEntity(XboxEntity[CapturesCoordinator]):
    """An entity of the account."""

    def __init__(
        self, coordinator: CapturesCoordinator, description: EntityDescription
    ) -> None:
        """Belong to the device that stands for the account."""
        super().__init__(coordinator)
        self.entity_description = description

    @property
    @override
    def unique_id(self) -> str:
        """Of the account."""
        return f"{self.coordinator.xuid}_{self.entity_description.key}"

    @property
    @override
    def device_info(self) -> DeviceInfo:
        """The device that stands for the account."""
        return account_device(self.coordinator.hass, self.coordinator.config_entry)

    @property
    @override
    def available(self) -> bool:
        """Whether it is known which captures there are."""
        return super().available and self.coordinator.data.complete

    def picture(self, capture: Capture) -> str | None:
        """The path of a small picture of a capture."""
        return path(self.coordinator.config_entry.entry_id, capture, Part.THUMBNAIL)
