"""Which account shows a console or a person in Home Assistant when several accounts have it.

It has it for as long as it lists it: until a console has left the account or was deselected, until a
person is no longer followed, until the device is deleted, and the entry disabled or removed.
"""

from collections.abc import Callable, Container, Iterable

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN
from .devices import device_of
from .options import CONF_DESELECTED, Options

OWNERS_CHANGED: SignalType[()] = SignalType(f"{DOMAIN}_owners_changed")
"""Sent when an account has let go of consoles or people, or has taken some from others."""
_OWNERS: HassKey[dict[str, str]] = HassKey(f"{DOMAIN}_owners")
"""Console id or XUID -> entry id. The device registry remembers it; this covers what has no device yet."""


@callback
def owner(hass: HomeAssistant, owned: str) -> ConfigEntry | None:
    """The entry that has a console or person; None if it is free."""
    entry_id = _owners(hass).get(owned)
    entry = hass.config_entries.async_get_entry(entry_id) if entry_id else None
    return None if entry is None or entry.disabled_by else entry


@callback
def ask_for(hass: HomeAssistant, entry: ConfigEntry, owned: str) -> ConfigEntry | None:
    """The entry that has a console or person from now on: this one if no other has it.

    None while what a former owner shows of it goes; OWNERS_CHANGED tells when to ask again.
    """
    if (held := owner(hass, owned)) not in (None, entry):
        return held
    _owners(hass)[owned] = entry.entry_id
    if not _remove_devices(hass, owned, lambda other: other is not entry):
        return entry
    # Whoever asks is not told while still asking.
    hass.loop.call_soon(async_dispatcher_send, hass, OWNERS_CHANGED)
    return None


@callback
def claim(hass: HomeAssistant, entry: ConfigEntry, owned: str) -> None:
    """Have something for an entry, whoever had it before; they are told."""
    before = owner(hass, owned)
    _owners(hass)[owned] = entry.entry_id
    _remove_devices(hass, owned, lambda other: other is not entry)
    if before not in (None, entry):
        async_dispatcher_send(hass, OWNERS_CHANGED)


@callback
def release(
    hass: HomeAssistant, entry: ConfigEntry, owned: Container[str] | None = None
) -> None:
    """Set consoles and people of an entry free, all or some, and let other accounts have them."""
    _free(hass, entry, lambda id_: owned is None or id_ in owned)


@callback
def keep_listed(
    hass: HomeAssistant, entry: ConfigEntry, console_ids: Container[str]
) -> None:
    """Set the consoles free that the account does not list; its people are listed by the entry."""
    people = {entry.unique_id, *(each.unique_id for each in entry.subentries.values())}
    _free(hass, entry, lambda id_: id_ not in console_ids and id_ not in people)


@callback
def let_go(hass: HomeAssistant, entry: ConfigEntry, console_ids: Iterable[str]) -> None:
    """Remove the devices of consoles that the user deselected, and set them free."""
    deselected = set(console_ids)
    for console_id in deselected:
        _remove_devices(hass, console_id, lambda other: other is entry)
    release(hass, entry, deselected)


@callback
def deselect(hass: HomeAssistant, entry: ConfigEntry, console_id: str) -> None:
    """Do what a user does who deselects a console in the options; an entry that is loaded has to be reloaded."""
    deselected = sorted(Options.of(entry).deselected | {console_id})
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, CONF_DESELECTED: deselected}
    )


@callback
def forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Say nothing any more about an entry that is gone or switched off."""
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and entry.entry_id in issue_id:
            ir.async_delete_issue(hass, domain, issue_id)


@callback
def _free(hass: HomeAssistant, entry: ConfigEntry, goes: Callable[[str], bool]) -> None:
    owners = _owners(hass)
    freed = [
        id_
        for id_, entry_id in owners.items()
        if entry_id == entry.entry_id and goes(id_)
    ]
    for id_ in freed:
        del owners[id_]
    if freed:
        async_dispatcher_send(hass, OWNERS_CHANGED)


@callback
def _remove_devices(
    hass: HomeAssistant, owned: str, whose: Callable[[ConfigEntry], bool]
) -> bool:
    """Remove the devices that a console or person has with some entries; whether there were any."""
    devices = [
        device
        for entry in filter(whose, hass.config_entries.async_entries(DOMAIN))
        if (device := device_of(hass, entry, owned))
    ]
    for device in devices:
        dr.async_get(hass).async_remove_device(device.id)
    return bool(devices)


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
        if not entry.disabled_by
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        for domain, owned in device.identifiers
        if domain == DOMAIN
    }
