"""When a day of play begins: wherever Home Assistant is, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from homeassistant.util import dt as dt_util
import pytest

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from custom_components.xbox_console.people.play_time import PlayTime, day_of

ZONES = {
    "Europe/Berlin": ("2027-03-28", "2027-10-31"),
    "Europe/London": ("2027-03-28", "2027-10-31"),
    "Atlantic/Azores": ("2027-03-28", "2027-10-31"),
    "America/New_York": ("2027-03-14", "2027-11-07"),
    "America/St_Johns": ("2027-03-14", "2027-11-07"),
    "America/Havana": ("2027-03-14", "2027-11-07"),
    "America/Santiago": ("2027-09-05", "2027-04-04"),
    "Africa/Cairo": ("2027-04-30", "2027-10-29"),
    "Asia/Beirut": ("2027-03-28", "2027-10-31"),
    "Australia/Lord_Howe": ("2027-10-03", "2027-04-04"),
    "Australia/Sydney": ("2027-10-03", "2027-04-04"),
    "Pacific/Auckland": ("2027-09-26", "2027-04-04"),
}
"""Where clocks change, with the days on which they do in 2027: forward, then back."""
CHANGES = [(zone, day) for zone, days in ZONES.items() for day in days]
NIGHT = {22, 23, 0, 1, 2, 3, 4}
"""Hours from which and into which clocks change."""
DAY_STARTS = [
    time(half // 2, 30 * (half % 2))
    for half in range(48)
    if half // 2 in NIGHT or half % 8 == 0
]
LOOK = timedelta(minutes=15)
"""Clocks change, and days begin, at one of them."""


@pytest.fixture(autouse=True)
def at_home() -> Iterator[None]:
    """Leave the time zone as it was."""
    zone = dt_util.get_default_time_zone()
    yield
    dt_util.set_default_time_zone(zone)


def _moments(day: str) -> list[datetime]:
    """A day with the one before and the one after, look by look."""
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    start = noon - timedelta(days=1.5)
    return [start + number * LOOK for number in range(timedelta(days=3) // LOOK)]


def _independent(
    moments: list[datetime], zone: ZoneInfo, day_start: time
) -> list[date]:
    """The day of each moment, as someone says who looks at the wall: it begins once and never ends twice."""
    days: list[date] = []
    for moment in moments:
        shown = moment.astimezone(zone)
        early = shown.time() < day_start
        day = shown.date() - timedelta(days=1) if early else shown.date()
        days.append(max(day, days[-1]) if days else day)
    return days


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_days_over_a_change_of_clocks(zone: str, day: str) -> None:
    """Case G1: each day begins once, and holds exactly the seconds that pass in it."""
    here = ZoneInfo(zone)
    dt_util.set_default_time_zone(here)
    moments, step = _moments(day), LOOK.total_seconds()
    for day_start in DAY_STARTS:
        expected = _independent(moments, here, day_start)
        assert [day_of(moment, day_start) for moment in moments] == expected
        played = PlayTime(expected[0])
        seconds: dict[date, float] = {}
        for start, end, whose in zip(moments, moments[1:], expected[1:], strict=False):
            played = played.add(start, end, day_start)
            assert played.seconds >= 0
            assert played.day == whose
            # A look at which a day begins has nothing of it behind it.
            seconds[whose] = seconds.get(whose, -step) + step
            if whose != expected[0]:
                assert played.seconds == seconds[whose], (day_start, end)


@pytest.mark.parametrize(
    ("zone", "day", "day_start", "begins"),
    [
        ("Europe/Berlin", "2027-03-28", time(2, 30), "2027-03-28T01:00:00"),
        ("Europe/Berlin", "2027-10-31", time(2, 30), "2027-10-31T00:30:00"),
        ("America/Havana", "2027-03-14", time(0, 30), "2027-03-14T05:00:00"),
        ("America/Havana", "2027-11-07", time(0), "2027-11-07T04:00:00"),
        ("Africa/Cairo", "2027-10-28", time(23, 30), "2027-10-28T20:30:00"),
        ("Australia/Lord_Howe", "2027-10-03", time(2), "2027-10-02T15:30:00"),
    ],
)
def test_the_moment_at_which_a_day_begins(
    zone: str, day: str, day_start: time, begins: str
) -> None:
    """Case G1: of a time that is shown twice the first, of one that is skipped the skip itself."""
    dt_util.set_default_time_zone(ZoneInfo(zone))
    moment = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    before = moment - timedelta(microseconds=1)
    assert day_of(moment, day_start) == date.fromisoformat(day)
    assert day_of(before, day_start) == date.fromisoformat(day) - timedelta(days=1)


def test_nothing_is_negative() -> None:
    """Case G1: whatever two clocks say."""
    moment = datetime(2027, 3, 28, 12, tzinfo=UTC)
    played = PlayTime(day_of(moment), 60.0)
    assert played.add(moment, moment - timedelta(hours=1)).seconds == 60.0
