"""The push channel of an account: one socket that is always there, as far as the network allows."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
import math
import random
import time

from aiohttp import ClientWebSocketResponse, WSMsgType

from ..errors import AccessDenied, UnexpectedResponse, XboxError
from ..model import Json, Model
from ..service import read
from ..session import Service, Session, with_query
from . import protocol
from .subscriptions import Subscriptions

_SERVICE = Service(protocol.HOST, signed_in=False)
"""It is signed in here: one that takes nobody's sign-in would have it renewed again and again."""
_LIFE = 5400.0
"""Seconds after which a socket is replaced: the service ends it after 7,200."""
_STABLE = 60.0
"""Seconds that a socket has to last for the next attempt to count as the first."""
_LONGEST_PAUSE = 300.0
_REFUSED_PAUSE = 3600.0
"""The same where the sign-in is not taken: another one is tried at once."""
_JITTER = 5.0
_HANDOVER = 30.0
"""Seconds that a new socket may take to hold what the old one does."""
_SEND = 10.0

type Tell = Callable[[], None]
type TellEvent = Callable[[str, Json], None]


class _Nonce(Model):
    nonce: str


@dataclass(eq=False)
class _Line:
    """One socket."""

    socket: ClientWebSocketResponse
    since: float
    until: float
    subscriptions: Subscriptions
    fills_gap: bool
    """Whether there was none before it, so that something may have been missed."""
    reader: asyncio.Task[None] | None = None
    ended: bool = False


