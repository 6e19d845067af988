"""Conditions: who is online or plays, and what consoles run."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.condition import Condition

from .consoles.condition import CONDITIONS as OF_CONSOLES
from .people.condition import CONDITIONS as OF_PEOPLE

CONDITIONS: dict[str, type[Condition]] = {**OF_CONSOLES, **OF_PEOPLE}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """All of them."""
    return CONDITIONS
