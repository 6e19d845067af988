"""What is going to happen, one thing in each slot."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.clock import Clock


@dataclass(frozen=True)
class _Due:
    at: float
    run: Callable[[], object]


class Agenda:
    """Things that are due, each in its own time even when the clock is looked at late."""

    def __init__(self, clock: Clock) -> None:
        """Start with nothing due."""
        self._clock = clock
        self._due: dict[str, _Due] = {}
        self._moment: float | None = None

    def now(self) -> float:
        """Return the elapsed seconds; while something happens, those at which it was due."""
        return self._clock.elapsed() if self._moment is None else self._moment

    def after(self, seconds: float, slot: str, run: Callable[[], object]) -> float:
        """Do something later, in place of what was due in that slot; returns the seconds until then."""
        self._due[slot] = _Due(self.now() + seconds, run)
        return seconds

    def left(self, slot: str) -> float | None:
        """Return in how many seconds the slot's change comes, or None when there is none."""
        due = self._due.get(slot)
        return None if due is None else max(0.0, due.at - self.now())

    def drop(self, slot: str) -> None:
        """Let what is due in a slot not happen."""
        self._due.pop(slot, None)

    def clear(self) -> None:
        """Let nothing happen."""
        self._due.clear()

    def happen(self, noted: Callable[[], None]) -> bool:
        """Let happen what is due, calling `noted` after each; tell whether anything was."""
        happened = False
        while ready := self._next():
            slot, due = ready
            del self._due[slot]
            self._moment = due.at
            try:
                due.run()
                noted()
            finally:
                self._moment = None
            happened = True
        return happened

    def _next(self) -> tuple[str, _Due] | None:
        now = self._clock.elapsed()
        ready = [item for item in self._due.items() if item[1].at <= now]
        return min(ready, key=lambda item: item[1].at, default=None)
