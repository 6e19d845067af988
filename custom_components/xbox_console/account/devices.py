"""The devices of an entry, by what they stand for."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..const import DOMAIN


@callback
def device_of(
    hass: HomeAssistant, entry: ConfigEntry, key: str
) -> dr.DeviceEntry | None:
    """The device of a console or person by its id or XUID, if it is registered."""
    registry = dr.async_get(hass)
    return registry.async_get_device_by_identifier((DOMAIN, key), entry.entry_id)