class Activity:
    """Says when something has changed of what is wanted; it never gives up, and ends when it is closed."""

    def __init__(
        self,
        session: Session,
        *,
        now: Callable[[], float] | None = None,
        dice: random.Random | None = None,
    ) -> None:
        """Belong to the session of an account; connects when it is started."""
        self._session = session
        self._now = now or time.monotonic
        self._uniform = (dice or random).uniform
        self._wanted: frozenset[str] = frozenset()
        self._line: _Line | None = None
        self._next_line: _Line | None = None
        self._stirred = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._by_nonce = False
        self._replace = False
        self._failures = 0
        self._retry_at = -math.inf
        self._told: object = None
        self._was_there = False
        self.on_event: TellEvent = lambda uri, data: None
        """Told what an event is about, and what it says."""
        self.on_stale: Tell = lambda: None
        """Told that anything may have changed unheard."""
        self.on_change: Tell = lambda: None
        """Told that the channel came, went, or holds something else."""
        self.problem: XboxError | None = None
        """Why there was no connection the last time that one was tried."""
        self.events = 0
        self.connections = 0
        self.doubts = 0
        """How often a socket was replaced because it was silent."""
        self._trusted = True

    # What others ask and say

    @property
    def connected(self) -> bool:
        """Whether there is a socket."""
        return self._line is not None and not self._line.ended

    @property
    def healthy(self) -> bool:
        """Whether events can be relied upon."""
        return self.connected and self._trusted

    @property
    def since(self) -> float | None:
        """How many seconds the socket has been there; None if there is none."""
        return self._now() - self._line.since if self._line and self.connected else None

    @property
    def wanted(self) -> int:
        """How many subscriptions there should be."""
        return len(self._wanted)

    @property
    def held(self) -> Collection[str]:
        """What events come for."""
        lines = (self._line, self._next_line)
        return {
            uri
            for line in lines
            if line is not None and not line.ended
            for uri in line.subscriptions.held
        }

    @property
    def refused(self) -> list[int]:
        """The statuses of what was refused."""
        return list(self._line.subscriptions.refused.values()) if self._line else []

    def holds(self, uri: str) -> bool:
        """Whether a change of something would be told."""
        return self.healthy and uri in self.held

    def want(self, uris: Iterable[str]) -> None:
        """Subscribe to these and to nothing else."""
        wanted = frozenset(uris)
        if wanted != self._wanted:
            self._wanted = wanted
            self._stirred.set()

    def doubt(self) -> None:
        """Replace a socket that did not tell what has changed; it is not relied upon until one tells something."""
        line = self._line
        if (
            line is not None
            and not self._replace
            and self._now() - line.since > _STABLE
        ):
            self.doubts += 1
            self._trusted = False
            self._renew()

    def _sign_in_again(self) -> None:
        if isinstance(self.problem, AccessDenied):
            self._retry_at = -math.inf
        self._renew()

    def _renew(self) -> None:
        self._replace = True
        self._stirred.set()

    def start(self) -> None:
        """Connect, and stay connected until it is closed."""
        if self._task is None:
            self._session.on_new_sign_in.append(self._sign_in_again)
            self._task = asyncio.create_task(self._run(), name="Xbox push channel")

    async def close(self) -> None:
        """End, and leave nothing behind."""
        if self._task is None:
            return
        task, self._task = self._task, None
        self._session.on_new_sign_in.remove(self._sign_in_again)
        task.cancel()
        await asyncio.wait({task})

    # How it stays there

    async def _run(self) -> None:
        try:
            while True:
                self._stirred.clear()
                await self._look_after()
                self._tell()
                await self._wait()
        finally:
            for line in (self._line, self._next_line):
                await self._drop(line)
            self._line = self._next_line = None

    async def _wait(self) -> None:
        """Wait until something happens, or is due."""
        timeout = max(0.0, self._due() - self._now())
        try:
            async with asyncio.timeout(None if math.isinf(timeout) else timeout):
                await self._stirred.wait()
        except TimeoutError:
            return

    def _due(self) -> float:
        line, after = self._line, self._next_line
        if line is None:
            return self._retry_at
        moments = [line.subscriptions.next_due()]
        if after is None:
            wanted = -math.inf if self._replace else line.until
            moments.append(max(wanted, self._retry_at))
        else:
            moments += [after.subscriptions.next_due(), after.since + _HANDOVER]
        return min(moments)

    async def _look_after(self) -> None:
        """Open, replace, and subscribe, as far as it is due."""
        await self._bury()
        now = self._now()
        if now >= self._retry_at:
            if self._line is None:
                self._line = await self._open(fills_gap=self._was_there)
                self._was_there |= self._line is not None
            elif self._next_line is None and (self._replace or now >= self._line.until):
                self._next_line = await self._open(fills_gap=False)
        for line in (self._line, self._next_line):
            if line is not None:
                await self._subscribe(line)
        await self._hand_over()

    async def _bury(self) -> None:
        """Let go of sockets that have ended."""
        if self._next_line is not None and self._next_line.ended:
            await self._drop(self._next_line)
            self._next_line = None
            self._failed()
        if (line := self._line) is not None and line.ended:
            await self._drop(line)
            # The one that was to replace it did not hear what the other might have told.
            self._line, self._next_line = self._next_line, None
            if self._line is not None:
                self._line.fills_gap = True
                return
            if self._now() - line.since >= _STABLE:
                self._failures = 0
            self._failed()

    def _failed(self) -> None:
        self._failures += 1
        refused = isinstance(self.problem, AccessDenied)
        longest = _REFUSED_PAUSE if refused else _LONGEST_PAUSE
        pause = min(self._failures**2, longest) + self._uniform(0, _JITTER)
        wish = getattr(self.problem, "retry_after", None) or 0.0
        self._retry_at = self._now() + max(pause, wish)

    async def _open(self, *, fills_gap: bool) -> _Line | None:
        try:
            socket = await self._connect()
        except XboxError as error:
            self.problem = error
            self._failed()
            return None
        self.problem = None
        self._replace = False
        self._retry_at = -math.inf
        self.connections += 1
        now = self._now()
        life = _LIFE * self._uniform(0.9, 1.0)
        jitter = Subscriptions(lambda: self._uniform(0, 1))
        line = _Line(socket, now, now + life, jitter, fills_gap)
        line.reader = asyncio.create_task(self._listen(line), name="Xbox push reader")
        return line

    async def _connect(self) -> ClientWebSocketResponse:
        """Sign in by header, or by a nonce where that is refused."""
        open_socket = partial(self._session.open_socket, _SERVICE)
        authorization = await self._session.authorization()
        if not self._by_nonce:
            try:
                return await open_socket(
                    "/connect", protocol.SUBPROTOCOL, authorization
                )
            except AccessDenied, UnexpectedResponse:
                self._by_nonce = True
        try:
            reply = await self._session.request(
                _SERVICE, "GET", "/nonce", headers={"Authorization": authorization}
            )
            target = with_query("/connect", {"nonce": read(reply, _Nonce).nonce})
            return await open_socket(target, protocol.SUBPROTOCOL)
        except XboxError:
            self._by_nonce = False
            raise

    async def _subscribe(self, line: _Line) -> None:
        try:
            async with asyncio.timeout(_SEND):
                for message in line.subscriptions.due(self._wanted, self._now()):
                    await line.socket.send_str(message)
        except OSError, TimeoutError:
            line.ended = True
            self._stirred.set()

    async def _hand_over(self) -> None:
        """Let the new socket take the place of the old once it holds as much; tell of what may be missed."""
        after = self._next_line
        if after is not None and (
            after.subscriptions.settled(self._wanted)
            or self._now() >= after.since + _HANDOVER
        ):
            old, self._line, self._next_line = self._line, after, None
            await self._drop(old)
        line = self._line
        if (
            line is not None
            and line.fills_gap
            and not line.ended
            and line.subscriptions.settled(self._wanted)
        ):
            line.fills_gap = False
            self.on_stale()

    async def _drop(self, line: _Line | None) -> None:
        if line is None:
            return
        if line.reader is not None:
            line.reader.cancel()
            await asyncio.wait({line.reader})
        await line.socket.close()

    async def _listen(self, line: _Line) -> None:
        try:
            async for message in line.socket:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    self._hear(line, message.data)
        finally:
            line.ended = True
            self._stirred.set()

    def _hear(self, line: _Line, frame: str | bytes) -> None:
        match protocol.read(frame):
            case protocol.Subscribed() as granted:
                line.subscriptions.granted(granted)
            case protocol.Refused() as refusal:
                line.subscriptions.denied(refusal, self._now())
            case protocol.Event() as event:
                uri = line.subscriptions.about(event)
                if uri is not None:
                    self.events += 1
                    self._trusted = True
                    self.on_event(uri, event.data)
            case protocol.Resync():
                self.on_stale()
                return
            case None:
                return
        self._stirred.set()

    def _tell(self) -> None:
        """Say so if something is different from what was said last."""
        now = (self.healthy, self.problem is None, frozenset(self.held))
        if now != self._told:
            self._told = now
            self.on_change()
