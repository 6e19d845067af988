"""The town: three accounts with eight consoles, and two hundred friends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import override

from freezegun.api import FrozenDateTimeFactory

from simulator.accounts.account import Account
from simulator.clock import Clock
from simulator.consoles.console import Console
from simulator.consoles.installs import Installation, StorageDevice
from simulator.consoles.shell import Shell
from simulator.demo.titles import demo_titles
from simulator.games.titles import Achievement, Title, Titles
from simulator.people.person import befriend
from simulator.world import World

PARENT, CHILD, AUNT = "parent", "child", "aunt"
ACCOUNTS = (PARENT, CHILD, AUNT)
FRIENDS = 200
FOLLOWED = ("mika", "tove", "friend-1", "friend-2", "friend-5", "friend-10")
"""Those whom the parent follows."""
_NEW_CONSOLES = (
    ("Attic", "XboxOneS"),
    ("Cellar", "XboxSeriesX"),
    ("Den", "XboxSeriesS"),
    ("Loft", "XboxOneX"),
    ("Garage", "XboxSeriesX"),
)
_CONSOLES = {
    PARENT: ("Living room", "Bedroom", "Attic", "Cellar"),
    # The living room is the parent's, too.
    CHILD: ("Playroom", "Living room"),
    AUNT: ("Den", "Loft", "Garage"),
}
_INSTALLED = ("starfall", "nebula", "boot", "mosslight", "larkvision", "weather")
_TO_UNLOCK = 60
_GIB = 1024**3
_DAY = 86400.0
_EPOCH = datetime(1970, 1, 1)


class StillClock(Clock):
    """The same as what the machine's frozen clock tells, in a fraction of the time."""

    def __init__(self, freezer: FrozenDateTimeFactory) -> None:
        """Follow the time that is held."""
        super().__init__()
        self._freezer = freezer

    @override
    def elapsed(self) -> float:
        """Return the time that is held."""
        return (self._freezer.time_to_freeze - _EPOCH).total_seconds()

    @override
    def now(self) -> float:
        """Return the server's time in unix seconds."""
        return self.elapsed() + self.offset


def town(freezer: FrozenDateTimeFactory) -> World:
    """Return the town at the beginning: the demo world, grown."""
    world = World(
        clock=StillClock(freezer),
        titles=Titles(map(_with_much_to_unlock, demo_titles())),
    )
    world.fill()
    world.accounts[CHILD].refusal = None
    world.accounts[AUNT] = Account(
        key=AUNT,
        xuid="2533274790010003",
        gamertag="SlowFerry12",
        modern_gamertag="SlowFerry12",
        email="aunt@example.com",
        display_name="Ines Ashby",
    )
    befriend(world.accounts[PARENT], world.accounts[AUNT], world.clock.now())
    for number, (name, kind) in enumerate(_NEW_CONSOLES, 4):
        console = _console(world, number, name, kind)
        world.consoles[console.id] = console
    by_name = {console.name: console for console in world.consoles.values()}
    for account, names in _CONSOLES.items():
        world.accounts[account].console_ids = [by_name[name].id for name in names]
    for console in world.consoles.values():
        console.remote_features = console.streaming = True
        console.signed_in.clear()
    for person in world.add_friends(FRIENDS):
        if person.key in FOLLOWED:
            person.sessions.clear()
    world.others["mika"].sessions.clear()
    world.publish()
    return world


def _with_much_to_unlock(title: Title) -> Title:
    if not title.achievements:
        return title
    return replace(title, achievements=tuple(_achievements(title)))


def _achievements(title: Title) -> Iterator[Achievement]:
    for number in range(1, _TO_UNLOCK + 1):
        name = f"{title.key} No. {number}"
        yield Achievement(
            id=str(number), name=name, description=name, gamerscore=5 + number % 4 * 5
        )


def _console(world: World, number: int, name: str, kind: str) -> Console:
    console = Console(
        id=f"F400000000A1B00{number}",
        name=name,
        type=kind,
        series="Series" in kind,
        shell=Shell(
            clock=world.clock, knobs=world.knobs, active_at=world.clock.elapsed()
        ),
        clock=world.clock,
        knobs=world.knobs,
    )
    drive = StorageDevice(
        id=f"7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A{number:04d}",
        name="Internal",
        total_bytes=802 * _GIB,
        used_bytes=400 * _GIB,
        is_default=True,
    )
    console.storage.append(drive)
    now = world.clock.now()
    console.installed += [
        Installation(
            title=world.titles[key],
            storage_id=drive.id,
            installed_at=now - 60 * _DAY,
            last_active_at=now - age * _DAY,
        )
        for age, key in enumerate(_INSTALLED, 1)
    ]
    console.refresh_tiles()
    return console
