"""Which captures are new in the network, over a restart too."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from homeassistant.core import HomeAssistant, callback

from ..account.notebook import Notebook
from ..account.watching import KeptPeriods, Watching
from ..xboxlive.captures.capture import Capture

_LATEST = timedelta(days=7)
"""So long after it was taken a capture may come into the network, and be news after a restart."""
_SAVE_DELAY = 60.0


class KeptArrivals(TypedDict):
    """What is kept over a restart: periods watched, and what was in the network that was taken in them."""

    watched: KeptPeriods
    known: list[str]


class Arrivals:
    """Tells each capture once, whenever it is noticed.

    News is what was taken while somebody watched and was not there at any look before, those of earlier
    runs included; what does not say when it was taken is news unless the first look of a run has it.
    """

    def __init__(self) -> None:
        """Start without having looked."""
        self._watching = Watching()
        self._known: set[str] | None = None
        self._recent: list[str] = []
        self._begun = datetime.max.replace(tzinfo=UTC)

    def restore(self, kept: KeptArrivals) -> None:
        """Go on from where an earlier run ended. Raises ValueError."""
        self._watching.restore(kept["watched"])
        self._recent = [*kept["known"]]

    @property
    def kept(self) -> KeptArrivals:
        """What is to be kept."""
        watched = self._watching.kept("seconds")
        return KeptArrivals(watched=watched, known=self._recent)

    def watch(self, since: datetime, now: datetime) -> None:
        """Watch until now; `since` is when this run began to."""
        # The network tells whole seconds.
        self._begun = min(self._begun, since.replace(microsecond=0))
        self._watching.watch(since, now)
        self._watching.forget(_LATEST, now)

    def news(self, captures: Collection[Capture]) -> list[Capture]:
        """Those that are told now, the oldest first; `captures` are all there are, the newest first."""
        first = self._known is None
        known = {*self._recent} if self._known is None else self._known
        recent = [one for one in captures if self._watched(one)]
        new = recent if first else [one for one in captures if self._is_of_now(one)]
        self._known = known | {one.content_id for one in captures}
        self._recent = [one.content_id for one in recent]
        return [one for one in reversed(new) if one.content_id not in known]

    def _watched(self, capture: Capture) -> bool:
        taken = capture.taken_at
        return taken is not None and self._watching.covers(taken)

    def _is_of_now(self, capture: Capture) -> bool:
        """Whether it was taken in this run, or while an earlier one watched, as far as it says when."""
        taken = capture.taken_at
        return taken is None or taken >= self._begun or self._watched(capture)


class ArrivalsMemory:
    """What is kept of them on disk."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self.arrivals = Arrivals()
        self._file = Notebook(
            hass, entry_id, "arrivals", lambda: self.arrivals.kept, _SAVE_DELAY
        )

    async def load(self) -> None:
        """Read what an earlier run left."""
        if kept := await self._file.load():
            self.arrivals.restore(kept)

    @callback
    def watched(self, since: datetime, now: datetime) -> None:
        """Keep that somebody watched until now; `since` is when this run began to."""
        self.arrivals.watch(since, now)
        self._file.changed()

    async def close(self) -> None:
        """Write what is not written yet, and nothing after that."""
        await self._file.close()

    async def remove(self) -> None:
        """Forget everything."""
        await self._file.remove()
