"""How many requests a service still takes: what it publishes, and what it says when it has enough."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
import math
import time

from .errors import RateLimited

_HISTORY = 3600.0
"""Seconds that sent requests are remembered, for the longest window and for statistics."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many requests in any period of so many seconds."""

    requests: int
    seconds: float


def fine_grained(burst: int, sustain: int) -> tuple[Window, Window]:
    """The two windows that the Xbox services count at once (15 seconds and 5 minutes)."""
    return Window(burst, 15.0), Window(sustain, 300.0)


class Budget:
    """The requests of one account to one service."""

    def __init__(
        self,
        host: str,
        windows: tuple[Window, ...] = (),
        now: Callable[[], float] | None = None,
    ) -> None:
        """Start with nothing sent; `now` gives monotonic seconds, by default the machine's."""
        self._host = host
        self._windows = windows
        self._now = now or time.monotonic
        self._sent: deque[float] = deque()
        self._closed_until = -math.inf

    def sent_within(self, seconds: float) -> int:
        """How many requests went out in the last `seconds` (an hour at most)."""
        since = self._now() - seconds
        return sum(
            1 for _ in takewhile(lambda sent: sent > since, reversed(self._sent))
        )

    @property
    def remaining(self) -> int | None:
        """How many requests may follow at once; None where the service publishes no limit."""
        if self.closed_for > 0:
            return 0
        return min(
            (w.requests - self.sent_within(w.seconds) for w in self._windows),
            default=None,
        )

    @property
    def closed_for(self) -> float:
        """Seconds until the service takes requests again after it refused one."""
        return max(0.0, self._closed_until - self._now())

    def close(self, seconds: float) -> None:
        """Let nothing through for a while: the service said so."""
        self._closed_until = max(self._closed_until, self._now() + seconds)

    def pause(self) -> float:
        """Seconds until the next request is allowed."""
        return max(
            self.closed_for, *(self._pause_of(window) for window in self._windows), 0.0
        )

    def _pause_of(self, window: Window) -> float:
        if self.sent_within(window.seconds) < window.requests:
            return 0.0
        return self._sent[-window.requests] + window.seconds - self._now()

    async def spend(self, patience: float) -> None:
        """Take one request, waiting up to `patience` seconds. Raises RateLimited if that is too short."""
        deadline = self._now() + patience
        while (pause := self.pause()) > 0:
            if self._now() + pause > deadline:
                raise RateLimited(self._host, pause)
            await asyncio.sleep(pause)
        now = self._now()
        self._sent.append(now)
        while self._sent[0] <= now - _HISTORY:
            self._sent.popleft()
