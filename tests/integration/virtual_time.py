"""A clock that stands still until a test lets it go on; sockets and files take no time."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sized
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util.async_ import get_scheduled_timer_handles

START = datetime(2026, 11, 6, 18, 0, 0, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1)
_QUIET_ROUNDS = 5
"""Turns of the event loop without anything to do, after which nothing more is expected."""
_HELD_ROUNDS = 200
"""The same while the simulator holds answers back: they wait for time to pass, parts of them may be on their way."""
_PATIENT_ROUNDS = 2000
"""The same while a question or an answer may be on its way."""
_ROUNDING = 0.001
_BLOCK, _LIVED = 600.0, 60.0
"""How much of a time in a hurry is lived through."""


class StandingTime:
    """Seconds since 1970 by a clock that stands still."""

    def __init__(self, freezer: FrozenDateTimeFactory) -> None:
        """Show what `freezer` says."""
        self._freezer = freezer
        self._moment, self._seconds = _EPOCH, 0.0

    def time(self) -> float:
        """The same as `time.time()`."""
        moment = self._freezer.time_to_freeze
        if moment is not self._moment:
            self._moment, self._seconds = moment, (moment - _EPOCH).total_seconds()
        return self._seconds


class VirtualTime:
    """Lets time pass; everything due happens in order, down to the last answer of the network."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        """Rule the event loop's time, which `freezer` holds still."""
        self._hass = hass
        self._loop = hass.loop
        self._freezer = freezer
        # The same as what it asks otherwise, in a fraction of the time.
        self._loop.time = StandingTime(freezer).time  # type: ignore[method-assign] # it is asked at every turn
        self._held: Sized = ()
        self._threads: set[asyncio.Future[Any]] = set()
        self._watch_threads()

    def follow(self, hass: HomeAssistant) -> None:
        """Rule for another Home Assistant in the same event loop from now on."""
        self._hass = hass

    def watch_answers(self, held: Sized) -> None:
        """Learn of the answers that the simulator holds back."""
        self._held = held

    @property
    def now(self) -> float:
        """Seconds that only ever grow."""
        return self._loop.time()

    async def settle(self) -> None:
        """Return when nothing is left to do without time passing.

        Both ends of each connection live in this event loop: once it has nothing to run and no
        thread works for it, no answer is on its way.
        """
        quiet = 0
        while quiet < _QUIET_ROUNDS or (
            quiet < _PATIENT_ROUNDS
            and self._awaits_answer
            and (quiet < _HELD_ROUNDS or not self._held_back)
        ):
            await asyncio.sleep(0)
            if self._has_work:
                quiet = 0
            elif self._threads:
                # To ask again and again would take the processor from the very threads waited for.
                await asyncio.wait(self._threads, return_when=asyncio.FIRST_COMPLETED)
                quiet = 0
            else:
                quiet += 1

    @property
    def _awaits_answer(self) -> bool:
        # A WebSocket stays open without anybody waiting for an answer.
        return any(not getattr(one, "upgraded", False) for one in self._connections)

    @property
    def _held_back(self) -> bool:
        """Whether the simulator works on as many answers as are awaited, WebSockets included on both sides."""
        return 0 < len(self._held) >= len(self._connections)

    @property
    def _connections(self) -> Collection[object]:
        connector = async_get_clientsession(self._hass).connector
        # A Home Assistant that has stopped has none.
        return () if connector is None else connector._acquired  # noqa: SLF001 - aiohttp does not tell otherwise

    def _watch_threads(self) -> None:
        run = self._loop.run_in_executor

        def watched[*Ts, T](
            executor: Executor | None, work: Callable[[*Ts], T], *args: *Ts
        ) -> asyncio.Future[T]:
            future = run(executor, work, *args)
            self._threads.add(future)
            future.add_done_callback(self._threads.discard)
            return future

        self._loop.run_in_executor = watched  # type: ignore[method-assign,assignment] # it is told nowhere else

    @property
    def _has_work(self) -> bool:
        return bool(self._loop._ready)  # type: ignore[attr-defined] # noqa: SLF001 - asyncio does not tell otherwise

    async def pass_by(self, seconds: float) -> None:
        """Let so many seconds go by."""
        end = self.now + seconds
        await self.settle()
        while (left := end - self.now) > 0:
            await self._step(left)

    def skip(self, seconds: float) -> None:
        """Jump ahead, as a machine that was suspended does: what was due meanwhile is late."""
        self._freezer.tick(seconds)

    async def hurry(self, seconds: float) -> None:
        """Let a long time go by in which nothing happens: the last minute of each ten is lived through."""
        end = self.now + seconds
        while (left := end - self.now) > 0:
            self.skip(max(0.0, min(left, _BLOCK) - _LIVED))
            await self.pass_by(min(left, _LIVED))

    async def result[T](
        self, action: Coroutine[None, None, T] | asyncio.Future[T], within: float
    ) -> T:
        """What an action gives that takes time, at most `within` seconds."""
        task = asyncio.ensure_future(action)
        await self.until(task.done, within)
        return task.result()

    async def until(self, done: Callable[[], object], within: float) -> None:
        """Let time pass until something is true, at most `within` seconds."""
        end = self.now + within
        await self.settle()
        while not done():
            left = end - self.now
            assert left > 0, f"not done within {within} seconds"
            await self._step(left)

    async def _step(self, longest: float) -> None:
        """Go to the next moment at which something is due."""
        due = (
            handle.when() - self.now
            for handle in get_scheduled_timer_handles(self._loop)
            if not handle.cancelled()
        )
        # What is due at this very moment needs a little more time, too.
        step = min((wait for wait in due if wait >= 0), default=longest)
        self._freezer.tick(min(step, longest) + _ROUNDING)
        await self.settle()
