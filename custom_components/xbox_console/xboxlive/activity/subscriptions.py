"""What is subscribed to on one socket, as the difference to what is wanted. Pure: all times in seconds."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
import math

from . import protocol

ANSWER = 20.0
"""How long an answer may take; after that the question is asked again."""
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class _PutOff:
    """That something was not granted for now."""

    times: int
    until: float


class Subscriptions:
    """Keeps what is wanted, asked for, held, put off and refused; the service's keys hold for one socket."""

    def __init__(self, jitter: Callable[[], float] = lambda: 0.0) -> None:
        """Start with nothing; `jitter` gives seconds that lengthen a pause."""
        self._jitter = jitter
        self._sequence = 0
        self._asked: dict[int, tuple[str, float]] = {}
        self._keys: dict[str, int] = {}
        self._uris: dict[int, str] = {}
        self._put_off: dict[str, _PutOff] = {}
        self.refused: dict[str, int] = {}
        """By address: the status of a refusal that is the last word on this socket."""

    @property
    def held(self) -> Collection[str]:
        """What events come for."""
        return self._keys.keys()

    @property
    def waiting(self) -> int:
        """How many are put off."""
        return len(self._put_off)

    def settled(self, wanted: Collection[str]) -> bool:
        """Whether all that is wanted is held, or never will be."""
        return all(uri in self._keys or uri in self.refused for uri in wanted)

    def due(self, wanted: Collection[str], now: float) -> Iterator[str]:
        """The messages that bring what is held nearer to what is wanted."""
        self._forget(wanted)
        for sequence, (uri, at) in tuple(self._asked.items()):
            if now >= at + ANSWER:
                del self._asked[sequence]
                self._again(uri, now)
        for uri in sorted(self._keys.keys() - set(wanted)):
            # Its last events may be under way: they are of a key that means nothing now.
            key = self._keys.pop(uri)
            del self._uris[key]
            yield protocol.unsubscribe(self._next(), key)
        under_way = {uri for uri, _ in self._asked.values()}
        for uri in sorted(wanted):
            later = self._put_off.get(uri)
            if uri in self._keys or uri in self.refused or uri in under_way:
                continue
            if later is None or later.until <= now:
                self._asked[self._next()] = uri, now
                yield protocol.subscribe(self._sequence, uri)

    def _forget(self, wanted: Collection[str]) -> None:
        """What is no longer wanted may be wanted again, with better luck."""
        for known in (self.refused, self._put_off):
            for uri in known.keys() - set(wanted):
                del known[uri]

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence

    def _again(self, uri: str, now: float) -> None:
        times = self._put_off[uri].times + 1 if uri in self._put_off else 1
        pause = min(times**2, _LONGEST_PAUSE) + self._jitter()
        self._put_off[uri] = _PutOff(times, now + pause)

    def next_due(self) -> float:
        """When there may be something to send although nothing was heard."""
        asked = dict(self._asked.values())
        return min(
            (
                *(at + ANSWER for at in asked.values()),
                *(it.until for uri, it in self._put_off.items() if uri not in asked),
            ),
            default=math.inf,
        )

    def granted(self, message: protocol.Subscribed) -> None:
        """Hear that a subscription is held."""
        uri, _ = self._asked.pop(message.sequence, (None, 0.0))
        if uri is None:
            # It came too late and was asked for again, or nobody asked.
            return
        self._put_off.pop(uri, None)
        self._keys[uri] = message.key
        self._uris[message.key] = uri

    def denied(self, message: protocol.Refused, now: float) -> None:
        """Hear that a subscription is not held, for now or for good."""
        uri, _ = self._asked.pop(message.sequence, (None, 0.0))
        if uri is None:
            return
        if message.status in protocol.PASSING:
            self._again(uri, now)
        else:
            self._put_off.pop(uri, None)
            self.refused[uri] = message.status

    def about(self, event: protocol.Event) -> str | None:
        """What an event is about; None if nothing that is held."""
        return self._uris.get(event.key)
