"""Ways to write to people."""

from .people.notify import person_notifiers
from .runtime.platforms import platform

PARALLEL_UPDATES = 1

async_setup_entry = platform(person=person_notifiers)
