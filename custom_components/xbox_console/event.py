"""Events of people."""

from .people.event import person_events
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(person=person_events)
