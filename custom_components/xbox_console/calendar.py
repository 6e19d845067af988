"""Calendars of people: what they played."""

from .family.calendar import person_calendars
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(family=person_calendars)
