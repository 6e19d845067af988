"""Words of the integration's own in the language of the house, for what Home Assistant does not translate."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN


async def option_names(hass: HomeAssistant, selector: str) -> dict[str, str]:
    """The names of a selector's options."""
    prefix = f"component.{DOMAIN}.selector.{selector}.options."
    texts = await async_get_translations(
        hass, hass.config.language, "selector", {DOMAIN}
    )
    return {
        key.removeprefix(prefix): text
        for key, text in texts.items()
        if key.startswith(prefix)
    }
