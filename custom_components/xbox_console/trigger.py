"""Triggers: what consoles run, who comes and goes, plays, achieves and captures."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.trigger import Trigger

from .captures.trigger import TRIGGERS as OF_CAPTURES
from .consoles.trigger import TRIGGERS as OF_CONSOLES
from .family.trigger import TRIGGERS as OF_BUDGETS
from .people.trigger import TRIGGERS as OF_PEOPLE

TRIGGERS: dict[str, type[Trigger]] = {
    **OF_CONSOLES,
    **OF_PEOPLE,
    **OF_BUDGETS,
    **OF_CAPTURES,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """All of them."""
    return TRIGGERS
