"""What an hour takes in which nothing happens: requests, the processor, and the recorder's disk."""

from collections.abc import Generator
from contextlib import contextmanager
import time

from homeassistant.components.recorder.db_schema import StateAttributes, States
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback

from benchmarks.contenders import Contender
from benchmarks.houses import Furnish
from benchmarks.stage import at_work

HOUR = 3600.0


class Recorded:
    """What the recorder would write: a row for each state, and one for attributes that are new."""

    def __init__(self) -> None:
        """Start with nothing written."""
        self.rows = 0
        self.bytes = 0
        self._attributes = set[bytes]()

    @callback
    def changed(self, event: Event[EventStateChangedData]) -> None:
        """Write a change down, as the recorder's own tables have it."""
        row = States.from_event(event)
        self.rows += 1
        self.bytes += len(row.state or "")
        shared = StateAttributes.shared_attrs_bytes_from_event(event, None)
        if shared not in self._attributes:
            self._attributes.add(shared)
            self.rows += 1
            self.bytes += len(shared)


@contextmanager
def _recorded(hass: HomeAssistant) -> Generator[Recorded]:
    recorded = Recorded()
    stop = hass.bus.async_listen(EVENT_STATE_CHANGED, recorded.changed)
    yield recorded
    stop()


async def hour(contender: Contender, furnish: Furnish) -> dict[str, float]:
    """Requests, seconds of the processor, and what is recorded."""
    async with at_work(contender, furnish) as stage:
        stage.world.requests.clear()
        with _recorded(stage.hass) as recorded:
            started = time.process_time()
            await stage.clock.pass_by(HOUR)
            seconds = time.process_time() - started
        return {
            "requests": len(stage.world.requests),
            "processor": seconds,
            "rows": recorded.rows,
            "bytes": recorded.bytes,
        }
