"""Buttons of a console: what has no state."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.button import (
    ButtonDeviceClass,
    ButtonEntity,
    ButtonEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import commands
from .commands import ConsoleCommand
from .coordinator import ConsoleCoordinator, XboxConsoleConfigEntry
from .entity import ConsoleEntity

PARALLEL_UPDATES = 1

type Press = Callable[[ConsoleCoordinator], Coroutine[Any, Any, object]]


def _sends(command: ConsoleCommand) -> Press:
    return lambda console: console.send(command)


@dataclass(frozen=True, kw_only=True)
class ConsoleButtonDescription(ButtonEntityDescription):
    """A button, what it does, and which consoles have it."""

    press_fn: Press
    exists_fn: Callable[[ConsoleCoordinator], bool] = lambda _: True


BUTTONS = (
    ConsoleButtonDescription(
        key="reboot",
        device_class=ButtonDeviceClass.RESTART,
        entity_category=EntityCategory.CONFIG,
        press_fn=_sends(commands.REBOOT),
    ),
    ConsoleButtonDescription(
        key="home", translation_key="home", press_fn=_sends(commands.GO_HOME)
    ),
    ConsoleButtonDescription(
        key="back", translation_key="back", press_fn=_sends(commands.GO_BACK)
    ),
    ConsoleButtonDescription(
        key="guide",
        translation_key="guide",
        press_fn=_sends(commands.SHOW_GUIDE_TAB),
    ),
    ConsoleButtonDescription(
        key="tv_guide",
        translation_key="tv_guide",
        entity_registry_enabled_default=False,
        press_fn=_sends(commands.SHOW_TV_GUIDE),
        exists_fn=lambda console: console.data.tv_configured is True,
    ),
    ConsoleButtonDescription(
        key="mute", translation_key="mute", press_fn=_sends(commands.MUTE)
    ),
    ConsoleButtonDescription(
        key="unmute", translation_key="unmute", press_fn=_sends(commands.UNMUTE)
    ),
    ConsoleButtonDescription(
        key="refresh_apps",
        translation_key="refresh_apps",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda console: console.library.look(),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons of each console, some of them once they are known to be of use."""

    @callback
    def add(console: ConsoleCoordinator) -> None:
        missing = list(BUTTONS)

        @callback
        def add_useful() -> None:
            useful = [button for button in missing if button.exists_fn(console)]
            for button in useful:
                missing.remove(button)
            if useful:
                async_add_entities(ConsoleButton(console, button) for button in useful)

        add_useful()
        entry.async_on_unload(console.async_add_listener(add_useful))

    entry.runtime_data.consoles.on_console(add)


class ConsoleButton(ConsoleEntity, ButtonEntity):
    """Does one thing."""

    entity_description: ConsoleButtonDescription

    @override
    async def async_press(self) -> None:
        """Do it."""
        with self.explained():
            await self.entity_description.press_fn(self.coordinator)
