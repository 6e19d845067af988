"""The remote in the Home app: Home Assistant's HomeKit bridge passes its keys on as events."""

from collections.abc import Mapping

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import LOGGER
from ..xboxlive.errors import XboxError
from . import names
from .commands import Meaning
from .coordinator import ConsoleCoordinator
from .list import ConsoleListCoordinator
from .sound import tell

EVENT = "homekit_tv_remote_key_pressed"
_KEY_NAME = "key_name"
_KEYS = {
    "arrow_up": "Up",
    "arrow_down": "Down",
    "arrow_left": "Left",
    "arrow_right": "Right",
    "select": "A",
    "back": "GoBack",
    "exit": "GoHome",
    "play_pause": "PlayPause",
    "information": "View",
    "next_track": "Next",
    "previous_track": "Previous",
    "fast_forward": "Next",
    "rewind": "Previous",
}
"""Names of the bridge -> names of ours."""


@callback
def listen(consoles: ConsoleListCoordinator) -> None:
    """Pass keys on to the consoles of an entry for as long as it is loaded."""
    hass = consoles.hass

    @callback
    def pressed(event: Event[Mapping[str, str]]) -> None:
        console = _console(hass, consoles, event.data[ATTR_ENTITY_ID])
        name = _KEYS.get(event.data[_KEY_NAME])
        if console is None or name is None:
            return
        if meaning := names.meaning(name):
            console.background(_press(console, meaning, event.context))

    consoles.config_entry.async_on_unload(hass.bus.async_listen(EVENT, pressed))


@callback
def _console(
    hass: HomeAssistant, consoles: ConsoleListCoordinator, entity_id: str
) -> ConsoleCoordinator | None:
    """The console that an entity stands for, if it is one of these."""
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or entity.config_entry_id != consoles.config_entry.entry_id:
        return None
    device = dr.async_get(hass).async_get(entity.device_id or "")
    return consoles.of_device(device) if device else None


async def _press(
    console: ConsoleCoordinator, meaning: Meaning, context: Context
) -> None:
    try:
        await tell(console, meaning, context)
    except XboxError as error:
        # The Home app shows no errors.
        LOGGER.warning(
            "%s: HomeKit's %s was not done: %s", console.name, meaning.name, error
        )
