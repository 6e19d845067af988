"""Selects: what a console runs."""

from .consoles.select import console_selects
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_selects)
