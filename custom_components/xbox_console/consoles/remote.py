"""The remote of a console: every key and command by name."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any, override

from homeassistant.components.remote import (
    ATTR_ACTIVITY,
    ATTR_DELAY_SECS,
    ATTR_HOLD_SECS,
    ATTR_NUM_REPEATS,
    DEFAULT_DELAY_SECS,
    DEFAULT_HOLD_SECS,
    DEFAULT_NUM_REPEATS,
    RemoteEntity,
    RemoteEntityFeature,
    RemoteEntityStateAttribute,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, LOGGER
from ..xboxlive.services.consoles import PowerState
from . import commands, names
from .commands import Meaning
from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity

_REPEAT_PAUSE = 0.2
"""Seconds between the taps that stand for a button held down."""
_LONGEST_NAME = 40
"""Characters of an unknown name that an error repeats: it may be anything."""
_LISTED: HassKey[bool] = HassKey(f"{DOMAIN}_commands_listed")


def console_remotes(console: ConsoleCoordinator) -> Iterator[ConsoleRemote]:
    """The remote of a console."""
    yield ConsoleRemote(console)


class ConsoleRemote(ConsoleEntity, RemoteEntity):
    """Sends keys, commands and text; its activities are the console's games and apps."""

    _attr_supported_features = RemoteEntityFeature.ACTIVITY
    _unrecorded_attributes = frozenset({RemoteEntityStateAttribute.ACTIVITY_LIST})

    @property
    @override
    def unique_id(self) -> str:
        """Its own, as the console's second main entity."""
        return f"{self.coordinator.console.id}_remote"

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether the console is on; None if that is not known."""
        state = self.coordinator.data
        return None if state.power == PowerState.UNKNOWN else state.on

    @property
    @override
    def activity_list(self) -> list[str]:
        """What can be started."""
        return list(self.coordinator.library.data.sources)

    @property
    @override
    def current_activity(self) -> str | None:
        """What runs, if it is something that can be started."""
        return self.coordinator.library.data.source_of(self.coordinator.data.app)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Wake the console and start an activity if one is named."""
        activity: str | None = kwargs.get(ATTR_ACTIVITY)
        app = None if activity is None else self.coordinator.library.named(activity)
        if app is None:
            await self._send(commands.TURN_ON)
        else:
            await self.start(app)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Put the console to sleep."""
        await self._send(commands.TURN_OFF)

    @override
    async def async_send_command(self, command: Iterable[str], **kwargs: Any) -> None:
        """Send commands in order; nothing is sent if one of them is unknown.

        `hold_secs` repeats what a held button repeats, directions and volume; else it has no meaning.
        """
        wanted = [(name, names.meaning(name)) for name in command]
        if unknown := [name for name, meaning in wanted if meaning is None]:
            raise self._refusal(unknown)
        delay = kwargs.get(ATTR_DELAY_SECS, DEFAULT_DELAY_SECS)
        hold = kwargs.get(ATTR_HOLD_SECS, DEFAULT_HOLD_SECS)
        meanings = [meaning for _, meaning in wanted if meaning is not None]
        burst = meanings * kwargs.get(ATTR_NUM_REPEATS, DEFAULT_NUM_REPEATS)
        for position, meaning in enumerate(burst):
            if position and delay:
                await asyncio.sleep(delay)
            await self._hold(meaning, hold if meaning.repeats else 0)

    def _refusal(self, unknown: list[str]) -> ServiceValidationError:
        """What to say of names that nothing is known for, in two lines at most."""
        if search := next(filter(names.is_search, unknown), None):
            return ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="no_search",
                translation_placeholders={"command": search},
            )
        if _LISTED not in self.hass.data:
            self.hass.data[_LISTED] = True
            LOGGER.warning("A remote takes these commands: %s", ", ".join(names.NAMES))
        shown = ", ".join(unknown)
        if len(shown) > _LONGEST_NAME:
            shown = f"{shown[:_LONGEST_NAME]}…"
        return ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="unknown_command",
            translation_placeholders={"command": shown},
        )

    async def _hold(self, command: Meaning, seconds: float) -> None:
        """Send a command, and go on sending it for so long."""
        released = self.hass.loop.time() + seconds
        await self._send(command)
        while self.hass.loop.time() + _REPEAT_PAUSE < released:
            await asyncio.sleep(_REPEAT_PAUSE)
            await self._send(command)
