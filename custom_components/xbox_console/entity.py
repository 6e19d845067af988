"""What every entity of a console shares."""

from typing import override

from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .commands import ConsoleCommand
from .const import DOMAIN, MANUFACTURER
from .coordinator import ConsoleCoordinator
from .errors import command_error
from .xboxlive.errors import XboxError
from .xboxlive.services.smartglass import ConsoleType

_MODELS = {
    ConsoleType.XBOX_ONE: "Xbox One",
    ConsoleType.XBOX_ONE_S: "Xbox One S",
    ConsoleType.XBOX_ONE_S_DIGITAL: "Xbox One S All-Digital",
    ConsoleType.XBOX_ONE_X: "Xbox One X",
    ConsoleType.XBOX_SERIES_S: "Xbox Series S",
    ConsoleType.XBOX_SERIES_X: "Xbox Series X",
    ConsoleType.UNKNOWN: "Xbox",
}


class ConsoleEntity(CoordinatorEntity[ConsoleCoordinator]):
    """An entity of one console."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: ConsoleCoordinator,
        description: EntityDescription | None = None,
    ) -> None:
        """Belong to a console; without a description it is the console's main entity."""
        super().__init__(coordinator)
        console = coordinator.console
        self._attr_unique_id = console.id
        if description is None:
            self._attr_name = None
        else:
            self.entity_description = description
            self._attr_unique_id += f"_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, console.id)},
            manufacturer=MANUFACTURER,
            # A console newer than this list is better named by Microsoft's word than not at all.
            model=_MODELS.get(console.console_type, console.console_type),
            name=console.name,
        )

    @property
    @override
    def available(self) -> bool:
        """Whether the console is on the account and its state is known."""
        return super().available and self.coordinator.present

    async def _send(self, command: ConsoleCommand) -> None:
        """Tell the console; what it did not do is said in the user's words."""
        try:
            await self.coordinator.send(command)
        except XboxError as error:
            raise command_error(error, self.coordinator.subject) from error
