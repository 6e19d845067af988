"""Switches of the account itself."""

from .people.switch import person_switches
from .runtime import platform

PARALLEL_UPDATES = 1

async_setup_entry = platform(person=person_switches)
