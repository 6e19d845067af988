"""The simulated Xbox network's state: accounts, consoles, titles, and what happened to them."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from simulator.accounts import REFUSALS, Account, demo_accounts
from simulator.clock import Clock
from simulator.console import Console, PowerState, StorageDevice
from simulator.demo import demo_consoles
from simulator.faults import Fault, Faults
from simulator.knobs import Knobs
from simulator.operations import Operation, Operations
from simulator.titles import Title, Titles, demo_titles
from simulator.tokens import TokenBook

__all__ = [
    "REFUSALS",
    "Account",
    "Capture",
    "Clock",
    "Console",
    "Fault",
    "Faults",
    "Knobs",
    "LoggedRequest",
    "Operation",
    "Operations",
    "PowerState",
    "StorageDevice",
    "Title",
    "Titles",
    "Unlock",
    "World",
]


@dataclass(kw_only=True)
class LoggedRequest:
    """One request that was answered (status 0: the connection was dropped)."""

    method: str
    host: str
    path: str
    status: int
    time: float
    account: str | None = None


@dataclass(kw_only=True)
class Unlock:
    """An achievement that somebody earned."""

    account: str
    title_id: int
    achievement: str
    gamerscore: int
    time: float


@dataclass(kw_only=True)
class Capture:
    """A screenshot or a game clip."""

    id: str
    account: str
    console_id: str
    kind: str
    title_id: int
    time: float


@dataclass
class World:
    """Everything there is. `World.demo()` makes a lively one."""

    clock: Clock = field(default_factory=Clock)
    knobs: Knobs = field(default_factory=Knobs)
    titles: Titles = field(default_factory=lambda: Titles(demo_titles()))
    accounts: dict[str, Account] = field(default_factory=dict)
    consoles: dict[str, Console] = field(default_factory=dict)
    requests: deque[LoggedRequest] = field(default_factory=lambda: deque(maxlen=5000))
    unlocks: list[Unlock] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Wire up the parts that report changes."""
        self.listeners: list[Callable[[], None]] = []
        self._first_knobs = asdict(self.knobs)
        self.faults = Faults(self.publish)
        self.tokens = TokenBook(self)
        self.operations = Operations()

    @classmethod
    def demo(cls, *, clock: Clock | None = None, knobs: Knobs | None = None) -> World:
        """Return the sample world: a parent with three consoles, a child, and every refusable account."""
        world = cls(clock=clock or Clock(), knobs=knobs or Knobs())
        world.fill()
        return world

    def fill(self) -> None:
        """Put the sample people and consoles into the world."""
        self.accounts.update({account.key: account for account in demo_accounts()})
        for console in demo_consoles(self.titles, self.clock, self.knobs):
            self.consoles[console.id] = console
        self.accounts["parent"].console_ids = list(self.consoles)

    def reset(self) -> None:
        """Return to the sample world and the first knobs, in place; issued tokens stay valid."""
        self.clock.offset = 0.0
        vars(self.knobs).update(self._first_knobs)
        for kept in (
            self.accounts,
            self.consoles,
            self.requests,
            self.unlocks,
            self.captures,
        ):
            kept.clear()
        self.operations = Operations()
        self.tokens.reset()
        self.faults.clear()
        self.fill()
        self.publish()

    def settle(self) -> None:
        """Let everything happen whose time has come, and tell the listeners if anything did.

        Whoever calls first tells: a request as well as the ticker of the application.
        """
        # Every console has to be asked, so no short cut after the first that changed.
        if any([console.settle() for console in self.consoles.values()]):  # noqa: C419
            self.publish()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change; returns the way to stop that."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def publish(self) -> None:
        """Tell all listeners that something changed."""
        for listener in tuple(self.listeners):
            listener()

    def log(self, entry: LoggedRequest) -> None:
        """Remember an answered request."""
        self.requests.append(entry)
        self.publish()
