"""What Home Assistant's DHCP watcher knows: the MAC of a console, so that it can tell when that moves."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..const import DOMAIN


@callback
def learn_mac(
    hass: HomeAssistant, entry_id: str, console_id: str, address: str
) -> None:
    """Give a console's device the MAC of the address from which it answered."""
    registry = dr.async_get(hass)
    device = registry.async_get_device_by_identifier((DOMAIN, console_id), entry_id)
    mac = _mac_at(hass, address)
    if device is None or mac is None:
        return
    connection = (dr.CONNECTION_NETWORK_MAC, dr.format_mac(mac))
    if connection not in device.connections:
        registry.async_update_device(
            device.id, new_connections=device.connections | {connection}
        )


def _mac_at(hass: HomeAssistant, address: str) -> str | None:
    if "dhcp" not in hass.config.components:
        return None
    # What it needs is only there if Home Assistant has loaded it.
    from homeassistant.components.dhcp import helpers  # noqa: PLC0415

    return next(
        (
            known.macaddress
            for known in helpers.async_discovered_service_info(hass)
            if known.ip == address
        ),
        None,
    )


@callback
def console_with(hass: HomeAssistant, entry_id: str, mac: str) -> str | None:
    """The console of an entry whose device has a MAC."""
    devices = dr.async_get(hass).async_get_devices(
        connections={(dr.CONNECTION_NETWORK_MAC, dr.format_mac(mac))}
    )
    return next(
        (
            key
            for device in devices
            if device.config_entry_id == entry_id
            for domain, key in device.identifiers
            if domain == DOMAIN
        ),
        None,
    )
