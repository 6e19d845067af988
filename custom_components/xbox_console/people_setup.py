"""How the people of an entry are opened, and hear of what its consoles run."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .coordinator import ConsoleCoordinator, ConsoleListCoordinator
from .people import PeopleCoordinator
from .people_memory import PeopleMemory
from .polled import Context


async def open_people(
    context: Context, consoles: ConsoleListCoordinator
) -> PeopleCoordinator:
    """The people of an entry, from memory; makes no request."""
    memory = PeopleMemory(context.hass, context.entry.entry_id)
    await memory.load()
    people = PeopleCoordinator(
        context, memory, lambda: _titles_here(context.hass, context.entry, consoles)
    )

    def watch(console: ConsoleCoordinator) -> None:
        context.entry.async_on_unload(
            console.async_add_listener(people.consoles_changed)
        )

    consoles.on_console(watch)
    return people


def _titles_here(
    hass: HomeAssistant, entry: ConfigEntry, consoles: ConsoleListCoordinator
) -> set[str]:
    """Ids of what our consoles run; those of other accounts in Home Assistant are ours, too."""
    others = [
        other.runtime_data.consoles
        for other in hass.config_entries.async_loaded_entries(DOMAIN)
        if other is not entry
    ]
    return {
        console.data.app.title_id
        for each in (consoles, *others)
        for console in each.consoles.values()
        if console.data.on and console.data.app and console.data.app.title_id
    }
