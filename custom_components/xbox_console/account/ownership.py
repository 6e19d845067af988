"""Which account shows a console or a person in Home Assistant when several accounts have it."""

from collections.abc import Container

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN

OWNERS_CHANGED: SignalType[()] = SignalType(f"{DOMAIN}_owners_changed")
"""Sent when an account has let go of consoles or people, or has taken some from others."""
_OWNERS: HassKey[dict[str, str]] = HassKey(f"{DOMAIN}_owners")
"""Console id or XUID -> entry id. The device registry remembers it; this covers what has no device yet."""


@callback
def owner(hass: HomeAssistant, entry: ConfigEntry, owned: str) -> ConfigEntry | None:
    """The other entry that has a console or person; None if it is free, and from now on this entry's."""
    owners = _owners(hass)
    held = hass.config_entries.async_get_entry(owners.setdefault(owned, entry.entry_id))
    if held is None:
        owners[owned] = entry.entry_id
    return None if held is None or held.entry_id == entry.entry_id else held


@callback
def claim(hass: HomeAssistant, entry: ConfigEntry, owned: str) -> None:
    """Have something for an entry, whoever had it before; they are told."""
    owners = _owners(hass)
    before = owners.get(owned)
    owners[owned] = entry.entry_id
    if before not in (None, entry.entry_id):
        async_dispatcher_send(hass, OWNERS_CHANGED)


@callback
def release(
    hass: HomeAssistant, entry: ConfigEntry, owned: Container[str] | None = None
) -> None:
    """Set consoles and people of an entry free, all or some, and let other accounts have them."""
    owners = hass.data.get(_OWNERS, {})
    freed = [
        id_
        for id_, entry_id in owners.items()
        if entry_id == entry.entry_id and (owned is None or id_ in owned)
    ]
    for id_ in freed:
        del owners[id_]
    if freed:
        async_dispatcher_send(hass, OWNERS_CHANGED)


@callback
def forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Say nothing any more about an entry that is gone or switched off."""
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and entry.entry_id in issue_id:
            ir.async_delete_issue(hass, domain, issue_id)


def _owners(hass: HomeAssistant) -> dict[str, str]:
    if (owners := hass.data.get(_OWNERS)) is None:
        owners = hass.data[_OWNERS] = _remembered(hass)
    return owners


def _remembered(hass: HomeAssistant) -> dict[str, str]:
    """Whose devices there are; the entry that came first has what several have."""
    registry = dr.async_get(hass)
    return {
        owned: entry.entry_id
        for entry in reversed(hass.config_entries.async_entries(DOMAIN))
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        for domain, owned in device.identifiers
        if domain == DOMAIN
    }
