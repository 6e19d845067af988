"""The devices of an entry, by what they stand for."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..const import DOMAIN, MANUFACTURER


@callback
def device_of(
    hass: HomeAssistant, entry: ConfigEntry, key: str
) -> dr.DeviceEntry | None:
    """The device of a console or person by its id or XUID, if it is registered."""
    registry = dr.async_get(hass)
    return registry.async_get_device_by_identifier((DOMAIN, key), entry.entry_id)


@callback
def account_device(hass: HomeAssistant, entry: ConfigEntry) -> dr.DeviceInfo:
    """The device that stands for the account itself."""
    xuid = entry.unique_id or ""
    device = device_of(hass, entry, xuid)
    return dr.DeviceInfo(
        identifiers={(DOMAIN, xuid)},
        entry_type=dr.DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="Xbox profile",
        # The account may have another gamertag since the entry was made.
        name=(device and device.name) or entry.title,
    )
