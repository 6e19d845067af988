"""Times of people who have a budget."""

from .family.time import budget_times
from .runtime.platforms import platform

PARALLEL_UPDATES = 1

async_setup_entry = platform(budget=budget_times)
