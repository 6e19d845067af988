"""Xbox consoles in Home Assistant: set up and unload an entry."""

import asyncio
from collections.abc import Iterable

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady, HomeAssistantError
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from . import frontend, repairs
from .account import naming
from .account.account import Account, TokenJournal
from .account.coordinator import Context
from .account.devices import device_of
from .account.memory import Memory
from .account.options import Options
from .account.ownership import forget_issues, let_go, release
from .account.statistics import migrate_units
from .captures import actions as captures_actions
from .captures.arrivals import ArrivalsMemory
from .captures.folders import Folders
from .captures.shelves import Shelves
from .captures.view import CaptureView
from .consoles import actions as console_actions, area, assist, homekit
from .consoles.coordinator import ConsoleCoordinator
from .consoles.list import ConsoleListCoordinator
from .consoles.memory import EvidenceMemory
from .const import DOMAIN, LOGGER
from .family import actions as family_actions
from .family.diary import DiaryMemory
from .family.family import Family
from .games.coordinator import Games
from .games.facts import FactsMemory
from .games.game_pass import GamePassMemory
from .lan.local import open_local
from .lan.memory import LanMemory
from .people import actions as people_actions
from .people.coordinator import PeopleCoordinator
from .people.memory import PeopleMemory
from .runtime import (
    XboxConsoleConfigEntry,
    XboxConsoleData,
    introduce,
    open_captures,
    open_game_pass,
    open_people,
    watch_games,
)
from .runtime.loading import Platforms

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions, what Assist needs and what pages load, with or without an account."""
    assist.register(hass)
    console_actions.register(hass)
    people_actions.register(hass, lambda entry: entry.runtime_data.people)
    captures_actions.register(hass, lambda entry: entry.runtime_data.captures)
    hass.http.register_view(CaptureView(hass, lambda entry: entry.runtime_data.shelves))
    await frontend.serve(hass)
    family_actions.register(hass, lambda entry: entry.runtime_data.family)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> bool:
    """Set up an account with its consoles: from memory where there is one, so that nothing is awaited."""
    # First of all: dashboards have to be drawn while the network cannot be reached, too.
    frontend.show(hass)
    placed = area.known(hass, entry)
    data = entry.runtime_data = await _open(hass, entry)
    consoles, people = data.consoles, data.people
    listed = data.memory.listed
    if not listed:
        try:
            await _first_look(data.account, consoles, people)
        except HomeAssistantError:
            await data.close()
            raise
    introduce(entry, consoles, people)
    watch_games(entry, data.captures, consoles, people)
    migrate_units(hass, entry)
    await data.platforms.load()
    entry.async_on_unload(
        consoles.async_add_listener(lambda: _follow_names(hass, entry))
    )
    area.suggest(consoles, placed)
    homekit.listen(consoles)
    repairs.watch(hass, entry)
    consoles.local.start()
    if listed:
        consoles.background(_look(consoles))
    consoles.games.pins.background(consoles.games.pins.async_refresh())
    data.family.followed.look()
    if data.game_pass:
        data.game_pass.start()
    if people.last_confirmed is None:
        people.background(people.async_refresh())
    data.captures.background(data.captures.async_refresh())
    people.push.start()
    return True


async def _open(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> XboxConsoleData:
    """What an entry holds, as it is remembered; makes no request. Raises as `Account.open` does."""
    local = await open_local(hass, entry)
    account = await Account.open(hass, entry)
    memory = Memory(hass, entry.entry_id)
    await memory.load()
    let_go(hass, entry, Options.of(entry).deselected)
    context = Context(hass, entry, account.xbox, memory)
    evidence = EvidenceMemory(hass, entry.entry_id)
    await evidence.load()
    facts = FactsMemory(hass, entry.entry_id)
    await facts.load()
    games = Games(context, facts.facts)
    consoles = ConsoleListCoordinator(context, games, evidence, local)
    people = await open_people(context, consoles, facts.facts)
    captures = await open_captures(context, account)
    diary = DiaryMemory(hass, entry.entry_id)
    await diary.load()
    family = Family(context, people, diary)
    game_pass = await open_game_pass(context, consoles)
    return XboxConsoleData(
        account,
        memory,
        consoles,
        people,
        facts,
        captures,
        Shelves(captures),
        family,
        Platforms(hass, entry, family),
        game_pass,
    )


async def _first_look(
    account: Account, consoles: ConsoleListCoordinator, people: PeopleCoordinator
) -> None:
    """Ask what there is, for nothing is known yet. Raises ConfigEntryNotReady if nobody answers."""
    try:
        await consoles.async_config_entry_first_refresh()
    except ConfigEntryNotReady as unready:
        # Each service is an island: people are worth showing, and consoles come when they can.
        try:
            await people.async_config_entry_first_refresh()
        except ConfigEntryNotReady:
            # Who is refused is told so by a repair, and is not tried again every minute.
            if account.chain.refused is None:
                raise unready from None
        # A first look that fails is not logged, but that it works again is.
        for each in (consoles, people):
            if not each.last_update_success:
                LOGGER.error(
                    "Error fetching %s data: %s", each.name, each.last_exception
                )
    await _look_at(consoles.consoles.values())


async def _look(consoles: ConsoleListCoordinator) -> None:
    """Ask what only memory has told so far; what comes meanwhile is asked when it comes."""
    known = tuple(consoles.consoles.values())
    await consoles.async_refresh()
    await _look_at(known)


async def _look_at(consoles: Iterable[ConsoleCoordinator]) -> None:
    """Ask what each console does; what is installed on it takes longer, and nobody waits for that."""
    for console in consoles:
        if console.console.remote_management_enabled is not False:
            console.library.background(console.library.async_refresh())
    await asyncio.gather(*(console.async_refresh() for console in consoles))


@callback
def _follow_names(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    """Rename devices whose consoles were renamed; a name that the user gave stays."""
    registry = dr.async_get(hass)
    for console in entry.runtime_data.consoles.data.values():
        device = device_of(hass, entry, console.id)
        # A name that is missing for once is no new name.
        name = naming.given_name(console)
        if device is not None and name and device.name != name:
            registry.async_update_device(device.id, name=name)


async def async_unload_entry(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry
) -> bool:
    """Unload an account; a token renewal under way may end, so that nothing is lost."""
    unloaded = await entry.runtime_data.platforms.unload()
    if unloaded:
        await entry.runtime_data.close()
        if entry.disabled_by:
            release(hass, entry)
            forget_issues(hass, entry)
            frontend.hide(hass, entry)
    return unloaded


async def async_remove_entry(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry
) -> None:
    """Leave nothing of an account behind, and let other accounts have its consoles."""
    release(hass, entry)
    forget_issues(hass, entry)
    frontend.hide(hass, entry)
    await TokenJournal(hass, entry.entry_id).remove()
    await Memory(hass, entry.entry_id).remove()
    await EvidenceMemory(hass, entry.entry_id).remove()
    await LanMemory(hass, entry.entry_id).remove()
    await PeopleMemory(hass, entry.entry_id).remove()
    await FactsMemory(hass, entry.entry_id).remove()
    await Folders(hass, entry.entry_id).remove()
    await ArrivalsMemory(hass, entry.entry_id).remove()
    await DiaryMemory(hass, entry.entry_id).remove()
    await GamePassMemory(hass, entry.entry_id).remove()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry, device: dr.AnyDeviceEntry
) -> bool:
    """Let a user remove a console that is no longer on the account."""
    consoles = entry.runtime_data.consoles
    if entry.runtime_data.people.of_device(device) is not None:
        return False
    console_ids = {key for domain, key in device.identifiers if domain == DOMAIN}
    if console_ids & consoles.consoles.keys() & consoles.data.keys():
        return False
    for console_id in console_ids:
        await consoles.forget(console_id)
    return True
