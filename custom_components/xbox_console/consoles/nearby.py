"""A console in the local network: what is heard there makes us look sooner, and a wish for it to wake goes there too."""

from collections.abc import Callable
from typing import Any, Protocol

from homeassistant.core import HomeAssistant, callback

from ..account import polling
from ..lan.local import LocalNetwork
from ..lan.neighbour import Listener
from ..xboxlive.services.consoles import Console, PowerState
from .evidence import Evidence
from .hints import Hints
from .wishes import Wish

_PATIENCE = 6.0
"""Seconds after the network took a wake until the local network helps."""
_HOPE = 60.0
"""Seconds after a wake in the local network in which it may still have been heard."""


class Looked(Protocol):
    """What is looked at: the coordinator of a console, as much of it as this needs."""

    hass: HomeAssistant
    console: Console
    evidence: Evidence

    @property
    def present(self) -> bool:
        """Whether the account has the console."""

    @property
    def disabled(self) -> bool:
        """Whether nobody wants to know."""

    def hint(self) -> None:
        """Look soon."""

    def relied(self, relied: bool) -> None:
        """Hear whether it would be noticed elsewhere if the console came on."""


class Nearby:
    """Joins a console and what is heard of it in the local network."""

    def __init__(self, console: Looked, local: LocalNetwork) -> None:
        """Look after the console there."""
        self._console = console
        self._local = local
        self.neighbour = local.join(
            console.console.id,
            Listener(
                wanted=lambda: console.present and not console.disabled,
                hinted=lambda: self.hints.begin(),
                relied=console.relied,
            ),
        )
        self.hints = Hints(
            console.hass.loop,
            console.hint,
            polling.LOCAL_LOOKS,
            apart=polling.LOCAL_HINT,
            lasts=lambda: self._answers_alone,
        )
        self._stop_wake: Callable[[], None] | None = None
        self._woken: Wish | None = None
        self._woken_at = 0.0
        self._hopeful = False

    @property
    def _now(self) -> float:
        return self._console.hass.loop.time()

    @property
    def vouches(self) -> bool:
        """Whether the console would be heard if it came on."""
        return self.neighbour.vouches(self._now)

    @property
    def _answers_alone(self) -> bool:
        """Whether it answers though the network does not call it on."""
        presence = self.neighbour.presence
        return presence.answers is True and not presence.on

    @callback
    def heard(self) -> None:
        """Take note that the console was read."""
        on = self._console.evidence.network_says == PowerState.ON
        self.neighbour.hear_network(on=on, now=self._now)

    # Wakes

    @callback
    def switching_off(self) -> None:
        """Take note that the console is told to go to sleep."""
        self._local.switched_off(self.neighbour)

    @callback
    def wake(self, wish: Wish | None) -> None:
        """Help a wish for the console to wake, once."""
        if wish is None or wish is self._woken or not self._needed(wish):
            return
        self._woken, self._woken_at = wish, self._now
        self._hopeful = self._local.wake(self.neighbour, lambda: self._needed(wish))
        if self._hopeful:
            # From now on a console that is on has come on because of it.
            wish.sent_at = wish.sent_at or self._now

    @callback
    def wake_later(self, wish: Wish | None) -> None:
        """The same if the network alone does not wake it soon."""
        self._stop_waking()
        self._stop_wake = self._console.hass.loop.call_later(
            _PATIENCE, self.wake, wish
        ).cancel

    def _needed(self, wish: Wish) -> bool:
        return wish.alive and self._console.evidence.network_says != PowerState.ON

    def may_wake(self, wish: Wish) -> bool:
        """Whether a wish that the network refuses may come true: it sleeps here, and wakes were sent."""
        sleeps = self._console.evidence.network_says == PowerState.CONNECTED_STANDBY
        lately = self._woken is wish and self._now - self._woken_at < _HOPE
        return sleeps and lately and self._hopeful

    @callback
    def _stop_waking(self) -> None:
        if self._stop_wake is not None:
            self._stop_wake()
            self._stop_wake = None

    async def close(self) -> None:
        """Look after the console no more."""
        self._stop_waking()
        self.hints.end()
        await self._local.leave(self._console.console.id)

    @property
    def diagnostics(self) -> dict[str, Any]:
        """What helps to find a fault, without what identifies anyone."""
        known, counts = self.neighbour, self.neighbour.counts
        return {
            "found": known.address is not None,
            "answers": known.presence.answers,
            "healthy": known.presence.healthy,
            "probes": counts.probes,
            "answers_heard": counts.answers,
            "hints": counts.hints,
            "wakes": counts.wakes,
            "conflicts": counts.conflicts,
        }
