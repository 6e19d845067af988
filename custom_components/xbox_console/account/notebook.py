"""A file of what is remembered: written soon after a change, at the end, and never after that."""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from ..const import DOMAIN

_STORAGE_VERSION = 1


class Notebook[T: Mapping[str, Any]]:
    """One file of an entry; however often its content changes, it is written once in `delay` seconds."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        name: str,
        content: Callable[[], T],
        delay: float,
    ) -> None:
        """Prepare a file; `content` gives what is to be written when the time comes."""
        self._store = Store[T](
            hass, _STORAGE_VERSION, f"{DOMAIN}.{entry_id}.{name}", private=True
        )
        self._content = content
        self._delay = delay
        self._unwritten = False
        self._closed = False

    async def load(self) -> T | None:
        """What an earlier run left."""
        return await self._store.async_load()

    @callback
    def changed(self) -> None:
        """Write in a while; what changes until then is written along, and puts nothing off."""
        if self._unwritten or self._closed:
            return
        self._unwritten = True
        self._store.async_delay_save(self._written, self._delay)

    def _written(self) -> T:
        self._unwritten = False
        return self._content()

    async def close(self) -> None:
        """Write what is not written yet: whoever loads next must find it. Nothing is written after."""
        self._closed = True
        if self._unwritten:
            await self._store.async_save(self._written())

    async def remove(self) -> None:
        """Forget everything."""
        self._closed = True
        await self._store.async_remove()
