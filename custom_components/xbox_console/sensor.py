"""Sensors of consoles, of people, of captures and of followed games."""

from .captures.sensor import captures_sensors
from .consoles.sensor import console_sensors, drive_sensors
from .family.game_entities import game_sensors
from .family.sensor import budget_sensors
from .people.sensor import person_sensors
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(
    console=console_sensors,
    later=drive_sensors,
    person=person_sensors,
    captures=captures_sensors,
    budget=budget_sensors,
    game=game_sensors,
)
