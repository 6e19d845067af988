"""What the witnesses said of the consoles of an entry, kept over a restart."""

from homeassistant.core import HomeAssistant

from ..account.notebook import Notebook
from .evidence import Evidence, Remembered

_SAVE_DELAY = 60.0
"""A house whose consoles change all the time writes once in so many seconds."""


class EvidenceMemory:
    """The evidence about each console, in a small file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._kept: dict[str, Remembered] = {}
        self._heard: dict[str, Evidence] = {}
        self._file = Notebook(hass, entry_id, "evidence", self._all, _SAVE_DELAY)

    async def load(self) -> None:
        """Read what an earlier run left."""
        self._kept = await self._file.load() or {}

    def of(self, console_id: str) -> Evidence:
        """The evidence about a console, with what an earlier run heard."""
        if console_id not in self._heard:
            kept = self._kept.get(console_id, Remembered())
            self._heard[console_id] = Evidence.restored(kept)
        return self._heard[console_id]

    def keep(self) -> None:
        """Write what is known when the time comes."""
        self._file.changed()

    def _all(self) -> dict[str, Remembered]:
        heard = {key: evidence.remembered() for key, evidence in self._heard.items()}
        return self._kept | heard

    def forget(self, console_id: str) -> None:
        """Let go of a console that is no longer the account's."""
        self._kept.pop(console_id, None)
        self._heard.pop(console_id, None)
        self.keep()

    async def close(self) -> None:
        """Write what is not written yet, and nothing after that."""
        # When something was heard last changes with each look.
        self.keep()
        await self._file.close()

    async def remove(self) -> None:
        """Forget everything."""
        await self._file.remove()
