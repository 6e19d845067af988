"""Buttons of consoles, and of captures."""

from .captures.button import captures_buttons
from .consoles.button import console_buttons
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_buttons, captures=captures_buttons)
