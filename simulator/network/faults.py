"""What can go wrong, on demand."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
import itertools
import math
import random
from typing import Literal, get_args

from simulator.clock import Clock

type Kind = Literal[
    "status",  # any HTTP status, `retry_after` adds the header
    "html",  # a page where JSON is due
    "empty",  # the status with no body
    "malformed",  # JSON cut short
    "json",  # `body`, whatever was asked
    "bent",  # the true answer, with a list around each word and each number
    "huge",  # fifty megabytes
    "slow",  # `seconds` later, then the true answer
    "trickle",  # the true answer, a byte each `seconds`
    "drop",  # the connection ends without an answer
    "cut",  # the connection ends in the middle of the true answer
    "stale",  # connections from before end when they are used again
    "clock",  # the true answer, with a `Date` that is `seconds` off
    "redirect",  # to `location`
    "xccs",  # the console service's error `word`
    "unauthorized",  # 401, as for a bad token
    "outage",  # every connection closed
]
KINDS: tuple[str, ...] = get_args(Kind.__value__)

_ids = itertools.count(1)


@dataclass(kw_only=True)
class Fault:
    """One rule: requests that match all given members go wrong in the way of `kind`."""

    kind: Kind
    host: str | None = None
    path: str | None = None
    """Prefix of the path, without the host."""
    method: str | None = None
    account: str | None = None
    """Account key."""
    times: int | None = None
    """How often it strikes; None: until it is taken away."""
    lasts_seconds: float | None = None
    """How long it is in force; None: until it is taken away."""
    after: int = 0
    """How many matching requests it lets pass first."""
    status: int | None = None
    """None: 500, or what the error `word` comes with."""
    retry_after: float | None = None
    chance: float = 1.0
    """Of striking a request that matches; the dice are the same each time."""
    seconds: float = 5.0
    location: str = ""
    body: str = "{}"
    word: str = "ErrorCallingWNS"
    label: str = ""
    since: float = 0.0
    """When it was put in force."""
    struck: int = 0
    """How often it has struck."""
    id: int = field(default_factory=lambda: next(_ids))

    def __post_init__(self) -> None:
        """Refuse an unknown kind: a fault that never strikes would prove nothing."""
        if self.kind not in KINDS:
            raise ValueError(f"kind: one of {', '.join(KINDS)}")

    def matches(self, method: str, host: str, path: str, account: str | None) -> bool:
        """Tell whether the rule is about this request."""
        if self.kind == "outage":
            return True
        return (
            (self.host is None or self.host == host)
            and (self.path is None or path.startswith(self.path))
            and (self.method is None or self.method.upper() == method)
            and (self.account is None or self.account == account)
        )

    def as_dict(self) -> dict[str, object]:
        """Return the rule's members."""
        return asdict(self)


class Faults:
    """The rules in force, oldest first."""

    def __init__(
        self,
        changed: Callable[[], None] = lambda: None,
        clock: Clock | None = None,
    ) -> None:
        """Start with none; `changed` is called after each change."""
        self._rules: list[Fault] = []
        self._ends: dict[int, float] = {}
        self._changed = changed
        self._dice = random.Random(20261106)
        self._clock = clock or Clock()

    def __iter__(self) -> Iterator[Fault]:
        """Iterate over the rules in force."""
        now = self._clock.elapsed()
        self._rules = [
            rule for rule in self._rules if self._ends.get(rule.id, math.inf) > now
        ]
        return iter(tuple(self._rules))

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force and return it."""
        self._rules.append(fault)
        fault.since = self._clock.elapsed()
        if fault.lasts_seconds is not None:
            self._ends[fault.id] = fault.since + fault.lasts_seconds
        self._changed()
        return fault

    def remove(self, fault_id: int) -> bool:
        """Take the rule with this id away; tell whether there was one."""
        kept = [rule for rule in self._rules if rule.id != fault_id]
        found = len(kept) != len(self._rules)
        self._rules = kept
        self._changed()
        return found

    def clear(self) -> None:
        """Take every rule away."""
        self._rules.clear()
        self._changed()

    def strike(
        self, method: str, host: str, path: str, account: str | None
    ) -> Fault | None:
        """Return the first rule that strikes this request, and count it."""
        for rule in self:
            if not rule.matches(method, host, path, account):
                continue
            if rule.after > 0:
                rule.after -= 1
                continue
            if self._dice.random() >= rule.chance:
                continue
            rule.struck += 1
            if rule.times is not None:
                rule.times -= 1
                if rule.times <= 0:
                    self._rules.remove(rule)
                self._changed()
            return rule
        return None
