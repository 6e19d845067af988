"""What the witnesses said of the consoles of an entry, kept over a restart."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from .evidence import Evidence, Remembered

_STORAGE_VERSION = 1
_SAVE_DELAY = 60.0
"""A house whose consoles change all the time writes once in so many seconds."""


class EvidenceMemory:
    """The evidence about each console, in a small file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._store = Store[dict[str, Remembered]](
            hass, _STORAGE_VERSION, f"{DOMAIN}.{entry_id}.evidence", private=True
        )
        self._kept: dict[str, Remembered] = {}
        self._heard: dict[str, Evidence] = {}

    async def load(self) -> None:
        """Read what an earlier run left."""
        self._kept = await self._store.async_load() or {}

    def of(self, console_id: str) -> Evidence:
        """The evidence about a console, with what an earlier run heard."""
        if console_id not in self._heard:
            kept = self._kept.get(console_id, Remembered())
            self._heard[console_id] = Evidence.restored(kept)
        return self._heard[console_id]

    def keep(self) -> None:
        """Write what is known when the time comes."""
        self._store.async_delay_save(self._all, _SAVE_DELAY)

    def _all(self) -> dict[str, Remembered]:
        heard = {key: evidence.remembered() for key, evidence in self._heard.items()}
        return self._kept | heard

    def forget(self, console_id: str) -> None:
        """Let go of a console that is no longer the account's."""
        self._kept.pop(console_id, None)
        self._heard.pop(console_id, None)
        self.keep()

    async def flush(self) -> None:
        """Write now: whoever loads next must find it."""
        await self._store.async_save(self._all())

    async def remove(self) -> None:
        """Forget everything."""
        await self._store.async_remove()
