"""The coordinator of one console: what it is doing, and the way to tell it what to do."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol, override

from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from ..account import polling
from ..account.coordinator import Context, XboxCoordinator
from ..const import DOMAIN, LOGGER
from ..games.coordinator import LibraryCoordinator
from ..games.library import Kind
from ..xboxlive.errors import (
    ConsoleOff,
    ConsoleTemporarilyUnreachable,
    ConsoleUnreachable,
    RemoteFeaturesDisabled,
    XboxError,
)
from ..xboxlive.services.consoles import (
    CommandReply,
    Console,
    ConsoleStatus,
    Operation,
    PowerState,
)
from .belief import Belief
from .commands import TURN_OFF, TURN_ON, ConsoleCommand
from .following import Following
from .state import ConsoleState, observe

_PAUSES: dict[tuple[bool, PowerState], tuple[float, ...]] = {
    (True, PowerState.CONNECTED_STANDBY): (1.0, 2.0, 4.0, 8.0),
    (False, PowerState.ON): (1.0,),
}
"""Seconds between tries to wake a console that sleeps, and to tell one that is on something else."""


class Together(Protocol):
    """The consoles of an account, as each of them sees them."""

    @property
    def consoles(self) -> Mapping[str, ConsoleCoordinator]:
        """All of them by id."""

    async def look(self) -> None:
        """Read the list anew. Raises XboxError."""


class ConsoleCoordinator(XboxCoordinator[ConsoleState]):
    """What one console is doing, and the way to tell it what to do."""

    def __init__(
        self,
        context: Context,
        console: Console,
        library: LibraryCoordinator,
        together: Together,
    ) -> None:
        """Start with what is remembered and listed."""
        super().__init__(context, f"{console.name} status", polling.ON)
        self.console = console
        self.together = together
        self.present = True
        """Whether the account's list has the console."""
        self.library = library
        self.os_version: str | None = None
        self.unwakeable = False
        """Whether a try to wake the console failed because it is shut down, and it did not run since."""
        self._memory = context.memory
        self._status = context.memory.status(console.id)
        if self._status.power_state == PowerState.UNKNOWN:
            self._status = ConsoleStatus(power_state=console.power_state)
        self._belief = Belief(self._status, self.hass.loop.time)
        self._observed = observe(self._status, self.library.data)
        self._following: Following | None = None
        self._commanded_at: float | None = None
        self._sending = asyncio.Lock()
        self.data = self._observed
        self.config_entry.async_on_unload(
            self.library.async_add_listener(self._library_changed)
        )

    @property
    @override
    def subject(self) -> str:
        return self.console.name or "Xbox"

    @callback
    def listed(self, console: Console) -> None:
        """Hear what the list says; ask the console itself if its power seems to have changed."""
        before, self.console = self.console, console
        if console != before or not self.present:
            self.present = True
            self.async_update_listeners()
        if console.remote_management_enabled and not before.remote_management_enabled:
            self.library.hint()
        if console.power_state not in (self._status.power_state, PowerState.UNKNOWN):
            self.hint()

    @callback
    def unlisted(self) -> None:
        """Hear that the console is no longer on the account."""
        if self.present:
            self.present = False
            self.async_update_listeners()

    @override
    def _pace(self) -> float:
        since = (
            None
            if self._commanded_at is None
            else self.hass.loop.time() - self._commanded_at
        )
        # What the network calls on is looked at often, believed or not.
        on = self.data.on or self._status.power_state == PowerState.ON
        resting = sum(not one.data.on for one in self.together.consoles.values())
        not_on = polling.not_on_interval(len(self.together.consoles), resting)
        return polling.console_interval(on=on, since_command=since, not_on=not_on)

    @override
    async def _read(self) -> ConsoleState:
        status, operation = await asyncio.gather(
            self.xbox.smartglass.status(self.console.id), self._operation()
        )
        self._status = status
        if status.power_state in (PowerState.ON, PowerState.CONNECTED_STANDBY):
            self.unwakeable = False
        self._memory.remember_status(self.console.id, status)
        if operation is not None and operation.succeeded:
            self._belief.see_life()
        self._belief.hear(status, asked=self.data.on)
        self._observed = self._judged(self.data)
        if self._following is not None:
            self._following.judge(self._observed, operation)
        if self._observed.app and self._observed.app.kind is Kind.UNKNOWN:
            self.library.look_up(self._observed.app)
        return self._shown()

    async def _operation(self) -> Operation | None:
        """How far the last command has come, if that is still open."""
        following = self._following
        if following is None or following.op_id is None or following.answered:
            return None
        try:
            return await self.xbox.smartglass.operation(
                self.console.id, following.op_id
            )
        except XboxError as error:
            LOGGER.debug("%s: the command cannot be followed: %s", self.name, error)
            return None

    def _shown(self) -> ConsoleState:
        return (
            self._following.shown(self._observed) if self._following else self._observed
        )

    def _judged(self, before: ConsoleState) -> ConsoleState:
        return self._belief.judge(observe(self._status, self.library.data, before))

    @property
    def last_seen_alive(self) -> datetime:
        """When something last proved that the console is there: a change, or a command obeyed."""
        return dt_util.utcnow() - timedelta(seconds=self._belief.silent_for)

    @callback
    def _library_changed(self) -> None:
        """Name what runs by what is now known to be installed."""
        self._observed = self._judged(self._observed)
        self.data = self._shown()
        self.async_update_listeners()

    @property
    def picture(self) -> str | None:
        """The address of a picture of what runs."""
        return self.library.picture(self.data.app)

    async def send(self, command: ConsoleCommand) -> bool:
        """Tell the console, show what it leads to, and wait for the answer as long as the command asks.

        Raises ConsoleOff, ConsoleUnreachable, RemoteFeaturesDisabled, CommandFailed and every
        other XboxError. No answer in time is not an error: it is logged, and False returned.
        """
        async with self._sending:
            if not await self._worth_sending(command):
                return True
            reply = await self._push(command)
            following = Following(command, reply.op_id, self.hass.loop)
            if self._following is not None:
                self._following.superseded()
            self._following = following
            self._commanded(reply)
        if command.awaited and not await following.confirmed(command.awaited):
            LOGGER.info("%s: %s was sent, but not confirmed", self.name, command.name)
            return False
        return True

    async def _worth_sending(self, command: ConsoleCommand) -> bool:
        """Whether the console needs telling. Raises ConsoleOff if it could not hear."""
        if self._hears(command):
            return True
        # What is known may be old, so look before doing nothing or refusing.
        await self.async_refresh()
        if self._hears(command):
            return True
        if command in (TURN_ON, TURN_OFF):
            return False
        raise ConsoleOff

    def _hears(self, command: ConsoleCommand) -> bool:
        unknown = self.data.power == PowerState.UNKNOWN
        return unknown or command.heard_asleep or self.data.on != command.wakes

    async def _push(self, command: ConsoleCommand) -> CommandReply:
        """Send; try again for a moment if the console merely dropped off the network."""
        pauses = iter(_PAUSES.get((command.wakes, self._status.power_state), ()))
        while True:
            try:
                return await self.xbox.smartglass(patience=5).send(
                    self.console.id, command.command
                )
            except ConsoleUnreachable as error:
                if self.console.remote_management_enabled is False:
                    raise RemoteFeaturesDisabled("RemoteManagementDisabled") from None
                pause = next(pauses, None) if error.undelivered else None
                if pause is None:
                    self._give_up(command, error)
                    raise
            await asyncio.sleep(pause)

    @callback
    def _give_up(self, command: ConsoleCommand, error: ConsoleUnreachable) -> None:
        """Stop believing that a console is on, or can be woken, which cannot be reached."""
        if command.wakes and self._status.power_state == PowerState.OFF:
            self.unwakeable = True
            self.async_update_listeners()
        lapsed = isinstance(error, ConsoleTemporarilyUnreachable)
        if error.undelivered and not lapsed:
            self._belief.miss()
            self.hint()

    @callback
    def _commanded(self, reply: CommandReply) -> None:
        """Show the expected state at once and follow closely from now on."""
        self._commanded_at = self.hass.loop.time()
        if reply.destination is not None and reply.destination.os_version:
            self._runs(reply.destination.os_version)
        self.data = self._shown()
        self.set_pace()
        self.async_set_updated_data(self.data)

    @callback
    def _runs(self, os_version: str) -> None:
        """Let the device show the system's version, which nothing but a command's reply tells."""
        if os_version == self.os_version:
            return
        self.os_version = os_version
        registry = dr.async_get(self.hass)
        device = registry.async_get_device_by_identifier(
            (DOMAIN, self.console.id), self.config_entry.entry_id
        )
        if device is not None:
            registry.async_update_device(device.id, sw_version=os_version)
