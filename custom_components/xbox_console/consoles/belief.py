"""Whether what the network says of a console's power is to be believed.

The network goes on calling a console on that lost its plug while it was on, and it calls one on
that wakes for a minute to look after itself. Neither is on to its user.
"""

from collections.abc import Callable
from dataclasses import replace

from ..games.library import Kind
from ..xboxlive.services.consoles import ConsoleStatus, PowerState
from .state import ConsoleState

MAINTENANCE = 60.0
"""Seconds for which a console that woke by itself and shows nothing is not yet on."""
SILENCE = 12 * 3600.0
"""Seconds after which a console that is said to be on, but never stirs, may be unplugged."""

_SHOWS_NOTHING = (None, Kind.SCREENSAVER)


class Belief:
    """What speaks for and against the network's word about one console."""

    def __init__(self, status: ConsoleStatus, now: Callable[[], float]) -> None:
        """Believe what is known at first; `now` gives seconds that never go back."""
        self._now = now
        self._status = status
        self._alive_at = now()
        self._woke_at: float | None = None
        self._unreachable = False

    @property
    def silent_for(self) -> float:
        """Seconds since something last proved that the console is there."""
        return self._now() - self._alive_at

    def hear(self, status: ConsoleStatus, *, asked: bool) -> None:
        """Take note of a status; `asked` tells that somebody here wants the console to be on."""
        before, self._status = self._status, status
        if status != before:
            self.see_life()
        if status.power_state != PowerState.ON or asked:
            self._woke_at = None
        elif before.power_state != PowerState.ON:
            self._woke_at = self._now()

    def see_life(self) -> None:
        """Take note that the console did something."""
        self._alive_at = self._now()
        self._unreachable = False

    def miss(self) -> None:
        """Take note that nothing reached the console."""
        self._unreachable = True

    def judge(self, observed: ConsoleState) -> ConsoleState:
        """The state to believe in."""
        if not observed.on:
            return observed
        if self._unreachable:
            return replace(observed.asleep(), power=PowerState.OFF)
        if self.silent_for >= SILENCE:
            return replace(observed.asleep(), power=PowerState.UNKNOWN)
        shown = observed.app.kind if observed.app else None
        if self._woke_at is not None and shown in _SHOWS_NOTHING:
            if self._now() - self._woke_at < MAINTENANCE:
                return observed.asleep()
        else:
            self._woke_at = None
        return observed
