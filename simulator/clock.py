"""The simulated servers' clock."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
import time


class Clock:
    """Server time: the machine's time plus an offset, so that clock skew can be set.

    Built on `time.time()`, so frozen time in tests works.
    """

    def __init__(self, offset: float = 0.0) -> None:
        """Start a clock that is `offset` seconds ahead of the machine's."""
        self.offset = offset

    def now(self) -> float:
        """Return the server's time in unix seconds."""
        return time.time() + self.offset

    def elapsed(self) -> float:
        """Return seconds that only ever grow with time: deadlines are kept in them, untouched by skew."""
        return time.time()

    def datetime(self) -> datetime:
        """Return the server's time, aware, in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def iso(self, at: float | None = None, digits: int = 7) -> str:
        """Return a time as the services write it: ISO 8601, `Z`, `digits` fractional digits."""
        seconds = self.now() if at is None else at
        whole = datetime.fromtimestamp(int(seconds // 1), UTC).strftime(
            "%Y-%m-%dT%H:%M:%S"
        )
        if digits <= 0:
            return f"{whole}Z"
        ticks = int((seconds % 1) * 10_000_000)
        return f"{whole}.{f'{ticks:07d}'[:digits].ljust(digits, '0')}Z"

    def http_date(self, off: float = 0.0) -> str:
        """Return the server's time as a `Date` header (RFC 9110), wrong by so many seconds."""
        told = self.datetime() + timedelta(seconds=off)
        return format_datetime(told.replace(microsecond=0), usegmt=True)
