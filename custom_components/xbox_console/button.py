"""Buttons of consoles, of captures, and of people who have a budget."""

from .captures.button import captures_buttons
from .consoles.button import console_buttons
from .family.button import budget_buttons
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(
    later=console_buttons, captures=captures_buttons, budget=budget_buttons
)
