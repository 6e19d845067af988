"""What a knob can be set to, and how tests draw from it."""

from collections.abc import Sequence
from dataclasses import dataclass
import math
from random import Random
from typing import Protocol

NEVER = math.inf
"""Seconds until what does not come; `never` in JSON."""

type Value = float | int | str | bool | None


class Range(Protocol):
    """The values of one knob."""

    def drawn(self, random: Random, *, never: bool) -> Value:
        """Return a value; NEVER only if `never` says so."""

    def checked(self, value: object) -> Value:
        """Return a value as the knob keeps it, given one or its JSON. Raises ValueError."""

    def described(self) -> dict[str, object]:
        """Return the range in JSON."""


@dataclass(frozen=True)
class Seconds:
    """A duration. `highest` bounds what is drawn; any longer one can be set."""

    highest: float
    never: bool = False
    """NEVER is one of the values."""
    unset: bool = False
    """None is one of the values: something else decides."""
    lowest: float = 0.0
    """The least that can be set."""

    def drawn(self, random: Random, *, never: bool) -> Value:
        """Return the ends of the range, NEVER and None as often as what lies between."""
        ends: list[Value] = [self.lowest, self.highest]
        if self.never and never:
            ends.append(NEVER)
        if self.unset:
            ends.append(None)
        between = round(random.uniform(self.lowest, self.highest), 1)
        return random.choice([*ends, *[between] * len(ends)])

    def checked(self, value: object) -> Value:
        """Accept `never` and null where they have a meaning. Raises ValueError."""
        if value is None and self.unset:
            return None
        if value in ("never", NEVER) and self.never:
            return NEVER
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not self.lowest <= (seconds := float(value)) < NEVER:  # type: ignore[arg-type]  # a number
            more = ", or never" if self.never else ""
            raise ValueError(f"seconds from {self.lowest:g} on{more}")
        return seconds

    def described(self) -> dict[str, object]:
        """Return what a page needs for an input."""
        more = [*([None] if self.unset else []), *(["never"] if self.never else [])]
        return {"seconds": [self.lowest, self.highest], "or": more}


@dataclass(frozen=True)
class Count:
    """A whole number. `highest` bounds what is drawn."""

    highest: int

    def drawn(self, random: Random, *, never: bool) -> Value:
        """Return a number, every second time none at all."""
        return random.choice([0, random.randint(1, self.highest)])

    def checked(self, value: object) -> Value:
        """Accept whole numbers. Raises ValueError."""
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError("a whole number")
        return value

    def described(self) -> dict[str, object]:
        """Return what a page needs for an input."""
        return {"count": [0, self.highest]}


@dataclass(frozen=True)
class Choice:
    """One of a few values."""

    values: Sequence[Value]

    def drawn(self, random: Random, *, never: bool) -> Value:
        """Return any of them."""
        return random.choice(self.values)

    def checked(self, value: object) -> Value:
        """Accept what is one of them. Raises ValueError."""
        for known in self.values:
            # True equals 1, but is no number here.
            if known == value and type(known) is type(value):
                return known
        raise ValueError(f"one of {', '.join(map(str, self.values))}")

    def described(self) -> dict[str, object]:
        """Return what a page needs for an input."""
        return {"choice": list(self.values)}
