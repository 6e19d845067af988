"""Images of consoles and of people."""

from .consoles.image import console_images
from .people.image import person_images
from .runtime import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(console=console_images, person=person_images)
