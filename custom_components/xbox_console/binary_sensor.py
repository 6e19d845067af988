"""Binary sensors of consoles and of people."""

from .consoles.binary_sensor import console_binary_sensors
from .family.binary_sensor import budget_binary_sensors
from .people.binary_sensor import person_binary_sensors
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(
    console=console_binary_sensors,
    person=person_binary_sensors,
    budget=budget_binary_sensors,
)
