"""Media players: a console each."""

from .consoles.media_player import console_media_players
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_media_players)
