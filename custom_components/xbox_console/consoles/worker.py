"""What one console is told, one thing after the other, on the network's own word."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..xboxlive.errors import (
    CommandUnanswered,
    ConsoleOff,
    ConsoleUnreachable,
    RemoteFeaturesDisabled,
    XboxError,
)
from ..xboxlive.services.consoles import CommandReply, PowerState
from .commands import Aspect, ConsoleCommand, Instruction, Meaning
from .operations import Answering
from .queue import Job, Queue
from .state import ConsoleState
from .typing import Typing
from .wishes import Outcome, Wish

_PAUSES: dict[tuple[bool, PowerState], tuple[float, ...]] = {
    (True, PowerState.CONNECTED_STANDBY): (1.0, 2.0, 4.0, 8.0),
    (False, PowerState.ON): (1.0,),
}
"""Seconds between tries to wake a console that sleeps, and to tell one that is on something else."""
_FRESH = 2.0
"""Seconds after a command in which a toggle looks first: what it depends on may have changed."""


class Controlled(Answering, Protocol):
    """What is told: the coordinator of a console, as much of it as telling needs."""

    data: ConsoleState
    believed: ConsoleState

    @property
    def in_use(self) -> bool:
        """Whether the network calls it on, and it is not just looking after itself."""

    def telling(self, command: ConsoleCommand) -> None:
        """Hear that a command is about to be sent."""

    def missed(self, command: ConsoleCommand) -> None:
        """Hear that the network could not pass a command on, and may be told again."""

    def told(self, command: ConsoleCommand, reply: CommandReply) -> None:
        """Hear that the service took a command."""

    def lost(self, command: ConsoleCommand, error: ConsoleUnreachable) -> None:
        """Hear that nothing reached the console."""

    def failed(self, wish: Wish) -> None:
        """Hear that something did not happen that nobody waits for any more."""

    def publish(self) -> None:
        """Show what is believed and wished now."""

    async def look(self) -> None:
        """Read the status now. Raises XboxError."""

    def background(self, work: Coroutine[None, None, None]) -> None:
        """Do something on the side, for as long as the entry is loaded."""


@dataclass(slots=True, eq=False, kw_only=True)
class Asked(Job):
    """A job that somebody waits for."""

    sent: asyncio.Future[None]
    wish: Wish | None = None


@dataclass(frozen=True, slots=True)
class Transit:
    """A change of power that was asked for and is not seen yet: the opposite has to wait for it."""

    on: bool
    until: float


class Worker:
    """Tells one console what waits for its turn."""

    def __init__(self, console: Controlled) -> None:
        """Start with nothing to do."""
        self._console = console
        self._queue = Queue()
        self._typing = Typing()
        self._asked: set[Asked] = set()
        self._stirred = asyncio.Event()
        self._working = False
        self._sent_at = -_FRESH
        self.transit: Transit | None = None

    @property
    def _now(self) -> float:
        return self._console.hass.loop.time()

    @property
    def on(self) -> bool:
        """Whether the network calls the console on, believed or not."""
        return self._console.evidence.network_says == PowerState.ON

    @property
    def waking(self) -> Wish | None:
        """The wish that brings the console on, as long as it is not seen to be."""
        wish = self._console.wishes.of(Aspect.POWER, Aspect.RESTART)
        return wish if wish and not wish.command.sleeps and not self.on else None

    @callback
    def heard(self) -> None:
        """Take note that something new is known of the console."""
        transit = self.transit
        if transit and (transit.on == self.on or self._now >= transit.until):
            self.transit = None
        self._stirred.set()

    @callback
    def close(self) -> None:
        """Let nobody wait any longer."""
        for asked in tuple(self._asked):
            self._done(asked, CommandUnanswered())

    @callback
    def discard(self, asked: Asked) -> None:
        """Do not do what still waits: whoever asked does not want it any more."""
        if self._queue.discard(asked):
            self._done(asked)

    @callback
    def wish(self, command: ConsoleCommand, wait: float = 0.0) -> Wish:
        """Make a wish; `wait` is how long it may take until it is sent."""
        wish = Wish(
            command=command,
            deadline=self._now + command.patience + wait,
            before=self._console.data,
            made_at=dt_util.utcnow(),
        )
        wish.listeners.append(lambda: self._ended(wish))
        self._console.wishes.make(wish)
        self._console.publish()
        return wish

    @callback
    def _ended(self, wish: Wish) -> None:
        """Show the end of a wish, and say so if nobody waits for it."""
        if wish.alive:
            return
        if not wish.waiters and wish.outcome in (Outcome.DENIED, Outcome.UNANSWERED):
            self._console.failed(wish)
        self._console.publish()
        self.heard()

    @callback
    def put(self, meaning: Meaning, wish: Wish | None = None) -> Asked:
        """Let something wait for its turn."""
        sent = self._console.hass.loop.create_future()
        # Whoever asked may have gone.
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        instruction = self._typing.instruction(meaning, self._now)
        command = instruction if isinstance(instruction, ConsoleCommand) else None
        asked = Asked(
            instruction=instruction,
            asked_at=self._now,
            awake=command is None or not command.heard_asleep,
            sent=sent,
            wish=wish,
        )
        asked.drop = lambda: self._done(asked)
        stands_for = self._queue.put(asked)
        if stands_for is asked:
            self._asked.add(asked)
        if not self._working:
            self._working = True
            self._console.background(self._work())
        self._stirred.set()
        assert isinstance(stands_for, Asked)
        return stands_for

    @callback
    def _done(self, asked: Asked, error: XboxError | None = None) -> None:
        self._asked.discard(asked)
        if asked.sent.done():
            return
        if error is None:
            asked.sent.set_result(None)
        else:
            asked.sent.set_exception(error)

    async def _work(self) -> None:
        """Do what waits, until nothing does."""
        try:
            while (job := await self._next()) is not None:
                assert isinstance(job, Asked)
                try:
                    await self._do(job)
                except XboxError as error:
                    self._done(job, error)
                else:
                    self._done(job)
        finally:
            self._working = False

    async def _next(self) -> Job | None:
        """What can be done next; None if nothing waits any more."""
        while len(self._queue):
            if (job := self._queue.take(self._ready, self._now)) is not None:
                return job
            if not len(self._queue):
                break
            self._stirred.clear()
            until = self.transit.until if self.transit else None
            with suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    await self._stirred.wait()
            self.heard()
        return None

    def _ready(self, job: Job) -> bool:
        """Whether a command can be told now: the opposite of a change under way cannot, nor keys in a wake."""
        if job.power:
            sleeps = job.command is not None and job.command.sleeps
            return self.transit is None or self.transit.on is not sleeps
        return not (job.awake and self.waking)

    async def _do(self, job: Asked) -> None:
        """Tell the console. Raises XboxError."""
        wish = job.wish
        if job.instruction is None or (wish is not None and not wish.alive):
            return
        command = await self._resolved(job.instruction)
        if wish is None or command.aspect is not Aspect.POWER:
            await self._make_sure_it_hears(command)
            settling = wish is not None and wish.lenient
            reply = await self._push(command, settling=settling)
            self._follow(command, wish, reply, job)
            return
        try:
            if not await self._is_needed(command):
                wish.end(Outcome.CONFIRMED)
                return
            reply = await self._push(command)
        except XboxError as error:
            self._console.wishes.refuse(wish, error, self._now)
            return
        self.transit = Transit(not command.sleeps, self._now + command.patience)
        self._follow(command, wish, reply, job)

    async def _resolved(self, instruction: Instruction) -> ConsoleCommand:
        """The command that is meant; a toggle looks first what there is to toggle."""
        if isinstance(instruction, ConsoleCommand):
            return instruction
        if self._now - self._sent_at < _FRESH:
            with suppress(XboxError):
                await self._console.look()
        return instruction.resolve(self._console.data)

    async def _make_sure_it_hears(self, command: ConsoleCommand) -> None:
        """Raises ConsoleOff if the console could not hear, as far as the network knows."""
        if command.heard_asleep or self.on:
            return
        # What is known may be old, so look before refusing.
        await self._console.look()
        if self._console.evidence.network_says not in (
            PowerState.ON,
            PowerState.UNKNOWN,
        ):
            raise ConsoleOff

    async def _is_needed(self, command: ConsoleCommand) -> bool:
        """Whether the power is not as it is wished already, by a look just now. Raises XboxError."""
        if command.sleeps:
            if not self.on:
                await self._console.look()
            return self._console.evidence.network_says in (
                PowerState.ON,
                PowerState.UNKNOWN,
            )
        if self._console.believed.on:
            await self._console.look()
        return not self._console.believed.on

    @callback
    def _follow(
        self,
        command: ConsoleCommand,
        wish: Wish | None,
        reply: CommandReply,
        job: Asked,
    ) -> None:
        """Wish for what was told, from now on; what has replaced it meanwhile stays."""
        self._sent_at = self._now
        if wish is None:
            wish = self.wish(command.given(self._console.data))
        job.wish = wish
        wish.sent_at, wish.op_id = self._now, reply.op_id
        wish.deadline = self._now + wish.command.patience
        self._console.told(command, reply)

    async def _push(
        self, command: ConsoleCommand, *, settling: bool = False
    ) -> CommandReply:
        """Send; try again for a moment if the console merely dropped off the network.

        That nothing reaches a console which is `settling` proves nothing.
        """
        power = self._console.evidence.network_says
        pauses = iter(_PAUSES.get((command.wakes, power), ()))
        while True:
            self._console.telling(command)
            try:
                return await self._console.xbox.smartglass(patience=5).send(
                    self._console.console.id, command.command
                )
            except ConsoleUnreachable as error:
                if self._console.console.remote_management_enabled is False:
                    raise RemoteFeaturesDisabled("RemoteManagementDisabled") from None
                if error.undelivered:
                    self._console.missed(command)
                # Somebody else may have woken it meanwhile.
                awake = command.wakes and self.on
                again = error.undelivered and not awake
                pause = next(pauses, None) if again else None
                if pause is None:
                    if not (settling or awake):
                        self._console.lost(command, error)
                    raise
            await asyncio.sleep(pause)
