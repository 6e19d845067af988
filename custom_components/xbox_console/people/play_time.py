"""How long somebody has played today: only minutes that two looks in a row confirm. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from homeassistant.util import dt as dt_util

MIDNIGHT = time()


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
        counted = end - max(start, _beginning(today.day, day_start))
        return replace(today, seconds=today.seconds + counted.total_seconds())


def day_of(moment: datetime, day_start: time = MIDNIGHT) -> date:
    """The day that a moment belongs to where Home Assistant is."""
    local = dt_util.as_local(moment)
    early = local.time() < day_start
    return local.date() - timedelta(days=1) if early else local.date()


def _beginning(day: date, day_start: time) -> datetime:
    return datetime.combine(day, day_start, dt_util.get_default_time_zone())
