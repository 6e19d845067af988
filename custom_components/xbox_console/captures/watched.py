"""What triggers watch of captures."""

from homeassistant.components.event import ATTR_EVENT_TYPE, DOMAIN as EVENT
from homeassistant.components.sensor import DOMAIN as SENSOR

from ..const import ATTR_GAME
from ..games.watched import Watched
from .event import TAKEN

NEW = Watched(
    domain=EVENT,
    key="capture",
    holds=lambda state: state.attributes.get(ATTR_EVENT_TYPE) == TAKEN,
    option=ATTR_GAME,
    attributes=(ATTR_GAME,),
)
EXPIRING = Watched(domain=SENSOR, key="next_capture_expiry")
