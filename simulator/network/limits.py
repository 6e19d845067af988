"""Fine-grained rate limits, as published: two windows for each person and service, both counting at once."""

from collections import deque
from dataclasses import dataclass
import math
from typing import NamedTuple

from aiohttp import web

from simulator.clock import Clock
from simulator.knobs import Knobs

BURST_SECONDS = 15
SUSTAIN_SECONDS = 300


class Limit(NamedTuple):
    """Requests allowed in 15 and in 300 seconds."""

    burst: int
    sustain: int


_PRESENCE_READ, _PRESENCE_WRITE = Limit(30, 100), Limit(3, 30)
_SOCIAL = Limit(10, 30)

LIMITS: dict[str, Limit] = {
    "userstats.xboxlive.com": Limit(100, 300),
    "profile.xboxlive.com": Limit(10, 30),
    "social.xboxlive.com": _SOCIAL,
    "peoplehub.xboxlive.com": _SOCIAL,
    "achievements.xboxlive.com": Limit(100, 300),
}
"""By host; presence has one each for reading and writing, all other hosts have published none."""

PRESENCE = "userpresence.xboxlive.com"


@dataclass(frozen=True)
class Exceeded:
    """A request too many."""

    current: int
    limit: int
    period: int
    retry_after: int | None
    """None: the header is missing."""

    def response(self) -> web.Response:
        """Return the documented answer."""
        body = {
            "version": 1,
            "currentRequests": self.current,
            "maxRequests": self.limit,
            "periodInSeconds": self.period,
            "limitType": "rate",
        }
        headers = (
            {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        )
        return web.json_response(body, status=429, headers=headers)


def limit_of(method: str, host: str, path: str) -> tuple[str, Limit] | None:
    """Return the name and the numbers of the limit that a request counts for."""
    if host == PRESENCE:
        reading = method == "GET" or path == "/users/batch"
        return (
            ("presence read", _PRESENCE_READ)
            if reading
            else ("presence write", _PRESENCE_WRITE)
        )
    return (host, LIMITS[host]) if host in LIMITS else None


class Limits:
    """Who has asked which service how often; refused requests count as well."""

    def __init__(self, clock: Clock, knobs: Knobs) -> None:
        """Start with nothing counted."""
        self._clock, self._knobs = clock, knobs
        self._calls: dict[tuple[str, str, int], deque[float]] = {}

    def clear(self) -> None:
        """Forget all requests."""
        self._calls.clear()

    def count(self, account: str, method: str, host: str, path: str) -> Exceeded | None:
        """Count a request; return what it exceeds, the longest wait first, or None."""
        found = limit_of(method, host, path)
        knobs = self._knobs
        if found is None or not knobs.rate_limits:
            return None
        if host == "peoplehub.xboxlive.com" and not knobs.peoplehub_limited:
            return None
        name, limit = found
        windows = ((limit.sustain, SUSTAIN_SECONDS), (limit.burst, BURST_SECONDS))
        exceeded = [
            self._window((account, name, period), allowed, period)
            for allowed, period in windows
        ]
        return next((one for one in exceeded if one is not None), None)

    def _window(
        self, key: tuple[str, str, int], allowed: int, period: int
    ) -> Exceeded | None:
        calls, now = self._calls.setdefault(key, deque()), self._clock.elapsed()
        if self._knobs.rate_limit_windows == "fixed":
            if calls and now - calls[0] >= period:
                calls.clear()
        else:
            while calls and now - calls[0] >= period:
                calls.popleft()
        calls.append(now)
        if len(calls) <= allowed:
            return None
        first = 0 if self._knobs.rate_limit_windows == "fixed" else len(calls) - allowed
        wait = max(1, math.ceil(calls[first] + period - now))
        told = self._knobs.rate_limit_retry_after
        if told == "absent":
            return Exceeded(len(calls), allowed, period, None)
        wait = wait if told == "true" else int(told)
        return Exceeded(len(calls), allowed, period, wait)
