"""The way to tell one console what to do, and to hear how it ends."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from homeassistant.core import callback

from ..const import LOGGER
from ..xboxlive.errors import (
    CommandReplaced,
    CommandUnanswered,
    ConsoleDidNotWake,
    ConsoleUnreachable,
    XboxError,
)
from .commands import POWER, TURN_ON, Aspect, ConsoleCommand, Meaning
from .wishes import Outcome, Wish
from .worker import Controlled, Worker

_SETTLING = 45.0
"""Seconds after a wake in which a console may refuse or swallow what it is told to start."""
_AGAIN = 10.0
"""Seconds until something is started again that a settling console seems to have swallowed."""
_NOT_YET = 2.0
"""Seconds until it is started again after a settling console refused."""


def _unanswered(wish: Wish) -> CommandUnanswered:
    """What to say of a wish that nothing has confirmed."""
    kind = ConsoleDidNotWake if wish.command.wakes else CommandUnanswered
    return kind(wish.command.name)


class Control:
    """Tells one console what to do."""

    def __init__(self, console: Controlled) -> None:
        """Start with nothing to do."""
        self._console = console
        self._worker = Worker(console)

    @property
    def _now(self) -> float:
        return self._console.hass.loop.time()

    @property
    def waking(self) -> bool:
        """Whether the console is being brought on, and is not seen to be."""
        return self._worker.waking is not None

    @callback
    def heard(self) -> None:
        """Take note that something new is known of the console."""
        self._worker.heard()

    @callback
    def close(self) -> None:
        """Let nobody wait any longer: the console is let go of."""
        for wish in self._console.wishes:
            wish.waiters += 1
            wish.end(Outcome.UNANSWERED)
        self._worker.close()

    async def send(self, meaning: Meaning) -> bool:
        """Tell the console, and wait for its answer as long as the command asks.

        False if there was none in time, and it may still come. Raises ConsoleOff,
        ConsoleUnreachable, RemoteFeaturesDisabled, CommandFailed, CommandReplaced,
        CommandUnanswered and every other XboxError.
        """
        if meaning == POWER:
            # Who presses it twice wants back what was, however far the first press has come.
            meaning = POWER.resolve(self._console.data)
        if isinstance(meaning, ConsoleCommand) and meaning.aspect is Aspect.POWER:
            return await self._outcome(self._turn(meaning), meaning.awaited)
        job = self._worker.put(meaning)
        try:
            await asyncio.shield(job.sent)
        except asyncio.CancelledError:
            # Nobody else's work: only what still waits is not done any more.
            self._worker.discard(job)
            raise
        if job.wish is None or not job.wish.command.awaited:
            return True
        return await self._outcome(job.wish, job.wish.command.awaited)

    async def start(self, command: ConsoleCommand, patience: float) -> bool:
        """Start something, waking the console first; wait up to `patience` seconds. As `send`."""
        living = self._console.wishes.of(Aspect.APP)
        if living is None or living.command.command != command.command:
            lasting = replace(command, patience=max(command.patience, patience))
            living = self._worker.wish(lasting, wait=TURN_ON.patience)
            self._console.background(self._start(living))
        return await self._outcome(living, patience)

    @callback
    def help_wake(self, wish: Wish) -> None:
        """Try again and again while somebody else sees to it that the console can be woken."""
        self._console.background(self._wake_again(wish))

    async def _wake_again(self, wish: Wish) -> None:
        """Wake a console that may get its power back, until the service takes it."""
        wish.lenient = True
        while not await self._until(wish, _AGAIN):
            with suppress(XboxError):
                await asyncio.shield(self._worker.put(wish.command, wish).sent)
            if wish.op_id is not None:
                return

    @callback
    def _turn(self, command: ConsoleCommand) -> Wish:
        """Wish for a power state: the last wish wins, however far an earlier one has come."""
        living = self._console.wishes.of(Aspect.POWER)
        if living is not None and living.command == command:
            return living
        left = self._worker.transit.until - self._now if self._worker.transit else 0.0
        wish = self._worker.wish(command, wait=max(0.0, left))
        self._worker.put(command, wish)
        return wish

    async def _start(self, wish: Wish) -> None:
        """Start something: on a console that just woke again and again until it is in front."""
        try:
            settled = await self._awake(wish)
            while wish.alive:
                wish.lenient, wish.refused = self._now < settled, False
                if not await self._launched(wish, settled):
                    await self._until(wish, _NOT_YET)
                    continue
                if not wish.lenient:
                    return
                await self._until(wish, _AGAIN, lambda: wish.refused or not wish.alive)
                if wish.refused:
                    await self._until(wish, _NOT_YET)
                elif not self._console.believed.resting:
                    # Somebody has started something else, or it is on its way.
                    return
        except XboxError as error:
            wish.end(Outcome.DENIED, error=error)
        finally:
            wish.lenient = False

    async def _launched(self, wish: Wish, settled: float) -> bool:
        """Whether the service took it; False for a console that settles and does not hear yet."""
        try:
            await asyncio.shield(self._worker.put(wish.command, wish).sent)
        except ConsoleUnreachable as error:
            if not error.undelivered or self._now >= settled:
                raise
            return False
        return True

    async def _awake(self, wish: Wish) -> float:
        """Have the console on; until when it settles. Raises XboxError if it does not wake."""
        leaving = self._worker.transit is not None and not self._worker.transit.on
        waking = self._worker.waking
        if waking is None and not leaving:
            if not self._console.in_use:
                await self._console.look()
            if self._console.in_use:
                return self._now
        waking = waking or self._turn(TURN_ON)
        waking.waiters += 1
        try:
            await self._until(waking, None, lambda: not (waking.alive and wish.alive))
        finally:
            waking.waiters -= 1
        if wish.alive and waking.outcome is not Outcome.CONFIRMED:
            raise waking.error or _unanswered(waking)
        return self._now + _SETTLING

    async def _outcome(self, wish: Wish, patience: float) -> bool:
        """Wait for the end of a wish; False if it is still open. Raises XboxError."""

        def over() -> bool:
            # What only the console's return would confirm has been heard when it is answered.
            restarts = wish.command.aspect is Aspect.RESTART and wish.answered
            return restarts or not wish.alive

        wish.waiters += 1
        try:
            ended = await self._until(wish, patience, over)
        finally:
            wish.waiters -= 1
        if wish.outcome is Outcome.DENIED and wish.error is not None:
            raise wish.error
        if wish.outcome is Outcome.REPLACED and wish.by is not None:
            raise CommandReplaced(wish.by.name)
        if wish.outcome is Outcome.UNANSWERED:
            raise _unanswered(wish)
        if not ended:
            LOGGER.info(
                "%s: %s was sent, but not confirmed yet",
                self._console.name,
                wish.command.name,
            )
        return ended

    async def _until(
        self, wish: Wish, patience: float | None, over: Callable[[], bool] | None = None
    ) -> bool:
        """Wait until a wish ends, or something else about it is `over`; whether that was in time."""
        is_over = over or (lambda: not wish.alive)
        told = asyncio.Event()
        wish.listeners.append(told.set)
        try:
            async with asyncio.timeout(patience):
                while not is_over():
                    told.clear()
                    await told.wait()
        except TimeoutError:
            return False
        finally:
            wish.listeners.remove(told.set)
        return True
