"""The network is asked as rarely as can be, obeyed when it wants a pause, and outlived when it fails."""

from collections.abc import Callable
import itertools
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from simulator.consoles.console import PowerState
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
CONSOLES = {LIVING_ROOM, BEDROOM, "media_player.playroom"}
MINUTE, HOUR = 60, 3600


def _told(changes: list[Event[EventStateChangedData]]) -> set[str]:
    """Whose state was written, but for the time that a player spends.

    Home Assistant itself gives pictures a new token now and then.
    """
    return {
        entity_id
        for change in changes
        if not (entity_id := change.data["entity_id"]).startswith("image.")
        and "_played_" not in entity_id
        and not entity_id.endswith("_diary")
    }


async def _requests_per_hour(house: House, minutes: int) -> float:
    await house.clock.pass_by(MINUTE)
    house.forget_requests()
    await house.clock.pass_by(minutes * MINUTE)
    return len(house.requests()) * 60 / minutes


async def test_a_console_that_sleeps_is_cheap(
    house: House, entry: MockConfigEntry
) -> None:
    """The list tells when it wakes up; the console itself is asked far less often."""
    house.only("bedroom")
    assert await house.set_up(entry)
    assert await _requests_per_hour(house, 15) <= 395


@pytest.mark.usefixtures("unpushed")
async def test_a_console_that_is_on_tells_its_power_itself(
    house: House, entry: MockConfigEntry
) -> None:
    """It is asked every ten seconds where nothing is pushed, the list every ten minutes."""
    house.only("living_room")
    assert await house.set_up(entry)
    assert 350 <= await _requests_per_hour(house, 20) <= 370


async def test_three_consoles_do_not_cost_three_times_as_much(
    house: House, loaded: MockConfigEntry
) -> None:
    """One is on, one list for all, and a rare look at each that sleeps."""
    assert await _requests_per_hour(house, 10) <= 790


async def test_the_list_is_asked_again_once_a_console_sleeps(
    house: House, entry: MockConfigEntry
) -> None:
    """While all are on they tell their power themselves; one that fell asleep cannot tell that it wakes."""
    house.only("living_room", "bedroom")
    bedroom = house.console("bedroom")
    bedroom.power = PowerState.ON
    assert await house.set_up(entry)
    house.forget_requests()
    await house.clock.pass_by(5 * MINUTE)
    assert house.requests("/lists/devices") == []
    bedroom.power = PowerState.STANDBY
    await house.clock.pass_by(MINUTE)
    assert house.shows(BEDROOM) == "off"
    bedroom.shell.start()
    bedroom.power = PowerState.ON
    await house.clock.pass_by(13)
    assert house.shows(BEDROOM) == "on"


@pytest.mark.usefixtures("loaded")
async def test_consoles_that_sleep_take_turns(house: House) -> None:
    """However many there are, one of them is asked every two minutes."""
    await house.clock.hurry(10 * MINUTE)
    house.forget_requests()
    await house.clock.pass_by(20 * MINUTE)
    asleep = [house.console(name).id for name in ("bedroom", "playroom")]
    asked = [len(house.requests(f"/consoles/{console}")) for console in asleep]
    assert asked == [5, 5]


@pytest.mark.usefixtures("loaded")
async def test_the_installed_games_are_asked_for_rarely(house: House) -> None:
    """The service throttles those who ask often."""
    house.forget_requests()
    await house.clock.hurry(HOUR)
    assert house.requests("/lists/installedApps") == []


@pytest.mark.usefixtures("loaded")
async def test_what_happens_at_the_console_is_seen_soon(house: House) -> None:
    """Within one interval, whichever way it was done."""
    house.console("bedroom").power = PowerState.ON
    await house.clock.pass_by(13)
    assert house.shows(BEDROOM) == "on"
    house.console("living_room").power = PowerState.STANDBY
    await house.clock.pass_by(13)
    assert house.shows(LIVING_ROOM) == "off"


@pytest.mark.usefixtures("loaded")
async def test_no_change_writes_no_state(hass: HomeAssistant, house: House) -> None:
    """Ten minutes of nothing leave nothing in the recorder."""
    await house.clock.pass_by(MINUTE)
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    reported = house.state(LIVING_ROOM).last_reported
    await house.clock.pass_by(10 * MINUTE)
    assert _told(changes) == set()
    assert house.state(LIVING_ROOM).last_reported == reported


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("path", ["/lists/devices", "/consoles/"])
async def test_retry_after_is_obeyed(house: House, path: str) -> None:
    """The service is left alone for as long as it says, and nothing becomes unavailable."""
    await house.clock.pass_by(MINUTE)
    house.fail(kind="status", status=429, retry_after=50, path=path, times=1)
    house.forget_requests()
    while not any(request.status == 429 for request in house.requests()):
        await house.clock.pass_by(1)
    refused_at = house.requests()[-1].time
    await house.clock.pass_by(75)
    later = [request.time for request in house.requests() if request.time > refused_at]
    assert min(later) - refused_at >= 50
    assert min(later) - refused_at <= 53
    assert {house.shows(console) for console in CONSOLES} == {"playing", "off"}


@pytest.mark.usefixtures("loaded")
async def test_a_failing_console_is_asked_less_and_less(house: House) -> None:
    """The pauses grow up to five minutes."""
    path = f"/consoles/{house.console('living_room').id}"
    house.fail(kind="status", path=path)
    house.forget_requests()
    await house.clock.pass_by(HOUR / 2)
    times = [request.time for request in house.requests(path)]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(times) <= 14
    assert pauses[0] < 12
    assert 200 < pauses[-1] <= 301


