"""What every entity of a console shares."""

from contextlib import AbstractContextManager
from typing import override

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..account import naming
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


def _area(console: ConsoleCoordinator) -> str | None:
    """The area whose name the console bears: no area is made for it."""
    areas, name = ar.async_get(console.hass), naming.given_name(console.console)
    named = areas.async_get_area_by_name(name)
    area = named or next(iter(areas.async_get_areas_by_alias(name)), None)
    return area.name if area else None


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
            model=naming.model(console),
            name=naming.title(console),
            configuration_url=_DEVICES,
            suggested_area=_area(coordinator),
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
