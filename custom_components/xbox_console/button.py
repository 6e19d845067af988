"""Buttons of consoles."""

from .consoles.button import console_buttons
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_buttons)
