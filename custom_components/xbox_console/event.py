"""Events of people, of captures and of Game Pass."""

from .captures.event import captures_events
from .games.game_pass_entities import game_pass_events
from .people.event import person_events
from .runtime.platforms import platform

PARALLEL_UPDATES = 0

async_setup_entry = platform(
    person=person_events, captures=captures_events, game_pass=game_pass_events
)
