"""Buttons of a console: what has no state."""

from collections.abc import Callable, Coroutine, Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, override

from homeassistant.components.button import (
    ButtonDeviceClass,
    ButtonEntity,
    ButtonEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import Context

from . import commands
from .commands import ConsoleCommand
from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity
from .sound import tell

type Press = Callable[[ConsoleCoordinator, Context | None], Coroutine[Any, Any, object]]


def _sends(command: ConsoleCommand) -> Press:
    return lambda console, context: tell(console, command, context)


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
        press_fn=lambda console, _: console.library.look(),
    ),
)


def console_buttons(
    console: ConsoleCoordinator,
) -> Iterator[tuple[Hashable, Callable[[], ConsoleButton]]]:
    """The buttons of a console, some of them once they are known to be of use."""
    for description in BUTTONS:
        if description.exists_fn(console):
            yield description.key, partial(ConsoleButton, console, description)


class ConsoleButton(ConsoleEntity, ButtonEntity):
    """Does one thing."""

    entity_description: ConsoleButtonDescription

    @override
    async def async_press(self) -> None:
        """Do it."""
        with self.explained():
            await self.entity_description.press_fn(self.coordinator, self._context)
