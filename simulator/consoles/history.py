"""What really happened to a console, and what it was told: kept for ever, for tests to compare with."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class State:
    """How a console truly is."""

    power: str
    transition: str
    """`waking`, `turning_off`, `rebooting`, `updating`, `maintenance` or empty."""
    awake: bool
    """A running system is on its picture."""
    plugged: bool
    app: str
    """AUMID of what is in front, home and screensaver included; empty while not awake."""
    playback: str


@dataclass(frozen=True)
class Shown:
    """What the network says of a console."""

    power: str
    playback: str
    focus: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """A command that arrived, and how it was answered; `at` in the clock's elapsed seconds."""

    at: float
    type: str
    command: str
    parameters: Mapping[str, str]
    answer: str
    """errorCode of the answer."""
    op_id: str | None


class Timeline[T]:
    """Values, each from its moment on, in the clock's elapsed seconds; only ever appended to."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._entries: list[tuple[float, T]] = []

    def note(self, moment: float, value: T) -> bool:
        """Keep a value if it is new; tell whether it was."""
        if self._entries and self._entries[-1][1] == value:
            return False
        self._entries.append((moment, value))
        return True

    @property
    def entries(self) -> tuple[tuple[float, T], ...]:
        """All values with their moments, the oldest first."""
        return tuple(self._entries)

    def at(self, moment: float) -> T:
        """Return the value at a moment; before the first one, that. Raises IndexError if there is none at all."""
        later = bisect_right(self._entries, moment, key=lambda entry: entry[0])
        return self._entries[max(0, later - 1)][1]

    def between(self, start: float, end: float) -> tuple[T, ...]:
        """Return the values of a span of time, the one at its start first."""
        later = [value for moment, value in self._entries if start < moment <= end]
        return (self.at(start), *later)


@dataclass(frozen=True)
class History:
    """One console's past."""

    states: Timeline[State] = field(default_factory=Timeline)
    shown: Timeline[Shown] = field(default_factory=Timeline)
    """What the network knew, before any lag."""
    commands: list[Told] = field(default_factory=list)
    """What arrived, the oldest first; what was refused as well."""
