"""What a loaded entry holds, and how its rooms are joined: they know nothing of each other."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..account.account import Account
from ..account.coordinator import Context, XboxCoordinator
from ..account.memory import Memory
from ..account.options import Options
from ..captures.arrivals import ArrivalsMemory
from ..captures.coordinator import CapturesCoordinator
from ..captures.folders import Folders
from ..captures.shelves import Shelves
from ..consoles.coordinator import ConsoleCoordinator
from ..consoles.list import ConsoleListCoordinator
from ..consoles.players import Player, Seat, seated
from ..const import DOMAIN
from ..family.family import Family
from ..games.facts import FactsMemory, TitleFacts
from ..games.game_pass import GamePassCoordinator, GamePassMemory, tidy
from ..games.library import Kind
from ..people.coordinator import PeopleCoordinator
from ..people.memory import PeopleMemory
from .loading import Platforms


@dataclass(frozen=True, slots=True)
class XboxConsoleData:
    """What a loaded entry holds."""

    account: Account
    memory: Memory
    consoles: ConsoleListCoordinator
    people: PeopleCoordinator
    facts: FactsMemory
    captures: CapturesCoordinator
    shelves: Shelves
    family: Family
    platforms: Platforms
    game_pass: GamePassCoordinator | None
    """None unless the user wants it."""

    async def close(self) -> None:
        """End: first whoever asks and remembers, then the sign-in; what is remembered is written last."""
        await self.captures.backups.close()
        for coordinator in self.coordinators:
            await coordinator.async_shutdown()
        await self.consoles.local.close()
        await self.account.close()
        await self.memory.close()
        await self.consoles.evidence.close()
        await self.people.close()
        await self.captures.close()
        await self.family.diary.close()
        await self.facts.close()
        if self.game_pass:
            await self.game_pass.close()

    @property
    def coordinators(self) -> Iterator[XboxCoordinator[Any]]:
        """All that ask the network now and then."""
        yield self.consoles
        yield self.consoles.games.pins
        yield self.people
        yield self.captures
        for console in self.consoles.consoles.values():
            yield console
            yield console.library
        yield from self.family.followed.games.values()
        if self.game_pass:
            yield self.game_pass


type XboxConsoleConfigEntry = ConfigEntry[XboxConsoleData]


async def open_people(
    context: Context, consoles: ConsoleListCoordinator, facts: TitleFacts
) -> PeopleCoordinator:
    """The people of an entry; from memory, makes no request."""
    memory = PeopleMemory(context.hass, context.entry.entry_id)
    await memory.load()
    return PeopleCoordinator(
        context,
        memory,
        facts,
        lambda: _titles_here(context.hass, context.entry, consoles),
    )


@callback
def introduce(
    entry: XboxConsoleConfigEntry,
    consoles: ConsoleListCoordinator,
    people: PeopleCoordinator,
) -> None:
    """Let the people of an entry hear of what its consoles run, and the consoles of who plays there."""
    hass, regulars = consoles.hass, {people.xuid}

    def everywhere() -> list[ConsoleCoordinator]:
        return [*_all_consoles(hass, entry, consoles)]

    @callback
    def console_changed() -> None:
        people.consoles_changed()
        _seat([entry.runtime_data], [entry.runtime_data, *_others(hass, entry)])
        regulars.update(_seated(people, everywhere()))

    @callback
    def people_changed() -> None:
        everybody = [entry.runtime_data, *_others(hass, entry)]
        _seat(everybody, everybody)
        regulars.update(_seated(people, everywhere()))

    @callback
    def left() -> None:
        others = _others(hass, entry)
        _seat(others, others)

    def watch(console: ConsoleCoordinator) -> None:
        entry.async_on_unload(console.async_add_listener(console_changed))

    consoles.on_console(watch)
    entry.async_on_unload(people.async_add_listener(people_changed))
    entry.async_on_unload(left)
    _pass_on(people, consoles, everywhere, regulars)


def _others(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry
) -> list[XboxConsoleData]:
    """What the other accounts in Home Assistant hold."""
    loaded: list[XboxConsoleConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    return [other.runtime_data for other in loaded if other is not entry]


@callback
def _seat(
    houses: Iterable[XboxConsoleData], accounts: Iterable[XboxConsoleData]
) -> None:
    """Tell consoles who plays there: another account than the console's may know it."""
    players = [player for account in accounts for _, player in _players(account.people)]
    for house in houses:
        consoles = house.consoles.consoles
        seats = {
            key: Seat(console.console.console_type, _title(console))
            for key, console in consoles.items()
            if console.data.on
        }
        there = seated(players, seats)
        for key, console in consoles.items():
            console.seat(there.get(key, ()))


def _all_consoles(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    own: ConsoleListCoordinator,
) -> Iterator[ConsoleCoordinator]:
    """The consoles of an account, and those of other accounts in Home Assistant."""
    for each in (own, *(other.consoles for other in _others(hass, entry))):
        yield from each.consoles.values()


