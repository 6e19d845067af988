"""What every entity of a console shares."""

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import override

from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..account.errors import explained
from ..const import DOMAIN, MANUFACTURER
from ..games.library import App
from ..xboxlive.services.consoles import ConsoleType
from . import commands
from .commands import ConsoleCommand
from .coordinator import ConsoleCoordinator

_MODELS = {
    ConsoleType.XBOX_ONE: "Xbox One",
    ConsoleType.XBOX_ONE_S: "Xbox One S",
    ConsoleType.XBOX_ONE_S_DIGITAL: "Xbox One S All-Digital",
    ConsoleType.XBOX_ONE_X: "Xbox One X",
    ConsoleType.XBOX_SERIES_S: "Xbox Series S",
    ConsoleType.XBOX_SERIES_X: "Xbox Series X",
    ConsoleType.UNKNOWN: "Xbox",
}


_DEVICES = "https://account.microsoft.com/devices"
"""Microsoft's page with the consoles of an account."""


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
            configuration_url=_DEVICES,
        )

    @property
    @override
    def available(self) -> bool:
        """Whether the console is on the account and its state is known."""
        return super().available and self.coordinator.present

    def explained(self) -> AbstractContextManager[None]:
        """Say in the user's words what the Xbox network did not do."""
        return explained(self.coordinator.subject)

    async def _send(self, command: ConsoleCommand) -> bool:
        """Tell the console; True unless it was asked for an answer and gave none in time."""
        with self.explained():
            return await self.coordinator.send(command)

    async def start(self, app: App, patience: float | None = None) -> bool:
        """Bring an app to the screen, waking the console first if need be.

        True unless the console did not confirm within `patience` seconds that it runs.
        """
        command = commands.start(app)
        if patience is not None:
            command = replace(command, awaited=patience, shown_for=patience)
        if not self.coordinator.data.on:
            await self._send(commands.TURN_ON)
        return await self._send(command)
