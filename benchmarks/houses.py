"""The houses that both integrations are set up in: simulated, and of no Home Assistant's making."""

from collections.abc import Callable
from dataclasses import replace

from simulator.consoles.console import Console, PowerState
from simulator.consoles.installs import Installation
from simulator.consoles.shell import Shell
from simulator.demo.people import make_friends
from simulator.people.state import start, stop
from simulator.world import World

ACCOUNT = "parent"
FRIENDS, ONLINE, GAMES = 10, 4, ("nebula", "lanterns")
type Furnish = Callable[[World], None]


def only(*names: str) -> Furnish:
    """Leave these consoles of the demo world on the account."""

    def furnish(world: World) -> None:
        world.accounts[ACCOUNT].console_ids = [
            console.id for console in world.consoles.values() if console.name in names
        ]
        for console in world.consoles.values():
            if console.name not in names:
                console.power = PowerState.STANDBY

    return furnish


def five(world: World) -> None:
    """Five consoles, of which one plays and the others sleep."""
    for number in (4, 5):
        console = Console(
            id=f"F400000000A1B00{number}",
            name=f"Console {number}",
            type="XboxSeriesS",
            shell=Shell(clock=world.clock, knobs=world.knobs),
            clock=world.clock,
            knobs=world.knobs,
        )
        world.consoles[console.id] = console
    for console in world.consoles.values():
        console.remote_features = True
    world.accounts[ACCOUNT].console_ids = list(world.consoles)
    asleep = [one for one in world.consoles.values() if one.power is not PowerState.ON]
    assert len(asleep) == 4


def sociable(world: World) -> None:
    """One console with a game, and ten friends: four are online, two of these in games elsewhere."""
    only("Living room")(world)
    friends = make_friends(world, FRIENDS)
    for number, friend in enumerate(friends):
        stop(world, friend, "XboxOne")
        if number < ONLINE:
            title = world.titles[GAMES[number]] if number < len(GAMES) else None
            start(world, friend, "XboxOne", title)


def house(consoles: int, friends: int = 0, apps: int = 0) -> Furnish:
    """A house with so many consoles, of which one plays; with friends, and apps on each console."""

    def furnish(world: World) -> None:
        only("Living room")(world)
        playing = world.accounts[ACCOUNT].console_ids[0]
        for number in range(1, consoles):
            _add_console(world, number)
        world.accounts[ACCOUNT].console_ids = [
            playing,
            *(_console_id(number) for number in range(1, consoles)),
        ]
        make_friends(world, friends)
        if apps:
            _install(world, apps)

    return furnish


def _console_id(number: int) -> str:
    return f"F400000000B{number:05X}"


def _add_console(world: World, number: int) -> None:
    model = next(iter(world.consoles.values()))
    console = Console(
        id=_console_id(number),
        name=f"Console {number}",
        type="XboxSeriesS",
        shell=Shell(clock=world.clock, knobs=world.knobs),
        clock=world.clock,
        knobs=world.knobs,
    )
    console.storage += [replace(drive) for drive in model.storage]
    world.consoles[console.id] = console


def _install(world: World, apps: int) -> None:
    """Put so many games onto each console of the account."""
    model = world.titles["starfall"]
    titles = [
        replace(
            model,
            key=f"made-{number}",
            name=f"A Game With The Number {number}",
            product_id=f"9MADE{number:07d}",
            title_id=900_000_000 + number,
            package_family_name=f"Maker.Game{number}_8wekyb3d8bbwe",
        )
        for number in range(apps)
    ]
    for title in titles:
        world.titles.add(title)
    for console_id in world.accounts[ACCOUNT].console_ids:
        console = world.consoles[console_id]
        drive = console.storage[0]
        console.installed += [
            Installation(title=title, storage_id=drive.id, installed_at=0.0)
            for title in titles
        ]
