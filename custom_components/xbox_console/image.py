"""Images of consoles, of people and of captures."""

from .captures.image import captures_images
from .consoles.image import console_images
from .people.image import person_images
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(
    console=console_images, person=person_images, captures=captures_images
)
