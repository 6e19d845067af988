"""Time played, to the minute: over changes of clocks, nights, reloads and outages."""

from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account.options import CONF_DAY_START
from tests.integration.following import Following
from tests.integration.house import House

pytestmark = pytest.mark.usefixtures("without_consoles")

MIKA = "lanternfox2048"
TODAY = f"sensor.{MIKA}_played_today"
MINUTE = 60.0
HOUR = 3600.0


class Shown:
    """Every number that an entity shows from now on."""

    def __init__(self, hass: HomeAssistant, entity_id: str = TODAY) -> None:
        """Listen."""
        self.minutes: list[int] = []
        async_track_state_change_event(hass, entity_id, self._note)

    @callback
    def _note(self, event: Event[EventStateChangedData]) -> None:
        if (new := event.data["new_state"]) and new.state.lstrip("-").isdecimal():
            self.minutes.append(int(new.state))

    @property
    def beginnings(self) -> int:
        """How often it went down."""
        pairs = zip(self.minutes, self.minutes[1:], strict=False)
        return sum(later < earlier for earlier, later in pairs)


@pytest.mark.parametrize(
    ("frozen", "until", "minutes"),
    [
        # Clocks go from 02:00 to 03:00 at 01:00 UTC: the day begins with that.
        ("2027-03-28T00:40:00+00:00", 1.5 * HOUR, 70),
        # 02:30 is shown at 00:30 UTC and once more an hour later.
        ("2027-10-31T00:10:00+00:00", 1.75 * HOUR, 85),
    ],
    indirect=["frozen"],
)
@pytest.mark.usefixtures("frozen")
async def test_a_night_in_which_the_clocks_change(
    hass: HomeAssistant,
    house: House,
    entry: MockConfigEntry,
    until: float,
    minutes: int,
) -> None:
    """Case G1: the day begins once, and what is shown is never below 0."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, CONF_DAY_START: "02:30:00"}
    )
    assert await house.set_up(entry)
    following = Following(house, entry)
    await following.follow("mika")
    shown = Shown(hass)
    await house.clock.pass_by(until)
    assert min(shown.minutes) == 0
    assert shown.beginnings == 1
    assert minutes - 2 <= shown.minutes[-1] <= minutes


async def test_the_first_state_of_a_day_is_of_that_day(following: Following) -> None:
    """Case G2: a start in the morning shows nothing of yesterday, so nothing is triggered by it."""
    await following.follow("mika")
    house = following.house
    await house.clock.pass_by(24 * MINUTE)
    assert int(house.shows(TODAY)) >= 23
    following.do("mika", "offline")
    await house.clock.pass_by(3 * MINUTE)
    ran = await _above(house, 20)
    assert await house.unload(following.entry)
    house.clock.skip(18 * HOUR)
    shown = Shown(following.hass)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(10 * MINUTE)
    assert set(shown.minutes) == {0}
    assert ran == []


async def test_the_first_state_of_a_day_while_the_network_is_away(
    following: Following,
) -> None:
    """Case G2: it is what is known, and yesterday is over."""
    await following.follow("mika")
    house = following.house
    await house.clock.pass_by(30 * MINUTE)
    assert await house.unload(following.entry)
    house.clock.skip(24 * HOUR)
    house.fail(kind="status", host="userpresence.xboxlive.com")
    shown = Shown(following.hass)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(10 * MINUTE)
    assert set(shown.minutes) <= {0}


async def _above(house: House, minutes: int) -> list[Event[Any]]:
    """An automation of the user's own, on the number."""
    ran: list[Event[Any]] = []

    @callback
    def note(event: Event[Any]) -> None:
        ran.append(event)

    house.hass.bus.async_listen("too_long", note)
    trigger = {"trigger": "numeric_state", "entity_id": TODAY, "above": minutes}
    automation = {"triggers": [trigger], "actions": [{"event": "too_long"}]}
    assert await async_setup_component(
        house.hass, "automation", {"automation": automation}
    )
    await house.clock.settle()
    return ran


