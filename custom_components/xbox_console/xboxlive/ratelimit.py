"""How many requests a service still takes: what it publishes, what it says, and how it fares."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import takewhile
import math
import random
import time

from .errors import ConnectionFailed, RateLimited, ServiceUnavailable, XboxError

_HISTORY = 3600.0
"""Seconds that sent requests are remembered, for the longest window and for statistics."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 300.0
_MOST_DOUBLINGS = 10
_ROUNDING = 0.01
"""Seconds by which a timer may ring too early."""


def back_off(failures: int) -> float:
    """Seconds to leave a service alone after so many failures in a row, with jitter."""
    pause = _FIRST_PAUSE * 2.0 ** min(failures - 1, _MOST_DOUBLINGS)
    return min(pause * random.uniform(0.5, 1.5), _LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many requests in any period of so many seconds."""

    requests: int
    seconds: float


def fine_grained(burst: int, sustain: int) -> tuple[Window, Window]:
    """The two windows that the Xbox services count at once (15 seconds and 5 minutes)."""
    return Window(burst, 15.0), Window(sustain, 300.0)


class Budget:
    """The requests of one account to one service, whoever makes them.

    After a failure nobody asks for a while, longer after each further one, and at least as long as
    the service wishes; then one request goes first, and the others only when it worked.
    """

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
        self._failures = 0
        self._limited = False
        """Whether the last failure was that there were too many requests."""
        self._rests_until = -math.inf
        """When our own back-off ends; who has somebody waiting may go before."""
        self._closed_until = -math.inf
        """When the time ends that the service asked for; nobody may go before."""
        self._scout: asyncio.Event | None = None
        """Set when the request is back that went first after a pause."""

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
        """Seconds until the service is asked again after it failed or refused."""
        return max(0.0, max(self._closed_until, self._rests_until) - self._now())

    def _pause(self, *, awaited: bool) -> float:
        """Seconds until the next request is allowed."""
        rests_until = -math.inf if awaited else self._rests_until
        closed_for = max(self._closed_until, rests_until) - self._now()
        return max(
            closed_for if closed_for > _ROUNDING else 0.0,
            *(self._pause_of(window) for window in self._windows),
            0.0,
        )

    def _pause_of(self, window: Window) -> float:
        if self.sent_within(window.seconds) < window.requests:
            return 0.0
        return self._sent[-window.requests] + window.seconds - self._now()

    @asynccontextmanager
    async def turn(self, patience: float = 0.0) -> AsyncIterator[None]:
        """Take a turn for one request, waiting up to `patience` seconds, and learn how it goes.

        Whoever has patience has somebody waiting, and need not wait for our own back-off to end.
        Raises RateLimited or ServiceUnavailable, not asked, if patience is too short.
        """
        await self._wait(patience)
        failures = self._failures
        scout = self._scout = asyncio.Event() if failures else None
        self._count()
        try:
            yield
        except (ConnectionFailed, ServiceUnavailable, RateLimited) as error:
            if error.host == self._host:
                self._failed(error, failures)
            raise
        except XboxError:
            self._worked()
            raise
        else:
            self._worked()
        finally:
            if scout is not None:
                self._scout = None
                scout.set()

    def _count(self) -> None:
        now = self._now()
        self._sent.append(now)
        while self._sent[0] <= now - _HISTORY:
            self._sent.popleft()

    async def _wait(self, patience: float) -> None:
        deadline = self._now() + patience
        while True:
            if self._scout is not None:
                await self._scout.wait()
                continue
            if (pause := self._pause(awaited=patience > 0)) <= 0:
                return
            if self._now() + pause > deadline:
                raise self._refusal(pause)
            await asyncio.sleep(pause)

    def _refusal(self, pause: float) -> RateLimited | ServiceUnavailable:
        if self._failures and not self._limited:
            return ServiceUnavailable(
                self._host, "it failed a moment ago", pause, asked=False
            )
        return RateLimited(self._host, pause, asked=False)

    def _worked(self) -> None:
        self._failures = 0
        self._rests_until = -math.inf

    def _failed(
        self,
        error: ConnectionFailed | ServiceUnavailable | RateLimited,
        failures_before: int,
    ) -> None:
        now = self._now()
        # Not the error itself: its traceback would keep everything alive that was under way.
        self._limited = isinstance(error, RateLimited)
        if self._failures == failures_before:
            # What was under way together fails together, and counts once.
            self._failures += 1
            self._rests_until = now + back_off(self._failures)
        if not isinstance(error, ConnectionFailed) and error.retry_after:
            self._closed_until = max(self._closed_until, now + error.retry_after)
