"""One console in the local network: where it is, whether it answers, and when to ask it next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .memory import Remembered
from .presence import Presence

RARELY = 30.0
"""Between two questions to a console."""
OFTEN = 5.0
"""The same while it is not on and would be missed if it came on."""
AFTER_TURN_OFF = 60.0
"""Seconds after we switched a console off in which a wake might bring it back: none is sent."""


@dataclass(slots=True, kw_only=True)
class Listener:
    """Who looks after a console, as much of it as the local network needs."""

    wanted: Callable[[], bool]
    """Whether anybody wants to know of it."""
    hinted: Callable[[], None]
    """Called when it may have come on or gone, which the network has not said."""
    relied: Callable[[bool], None]
    """Called with whether it would be noticed here if it came on, when that has changed."""


@dataclass(slots=True)
class Counts:
    """What diagnostics tell."""

    probes: int = 0
    answers: int = 0
    hints: int = 0
    wakes: int = 0
    conflicts: int = 0
    """How often several addresses answered in its name."""


@dataclass(slots=True, kw_only=True, eq=False)
class Neighbour:
    """One console of the account."""

    console_id: str = field(repr=False)
    listener: Listener
    presence: Presence
    address: str | None = None
    """From where it answered last, with its own id."""
    candidate: str | None = None
    """Where it may be now."""
    counts: Counts = field(default_factory=Counts)
    answers_since: datetime | None = None
    asleep_until: float = 0.0
    """Until when no wake is sent."""
    _vouched: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where to ask."""
        known = (self.address, self.candidate)
        return tuple(dict.fromkeys(one for one in known if one is not None))

    @property
    def lost(self) -> bool:
        """Whether nobody knows where it is."""
        return self.address is None or self.presence.lost

    @property
    def pace(self) -> float:
        """Seconds between two questions."""
        awaited = self.presence.healthy and self.presence.on is False
        return OFTEN if awaited else RARELY

    @property
    def remembered(self) -> Remembered:
        """What is to be kept."""
        return Remembered(address=self.address, healthy=self.presence.healthy)

    @callback
    def vouches(self, now: float) -> bool:
        """Whether it would be heard if it came on."""
        return self.presence.vouches(now)

    @callback
    def found(self, addresses: frozenset[str], now: float) -> bool:
        """Take from where it has answered; whether it was found. Of several addresses none is used."""
        if len(addresses) != 1:
            self.counts.conflicts += 1
            self.address = self.candidate = None
            self.presence.lose_touch()
            self._check(now)
            return False
        [self.address] = addresses
        self.candidate = None
        self.counts.answers += 1
        if not self.presence.answers:
            self.answers_since = dt_util.utcnow()
        changed = self.presence.hear_answer(now)
        self._follow(changed=changed, now=now)
        return True

    @callback
    def silent(self, now: float) -> None:
        """Take note that it did not answer."""
        changed = self.presence.hear_silence(now)
        if not self.presence.answers:
            self.answers_since = None
        self._follow(changed=changed, now=now)

    @callback
    def unreachable(self, now: float) -> None:
        """Take note that it cannot be asked at all."""
        self.presence.lose_touch()
        self._check(now)

    @callback
    def hear_network(self, *, on: bool, now: float) -> None:
        """Take what the network says of it."""
        self.presence.hear_network(on=on, now=now)
        self._check(now)

    @callback
    def announced(self, *, alive: bool) -> None:
        """Take what is said in its name: worth a look unless the network says the same."""
        if self.presence.on is not alive:
            self._hint()

    @callback
    def moved(self, address: str) -> None:
        """Take that it has another address: it is asked there, and it may have come on."""
        if address != self.address:
            self.candidate = address
        self.announced(alive=True)

    def _follow(self, *, changed: bool, now: float) -> None:
        self._check(now)
        if changed and not self.presence.agrees:
            self._hint()

    def _hint(self) -> None:
        self.counts.hints += 1
        self.listener.hinted()

    def _check(self, now: float) -> None:
        self.presence.check(now)
        before, self._vouched = self._vouched, self.presence.vouches(now)
        if self._vouched is not before and self.presence.on is False:
            self.listener.relied(self._vouched)
