"""What was last known of the people who are followed, so that a start needs nobody to answer."""

from homeassistant.core import HomeAssistant

from ..account.notebook import Notebook
from .followed import Remembered

_SAVE_DELAY = 300.0
"""What is played counts up at every look; a crash may cost as much as this."""

type People = dict[str, Remembered]


class PeopleMemory:
    """The last answers of the network about people, and how long they played, by XUID."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._file = Notebook(
            hass, entry_id, "people", lambda: self.people, _SAVE_DELAY
        )
        self.people: People = {}
        """What is remembered."""

    async def load(self) -> None:
        """Read what an earlier run left."""
        self.people = await self._file.load() or {}

    def remember(self, people: People) -> None:
        """Keep what is known now."""
        if people != self.people:
            self.people = people
            self._file.changed()

    async def close(self) -> None:
        """Write what is not written yet, and nothing after that."""
        await self._file.close()

    async def remove(self) -> None:
        """Forget everything."""
        await self._file.remove()
