"""What a cell leaves behind: lines in the log, tasks, connections."""

import asyncio
from collections import Counter
from collections.abc import Iterator
import logging
from pathlib import Path
import re
from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from simulator.world import World
from tests.integration.house import House

_OURS = "custom_components.xbox_console"
_DOWN = re.compile(r"Error fetching (.*) data: ")
_BACK = re.compile(r"Fetching (.*) data recovered")
_OFTEN = ("A simulated Xbox network", "The console did not do ")
"""What is told at each try of a set-up, and of each command."""
_SERVED = "RequestHandler.start"
"""The simulator's side of a connection."""
_SHORTEST = 8
"""Letters of a secret: shorter ones occur by chance."""


class Log(logging.Handler):
    """Everything that the integration logs, and what anybody else complains of."""

    def __init__(self) -> None:
        """Begin to listen."""
        super().__init__()
        self._lines: list[tuple[int, str]] = []
        self.traces: list[str] = []
        """Errors that nobody expected."""
        self._ours = logging.getLogger(_OURS)
        self._level = self._ours.level
        self._ours.setLevel(logging.DEBUG)
        logging.getLogger().addHandler(self)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        if not record.name.startswith(_OURS) and record.levelno < logging.WARNING:
            return
        self._lines.append((record.levelno, record.getMessage()))
        if record.exc_info and record.levelno >= logging.WARNING:
            self.traces.append(self.format(record))

    @override
    def close(self) -> None:
        """Listen no more."""
        logging.getLogger().removeHandler(self)
        self._ours.setLevel(self._level)
        super().close()

    def clear(self) -> None:
        """Forget what was logged until now."""
        self._lines.clear()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join([*(line for _, line in self._lines), *self.traces])

    def subjects(self, pattern: re.Pattern[str]) -> Counter[str]:
        """How often a kind of line was logged, by what it is about."""
        found = (pattern.match(line) for _, line in self._lines)
        return Counter(match[1] for match in found if match)

    def problems(self) -> Iterator[str]:
        """Lines too many, lines missing, and what nobody expected."""
        down, back = self.subjects(_DOWN), self.subjects(_BACK)
        yield from (f"an error that nobody expected: {it}" for it in self.traces)
        yield from (f"{it}: {n} lines going down" for it, n in down.items() if n > 1)
        if down != back:
            yield f"going down and coming back differ: {down} {back}"
        complaints = Counter(
            line for level, line in self._lines if level >= logging.WARNING
        )
        for line, times in complaints.items():
            if times > 1 and not _DOWN.match(line) and not line.startswith(_OFTEN):
                yield f"logged {times} times: {line}"

    @property
    def down(self) -> bool:
        """Whether something was said to be down, and not to be back."""
        return bool(self.subjects(_DOWN) - self.subjects(_BACK))

    @property
    def told(self) -> bool:
        """Whether anything was said of something being down."""
        return bool(self.subjects(_DOWN))


def secrets(world: World, entry_data: object) -> set[str]:
    """What nobody else may read: tokens, keys, ids and addresses."""
    people = [*world.accounts.values(), *world.others.values()]
    return {
        *world.consoles,
        *(person.xuid for person in people),
        *(account.email for account in world.accounts.values()),
        *(text for text in _texts(entry_data) if len(text) >= _SHORTEST),
    } - {
        # What the user's account is called in Home Assistant, which names it itself.
        *(person.gamertag for person in people),
    }


_OPEN = re.compile(r"\d{4}-\d\d-\d\dT.*|https?://.*|[a-z.]+\.(com|net)|[A-Za-z]+")
"""What stands beside the secrets of a sign-in: times, addresses, words."""


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str) and not _OPEN.fullmatch(data):
        yield data
    elif isinstance(data, dict):
        for member in data.values():
            yield from _texts(member)
    elif isinstance(data, list | tuple):
        for item in data:
            yield from _texts(item)


class Resources:
    """Tasks and open files, as they were before."""

    def __init__(self, house: House) -> None:
        """Count what there is now."""
        self._house = house
        self._tasks = _tasks()
        self._open = 0

    async def idle(self) -> int:
        """Open files once no connection is kept for later use."""
        await self._house.clock.pass_by(60)
        return len(tuple(Path("/proc/self/fd").iterdir()))

    async def begin(self) -> None:
        """Count what there is before anything is done."""
        self._open, self._tasks = await self.idle(), _tasks()

    async def problems(self) -> list[str]:
        """What is left that was not there before."""
        found = []
        left = await self.idle() - self._open
        if left > 0:
            found.append(f"{left} connections left")
        if new := _tasks() - self._tasks:
            found.append(f"tasks left: {new}")
        if _acquired(self._house.hass):
            found.append("a request is still under way")
        return found


def _tasks() -> Counter[str]:
    names = (
        getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()
    )
    return Counter(name for name in names if name != _SERVED)


def _acquired(hass: HomeAssistant) -> int:
    connector = async_get_clientsession(hass).connector
    return 0 if connector is None else len(connector._acquired)  # noqa: SLF001 - aiohttp does not tell otherwise
