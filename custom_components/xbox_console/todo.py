"""To-do lists of followed games: their achievements."""

from .family.game_entities import game_lists
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(game=game_lists)
