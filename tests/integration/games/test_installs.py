"""What is installed or removed shows within minutes, wherever it was done, and costs next to nothing."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from tests.integration.house import House

PLAYER = "media_player.living_room"
LANTERNS = "Iron Lanterns"
MINUTE = 60.0
HOUR = 3600.0
INVENTORY = 10 * MINUTE
"""Between two looks at the drives."""


@pytest.fixture(autouse=True)
def everything_loaded(living_room_only: None, loaded: MockConfigEntry) -> None:
    """Start with the account set up, with one console."""


def _shows(house: House, name: str = LANTERNS) -> bool:
    return name in house.state(PLAYER).attributes["source_list"]


def _behave(house: House, **knobs: Any) -> None:
    dotted = {name.replace("__", "."): value for name, value in knobs.items()}
    house.console("living_room").behave(ConsoleKnobs().changed(dotted))


def _asked(house: House) -> int:
    """How often it was asked what was or is being installed on the living room's console."""
    console_id = house.console("living_room").id
    events = house.requests(f"/consoles/{console_id}/installEvents")
    lists = house.requests("/lists/installedApps")
    house.forget_requests()
    return len(events) + len(lists)


async def _install(house: House, seconds: float) -> None:
    """Ask for an install that takes so long, which the console confirms at once."""
    _behave(house, install__effect_seconds=seconds, install__op_seconds=1)
    product = house.simulator.world.titles["lanterns"].product_id
    await house.act("xbox_console.install_app", PLAYER, product=product)


@pytest.mark.parametrize("seconds", [40, 300, 600])
async def test_an_install_shows_soon_after_it_is_done(
    house: House, seconds: int
) -> None:
    """Case D8: the longer it takes, the rarer it is looked for; never later than ten minutes."""
    await _install(house, seconds)
    await house.clock.pass_by(seconds / 2)
    assert not _shows(house)
    await house.clock.pass_by(seconds / 2 + min(seconds, INVENTORY) + 5)
    assert _shows(house)


async def test_a_long_install_costs_a_few_requests_an_hour(house: House) -> None:
    """Case D8: at most one in ten minutes after the first ones, and none once it is there."""
    console = house.console("living_room")
    await _install(house, 600)
    # No knob makes an install take hours.
    console.agenda.drop("install:lanterns")
    house.forget_requests()
    counts = []
    for _ in range(2):
        await house.clock.pass_by(HOUR)
        counts.append(_asked(house))
    assert counts[0] <= 11
    assert counts[1] <= 6
    console.installing.clear()
    console.install(house.simulator.world.titles["lanterns"], 0)
    await house.clock.pass_by(INVENTORY + MINUTE)
    assert _shows(house)
    _asked(house)
    await house.clock.pass_by(HOUR)
    assert _asked(house) <= 2


@pytest.mark.parametrize(
    ("power", "told", "lag"),
    [
        (PowerState.ON, "list", 0),
        (PowerState.ON, "404", 240),
        (PowerState.STANDBY, "list", 240),
        (PowerState.STANDBY, "404", 0),
    ],
)
async def test_what_is_done_at_the_console_shows_too(
    house: House, power: PowerState, told: str, lag: int
) -> None:
    """Case D8: the drives tell that something has changed, the events or the list what."""
    console = house.console("living_room")
    console.power = power
    _behave(house, install_events=told, installed_lag_seconds=float(lag))
    await house.clock.hurry(40 * MINUTE)
    title = house.simulator.world.titles["lanterns"]
    console.install(title, 90)
    await house.clock.pass_by(2 * INVENTORY)
    assert _shows(house)
    await house.clock.hurry(40 * MINUTE)
    entry = console.installation(title)
    assert entry is not None
    console.uninstall(entry)
    await house.clock.pass_by(2 * INVENTORY)
    assert not _shows(house)


async def test_events_may_come_late(house: House) -> None:
    """Case D8: a drive that has changed is asked about once more."""
    _behave(house, events_lag_seconds=500.0)
    house.console("living_room").install(house.simulator.world.titles["lanterns"], 1)
    await house.clock.pass_by(2 * INVENTORY + MINUTE)
    assert _shows(house)


@pytest.mark.parametrize("told", ["list", "404"])
async def test_a_game_that_saves_all_the_time_costs_little(
    house: House, told: str
) -> None:
    """Case D8: the free space alone is no reason to read hundreds of apps again and again."""
    _behave(house, install_events=told)
    drive = house.console("living_room").storage[0]
    await house.clock.hurry(HOUR)
    house.forget_requests()
    lists = 0
    for _ in range(12):
        drive.use(1_000_000)
        await house.clock.pass_by(5 * MINUTE)
        lists += len(house.requests("/lists/installedApps"))
        if told == "list":
            assert _asked(house) <= 2
        house.forget_requests()
    assert lists <= 2


async def test_an_uninstall_shows_at_once_or_when_the_list_has_caught_up(
    house: House,
) -> None:
    """Case D8: a list that lags is read again until it has what was done."""
    _behave(house, installed_lag_seconds=200.0)
    entry = house.console("living_room").installation(
        house.simulator.world.titles["boot"]
    )
    assert entry is not None
    await house.act("xbox_console.uninstall_app", PLAYER, instance=entry.instance_id)
    assert _shows(house, "Golden Boot 27")
    await house.clock.pass_by(5 * MINUTE)
    assert not _shows(house, "Golden Boot 27")


async def test_what_never_comes_is_given_up(house: House) -> None:
    """Case D8: a list that never tells is not asked for ever."""
    _behave(house, installed_lag_seconds=NEVER, install__op_seconds=1)
    product = house.simulator.world.titles["lanterns"].product_id
    await house.act("xbox_console.install_app", PLAYER, product=product)
    await house.clock.hurry(6.5 * HOUR)
    house.forget_requests()
    await house.clock.hurry(3 * HOUR)
    assert _asked(house) <= 1
