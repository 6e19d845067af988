"""Triggers: what consoles run, who comes and goes, plays, achieves, and for how long."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.trigger import Trigger

from .consoles.trigger import TRIGGERS as OF_CONSOLES
from .family.trigger import TRIGGERS as OF_BUDGETS
from .people.trigger import TRIGGERS as OF_PEOPLE

TRIGGERS: dict[str, type[Trigger]] = {**OF_CONSOLES, **OF_PEOPLE, **OF_BUDGETS}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """All of them."""
    return TRIGGERS
