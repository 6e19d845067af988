"""The coordinator of one console: what it is doing, as far as anybody says."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import override

from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from ..account import naming, polling
from ..account.coordinator import Context, XboxCoordinator
from ..account.devices import device_of
from ..account.options import Options
from ..const import DOMAIN, LOGGER
from ..games.coordinator import LibraryCoordinator
from ..games.library import Kind
from ..xboxlive.errors import (
    ConsoleNotFound,
    ConsoleTemporarilyUnreachable,
    ConsoleUnreachable,
)
from ..xboxlive.services.consoles import (
    CommandReply,
    Console,
    ConsoleStatus,
    PowerState,
)
from . import wake
from .commands import Aspect, ConsoleCommand
from .control import Control
from .evidence import Evidence, Judgement, Reason, Witness
from .hints import Hints
from .memory import EvidenceMemory
from .nearby import Nearby
from .operations import hear_operation
from .players import Player, is_pushed
from .sound import Sound
from .state import ConsoleState, observe
from .together import Together
from .wishes import Wish, Wishes

EVENT_COMMAND_FAILED = f"{DOMAIN}_command_failed"
"""Fired when a console did not do what somebody had asked for and no longer waited for."""


class ConsoleCoordinator(XboxCoordinator[ConsoleState]):
    """What one console is doing, and the way to tell it what to do."""

    def __init__(
        self,
        context: Context,
        console: Console,
        library: LibraryCoordinator,
        memory: EvidenceMemory,
        together: Together,
    ) -> None:
        """Start with what is remembered and listed."""
        super().__init__(context, f"{naming.title(console)} status", polling.ON)
        self.console = console
        self.together = together
        self.library = library
        self.os_version: str | None = None
        self.unwakeable = False
        """Whether a try to wake the console failed because it is shut down, and it did not run since."""
        self.evidence: Evidence = memory.of(console.id)
        self.wishes = Wishes()
        self.wishes.rescue = self._rescue
        self.control = Control(self)
        self.nearby = Nearby(self, together.local)
        self.hints = Hints(self.hass.loop, self.hint, polling.HINT_LOOKS)
        reference = Options.of(context.entry).sound.get(console.id)
        self.sound = Sound(self.hass, reference, console.id) if reference else None
        self._memory = memory
        self._muted = False
        self._commanded_at: float | None = None
        self._asked_at = 0.0
        self._stop_waiting: Callable[[], None] | None = None
        self.observed = observe(self.evidence.status, library.data)
        self.believed = self.observed
        self.front_since: datetime | None = None
        """When what is in front was first seen there, if it was not there from the beginning."""
        self.data = self._shown()
        self.players: tuple[Player, ...] | None = ()
        """Who plays here; None if that cannot be told."""
        self.config_entry.async_on_unload(
            library.async_add_listener(self._library_changed)
        )

    @property
    @override
    def subject(self) -> str:
        return naming.title(self.console)

    @property
    def present(self) -> bool:
        """Whether the account has the console."""
        return self.evidence.present

    @property
    def judgement(self) -> Judgement:
        """What is believed of the power, and why."""
        return self.evidence.judge(_epoch())

    @property
    def in_use(self) -> bool:
        """Whether the network calls it on, and it is not just looking after itself."""
        on = self.evidence.network_says == PowerState.ON
        return on and self.judgement.reason is not Reason.MAINTENANCE

    @property
    def last_seen_alive(self) -> datetime | None:
        """When something last proved that the console is there: a change, or a command obeyed."""
        alive_at = self.evidence.alive_at
        return None if alive_at is None else dt_util.utc_from_timestamp(alive_at)

    def picture(self, side: int) -> str | None:
        """The address of a picture of what runs that is so many pixels high."""
        return self.library.picture(self.data.app, side)

    # What is heard

    @callback
    def met(self) -> None:
        """Take the list's word until its own status is read."""
        self.evidence.hear_list(self.console.power_state, _epoch())
        self.data = self._shown()

    @callback
    def listed(self, console: Console) -> None:
        """Hear what the list says; ask the console itself if the list has news of its power."""
        before, self.console = self.console, console
        was_present = self.present
        news = self.evidence.hear_list(console.power_state, _epoch())
        self.library.listed(before, console)
        if news or not was_present:
            self.hints.begin()
        if console != before or not was_present or news:
            self.publish()

    @callback
    def unlisted(self) -> None:
        """Hear that the list lacks the console, which its own status may deny."""
        was_present = self.present
        if self.evidence.hear_absence():
            self.hints.begin()
        if was_present and not self.present:
            self._left()

    @callback
    def _hear_not_found(self) -> None:
        """Hear that there is no such console, which the list may deny."""
        was_present = self.present
        self.evidence.hear_not_found()
        if was_present and not self.present:
            self._left()
        elif was_present:
            self.together.hint()
            self.hints.begin()

    @callback
    def _left(self) -> None:
        LOGGER.info("%s: the account no longer has the console", self.name)
        self.publish()
        self.set_pace()

    @callback
    def relied(self, relied: bool) -> None:
        """Take another pace from now on, as it would be noticed or not if the console came on."""
        self.together.hint()
        if not relied:
            self.hint()

    @override
    async def _read(self) -> ConsoleState:
        asked_at = self.hass.loop.time()
        self.nearby.hints.reading()
        operations = asyncio.gather(
            *(hear_operation(self, wish) for wish in tuple(self.wishes))
        )
        try:
            status = await self.xbox.smartglass.status(self.console.id)
        except ConsoleNotFound:
            self._hear_not_found()
            return self._shown()
        finally:
            await operations
        if asked_at < self._asked_at:
            # A later question was answered sooner.
            return self._shown()
        self._asked_at = asked_at
        before = self.observed
        self.observed = observe(status, self.library.data, self.believed)
        self._weigh(status, before)
        self.wishes.hear(self.observed, asked_at)
        self.control.heard()
        if self.observed.app and self.observed.app.kind is Kind.UNKNOWN:
            self.library.look_up(self.observed.app)
        return self._shown()

    @callback
    def _weigh(self, status: ConsoleStatus, before: ConsoleState) -> None:
        """Take a status as evidence."""
        now, observed = _epoch(), self.observed
        wanted = self.wishes.of(Aspect.POWER, Aspect.RESTART, Aspect.APP)
        shows = observed.app is not None and observed.app.kind is not Kind.SCREENSAVER
        used = shows or (wanted is not None and not wanted.command.sleeps)
        was_alive_at = self.evidence.alive_at
        self.evidence.hear_status(status, now, used=used or self.believed.on)
        if observed.power in (PowerState.ON, PowerState.CONNECTED_STANDBY):
            self.unwakeable = False
        if observed.power != PowerState.ON:
            self._muted = False
        if observed != before:
            self.hints.end()
            self.nearby.hints.end()
        self.nearby.heard()
        if self.evidence.alive_at != was_alive_at:
            self._memory.keep()
        self._believe()

    @callback
    def _library_changed(self) -> None:
        """Name what runs by what is now known to be installed."""
        self.observed = observe(self.evidence.status, self.library.data, self.believed)
        self.publish()

    @callback
    def seat(self, players: tuple[Player, ...] | None) -> None:
        """Hear who plays here, as presence tells it: somebody who has just begun proves life."""
        if players == self.players:
            return
        before, self.players = self.players, players
        begun = [player.since.timestamp() for player in players or () if player.since]
        if begun and self.evidence.see_presence(max(begun)):
            self._memory.keep()
        if players and is_pushed(before) and not is_pushed(players):
            self.hint()
        self.publish()

    # What is shown

    def _believe(self) -> None:
        """Believe what was observed, as far as the power allows."""
        before = self.believed.app_id
        self.believed = self.observed.believed(self.judgement.power)
        if self.believed.app_id != before:
            self.front_since = dt_util.utcnow()

    def _shown(self) -> ConsoleState:
        """What is wished laid over what is believed."""
        self._believe()
        return self.wishes.shown(replace(self.believed, muted=self._muted))

    @callback
    def publish(self) -> None:
        """Show what is believed and wished now, and look again when a wish is over."""
        self._wait_for_deadline()
        if (shown := self._shown()) != self.data:
            self.data = shown
        self.async_update_listeners()

    @callback
    def _wait_for_deadline(self) -> None:
        """A wish ends in time whether or not anybody can be asked."""
        if self._stop_waiting is not None:
            self._stop_waiting()
            self._stop_waiting = None
        if (deadline := self.wishes.next_deadline) is not None:
            self._stop_waiting = self.hass.loop.call_at(deadline, self._expire).cancel

    @callback
    def _expire(self) -> None:
        self._stop_waiting = None
        self.wishes.expire(self.hass.loop.time())
        self._wait_for_deadline()

    # When to ask

    @override
    def _pace(self) -> float | None:
        if self.disabled:
            return None
        if not self.present:
            # What the list has may come back by itself, everything else with the list.
            return polling.INVENTORY if self.evidence.listed else None
        resting = sum(not one.data.on for one in self.together.consoles.values())
        not_on = polling.not_on_interval(len(self.together.consoles), resting)
        if self.nearby.vouches:
            not_on = polling.INVENTORY
        # What the network calls on is looked at often, believed or not.
        on = self.data.on or self.evidence.network_says == PowerState.ON
        return polling.console_interval(
            on=on,
            since_command=self._since_command,
            wished=self.data.pending is not None,
            told=is_pushed(self.players) and self.data.in_game and not self._failures,
            not_on=not_on,
        )

    @property
    def _since_command(self) -> float | None:
        at = self._commanded_at
        return None if at is None else self.hass.loop.time() - at

    @property
    def _device(self) -> dr.DeviceEntry | None:
        return device_of(self.hass, self.config_entry, self.console.id)

    @property
    def disabled(self) -> bool:
        """Whether the user has disabled the device: nobody wants to know, then."""
        return (device := self._device) is not None and device.disabled

    # What it is told

    @callback
    def telling(self, command: ConsoleCommand) -> None:
        """Send no wake in the local network after this, if it switches the console off."""
        if command.sleeps:
            self.nearby.switching_off()

    @callback
    def missed(self, command: ConsoleCommand) -> None:
        """Wake the console in the local network as well, if that is what it is told."""
        if command.wakes:
            self.nearby.wake(self.wishes.of(Aspect.POWER))

    @callback
    def told(self, command: ConsoleCommand, reply: CommandReply) -> None:
        """Follow closely from now on: the service took a command, so there is a way to the console."""
        self._commanded_at = self.hass.loop.time()
        self.evidence.see_life(Witness.COMMAND, _epoch())
        if command.wakes:
            self.nearby.wake_later(self.wishes.of(Aspect.POWER))
        if command.mutes is not None:
            self._muted = command.mutes
        if reply.destination is not None and reply.destination.os_version:
            self._runs(reply.destination.os_version)
        self.set_pace()
        self.async_set_updated_data(self._shown())
        self._wait_for_deadline()

    @callback
    def lost(self, command: ConsoleCommand, error: ConsoleUnreachable) -> None:
        """Take note that nothing reached the console, or that it cannot be woken."""
        if command.wakes and self.evidence.network_says == PowerState.OFF:
            self.unwakeable = not wake.is_offered(self.hass, self.console.id)
        lapsed = isinstance(error, ConsoleTemporarilyUnreachable)
        if error.undelivered and not lapsed:
            self.evidence.miss(_epoch())
            self._memory.keep()
            self.hints.begin()
        self.publish()

    @callback
    def _rescue(self, wish: Wish) -> bool:
        """Ask somebody else to bring the console on; whether there is anybody."""
        asked = wake.request(self.hass, self.console.id)
        if asked:
            self.control.help_wake(wish)
        return asked or self.nearby.may_wake(wish)

    @callback
    def failed(self, wish: Wish) -> None:
        """Say that the console did not do what nobody waits for any more."""
        if wish.command.mutes is not None:
            self._muted = not wish.command.mutes
        if wish.error is None and wish.command.pending is None:
            # It was not seen to come true, which of a key means nothing.
            return
        name = wish.command.name
        reason = getattr(wish.error, "code", None) or "no answer"
        LOGGER.warning("The console did not do %s: %s", name, reason)
        if (device := self._device) is not None:
            told = {"device_id": device.id, "command": name, "reason": reason}
            self.hass.bus.async_fire(EVENT_COMMAND_FAILED, told)

    @callback
    def _runs(self, version: str) -> None:
        """Let the device show the system's version, which nothing but a command's reply tells."""
        self.os_version = version
        if (device := self._device) is not None:
            dr.async_get(self.hass).async_update_device(device.id, sw_version=version)

    @override
    async def async_shutdown(self) -> None:
        """Let nobody wait any longer, and ask no more."""
        self.control.close()
        self.hints.end()
        self._wait_for_deadline()
        await self.nearby.close()
        await super().async_shutdown()


def _epoch() -> float:
    return dt_util.utcnow().timestamp()
