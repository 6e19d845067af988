"""The night in which an hour comes twice: what is played goes on, and what was played is told."""

from datetime import UTC, datetime, timedelta

from homeassistant.util import dt as dt_util
import pytest

from tests.integration.family.at_home import MIKA, MINUTE, give_budget
from tests.integration.family.test_diary import DIARY, _events
from tests.integration.following import Following

BACK = datetime(2027, 10, 31, 1, tzinfo=UTC)
"""Clocks in Berlin go back from three to two."""


@pytest.fixture
async def child(without_consoles: None, following: Following) -> Following:
    """Somebody with a diary, who does nothing yet."""
    await following.hass.config.async_set_time_zone("Europe/Berlin")
    following.do("mika", "offline")
    await following.follow("mika")
    await give_budget(following, "mika")
    return following


@pytest.mark.parametrize("frozen", [BACK - timedelta(minutes=22)], indirect=True)
@pytest.mark.parametrize("begins", [1, 12, 19])
async def test_what_is_played_goes_on(child: Following, begins: int) -> None:
    """At no moment of the doubled hour is it over, or still to come."""
    clock = child.house.clock
    await clock.pass_by(begins * MINUTE)
    child.do("mika", "play", title="starfall")
    child.house.simulator.world.publish()
    await clock.pass_by(2 * MINUTE)
    while dt_util.utcnow() < BACK + timedelta(minutes=75):
        assert child.house.shows(DIARY) == "on", dt_util.now()
        assert child.house.shows(f"binary_sensor.{MIKA}_in_game") == "on"
        await clock.pass_by(5 * MINUTE)
    child.do("mika", "offline")
    await clock.pass_by(5 * MINUTE)
    assert child.house.shows(DIARY) == "off"
    *_, event = await _events(child)
    start, end = (datetime.fromisoformat(event[key]) for key in ("start", "end"))
    assert start < BACK < end
    played = int(event["description"].split()[0])
    assert abs(played * MINUTE - (end - start).total_seconds()) <= MINUTE


@pytest.mark.parametrize("frozen", [BACK - timedelta(minutes=22)], indirect=True)
async def test_a_session_that_ends_earlier_than_it_begins(child: Following) -> None:
    """From a quarter to three until a quarter past two: it can be read, with its true minutes."""
    clock = child.house.clock
    await clock.pass_by(6 * MINUTE)
    child.do("mika", "play", title="starfall")
    await clock.pass_by(30 * MINUTE)
    child.do("mika", "offline")
    await clock.pass_by(5 * MINUTE)
    *_, event = await _events(child)
    # People are looked at once a minute.
    assert event["description"] in ("28 min", "29 min", "30 min")
    assert datetime.fromisoformat(event["start"]) < BACK
