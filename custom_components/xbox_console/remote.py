"""Remotes: a console each."""

from .consoles.remote import console_remotes
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_remotes)
