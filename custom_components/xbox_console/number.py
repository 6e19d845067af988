"""Numbers of people who have a budget."""

from .family.number import budget_numbers
from .runtime.platforms import platform

PARALLEL_UPDATES = 1

async_setup_entry = platform(budget=budget_numbers)