async def test_reloads_neither_lose_nor_double(following: Following) -> None:
    """Case G1: an hour is an hour, however often the entry is reloaded in it."""
    await following.follow("mika")
    house = following.house
    before = int(house.shows(TODAY))
    shown = Shown(following.hass)
    for seconds in (170, 10, 95, 30, 5) * 3:
        await house.clock.pass_by(seconds)
        assert await house.unload(following.entry)
        await house.clock.pass_by(20)
        assert await house.set_up(following.entry)
    played = int(house.shows(TODAY)) - before
    assert played == pytest.approx(3 * (310 + 100) / 60, abs=1.2)
    assert shown.beginnings == 0


async def test_a_file_that_was_not_written_doubles_nothing(
    following: Following, hass_storage: dict[str, Any]
) -> None:
    """Case G1: after a power cut the time since what was written is counted once, if at all."""
    await following.follow("mika")
    house = following.house
    await house.clock.pass_by(10 * MINUTE)
    key = f"xbox_console.{following.entry.entry_id}.people"
    written = dict(hass_storage[key]["data"])
    await house.clock.pass_by(2 * MINUTE)
    before = int(house.shows(TODAY))
    assert await house.unload(following.entry)
    hass_storage[key]["data"] = written
    assert await house.set_up(following.entry)
    assert before - 1 <= int(house.shows(TODAY)) <= before + 1


async def test_what_an_earlier_version_kept(
    following: Following, hass_storage: dict[str, Any]
) -> None:
    """Nothing of it is lost: neither minutes nor names nor when somebody was there last."""
    await following.follow("mika", "tove")
    house = following.house
    await house.clock.pass_by(20 * MINUTE)
    shown = {
        entity: house.shows(entity)
        for entity in (TODAY, "sensor.paper_kite_31_last_online")
    }
    assert await house.unload(following.entry)
    kept = hass_storage[f"xbox_console.{following.entry.entry_id}.people"]["data"]
    for person in kept.values():
        for name in ("confirmed", "unlocks", "unlocks_due"):
            del person[name]
    del hass_storage[f"xbox_console.{following.entry.entry_id}.titles"]
    house.fail(kind="status", host="titlehub.xboxlive.com")
    house.fail(kind="status", host="peoplehub.xboxlive.com")
    assert await house.set_up(following.entry)
    await house.clock.pass_by(5)
    assert {entity: house.shows(entity) for entity in shown} == shown
    assert house.shows(f"binary_sensor.{MIKA}_in_game") == "on"
    assert house.state(f"sensor.{MIKA}_now_playing").attributes["achievements"] == 2


async def test_an_outage_of_minutes_is_counted_once(following: Following) -> None:
    """Case G1: if both looks around it saw the game, and they are not too far apart."""
    await following.follow("mika")
    house = following.house
    before = int(house.shows(TODAY))
    await house.clock.pass_by(5 * MINUTE)
    house.fail(kind="status", host="userpresence.xboxlive.com")
    await house.clock.pass_by(2 * MINUTE)
    house.simulator.world.faults.clear()
    await house.clock.pass_by(8 * MINUTE)
    assert 13 <= int(house.shows(TODAY)) - before <= 15


@pytest.mark.parametrize("offset", [-600.0, 600.0])
async def test_minutes_do_not_depend_on_the_machines_clock(
    house: House, entry: MockConfigEntry, offset: float
) -> None:
    """Case G4: what the network says of since when something runs, is in its own time."""
    house.simulator.world.clock.offset = offset
    assert await house.set_up(entry)
    following = Following(house, entry)
    await following.follow("tove")
    await house.clock.pass_by(10 * MINUTE)
    following.do("tove", "play", title="tidewater")
    await house.clock.pass_by(10 * MINUTE)
    assert 9 <= int(house.shows("sensor.paper_kite_31_played_today")) <= 10
