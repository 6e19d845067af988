"""When a look may follow that an event causes. Pure: all times in seconds."""

from collections import deque

from ..account import polling


class Pacer:
    """Lets looks follow at once as long as they are few, and spaces them evenly when they are many."""

    def __init__(self) -> None:
        """Start with none."""
        self._looks: deque[float] = deque()

    def took(self, now: float) -> None:
        """Count a look."""
        self._looks.append(now)

    def next(self, now: float) -> float:
        """When the next look may be."""
        while self._looks and self._looks[0] <= now - polling.EVENTS_PERIOD:
            self._looks.popleft()
        if not self._looks:
            return now
        pause, number = polling.EVENT_PAUSE, len(self._looks)
        if number >= polling.EVENTS / 2:
            left = self._looks[0] + polling.EVENTS_PERIOD - self._looks[-1]
            pause = max(pause, left / max(1, polling.EVENTS - number))
        return max(now, self._looks[-1] + pause)
