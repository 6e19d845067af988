"""Game Pass: a calendar of what it gets and loses, and an event for what is installed and leaves."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account.options import CONF_DESELECTED
from custom_components.xbox_console.games.game_pass_days import KEPT, Days
from simulator.world import LoggedRequest
from tests.integration.house import House

CALENDAR = "calendar.quietharbor77_game_pass"
EVENT = "event.quietharbor77_leaving_game_pass"
HOST = "catalog.gamepass.com"
HOUR = 3600.0
NEBULA, STARFALL = "Nebula Drift GT", "Starfall Odyssey"


@pytest.fixture
def entry(entry: MockConfigEntry, house: House) -> MockConfigEntry:
    """An account of one console, which sleeps."""
    house.console("living_room").turn_off(0)
    others = [house.console(name).id for name in ("bedroom", "playroom")]
    house.hass.config_entries.async_update_entry(
        entry, options={CONF_DESELECTED: others}
    )
    return entry


async def _choose(house: House, entry: MockConfigEntry, wanted: bool = True) -> None:
    """Switch it on or off, through the dialog."""
    options = house.hass.config_entries.options
    menu = await options.async_init(entry.entry_id)
    assert "game_pass" in menu["menu_options"]
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "game_pass"})
    await options.async_configure(form["flow_id"], {"game_pass": wanted})
    await house.clock.pass_by(30)


def _lists(house: House, **knobs: Any) -> None:
    """Let the lists be otherwise: keys of titles by `added`, `coming`, `leaving`; or their `shape`."""
    house.simulator.world.knobs.update(
        {f"game_pass_{name}": value for name, value in knobs.items()}
    )


async def _calendar(house: House) -> list[tuple[str, str]]:
    """Day and summary of each event."""
    now = dt_util.now()
    answer: Any = await house.hass.services.async_call(
        "calendar",
        "get_events",
        {
            "entity_id": CALENDAR,
            "start_date_time": (now - timedelta(days=500)).isoformat(),
            "end_date_time": (now + timedelta(days=2)).isoformat(),
        },
        blocking=True,
        return_response=True,
    )
    return [(one["start"], one["summary"]) for one in answer[CALENDAR]["events"]]


def _asked(house: House) -> list[LoggedRequest]:
    return [one for one in house.simulator.world.requests if one.host == HOST]


async def _days(house: House, days: float) -> None:
    """Let days go by in steps, so that looks come when they are due."""
    for _ in range(round(days * 24 / 6)):
        house.clock.skip(6 * HOUR - 20)
        await house.clock.pass_by(20)


async def _restart(house: House, entry: MockConfigEntry) -> None:
    assert await house.unload(entry)
    await house.clock.pass_by(30)
    assert await house.set_up(entry)
    await house.clock.pass_by(30)


def _told(house: House) -> State:
    return house.state(EVENT)


def _day(days: int = 0) -> str:
    day: datetime = dt_util.now() + timedelta(days=days)
    return day.date().isoformat()


async def test_off_by_default(house: House, loaded: MockConfigEntry) -> None:
    """Nothing is asked, and nothing is there."""
    await house.clock.pass_by(60)
    assert house.hass.states.get(CALENDAR) is None
    assert house.hass.states.get(EVENT) is None
    assert not _asked(house)


async def test_switched_on_and_off(house: House, loaded: MockConfigEntry) -> None:
    """The entities come with the option, and go with it; so does what was seen."""
    await _choose(house, loaded)
    assert house.shows(CALENDAR) == "on"
    await _choose(house, loaded, wanted=False)
    registry = er.async_get(house.hass)
    assert registry.async_get(CALENDAR) is None
    assert registry.async_get(EVENT) is None
    house.forget_requests()
    await _choose(house, loaded)
    assert len(_asked(house)) == 3


async def test_a_first_look_makes_no_events(
    house: House, loaded: MockConfigEntry
) -> None:
    """What is in the lists then is in the calendar on that day, by name; nobody is warned."""
    _lists(house, added="tidewater,lanterns", coming="skyline", leaving="starfall")
    await _choose(house, loaded)
    today = _day()
    titles = house.simulator.world.titles
    added = sorted(str(titles[key].name) for key in ("tidewater", "lanterns"))
    assert await _calendar(house) == [
        (today, f"Added: {', '.join(added)}"),
        (today, f"Coming: {titles['skyline'].name}"),
        (today, f"Leaving: {STARFALL}"),
    ]
    assert house.state(CALENDAR).attributes["message"] == f"Leaving: {STARFALL}"
    assert _told(house).state == "unknown"
    await _days(house, 1.25)
    assert _told(house).state == "unknown"
    assert house.shows(CALENDAR) == "off"
    assert {day for day, _ in await _calendar(house)} == {today}


async def test_something_installed_is_about_to_leave(
    house: House, loaded: MockConfigEntry
) -> None:
    """One event, with its name and where it is; none for what is not installed, and never again."""
    await _choose(house, loaded)
    _lists(house, leaving="starfall,lanterns")
    await _days(house, 0.75)
    told = _told(house)
    assert told.attributes["event_type"] == "leaving"
    assert told.attributes["game"] == STARFALL
    assert told.attributes["consoles"] == ["Living room"]
    seen = house.watch(EVENT)
    await _days(house, 1)
    await _restart(house, loaded)
    await _days(house, 1)
    assert [state for state in seen if state not in (told.state, "unavailable")] == []


async def test_moving_between_lists(house: House, loaded: MockConfigEntry) -> None:
    """What comes is added later, and leaves in the end: each on its own day, once."""
    await house.hass.config.async_set_time_zone("Asia/Dubai")
    _lists(house, added="", coming="nebula")
    await _choose(house, loaded)
    expected = [(_day(), f"Coming: {NEBULA}")]
    for kind in ("added", "leaving"):
        _lists(house, **{"added": "", "coming": "", "leaving": "", kind: "nebula"})
        await _days(house, 0.75)
        expected.append((_day(), f"{kind.capitalize()}: {NEBULA}"))
        await _restart(house, loaded)
        await _days(house, 1.5)
        assert await _calendar(house) == sorted(expected)


@pytest.mark.parametrize("odd", ["empty", "object", "error", "nothing"])
async def test_one_odd_answer_is_no_evidence(
    house: House, loaded: MockConfigEntry, odd: str
) -> None:
    """After it all is there again: nothing is new, and nobody is warned."""
    _lists(house, leaving="starfall")
    await _choose(house, loaded)
    before = await _calendar(house)
    if odd == "error":
        fault = house.fail(kind="status", host=HOST, status=503)
    elif odd == "nothing":
        _lists(house, added="", coming="", leaving="")
    else:
        _lists(house, shape=odd)
    await _days(house, 0.75)
    if odd == "error":
        house.simulator.world.faults.remove(fault.id)
    _lists(
        house, shape="lines", added="tidewater", coming="skyline", leaving="starfall"
    )
    await _restart(house, loaded)
    await _days(house, 1.25)
    assert await _calendar(house) == before
    assert _told(house).state == "unknown"


async def test_gone_and_back(house: House, loaded: MockConfigEntry) -> None:
    """What has left a list for good is news when it comes back."""
    _lists(house, leaving="starfall")
    await _choose(house, loaded)
    _lists(house, leaving="")
    await _days(house, 1.75)
    _lists(house, leaving="starfall")
    await _days(house, 0.75)
    assert _told(house).attributes["game"] == STARFALL
    assert (_day(), f"Leaving: {STARFALL}") in await _calendar(house)


async def test_asked_twice_a_day(house: House, loaded: MockConfigEntry) -> None:
    """Three lists each time; restarts add nothing, and a list that fails is asked alone."""
    await _choose(house, loaded)
    house.forget_requests()
    for _ in range(3):
        await _restart(house, loaded)
        await house.clock.pass_by(60)
    assert not _asked(house)
    asked = 0
    for _ in range(8):
        house.forget_requests()
        await _days(house, 0.25)
        asked += len(_asked(house))
    assert 9 <= asked <= 12


async def test_while_game_pass_is_ill(house: House, loaded: MockConfigEntry) -> None:
    """It is asked no more than hourly in the end, and what was seen stays."""
    await _choose(house, loaded)
    before = await _calendar(house)
    house.fail(kind="status", host=HOST, status=503)
    await _days(house, 1)
    house.forget_requests()
    await _days(house, 0.25)
    assert 0 < len(_asked(house)) <= 3 * 3 * 6
    assert house.shows(CALENDAR) != "unavailable"
    assert await _calendar(house) == before


def test_what_is_long_gone_is_let_go_of() -> None:
    """What is still listed stays however old it is, or it would be news."""
    days, then = Days(), dt_util.utcnow()
    days.see("leaving", ["9A", "9B"], then)
    for look in (1, 2):
        days.see("leaving", ["9B"], then + look * timedelta(hours=12))
    days.prune(then + KEPT - timedelta(days=1))
    assert [one.product_id for one in days.sightings] == ["9A", "9B"]
    days.prune(then + KEPT + timedelta(days=1))
    assert [one.product_id for one in days.sightings] == ["9B"]


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"read": {}, "sightings": [{}]},
        {"read": {"added": "soon"}, "sightings": []},
        {"read": [], "sightings": None},
    ],
)
def test_days_of_another_version_begin_anew(kept: Any) -> None:
    """With a first look, which makes no events."""
    days = Days.restore(kept)
    assert days.due("added", dt_util.utcnow(), timedelta(days=1))
    days.see("leaving", ["9A"], dt_util.utcnow())
    assert not days.untold({"9A"})


def test_a_clock_that_was_wrong() -> None:
    """What was read in the future keeps nobody from asking."""
    days, now = Days(), dt_util.utcnow()
    days.see("added", [], now + timedelta(days=900))
    assert days.due("added", now, timedelta(hours=12))
    assert Days.restore(days.kept()).kept() == days.kept()
