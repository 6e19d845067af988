"""Time played: only minutes that the network confirms, day by day."""

from datetime import UTC, datetime, timedelta

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from tests.integration.following import Following

pytestmark = pytest.mark.usefixtures("without_consoles")

MIKA = "lanternfox2048"
TODAY = f"sensor.{MIKA}_played_today"
MINUTE = 60.0


def _minutes(following: Following) -> int:
    return int(following.house.shows(TODAY))


async def test_minutes_add_up(following: Following) -> None:
    """Over several games, with a pause that does not count."""
    await following.follow("mika")
    start = _minutes(following)
    await following.house.clock.pass_by(20 * MINUTE)
    following.do("mika", "play", title="starfall")
    await following.house.clock.pass_by(10 * MINUTE)
    assert 29 <= _minutes(following) - start <= 30
    following.do("mika", "stop")
    await following.house.clock.pass_by(2 * MINUTE)
    before = _minutes(following)
    await following.house.clock.pass_by(30 * MINUTE)
    assert _minutes(following) == before


async def test_the_first_minutes_count_although_nobody_looked(
    following: Following,
) -> None:
    """The network says since when a game runs."""
    await following.follow("tove")
    house = following.house
    await house.clock.pass_by(10 * MINUTE)
    following.do("tove", "play", title="tidewater")
    await house.clock.pass_by(6 * MINUTE)
    assert int(house.shows("sensor.paper_kite_31_played_today")) >= 5


async def test_what_nobody_saw_does_not_count(following: Following) -> None:
    """An hour without network is not confirmed, the minutes before are kept."""
    await following.follow("mika")
    house = following.house
    await house.clock.pass_by(10 * MINUTE)
    before = _minutes(following)
    house.fail(kind="status", host="userpresence.xboxlive.com")
    await house.clock.pass_by(60 * MINUTE)
    house.simulator.world.faults.clear()
    await house.clock.pass_by(10 * MINUTE)
    assert before <= _minutes(following) <= before + 10


async def test_a_machine_that_slept_counts_nothing(following: Following) -> None:
    """Hours that were skipped were not seen."""
    await following.follow("mika")
    await following.house.clock.pass_by(5 * MINUTE)
    before = _minutes(following)
    following.house.clock.skip(3600)
    await following.house.clock.pass_by(2 * MINUTE)
    assert _minutes(following) <= before + 3


async def test_a_restart_keeps_the_day(following: Following) -> None:
    """What was counted is still there, and goes on."""
    await following.follow("mika")
    house = following.house
    await house.clock.pass_by(15 * MINUTE)
    before = _minutes(following)
    assert before >= 14
    assert await house.unload(following.entry)
    assert await house.set_up(following.entry)
    assert _minutes(following) == before
    await house.clock.pass_by(5 * MINUTE)
    assert before + 4 <= _minutes(following) <= before + 5


async def test_a_day_begins_at_midnight(
    hass: HomeAssistant, following: Following
) -> None:
    """Where Home Assistant is: what was played before belongs to the day before."""
    await hass.config.async_set_time_zone("Asia/Karachi")
    await following.follow("mika")
    house = following.house
    now = dt_util.now()
    until = (now.replace(hour=23, minute=50) - now).total_seconds()
    await house.clock.pass_by(until)
    assert _minutes(following) > 45
    await house.clock.pass_by(20 * MINUTE)
    assert 8 <= _minutes(following) <= 10


async def test_a_day_begins_when_the_user_says(
    hass: HomeAssistant, following: Following
) -> None:
    """An option: what was played before that time belongs to the day before."""
    await hass.config.async_set_time_zone("UTC")
    await following.follow("mika")
    house = following.house
    soon = (datetime.now(UTC) + timedelta(minutes=30)).strftime("%H:%M:00")
    options = hass.config_entries.options
    form = await options.async_init(following.entry.entry_id)
    form = await options.async_configure(form["flow_id"], {"next_step_id": "people"})
    await options.async_configure(form["flow_id"], {"day_start": soon})
    await house.clock.pass_by(25 * MINUTE)
    assert _minutes(following) >= 20
    await house.clock.pass_by(15 * MINUTE)
    assert 9 <= _minutes(following) <= 11


async def test_minutes_of_the_game_grow(following: Following) -> None:
    """From what the network counted when the game began."""
    await following.follow("mika")
    entity = f"sensor.{MIKA}_played_in_this_game"
    before = float(following.house.shows(entity))
    await following.house.clock.pass_by(30 * MINUTE)
    assert 0.45 <= float(following.house.shows(entity)) - before <= 0.55


async def test_a_game_that_does_not_count_minutes(following: Following) -> None:
    """There is nothing to show, and the network is not asked again and again."""
    await following.follow("mika")
    following.do("mika", "play", title="hexagarden")
    await following.house.clock.pass_by(5 * MINUTE)
    entity = f"sensor.{MIKA}_played_in_this_game"
    assert following.house.shows(entity) == "unknown"
    counts = await following.requests_within(30 * MINUTE)
    assert "userstats.xboxlive.com" not in counts
