"""What triggers and conditions watch of a person."""

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR
from homeassistant.components.event import ATTR_EVENT_TYPE, DOMAIN as EVENT
from homeassistant.components.sensor import DOMAIN as SENSOR

from ..const import ATTR_GAME, ATTR_TITLE_ID
from ..games.watched import Watched
from .unlocks import UNLOCKED

ONLINE = Watched(domain=BINARY_SENSOR, key="online")
IN_GAME = Watched(
    domain=BINARY_SENSOR,
    key="in_game",
    option=ATTR_GAME,
    attributes=(ATTR_TITLE_ID, ATTR_GAME),
)
ACHIEVED = Watched(
    domain=EVENT,
    key="achievement",
    holds=lambda state: state.attributes.get(ATTR_EVENT_TYPE) == UNLOCKED,
    option=ATTR_GAME,
    attributes=(ATTR_GAME,),
)
PLAYED_TODAY = Watched(domain=SENSOR, key="played_today")
