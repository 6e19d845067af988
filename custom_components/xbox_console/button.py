"""Buttons of consoles, and of people who have a budget."""

from .consoles.button import console_buttons
from .family.button import budget_buttons
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_buttons, budget=budget_buttons)
