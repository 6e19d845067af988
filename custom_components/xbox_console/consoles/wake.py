"""A wake of one's own: who listens when somebody wants a console on that the network cannot wake."""

from collections.abc import Callable

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

type Ask = Callable[[], object]
type Helper = Callable[[str], Ask | None]
"""Given the media player of a console: the way to ask for help with it, None if it is not concerned."""

_HELPERS: HassKey[list[Helper]] = HassKey(f"{DOMAIN}_wake_helpers")


@callback
def offer(hass: HomeAssistant, helper: Helper) -> CALLBACK_TYPE:
    """Offer help with consoles; returns the way to stop that."""
    helpers = hass.data.setdefault(_HELPERS, [])
    helpers.append(helper)
    return lambda: helpers.remove(helper)


@callback
def is_offered(hass: HomeAssistant, console_id: str) -> bool:
    """Whether anybody can help with a console."""
    return bool(_ways(hass, console_id))


@callback
def request(hass: HomeAssistant, console_id: str) -> bool:
    """Ask everybody who can to bring a console on; whether there is anybody."""
    ways = _ways(hass, console_id)
    for ask in ways:
        ask()
    return bool(ways)


def _ways(hass: HomeAssistant, console_id: str) -> list[Ask]:
    entities = er.async_get(hass)
    player = entities.async_get_entity_id(MEDIA_PLAYER, DOMAIN, console_id)
    helpers = hass.data.get(_HELPERS, ()) if player else ()
    return [ask for helper in helpers if (ask := helper(player or ""))]
