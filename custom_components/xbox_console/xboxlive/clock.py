"""The time at Microsoft, learned from what the services say it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
import time

_NOTICEABLE = 5.0
"""Seconds; `Date` has a resolution of one second and travels for a while."""


class Clock:
    """Local time corrected by the difference to the services' `Date` headers.

    A machine whose clock is minutes off would otherwise sign with a time that the Xbox network
    refuses and would take living tokens for expired ones.
    """

    def __init__(self, local: Callable[[], float] | None = None) -> None:
        """Start without a correction; `local` gives seconds since 1970, by default the machine's."""
        self._local = local or time.time
        self.skew = 0.0

    def now(self) -> datetime:
        """The time at the services."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        """The time at the services in seconds since 1970."""
        return self._local() + self.skew

    def after(self, seconds: float) -> datetime:
        """The moment that is so many seconds away."""
        return self.now() + timedelta(seconds=seconds)

    def learn(self, date: str | None, round_trip: float) -> bool:
        """Take the correction from a `Date` header; tell whether it changed noticeably."""
        if date is None:
            return False
        try:
            served = parsedate_to_datetime(date).timestamp()
        except ValueError, OverflowError:
            return False
        skew = served + 0.5 - (self._local() - round_trip / 2)
        if abs(skew) <= _NOTICEABLE + round_trip / 2:
            skew = 0.0
        changed = abs(skew - self.skew) > _NOTICEABLE
        if changed:
            self.skew = skew
        return changed
