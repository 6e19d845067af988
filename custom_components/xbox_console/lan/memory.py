"""What was last known of the consoles in the local network, kept over a restart."""

from typing import TypedDict

from homeassistant.core import HomeAssistant

from ..account.notebook import Notebook

_SAVE_DELAY = 60.0


class Remembered(TypedDict):
    """What of a console is kept."""

    address: str | None
    healthy: bool


class LanMemory:
    """Addresses, and who could be relied on."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._kept: dict[str, Remembered] = {}
        self._file = Notebook(hass, entry_id, "lan", lambda: self._kept, _SAVE_DELAY)

    async def load(self) -> None:
        """Read what an earlier run left."""
        self._kept = await self._file.load() or {}

    def of(self, console_id: str) -> Remembered:
        """What is remembered of a console."""
        return self._kept.get(console_id) or Remembered(address=None, healthy=False)

    def keep(self, console_id: str, remembered: Remembered) -> None:
        """Keep what is known of a console now."""
        if self._kept.get(console_id) != remembered:
            self._kept[console_id] = remembered
            self._file.changed()

    def forget(self, console_id: str) -> None:
        """Let go of a console that is no longer the account's."""
        if self._kept.pop(console_id, None) is not None:
            self._file.changed()

    async def close(self) -> None:
        """Write what is not written yet, and nothing after that."""
        await self._file.close()

    async def remove(self) -> None:
        """Forget everything."""
        await self._file.remove()
