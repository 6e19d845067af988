"""One connection to the push channel: its subscriptions, and what goes out on it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
import json
from typing import Any, Literal

from simulator.activity.knobs import ActivityKnobs, Ending
from simulator.activity.resources import Looks, Resource

SUBSCRIBE, UNSUBSCRIBE, EVENT, RESYNC = 1, 2, 3, 4
NO_DATA = "There is no data associated with the specified resource."


class Refused(Exception):
    """A subscription that is not granted."""

    def __init__(self, status: int, text: str) -> None:
        """Keep what is answered."""
        super().__init__(text)
        self.status, self.text = status, text


type Grant = Callable[[Socket, str], Resource[Any]]
"""Opens a resource for a socket. Raises Refused."""


@dataclass(frozen=True)
class End:
    """That a socket is to end, and how."""

    how: Ending
    reason: str = ""


@dataclass(eq=False)
class Socket:
    """One connection."""

    number: int
    account: str
    """Key of the person who is signed in on it."""
    since: float
    """In the clock's elapsed seconds."""
    knobs: ActivityKnobs
    grant: Grant
    way: Literal["header", "nonce"] = "header"
    subprotocol: bool = False
    language: str = ""
    subscriptions: dict[int, tuple[str, Resource[Any]]] = field(default_factory=dict)
    outbox: asyncio.Queue[str | End] = field(default_factory=asyncio.Queue)
    events: int = 0
    pings: int = 0
    subscribed_at: list[float] = field(default_factory=list)
    _next: int = 0

    @property
    def uris(self) -> list[str]:
        """Return what is subscribed to."""
        return [uri for uri, _ in self.subscriptions.values()]

    def hear(self, text: str) -> None:
        """Answer a message; what is none of the known ones is ignored."""
        match json.loads(text):
            case [1, int(sequence), str(uri)]:
                self._subscribe(sequence, uri)
            case [2, int(sequence), int(key)]:
                gone = self.subscriptions.pop(key, None)
                self.say(UNSUBSCRIBE, sequence, 0 if gone else 5)
                if gone and self.knobs.late_events:
                    self.say(EVENT, key, "PC:true")

    def _subscribe(self, sequence: int, uri: str) -> None:
        if self.knobs.unanswered > 0:
            self.knobs.unanswered -= 1
            return
        try:
            resource = self.grant(self, uri)
        except Refused as refusal:
            padded = [None] if self.knobs.refusal_shape == "padded" else []
            self.say(SUBSCRIBE, sequence, refusal.status, *padded, refusal.text)
            return
        key, self._next = self._next, self._next + 1
        self.subscriptions[key] = uri, resource
        extra = ["extra"] if self.knobs.oddities else []
        self.say(SUBSCRIBE, sequence, 0, key, resource.first(), *extra)

    def notice(
        self, looks: Looks, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        """Tell what is new by these looks; `later` calls something after so many seconds."""
        for key, (_, resource) in tuple(self.subscriptions.items()):
            for event in resource.news(looks):
                if self.knobs.silent or self.knobs.deaf:
                    continue
                tell = partial(self._tell, key, event)
                later(self.knobs.event_delay_seconds, tell)

    def _tell(self, key: int, event: object) -> None:
        if key not in self.subscriptions:
            return
        for _ in range(1 + self.knobs.repeats):
            self.say(EVENT, key, event)
        if self.knobs.oddities:
            self.outbox.put_nowait("[3,")
            self.say(9, 1)
            self.say(EVENT, 987654, {"unknown": True})
        self.events += 1
        if self.knobs.close_after and self.events >= self.knobs.close_after:
            self.end()

    def resync(self) -> None:
        """Say that what is known may be stale."""
        self.say(RESYNC)

    def say(self, *message: object) -> None:
        """Send an array."""
        if not self.knobs.deaf:
            self.outbox.put_nowait(json.dumps(message))

    def end(self, how: Ending | None = None) -> None:
        """End the connection, in the way of the knob if none is named."""
        self.outbox.put_nowait(End(how or self.knobs.ending, self.knobs.close_reason))
