"""The simulated Xbox network's state: accounts, consoles, titles, and what happened to them."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from simulator.accounts.account import Account
from simulator.accounts.tokens import TokenBook
from simulator.activity.hub import Hub
from simulator.captures.gallery import Capture, expire
from simulator.clock import Clock
from simulator.consoles.console import Console
from simulator.consoles.history import Timeline
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.operations import Operations
from simulator.demo.accounts import demo_accounts
from simulator.demo.consoles import demo_consoles
from simulator.demo.people import (
    demo_captures,
    demo_messages,
    demo_people,
    demo_pins,
    make_captures,
    make_friends,
)
from simulator.demo.titles import demo_titles
from simulator.games.titles import Titles
from simulator.knobs import Knobs
from simulator.lan.segment import Segment
from simulator.network.faults import Faults
from simulator.network.limits import Limits
from simulator.people.messages import Messages
from simulator.people.person import Person, Session
from simulator.people.pins import Pins
from simulator.people.state import Device, follow_consoles, note_devices
from simulator.people.unlocks import Unlock


@dataclass(kw_only=True)
class LoggedRequest:
    """One request that was answered (status 0: the connection was dropped)."""

    method: str
    host: str
    path: str
    status: int
    time: float
    account: str | None = None


@dataclass
class World:
    """Everything there is. `World.demo()` makes a lively one."""

    clock: Clock = field(default_factory=Clock)
    knobs: Knobs = field(default_factory=Knobs)
    titles: Titles = field(default_factory=lambda: Titles(demo_titles()))
    accounts: dict[str, Account] = field(default_factory=dict)
    others: dict[str, Person] = field(default_factory=dict)
    """People who cannot sign in here, by key."""
    consoles: dict[str, Console] = field(default_factory=dict)
    requests: deque[LoggedRequest] = field(default_factory=lambda: deque(maxlen=5000))
    unlocks: list[Unlock] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    messages: Messages = field(default_factory=Messages)
    pins: dict[str, Pins] = field(default_factory=dict)
    """By person's key."""
    sittings: dict[tuple[str, str], Session] = field(default_factory=dict)
    """Who sits at which console with what, by console id and account key."""
    past_devices: dict[str, Timeline[tuple[Device, ...]]] = field(default_factory=dict)
    """By person's key: where everybody was, as far as the services lag behind."""

    def __post_init__(self) -> None:
        """Wire up the parts that report changes."""
        self.listeners: list[Callable[[], None]] = []
        self._first_knobs = asdict(self.knobs)
        self.faults = Faults(self.publish, self.clock)
        self.tokens = TokenBook(self.clock, self.accounts)
        self.operations = Operations()
        self.limits = Limits(self.clock, self.knobs)
        self.lan = Segment(self.clock, self.consoles, self._lan_changed)
        self.activity = Hub(self)

    @classmethod
    def demo(cls, *, clock: Clock | None = None, knobs: Knobs | None = None) -> World:
        """Return the sample world: a parent with three consoles, a child, friends, and every refusable account."""
        world = cls(clock=clock or Clock(), knobs=knobs or Knobs())
        world.fill()
        return world

    def fill(self) -> None:
        """Put the sample people and consoles into the world."""
        self.accounts.update({account.key: account for account in demo_accounts()})
        for console in demo_consoles(self.titles, self.clock, self.knobs):
            self.consoles[console.id] = console
            console.record()
        self.accounts["parent"].console_ids = list(self.consoles)
        demo_people(self)
        demo_captures(self)
        demo_messages(self)
        demo_pins(self)
        follow_consoles(self)

    def add_friends(self, count: int) -> list[Person]:
        """Give the parent `count` more friends; every fifth is online, every tenth in a game."""
        friends = make_friends(self, count)
        self.publish()
        return friends

    def add_captures(self, count: int) -> list[Capture]:
        """Give the parent `count` more captures, screenshots and clips by turns."""
        captures = make_captures(self, count)
        self.publish()
        return captures

    @property
    def people(self) -> dict[str, Person]:
        """Everybody with a profile that others can see, by key."""
        seen = {key: one for key, one in self.accounts.items() if not one.hidden}
        return {**seen, **self.others}

    def people_by_xuid(self) -> dict[str, Person]:
        """Everybody by xuid."""
        return {person.xuid: person for person in self.people.values()}

    def by_xuid(self, xuid: str) -> Person | None:
        """Find somebody by xuid."""
        return self.people_by_xuid().get(xuid)

    def by_gamertag(self, gamertag: str) -> Person | None:
        """Find somebody by gamertag; case and spaces do not matter, a suffix has to follow a `#`."""
        wanted = plain_gamertag(gamertag)
        return next(
            (
                person
                for person in self.people.values()
                if wanted
                in (
                    plain_gamertag(person.gamertag),
                    plain_gamertag(person.unique_gamertag),
                )
            ),
            None,
        )

    def reset(self) -> None:
        """Return to the sample world and the first knobs, in place; issued tokens stay valid."""
        self.clock.offset = 0.0
        vars(self.knobs).update(self._first_knobs)
        for kept in (
            self.accounts,
            self.others,
            self.consoles,
            self.requests,
            self.unlocks,
            self.captures,
            self.pins,
            self.sittings,
            self.past_devices,
        ):
            kept.clear()
        self.messages.clear()
        self.limits.clear()
        self.lan.clear()
        self.operations = Operations()
        self.tokens.reset()
        self.faults.clear()
        self.activity.reset()
        self.fill()
        self.publish()

    def behave(self, knobs: ConsoleKnobs, *consoles: Console) -> None:
        """Let consoles follow these knobs, all of them if none is named."""
        for console in consoles or self.consoles.values():
            console.behave(knobs)
        self.publish()

    def settle(self) -> None:
        """Let everything happen whose time has come, and tell the listeners if anything did.

        Whoever calls first tells: a request as well as the ticker of the application.
        """
        # Every console has to be asked, so no short cut after the first that changed.
        changed = any([console.settle() for console in self.consoles.values()])  # noqa: C419
        self._follow()
        if expire(self) or changed:
            self.publish()

    def _lan_changed(self) -> None:
        self.settle()
        # A packet that was heard moves nobody: only who watches is told.
        self._tell()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change; returns the way to stop that."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def publish(self) -> None:
        """Tell all listeners that something changed."""
        for console in self.consoles.values():
            console.record()
        self._follow()
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()

    def _follow(self) -> None:
        """Let everybody be where they are now, and tell whoever wants to know at once."""
        follow_consoles(self)
        note_devices(self, self.people.values())
        self.activity.notice()

    def log(self, entry: LoggedRequest) -> None:
        """Remember an answered request."""
        self.requests.append(entry)
        # Who only asks moves nobody: only who watches is told.
        if entry.method == "GET":
            self._tell()
        else:
            self.publish()


def plain_gamertag(gamertag: str) -> str:
    """Return a gamertag in the form in which two of them are compared."""
    return gamertag.replace(" ", "").casefold()
