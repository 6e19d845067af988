"""The looks at a console that hints lead to: the cloud may lag behind what hints at a change."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
import math

from homeassistant.core import callback

from ..account import polling


class Hints:
    """Looks at once, and again at growing pauses until a look shows a change, which is what a hint hints at."""

    def __init__(
        self,
        loop: AbstractEventLoop,
        look: Callable[[], None],
        looks: Sequence[float],
        *,
        apart: float = 0.0,
        lasts: Callable[[], bool] = lambda: False,
    ) -> None:
        """Look at `looks` seconds after a hint, never sooner than `apart` after any look.

        `lasts` tells that what hinted goes on, so that it is worth looking longer.
        """
        self._loop, self._look_now = loop, look
        self._looks, self._apart, self._lasts = looks, apart, lasts
        self._begun_at = 0.0
        self._read_at = -math.inf
        self._planned: Callable[[], None] | None = None

    @callback
    def begin(self) -> None:
        """Follow a hint; one that was followed is forgotten."""
        self.end()
        self._begun_at = self._loop.time()
        self._look_at(self._begun_at)

    @callback
    def reading(self) -> None:
        """Take note that the console is asked, for whatever reason."""
        self._read_at = self._loop.time()

    @callback
    def end(self) -> None:
        """Follow none any more: it was borne out, or nobody wants to know."""
        if self._planned is not None:
            self._planned()
            self._planned = None

    @callback
    def _look_at(self, due: float) -> None:
        due = max(due, self._read_at + self._apart)
        if due <= self._loop.time():
            self._look()
        else:
            self._planned = self._loop.call_at(due, self._look).cancel

    @callback
    def _look(self) -> None:
        self._planned = None
        self.reading()
        self._look_now()
        since = self._loop.time() - self._begun_at
        due = polling.look_after_hint(since, self._looks, lasts=self._lasts())
        if due is not None:
            self._look_at(self._begun_at + due)
