"""The diary of an entry: who played what, kept in a file of its own."""

from datetime import datetime, timedelta
from typing import TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from ..account.devices import device_of
from ..account.notebook import Notebook
from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from ..people.state import Playing
from ..people.unlocks import Unlock
from . import statistics
from .sessions import KeptPages, Pages

_SAVE_DELAY = 300.0
_TELL = timedelta(minutes=5)


class _Kept(TypedDict):
    """What is in the file, by XUID."""

    people: dict[str, KeptPages]


class DiaryMemory:
    """The file."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._hass = hass
        self.pages: dict[str, Pages] = {}
        """By XUID."""
        self.file = Notebook[_Kept](hass, entry_id, "diary", self._kept, _SAVE_DELAY)

    def _kept(self) -> _Kept:
        return _Kept(people={xuid: one.kept() for xuid, one in self.pages.items()})

    async def load(self) -> None:
        """Read what an earlier run left."""
        kept = await self.file.load() or _Kept(people={})
        self.pages = {
            xuid: Pages.restore(pages) for xuid, pages in kept["people"].items()
        }

    async def remove(self) -> None:
        """Forget everything, statistics included."""
        await self.load()
        for pages in self.pages.values():
            statistics.clear(self._hass, pages)
        await self.file.remove()


class Diary:
    """Writes down what is counted of everybody who is followed."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        people: PeopleCoordinator,
        memory: DiaryMemory,
    ) -> None:
        """Go on with what is in the file; who is no longer followed is forgotten."""
        self._hass = hass
        self._entry = entry
        self._people = people
        self._memory = memory
        followed = {person.xuid for person in people.followed}
        for xuid in memory.pages.keys() - followed:
            self._forget(xuid)
        people.on_person(self._begin)
        people.on_gone(self._forget)
        entry.async_on_unload(async_track_time_interval(hass, self._tell, _TELL))

    def pages(self, person: Followed) -> Pages:
        """What is written of somebody."""
        return self._memory.pages.setdefault(person.xuid, Pages())

    @callback
    def _begin(self, person: Followed) -> None:
        """Write down what is counted of somebody, and what they unlock."""
        pages = self.pages(person)

        def counted(game: Playing, start: datetime, end: datetime) -> None:
            pages.played(game.title_id, game.name, start, end)
            self._memory.file.changed()

        @callback
        def unlocked(unlock: Unlock) -> None:
            if unlock.name and unlock.at:
                pages.unlocked(unlock.title_id, unlock.name, unlock.at)
                self._memory.file.changed()

        person.counted = counted
        self._entry.async_on_unload(self._people.on_unlock(person.xuid, unlocked))

    @callback
    def _forget(self, xuid: str) -> None:
        if (pages := self._memory.pages.pop(xuid, None)) is not None:
            statistics.clear(self._hass, pages)
            self._memory.file.changed()

    @callback
    def _tell(self, _: datetime) -> None:
        self.tell()

    @callback
    def tell(self) -> None:
        """Give the recorder what it does not know, and let go of what is too old."""
        for person in self._people.followed:
            pages = self.pages(person)
            device = device_of(self._hass, self._entry, person.xuid)
            if device is not None:
                pages.device_id = device.id
            told = statistics.tell(self._hass, pages, person.gamertag)
            if pages.prune(self._people.now) or told:
                self._memory.file.changed()

    async def close(self) -> None:
        """Tell and write what is left."""
        self.tell()
        await self._memory.file.close()
