"""Which account a console belongs to in Home Assistant when several accounts have it."""

from collections.abc import Container

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN

CONSOLES_FREED: SignalType[()] = SignalType(f"{DOMAIN}_consoles_freed")
"""Sent when an account has let go of consoles: others may have them."""
_OWNERS: HassKey[dict[str, str]] = HassKey(f"{DOMAIN}_owners")
"""Console id -> entry id. The device registry remembers it; this covers what has no device yet."""


@callback
def owner(
    hass: HomeAssistant, entry: ConfigEntry, console_id: str
) -> ConfigEntry | None:
    """The other entry that has the console; None if it is free, and from now on this entry's."""
    owners = hass.data.get(_OWNERS)
    if owners is None:
        owners = hass.data[_OWNERS] = _remembered(hass)
    held = hass.config_entries.async_get_entry(
        owners.setdefault(console_id, entry.entry_id)
    )
    if held is None:
        owners[console_id] = entry.entry_id
    return None if held is None or held.entry_id == entry.entry_id else held


@callback
def release(
    hass: HomeAssistant, entry: ConfigEntry, console_ids: Container[str] | None = None
) -> None:
    """Set consoles of an entry free, all of them or some, and let other accounts have them."""
    owners = hass.data.get(_OWNERS, {})
    freed = [
        id_
        for id_, entry_id in owners.items()
        if entry_id == entry.entry_id and (console_ids is None or id_ in console_ids)
    ]
    for console_id in freed:
        del owners[console_id]
    if freed:
        async_dispatcher_send(hass, CONSOLES_FREED)


@callback
def forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Say nothing any more about an entry that is gone or switched off."""
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and entry.entry_id in issue_id:
            ir.async_delete_issue(hass, domain, issue_id)


def _remembered(hass: HomeAssistant) -> dict[str, str]:
    registry = dr.async_get(hass)
    return {
        console_id: entry.entry_id
        for entry in hass.config_entries.async_entries(DOMAIN)
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        for domain, console_id in device.identifiers
        if domain == DOMAIN
    }