@pytest.mark.usefixtures("loaded")
async def test_a_moment_of_trouble_is_not_shown(house: House) -> None:
    """For 90 seconds the last state is kept; after that the truth is that nobody knows."""
    house.fail(kind="outage")
    await house.clock.pass_by(80)
    assert house.shows(LIVING_ROOM) == "playing"
    await house.clock.pass_by(100)
    assert house.shows(LIVING_ROOM) == "unavailable"


@pytest.mark.usefixtures("loaded")
async def test_trouble_is_logged_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """When it begins to show, and when it is over."""
    house.fail(kind="outage")
    await house.clock.hurry(20 * MINUTE)
    name = "QuietHarbor77 Living room status"
    assert caplog.text.count(f"Error fetching {name} data") == 1
    house.simulator.world.faults.clear()
    await house.clock.pass_by(6 * MINUTE)
    assert house.shows(LIVING_ROOM) == "playing"
    assert caplog.text.count(f"Fetching {name} data recovered") == 1


@pytest.mark.usefixtures("loaded")
async def test_everything_recovers_by_itself(house: House) -> None:
    """After an outage of two hours, within five minutes."""
    house.fail(kind="outage")
    await house.clock.hurry(2 * HOUR)
    assert {house.shows(console) for console in CONSOLES} == {"unavailable"}
    house.simulator.world.faults.clear()
    await house.clock.pass_by(5 * MINUTE + 2)
    assert {house.shows(console) for console in CONSOLES} == {"playing", "off"}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status"},
        {"kind": "html"},
        {"kind": "xccs", "word": "XboxDataNotFound"},
        {"kind": "xccs", "word": "XboxNotPaired"},
        {"kind": "xccs", "word": "DataAccessError"},
        {"kind": "drop"},
    ],
)
async def test_one_failing_console_touches_no_other(
    house: House, fault: dict[str, Any]
) -> None:
    """Each lives on its own island."""
    house.fail(path=f"/consoles/{house.console('living_room').id}", **fault)
    changed = async_capture_events(house.hass, EVENT_STATE_CHANGED)
    await house.clock.pass_by(5 * MINUTE)
    assert house.shows(LIVING_ROOM) == "unavailable"
    assert LIVING_ROOM in _told(changed)
    assert all("living_room" in entity_id for entity_id in _told(changed))


@pytest.mark.usefixtures("loaded")
async def test_a_dead_list_touches_no_console(house: House) -> None:
    """The consoles tell about themselves."""
    house.fail(kind="status", path="/lists/devices")
    await house.clock.pass_by(5 * MINUTE)
    assert {house.shows(console) for console in CONSOLES} == {"playing", "off"}
    house.console("living_room").power = PowerState.STANDBY
    await house.clock.pass_by(13)
    assert house.shows(LIVING_ROOM) == "off"


def _slow(house: House) -> None:
    house.simulator.world.knobs.latency_seconds = 4.0


def _unplugged(house: House) -> None:
    house.console("living_room").unplug()


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("trouble", [_slow, _unplugged])
async def test_what_is_no_failure(
    house: House, trouble: Callable[[House], None]
) -> None:
    """A slow network, and a console whose plug was pulled: the network goes on calling it on."""
    trouble(house)
    await house.clock.pass_by(3 * MINUTE)
    assert house.shows(LIVING_ROOM) == "playing"
    house.simulator.world.knobs.latency_seconds = 0
    await house.clock.pass_by(5)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "malformed"},
        {"kind": "html", "status": 200},
        {"kind": "empty", "status": 200},
        {"kind": "huge"},
    ],
)
async def test_an_answer_nobody_understands_is_asked_for_again(
    house: House, fault: dict[str, Any]
) -> None:
    """The state stays as it was, and the next good answer counts."""
    house.fail(times=3, **fault)
    house.console("living_room").power = PowerState.STANDBY
    await house.clock.pass_by(80)
    assert house.shows(LIVING_ROOM) == "off"
    assert house.simulator.world.faults.strike("GET", "", "", None) is None


@pytest.mark.usefixtures("loaded")
async def test_a_game_that_is_new_is_learned_by_name(house: House) -> None:
    """What runs without being known is reason enough to ask what is installed."""
    console = house.console("living_room")
    title = house.simulator.world.titles["hexagarden"]
    await house.clock.hurry(11 * MINUTE)
    console.install(title)
    await house.clock.pass_by(15)
    await house.act("media_player.volume_up", LIVING_ROOM)
    console.shell.show(title)
    await house.clock.pass_by(15)
    assert house.state(LIVING_ROOM).attributes["source"] == "Hexagarden"
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.usefixtures("loaded")
async def test_remote_features_switched_on_bring_the_library(house: House) -> None:
    """Nobody has to reload anything."""
    assert house.shows("sensor.playroom_installed_games") == "unknown"
    house.console("playroom").remote_features = True
    await house.clock.pass_by(30)
    assert house.shows("sensor.playroom_installed_games") == "2"
    await house.act("media_player.turn_on", "media_player.playroom")
    assert house.shows("media_player.playroom") == "on"


@pytest.mark.usefixtures("loaded")
async def test_a_console_without_remote_features_is_not_asked_what_is_installed(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """It would refuse, and that would be an error in the log every time Home Assistant starts."""
    house.clock.skip(7 * 60 * MINUTE)
    house.forget_requests()
    await house.clock.pass_by(MINUTE)
    assert len(house.requests("/lists/installedApps")) == 2
    assert [it.getMessage() for it in caplog.records if it.levelname == "ERROR"] == []
