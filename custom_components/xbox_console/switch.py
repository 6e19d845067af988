"""Switches of the account itself, and of people who have a budget."""

from .family.switch import budget_switches
from .people.switch import person_switches
from .runtime.platforms import platform

PARALLEL_UPDATES = 1

async_setup_entry = platform(person=person_switches, budget=budget_switches)
