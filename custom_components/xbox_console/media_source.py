"""The media source: captures in the media panel."""

from homeassistant.components.media_source import MediaSource
from homeassistant.core import HomeAssistant

from .captures.media import CapturesSource


async def async_get_media_source(hass: HomeAssistant) -> MediaSource:
    """The captures of all accounts."""
    return CapturesSource(hass, lambda entry: entry.runtime_data.shelves)
