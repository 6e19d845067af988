"""Calendars: what people played, what Game Pass gets and loses."""

from .family.calendar import person_calendars
from .games.game_pass_entities import game_pass_calendars
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(family=person_calendars, game_pass=game_pass_calendars)
