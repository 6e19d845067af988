"""The time at Microsoft, learned from what the services say it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
import time

_NOTICEABLE = 5.0
"""Seconds; `Date` has a resolution of one second and travels for a while."""
_WITNESSES = 3
"""Hosts that are heard: those that spoke last."""
_REMEMBERED = 600.0
"""Seconds: the machine's time may have been set since."""


class Clock:
    """Local time corrected by the difference to the services' `Date` headers.

    A machine whose clock is minutes off would otherwise sign with a time that the Xbox network
    refuses and would take living tokens for expired ones.
    """

    def __init__(
        self,
        local: Callable[[], float] | None = None,
        steady: Callable[[], float] | None = None,
    ) -> None:
        """Start without a correction.

        `local` gives seconds since 1970, `steady` seconds that only ever grow; by default the machine's.
        """
        self._local = local or time.time
        self._steady = steady or time.monotonic
        self._told: dict[str, tuple[float, float]] = {}
        """By host, who spoke last at the end: when, and by how much the machine's time is off."""
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

    def learn(self, date: str | None, round_trip: float, host: str = "") -> bool:
        """Take the correction from a host's `Date` header; tell whether it changed noticeably."""
        if date is None:
            return False
        try:
            served = parsedate_to_datetime(date).timestamp()
        except ValueError, OverflowError:
            return False
        skew = served + 0.5 - (self._local() - round_trip / 2)
        if abs(skew) <= _NOTICEABLE + round_trip / 2:
            skew = 0.0
        self._hear(host, skew)
        skew = self._believed()
        changed = abs(skew - self.skew) > _NOTICEABLE
        if changed:
            self.skew = skew
        return changed

    def _hear(self, host: str, skew: float) -> None:
        now = self._steady()
        self._told.pop(host, None)
        self._told[host] = now, skew
        recent = [it for it in self._told.items() if now - it[1][0] <= _REMEMBERED]
        self._told = dict(recent[-_WITNESSES:])

    def _believed(self) -> float:
        """What most say: one host that does not know the time is outvoted, of two the nearer counts."""
        told = sorted(skew for _, skew in self._told.values())
        middle = told[(len(told) - 1) // 2 : len(told) // 2 + 1]
        return min(middle, key=abs)
