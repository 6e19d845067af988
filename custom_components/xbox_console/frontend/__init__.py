"""What pages load: a dashboard strategy and cards, as plain modules. Knows nothing of the rooms."""

from hashlib import sha256
from pathlib import Path

from homeassistant.components.frontend import (
    DOMAIN as FRONTEND,
    add_extra_js_url,
    remove_extra_js_url,
)
from homeassistant.components.http import StaticPathConfig
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

_MODULES = Path(__file__).parent / "modules"
_LOADER: HassKey[str] = HassKey(f"{DOMAIN}_loader")


async def serve(hass: HomeAssistant) -> None:
    """Serve the modules, if there is a frontend; browsers may keep them: what changes has a new address."""
    if FRONTEND not in hass.config.components:
        return
    path = f"/{DOMAIN}_frontend/{await hass.async_add_executor_job(_version)}"
    await hass.http.async_register_static_paths(
        [StaticPathConfig(path, str(_MODULES), cache_headers=True)]
    )
    hass.data[_LOADER] = f"{path}/loader.js"


def _version() -> str:
    """What all modules together are: they import each other from within one address."""
    digest = sha256()
    for module in sorted(_MODULES.iterdir()):
        digest.update(module.name.encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()[:16]


@callback
def show(hass: HomeAssistant) -> None:
    """Have every page load the loader, once."""
    if loader := hass.data.get(_LOADER):
        add_extra_js_url(hass, loader)


@callback
def hide(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Have no page load it any more, if the account that goes was the last."""
    staying = hass.config_entries.async_entries(DOMAIN, include_disabled=False)
    if (loader := hass.data.get(_LOADER)) and all(one is entry for one in staying):
        remove_extra_js_url(hass, loader)
