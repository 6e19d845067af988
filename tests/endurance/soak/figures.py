"""What Home Assistant holds: memory, tasks, listeners, sockets, timers, files; and what it asks."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
import gc
from itertools import chain
import logging
from pathlib import Path

from _pytest.logging import LogCaptureHandler
from homeassistant.util.async_ import get_scheduled_timer_handles

from simulator.network.limits import BURST_SECONDS, SUSTAIN_SECONDS, limit_of
from simulator.world import LoggedRequest, World
from tests.integration.house import House

_STORED = "*xbox_console*"
_DIARY = ".diary"
"""It is meant to grow: sessions are kept for 400 days."""
_HELD_MORE = frozenset({"Capture", "Place", "Session"})
"""Objects of which there are more as there is more in the network and in the diary."""
_MAY_GROW = {
    "objects": (1.2, 50),
    "tasks": (1.0, 6),
    "listeners": (1.0, 8),
    "sockets": (1.0, 8),
    "timers": (1.0, 12),
    "entities": (1.0, 0),
    "stored": (1.3, 30_000),
}
"""By which factor, and by how many more, the most of some hours may exceed the most of earlier ones."""
_LONG = 6
"""Hours that make a life of Home Assistant long enough to be looked at by itself."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was held at a moment; `age` is how long Home Assistant had run."""

    hour: int
    age: int
    objects: int
    """Of our own classes."""
    resident: int
    """Bytes of the whole process, the simulated network included."""
    tasks: int
    listeners: int
    sockets: int
    timers: int
    entities: int
    stored: int
    """Bytes in our files, without the diary."""

    @classmethod
    def of(cls, house: House, folder: Path, hour: int, age: int) -> Figures:
        """Count."""
        _forget_records()
        gc.collect()
        loop, hass = house.hass.loop, house.hass
        return cls(
            hour=hour,
            age=age,
            objects=sum(
                type(one).__module__.startswith("custom_components.xbox_console")
                and type(one).__name__ not in _HELD_MORE
                for one in gc.get_objects()
            ),
            resident=_resident(),
            tasks=len(asyncio.all_tasks()),
            listeners=sum(hass.bus.async_listeners().values()),
            sockets=sum(map(_is_socket, Path("/proc/self/fd").iterdir())),
            timers=sum(
                not handle.cancelled() for handle in get_scheduled_timer_handles(loop)
            ),
            entities=len(hass.states.async_entity_ids()),
            stored=sum(
                path.stat().st_size
                for path in (folder / ".storage").glob(_STORED)
                if path.suffix != _DIARY
            ),
        )


def growth(figures: list[Figures]) -> Iterator[str]:
    """Say what grows: in a life of Home Assistant after its first hours, or from life to life."""
    lives: list[list[Figures]] = []
    for one in figures:
        if not lives or one.age < lives[-1][-1].age:
            lives.append([])
        lives[-1].append(one)
    for life in lives:
        if len(life) >= _LONG:
            third = len(life) // 3
            yield from _grown(life[1 : third + 1], life[-third:])
    if len(lives) > 1:
        half = len(lives) // 2
        yield from _grown([*chain(*lives[:half])], [*chain(*lives[half:])])


def _grown(before: list[Figures], after: list[Figures]) -> Iterator[str]:
    for name, (factor, more) in _MAY_GROW.items():
        was = max(getattr(one, name) for one in before)
        now = max(getattr(one, name) for one in after)
        if now > was * factor + more:
            yield f"{name}: {was}, then {now} in hour {after[-1].hour}"


def _forget_records() -> None:
    """Let go of what pytest keeps of the log: errors, and by their tracebacks all that was under way."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, LogCaptureHandler):
            handler.reset()


def _is_socket(descriptor: Path) -> bool:
    try:
        return str(descriptor.readlink()).startswith("socket:")
    except OSError:
        return False


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


class Requests:
    """Counts what was asked, and the most within any window of each published limit."""

    def __init__(self, world: World) -> None:
        """Begin with none."""
        self.by_host: Counter[str] = Counter()
        self.most: Counter[tuple[str, int]] = Counter()
        """By limit and window in seconds."""
        self.allowed: dict[tuple[str, int], int] = {}
        self._world = world
        self._windows: defaultdict[tuple[str, str, int], deque[float]] = defaultdict(
            deque
        )

    def take(self) -> None:
        """Count what was asked since the last time."""
        log = self._world.requests
        assert len(log) != log.maxlen, "some were not counted"
        for request in log:
            self.by_host[request.host] += 1
            self._count(request)
        log.clear()

    def _count(self, request: LoggedRequest) -> None:
        found = limit_of(request.method, request.host, request.path)
        if found is None or request.account is None:
            return
        name, limit = found
        for period, allowed in (
            (BURST_SECONDS, limit.burst),
            (SUSTAIN_SECONDS, limit.sustain),
        ):
            calls = self._windows[request.account, name, period]
            calls.append(request.time)
            while request.time - calls[0] >= period:
                calls.popleft()
            self.most[name, period] = max(self.most[name, period], len(calls))
            self.allowed[name, period] = allowed

    def errors(self) -> Iterator[str]:
        """Say which limits were exceeded."""
        for (name, period), most in self.most.items():
            if most > (allowed := self.allowed[name, period]):
                yield f"{name}: {most} in {period} s, {allowed} allowed"
