"""What was last known of the people who are followed, so that a start needs nobody to answer."""

from collections.abc import Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from .followed import Remembered

_STORAGE_VERSION = 1
_SAVE_DELAY = 20.0
"""Less than the time between two looks: a write that waits is put off by the next one."""

type People = dict[str, Remembered]


class PeopleMemory:
    """The last answers of the network about people, and how long they played, by XUID."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._store = Store[People](
            hass, _STORAGE_VERSION, f"{DOMAIN}.{entry_id}.people", private=True
        )
        self._unwritten: Callable[[], People] | None = None
        self.people: People = {}
        """What an earlier run left."""

    async def load(self) -> None:
        """Read it."""
        self.people = await self._store.async_load() or {}

    def remember(self, people: Callable[[], People]) -> None:
        """Keep what there is to be kept when the time to write comes."""
        self._unwritten = people
        self._store.async_delay_save(people, _SAVE_DELAY)

    async def flush(self) -> None:
        """Write now: whoever loads next must find it."""
        if self._unwritten is not None:
            await self._store.async_save(self._unwritten())

    async def remove(self) -> None:
        """Forget everything."""
        await self._store.async_remove()
