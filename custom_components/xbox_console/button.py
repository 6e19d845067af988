"""Buttons of a console: what has no state."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.button import (
    ButtonDeviceClass,
    ButtonEntity,
    ButtonEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import commands
from .commands import ConsoleCommand
from .coordinator import XboxConsoleConfigEntry
from .entity import ConsoleEntity

PARALLEL_UPDATES = 1


@dataclass(frozen=True, kw_only=True)
class ConsoleButtonDescription(ButtonEntityDescription):
    """A button and the command that it sends."""

    command: ConsoleCommand


BUTTONS = (
    ConsoleButtonDescription(
        key="reboot",
        device_class=ButtonDeviceClass.RESTART,
        entity_category=EntityCategory.CONFIG,
        command=commands.REBOOT,
    ),
    ConsoleButtonDescription(
        key="home", translation_key="home", command=commands.GO_HOME
    ),
    ConsoleButtonDescription(
        key="back", translation_key="back", command=commands.GO_BACK
    ),
    ConsoleButtonDescription(
        key="guide", translation_key="guide", command=commands.SHOW_GUIDE_TAB
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons of each console."""
    entry.runtime_data.consoles.on_console(
        lambda console: async_add_entities(
            ConsoleButton(console, description) for description in BUTTONS
        )
    )


class ConsoleButton(ConsoleEntity, ButtonEntity):
    """Sends one command."""

    entity_description: ConsoleButtonDescription

    @override
    async def async_press(self) -> None:
        """Send the command."""
        await self._send(self.entity_description.command)
