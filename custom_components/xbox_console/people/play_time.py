"""How long somebody has played today: only minutes that two looks in a row confirm. Pure.

Moments are compared, never what a clock on the wall shows: it shows some times twice and some never.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from homeassistant.util import dt as dt_util

MIDNIGHT = time()
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class PlayTime:
    """The time played on one day; a day may start later than at midnight."""

    day: date
    seconds: float = 0.0

    def on(self, day: date) -> PlayTime:
        """The same on the same day, nothing on another one."""
        return self if day == self.day else PlayTime(day)

    def add(
        self, start: datetime, end: datetime, day_start: time = MIDNIGHT
    ) -> PlayTime:
        """Count what of a period belongs to the day on which it ends."""
        today = self.on(day_of(end, day_start))
        counted = end - max(start, beginning(today.day, day_start))
        seconds = max(0.0, counted.total_seconds())
        return replace(today, seconds=today.seconds + seconds)


def day_of(moment: datetime, day_start: time = MIDNIGHT) -> date:
    """The day that a moment belongs to where Home Assistant is."""
    day = dt_util.as_local(moment).date()
    while moment < beginning(day, day_start):
        day -= _DAY
    while moment >= beginning(day + _DAY, day_start):
        day += _DAY
    return day


def beginning(day: date, day_start: time) -> datetime:
    """The one moment at which a day begins: when its time is first shown, or first passed."""
    return _beginning(day, day_start, dt_util.get_default_time_zone())


@lru_cache(maxsize=64)
def _beginning(day: date, day_start: time, zone: tzinfo) -> datetime:
    shown = datetime.combine(day, day_start.replace(fold=0))
    moment = shown.replace(tzinfo=zone).astimezone(UTC)
    if _shown(moment, zone) == shown:
        return moment
    # The clocks skip it: the day begins when they do, somewhere before.
    early, late = shown.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        if _shown(middle, zone) < shown:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def _shown(moment: datetime, zone: tzinfo) -> datetime:
    """What the clocks on the wall show."""
    return moment.astimezone(zone).replace(tzinfo=None)
