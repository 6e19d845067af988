"""A new console that bears the name of an area is put there."""

from collections.abc import Collection
from datetime import datetime

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar, device_registry as dr
from homeassistant.helpers.event import async_call_later

from ..account import naming
from ..account.devices import device_of
from ..const import DOMAIN
from .coordinator import ConsoleCoordinator
from .list import ConsoleListCoordinator

_ENTITIES_THERE = 10.0
"""Seconds after which a console that came later has all its entities."""


@callback
def known(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    """The ids of the consoles that have their devices already, each where its user wants it."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return {
        key
        for device in devices
        for domain, key in device.identifiers
        if domain == DOMAIN
    }


@callback
def suggest(consoles: ConsoleListCoordinator, known: Collection[str]) -> None:
    """Put each console that was not known in the area of its name; called once its entities are there.

    A suggested area of its device would come before the entities, and Home Assistant would name
    them after both: media_player.living_room_living_room.
    """
    first = set(consoles.consoles)

    @callback
    def met(console: ConsoleCoordinator) -> None:
        if console.console.id in known:
            return
        if console.console.id in first:
            _place(console)
            return
        place = HassJob[[datetime], None](callback(lambda _: _place(console)))
        console.config_entry.async_on_unload(
            async_call_later(console.hass, _ENTITIES_THERE, place)
        )

    consoles.on_console(met)


@callback
def _place(console: ConsoleCoordinator) -> None:
    device = device_of(console.hass, console.config_entry, console.console.id)
    if device is None or device.area_id is not None:
        return
    name, areas = naming.given_name(console.console), ar.async_get(console.hass)
    named = areas.async_get_area_by_name(name)
    area = named or next(iter(areas.async_get_areas_by_alias(name)), None)
    if area is not None:
        registry = dr.async_get(console.hass)
        registry.async_update_device(device.id, area_id=area.id)
