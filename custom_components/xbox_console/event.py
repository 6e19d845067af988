"""Events of people and of captures."""

from .captures.event import captures_events
from .people.event import person_events
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(person=person_events, captures=captures_events)
