"""Which platforms an entry loads: what shows nothing would only take memory, and time at each start."""

import asyncio
from collections.abc import Callable

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback

from ..family.family import Family


def _always(_: Family) -> bool:
    return True


def _with_a_budget(family: Family) -> bool:
    return any(family.budgets.limits(one) for one in family.people.followed)


def _with_a_game(family: Family) -> bool:
    return bool(family.followed.games)


PLATFORMS: dict[Platform, Callable[[Family], bool]] = {
    Platform.BINARY_SENSOR: _always,
    Platform.BUTTON: _always,
    Platform.CALENDAR: _always,
    Platform.EVENT: _always,
    Platform.IMAGE: _always,
    Platform.MEDIA_PLAYER: _always,
    Platform.NOTIFY: _always,
    Platform.NUMBER: _with_a_budget,
    Platform.REMOTE: _always,
    Platform.SELECT: _always,
    Platform.SENSOR: _always,
    Platform.SWITCH: _always,
    Platform.TIME: _with_a_budget,
    Platform.TODO: _with_a_game,
}
"""All of them, and when each has something to show."""


class Platforms:
    """The platforms of an entry: some come with the first budget, or the first game that is followed."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, family: Family) -> None:
        """Load none yet."""
        self._hass = hass
        self._entry = entry
        self._family = family
        self._loaded: set[Platform] = set()
        self._loading = asyncio.Lock()

    async def load(self) -> None:
        """Load those that have something to show, and the others when they have."""
        await self._load()
        self._family.people.on_person(self._more)
        self._family.followed.on_game(self._more)

    async def unload(self) -> bool:
        """Unload all; whether that went well."""
        return await self._hass.config_entries.async_unload_platforms(
            self._entry, self._loaded
        )

    @callback
    def _more(self, _: object) -> None:
        if self._wanted - self._loaded:
            self._entry.async_create_background_task(
                self._hass, self._load(), f"{self._entry.title} platforms"
            )

    async def _load(self) -> None:
        async with self._loading:
            new = sorted(self._wanted - self._loaded)
            await self._hass.config_entries.async_forward_entry_setups(self._entry, new)
            self._loaded.update(new)

    @property
    def _wanted(self) -> set[Platform]:
        return {one for one, shows in PLATFORMS.items() if shows(self._family)}
