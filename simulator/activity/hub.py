"""The push channel: its sockets, what it grants, and when it tells of changes."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
import hashlib
import itertools
from typing import Any

from simulator.activity.knobs import ActivityKnobs
from simulator.activity.resources import ActivityWorld, Looks, Resource, meant
from simulator.activity.socket import NO_DATA, Refused, Socket

SUCCESS, UNKNOWN, LIMIT, DENIED, THROTTLED, UNAVAILABLE = 0, 1, 2, 3, 1001, 1002
TEXTS = {
    UNKNOWN: "The resource is unknown.",
    LIMIT: "The limit of subscriptions is reached.",
    DENIED: NO_DATA,
    THROTTLED: "Too many requests.",
    UNAVAILABLE: "The service is not available.",
}


@dataclass
class Rule:
    """Subscriptions to addresses with this part are refused, so many times; None: for good."""

    part: str
    status: int
    times: int | None = None


class Hub:
    """Everybody who listens."""

    def __init__(self, world: ActivityWorld) -> None:
        """Begin with nobody."""
        self._world = world
        self._numbers = itertools.count(1)
        self._nonces: dict[str, tuple[str, float]] = {}
        self.knobs = ActivityKnobs()
        self.sockets: list[Socket] = []
        self.rules: list[Rule] = []
        self.handshakes: list[float] = []
        """When somebody wanted to connect, in the clock's elapsed seconds; refused or not."""
        self.most_sockets = 0
        """The most that one person ever had at once."""

    def reset(self) -> None:
        """Be as at first; sockets end."""
        self.knobs = ActivityKnobs()
        self.rules.clear()
        self.handshakes.clear()
        self.most_sockets = 0
        self.end()

    def new_nonce(self, account: str) -> str:
        """Return a nonce that opens one socket: one that has to be percent-encoded."""
        number = next(self._numbers)
        seed = hashlib.sha256(f"nonce {number}".encode()).digest()
        nonce = base64.b64encode(b"\xfb\xef\xff" + seed[3:]).decode()
        until = self._world.clock.elapsed() + self.knobs.nonce_seconds
        self._nonces[nonce] = account, until
        return nonce

    def spend(self, nonce: str) -> str | None:
        """Return the key of the account that a nonce stands for, once; None if it stands for none."""
        account, until = self._nonces.pop(nonce, (None, 0.0))
        return account if self._world.clock.elapsed() < until else None

    def of(self, account: str) -> list[Socket]:
        """Return the sockets of one account."""
        return [one for one in self.sockets if one.account == account]

    def open(self, account: str) -> Socket:
        """Begin a connection."""
        now = self._world.clock.elapsed()
        socket = Socket(next(self._numbers), account, now, self.knobs, self._grant)
        self.sockets.append(socket)
        self.most_sockets = max(self.most_sockets, len(self.of(account)))
        for _ in range(self.knobs.resyncs_at_start):
            socket.resync()
        return socket

    def close(self, socket: Socket) -> None:
        """Forget a connection that has ended."""
        self.sockets.remove(socket)

    def refuse(self, part: str, status: int, times: int | None = None) -> None:
        """Refuse subscriptions to addresses with this part from now on."""
        self.rules.append(Rule(part, status, times))

    def _grant(self, socket: Socket, uri: str) -> Resource[Any]:
        if status := self._refusal(socket, uri):
            raise Refused(status, TEXTS.get(status, ""))
        found = meant(uri)
        if found is None:
            raise Refused(UNKNOWN, TEXTS[UNKNOWN])
        kind, xuid, argument = found
        person, viewer = self._world.by_xuid(xuid), self._world.people[socket.account]
        kept_off = kind.presence and self.knobs.token_type == "no_presence"
        if (
            person is None
            or kept_off
            or (person.private and person is not viewer)
            or (uri.endswith("/richpresence") and self.knobs.token_type != "trusted")
        ):
            raise Refused(DENIED, TEXTS[DENIED])
        return kind(self._world, self.knobs, viewer, person, argument)

    def _refusal(self, socket: Socket, uri: str) -> int:
        now = self._world.clock.elapsed()
        recent = [at for at in socket.subscribed_at if now - at < 1.0]
        socket.subscribed_at = [*recent, now]
        if 0 < self.knobs.subscribes_per_second <= len(recent):
            return THROTTLED
        for rule in self.rules:
            if rule.part not in uri or rule.times == 0:
                continue
            if rule.times is not None:
                rule.times -= 1
            return rule.status
        if len(socket.subscriptions) >= self.knobs.subscriptions_per_socket:
            return LIMIT
        return SUCCESS

    def notice(self) -> None:
        """Tell everybody what is new to them."""
        # Many subscriptions are about the same person: one look is enough for all of them.
        looks: Looks = {}
        for socket in tuple(self.sockets):
            socket.notice(looks, _later)

    def resync(self) -> None:
        """Tell everybody that what they know may be stale."""
        for socket in self.sockets:
            socket.resync()

    def end(self) -> None:
        """End every connection."""
        for socket in self.sockets:
            socket.end()


def _later(seconds: float, call: Callable[[], None]) -> None:
    if seconds > 0:
        asyncio.get_running_loop().call_later(seconds, call)
    else:
        call()
