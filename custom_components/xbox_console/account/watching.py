"""When somebody watched, in this run and in earlier ones: what happened then is news. Pure."""

from datetime import datetime, timedelta

_MOST_PERIODS = 20

type KeptPeriods = list[tuple[str, str]]
"""Start and end of each period, as they are kept over a restart."""


class Watching:
    """The periods in which somebody watched; all times are the network's."""

    def __init__(self) -> None:
        """Start without having watched."""
        self._periods: list[tuple[datetime, datetime]] = []
        self.watching = False
        """Whether this run has begun to."""

    def restore(self, kept: KeptPeriods) -> None:
        """Go on from where an earlier run ended. Raises ValueError."""
        self._periods = [
            (datetime.fromisoformat(start), datetime.fromisoformat(end))
            for start, end in kept
        ]

    def kept(self, precision: str) -> KeptPeriods:
        """What is to be kept; moments are told in `milliseconds` or `seconds`."""
        # Without what is less than that: what follows it is not ours.
        return [
            (start.isoformat(), end.isoformat(timespec=precision))
            for start, end in self._periods
        ]

    def watch(self, since: datetime, now: datetime) -> None:
        """Watch until now; `since` is when this run began to."""
        if self.watching:
            since = self._periods.pop()[0]
        self.watching = True
        self._periods = [*self._periods, (since, now)][-_MOST_PERIODS:]

    def forget(self, age: timedelta, now: datetime) -> None:
        """Let go of what is older."""
        start = now - age
        self._periods = [
            (max(start, first), last) for first, last in self._periods if last > start
        ]

    def covers(self, moment: datetime) -> bool:
        """Whether somebody watched at a moment."""
        *earlier, latest = self._periods or [(moment, moment)]
        # The present period goes on.
        return moment > latest[0] or any(start < moment < end for start, end in earlier)
