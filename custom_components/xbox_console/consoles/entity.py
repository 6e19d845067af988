"""What every entity of a console shares."""

from contextlib import AbstractContextManager
from typing import override

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription

from ..account import naming
from ..account.entity import XboxEntity
from ..account.errors import explained
from ..const import DOMAIN, MANUFACTURER
from ..games.library import App
from ..xboxlive.errors import CommandUnanswered, ConsoleDidNotWake
from . import commands
from .commands import Meaning
from .coordinator import ConsoleCoordinator
from .sound import tell

_DEVICES = "https://account.microsoft.com/devices"
"""Microsoft's page with the consoles of an account."""


class ConsoleEntity(XboxEntity[ConsoleCoordinator]):
    """An entity of one console."""

    def __init__(
        self,
        coordinator: ConsoleCoordinator,
        description: EntityDescription | None = None,
    ) -> None:
        """Belong to a console; without a description it is the console's main entity."""
        super().__init__(coordinator)
        if description is None:
            self._attr_name = None
        else:
            self.entity_description = description

    @property
    @override
    def unique_id(self) -> str:
        """The console's own id for its main entity, with the key for each other."""
        console_id = self.coordinator.console.id
        described = hasattr(self, "entity_description")
        return (
            f"{console_id}_{self.entity_description.key}" if described else console_id
        )

    @property
    @override
    def device_info(self) -> DeviceInfo:
        """The device that stands for the console."""
        console = self.coordinator.console
        return DeviceInfo(
            identifiers={(DOMAIN, console.id)},
            manufacturer=MANUFACTURER,
            model=naming.model(console),
            name=naming.title(console),
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

    async def _send(self, meaning: Meaning) -> None:
        """Tell the console. Raises HomeAssistantError with what it did not do, and why."""
        with self.explained():
            await tell(self.coordinator, meaning, self._context)

    async def start(self, app: App, patience: float | None = None) -> bool:
        """Bring an app to the screen, waking the console first if need be.

        False if it is not seen to run within `patience` seconds; it may still come. Raises
        HomeAssistantError for what failed: the wake, or the start.
        """
        command = commands.start(app)
        with self.explained():
            try:
                return await self.coordinator.control.start(
                    command, patience or command.awaited
                )
            except ConsoleDidNotWake:
                raise
            except CommandUnanswered as error:
                raise self.not_started(app, command.patience) from error

    def not_started(self, app: App, seconds: float) -> HomeAssistantError:
        """What to say when something does not come to the screen."""
        return HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="not_started",
            translation_placeholders={
                "app": app.name,
                "console": self.coordinator.subject,
                "seconds": f"{seconds:g}",
            },
        )