def _seated(
    people: PeopleCoordinator, consoles: Iterable[ConsoleCoordinator]
) -> Iterator[str]:
    """Who of the people plays at one of the consoles now, by XUID."""
    here = [player for console in consoles for player in console.players or ()]
    return (xuid for xuid, player in _players(people) if player in here)


@callback
def _pass_on(
    people: PeopleCoordinator,
    own: ConsoleListCoordinator,
    everywhere: Callable[[], Iterable[ConsoleCoordinator]],
    regulars: Container[str],
) -> None:
    """Look at consoles when push says that somebody moved who plays here now and then."""

    @callback
    def moved(xuid: str) -> None:
        if xuid not in regulars:
            return
        on = [console for console in everywhere() if console.data.on]
        for console in on:
            console.hints.begin()
        if not on:
            # Whoever has come may have turned one on.
            own.hint()

    @callback
    def stale() -> None:
        for console in everywhere():
            if console.players:
                console.hint()

    people.push.on_moved, people.push.on_stale = moved, stale


def _title(console: ConsoleCoordinator) -> str | None:
    return console.data.app.title_id if console.data.app else None


def _players(people: PeopleCoordinator) -> Iterator[tuple[str, Player]]:
    """Everybody who plays or uses something now, by XUID, as presence tells it."""
    if not people.last_update_success:
        return
    told = {one.xuid for one in people.followed if people.push.tells(one)}
    for xuid, person in people.data.persons.items():
        if (playing := person.playing) is not None:
            yield (
                xuid,
                Player(
                    person.gamertag,
                    playing.title_id,
                    playing.platform,
                    playing.since,
                    person.picture and people.address(person.picture),
                    told=xuid in told,
                ),
            )


def _titles_here(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    consoles: ConsoleListCoordinator,
) -> set[str]:
    """Ids of what our consoles run; those of other accounts in Home Assistant are ours, too."""
    return {
        console.data.app.title_id
        for console in _all_consoles(hass, entry, consoles)
        if console.data.on and console.data.app and console.data.app.title_id
    }


async def open_captures(context: Context, account: Account) -> CapturesCoordinator:
    """The captures of an entry; makes no request."""
    folders = Folders(context.hass, context.entry.entry_id)
    await folders.load()
    memory = ArrivalsMemory(context.hass, context.entry.entry_id)
    await memory.load()
    own_app = account.way == "own_app"
    return CapturesCoordinator(context, folders, memory, own_app=own_app)


async def open_game_pass(
    context: Context, consoles: ConsoleListCoordinator
) -> GamePassCoordinator | None:
    """What Game Pass gets and loses, if the user wants to know; makes no request."""
    memory = GamePassMemory(context.hass, context.entry.entry_id)
    if not Options.of(context.entry).game_pass:
        tidy(context.hass, context.entry)
        await memory.remove()
        return None
    await memory.load()

    @callback
    def installed() -> dict[str, list[str]]:
        found = dict[str, list[str]]()
        for console in consoles.consoles.values():
            for app in console.library.installed:
                if app.one_store_product_id:
                    where = found.setdefault(app.one_store_product_id.upper(), [])
                    where.append(console.subject)
        return found

    return GamePassCoordinator(context, memory, consoles.games.products, installed)


@callback
def watch_games(
    entry: ConfigEntry,
    captures: CapturesCoordinator,
    consoles: ConsoleListCoordinator,
    people: PeopleCoordinator,
) -> None:
    """Have captures looked at after each game; called when set-up has looked at everything."""
    played: set[str] = set()

    @callback
    def games_changed() -> None:
        """Hear what is played by the account, and on its consoles by whomever."""
        now = _games(consoles, people)
        ended = played - now
        played.clear()
        played.update(now)
        if ended:
            captures.game_ended()

    def watch(console: ConsoleCoordinator) -> None:
        entry.async_on_unload(console.async_add_listener(games_changed))

    consoles.on_console(watch)
    entry.async_on_unload(people.async_add_listener(games_changed))


def _games(consoles: ConsoleListCoordinator, people: PeopleCoordinator) -> set[str]:
    """What is played, as title ids."""
    running = {
        console.data.app.title_id
        for console in consoles.consoles.values()
        if console.data.on and console.data.app and console.data.app.kind is Kind.GAME
    }
    own = people.data.persons.get(people.xuid)
    if own is not None and own.game is not None:
        running.add(own.game.title_id)
    return {title_id for title_id in running if title_id}


@callback
def tell_address(hass: HomeAssistant, mac: str, address: str) -> None:
    """Let all accounts hear that whoever has a MAC has an address."""
    entries: list[XboxConsoleConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    for entry in entries:
        entry.runtime_data.consoles.local.moved(mac, address)
