"""Conditions of people: who is online or plays."""

from homeassistant.helpers.condition import Condition

from ..const import ATTR_GAME
from ..games.condition import WatchingCondition, naming
from .watched import IN_GAME, ONLINE


class PersonIsOnline(WatchingCondition):
    """Somebody is online."""

    _domain_specs = ONLINE.specs
    _watched = ONLINE


class PersonIsPlaying(WatchingCondition):
    """Somebody plays a game, or one that is named."""

    _domain_specs = IN_GAME.specs
    _schema = naming(ATTR_GAME)
    _watched = IN_GAME


CONDITIONS: dict[str, type[Condition]] = {
    "person_is_online": PersonIsOnline,
    "person_is_playing": PersonIsPlaying,
}
