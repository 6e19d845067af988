"""How long somebody may play: a budget for each day, a bedtime, and what was granted on top. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from homeassistant.const import WEEKDAYS
from homeassistant.util import dt as dt_util

from ..people.play_time import MIDNIGHT, PlayTime, beginning

WEEKEND = ("sat", "sun")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_TWO_HOURS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one person, as they are kept."""

    limited: bool = True
    """Whether they hold at all."""
    daily: int = _TWO_HOURS
    """Minutes a day."""
    weekend: int = _TWO_HOURS
    """Minutes on a day of the weekend."""
    weekend_days: tuple[str, ...] = WEEKEND
    bedtime_start: time = MIDNIGHT
    bedtime_end: time = MIDNIGHT
    """The same as the start if there is no bedtime."""
    granted: int = 0
    """Minutes on top."""
    granted_on: date | None = None
    """The day of play for which they were granted."""

    @classmethod
    def restore(cls, kept: Mapping[str, Any]) -> Self:
        """Read what is kept; what is missing is as at the beginning."""
        read = {key: _READ[key](kept[key]) for key in _READ.keys() & kept.keys()}
        return cls(**{**kept, **read})

    def kept(self) -> dict[str, Any]:
        """What is to be kept, as JSON has it."""
        return {
            "limited": self.limited,
            "daily": self.daily,
            "weekend": self.weekend,
            "weekend_days": list(self.weekend_days),
            "bedtime_start": self.bedtime_start.isoformat(),
            "bedtime_end": self.bedtime_end.isoformat(),
            "granted": self.granted,
            "granted_on": self.granted_on.isoformat() if self.granted_on else None,
        }

    def on_top(self, day: date) -> int:
        """Minutes that were granted for a day."""
        return self.granted if day == self.granted_on else 0

    def of_day(self, day: date) -> int:
        """All minutes of a day of play."""
        at_weekend = WEEKDAYS[day.weekday()] in self.weekend_days
        return (self.weekend if at_weekend else self.daily) + self.on_top(day)

    def until_bedtime(self, now: datetime) -> timedelta | None:
        """How long until bedtime begins; nothing if it has, None if there is none."""
        if self.bedtime_start == self.bedtime_end:
            return None
        today = dt_util.as_local(now).date()
        nights = (self._night(today + day * _DAY) for day in (-1, 0, 1))
        return min(
            max(start - now, timedelta()) for start, end in nights if start < end > now
        )

    def _night(self, day: date) -> tuple[datetime, datetime]:
        """The moments between which it is bedtime: of a time that is shown twice the first."""
        wakes = day + _DAY if self.bedtime_end < self.bedtime_start else day
        return beginning(day, self.bedtime_start), beginning(wakes, self.bedtime_end)


@dataclass(frozen=True, slots=True)
class Budget:
    """What the limits come to at a moment."""

    remaining: int | None
    """Minutes that may still be played; None if there are no limits."""
    bedtime: bool
    granted: int = 0

    @classmethod
    def of(cls, limits: Limits, played: PlayTime, now: datetime) -> Self:
        """Reckon: bedtime ends what the budget would still allow."""
        until = limits.until_bedtime(now)
        granted = limits.on_top(played.day)
        if not limits.limited:
            return cls(None, False, granted)
        left = limits.of_day(played.day) - int(played.seconds // 60)
        if until is not None:
            # A minute that has begun is still there.
            left = min(left, -(-until // _MINUTE))
        return cls(max(0, left), until == timedelta(), granted)

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        return self.remaining == 0


_READ: dict[str, Callable[[Any], object]] = {
    "weekend_days": tuple,
    "bedtime_start": time.fromisoformat,
    "bedtime_end": time.fromisoformat,
    "granted_on": lambda kept: date.fromisoformat(kept) if kept else None,
}
