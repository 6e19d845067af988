"""Coordinators: one for the list of consoles, and one for the status of each."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.util import dt as dt_util

from . import polling
from .account import Account
from .belief import Belief
from .commands import TURN_OFF, TURN_ON, ConsoleCommand
from .console_state import ConsoleState, observe
from .const import DOMAIN, LOGGER
from .following import Following
from .libraries import LibraryCoordinator, PinsCoordinator
from .library import Kind
from .memory import Memory
from .options import Options
from .ownership import owner
from .people import PeopleCoordinator
from .polled import Context, XboxCoordinator
from .xboxlive.errors import (
    ConsoleOff,
    ConsoleTemporarilyUnreachable,
    ConsoleUnreachable,
    RemoteFeaturesDisabled,
    XboxError,
)
from .xboxlive.services.smartglass import (
    CommandReply,
    Console,
    ConsoleStatus,
    Operation,
    PowerState,
)

_PAUSES: dict[tuple[bool, PowerState], tuple[float, ...]] = {
    (True, PowerState.CONNECTED_STANDBY): (1.0, 2.0, 4.0, 8.0),
    (False, PowerState.ON): (1.0,),
}
"""Seconds between tries to wake a console that sleeps, and to tell one that is on something else."""


class ConsoleCoordinator(XboxCoordinator[ConsoleState]):
    """What one console is doing, and the way to tell it what to do."""

    def __init__(
        self,
        context: Context,
        console: Console,
        pins: PinsCoordinator,
        together: Mapping[str, ConsoleCoordinator],
    ) -> None:
        """Start with what is remembered and listed; `together` are all consoles of the account."""
        super().__init__(context, f"{console.name} status", polling.ON)
        self.console = console
        self._all = together
        self.present = True
        """Whether the account's list has the console."""
        self.library = LibraryCoordinator(context, console, pins)
        self.os_version: str | None = None
        self.unwakeable = False
        """Whether a try to wake the console failed because it is shut down, and it did not run since."""
        self._memory = context.memory
        self._products = context.products
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
        resting = sum(not one.data.on for one in self._all.values())
        not_on = polling.not_on_interval(len(self._all), resting)
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
        return self._products.picture(self.data.app)

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


class ConsoleListCoordinator(XboxCoordinator[dict[str, Console]]):
    """Which consoles there are, their power, names, drives and remote features, in one request."""

    def __init__(self, context: Context) -> None:
        """Start with what is remembered."""
        super().__init__(context, "consoles", polling.HEARTBEAT)
        self._context = context
        self._memory = context.memory
        self._inventory_due: float = 0
        self.data = context.memory.consoles
        self.pins = PinsCoordinator(context)
        self._deselected = Options.of(context.entry).deselected
        self.consoles: dict[str, ConsoleCoordinator] = {}
        self._on_new: list[Callable[[ConsoleCoordinator], None]] = []
        for console in self.data.values():
            if self._free(console):
                self._meet(console)

    @override
    async def _read(self) -> dict[str, Console]:
        inventory = self.hass.loop.time() >= self._inventory_due
        consoles = await self.xbox.smartglass.consoles(storage=inventory)
        if inventory:
            self._inventory_due = self.hass.loop.time() + polling.INVENTORY
        else:
            consoles = tuple(self._with_known_drives(console) for console in consoles)
        listed = {console.id: console for console in consoles}
        if listed != self.data:
            self._memory.remember_consoles(consoles)
        for console in consoles:
            if known := self.consoles.get(console.id):
                known.listed(console)
            elif self._free(console):
                self._meet(console)
        for console_id in self.consoles.keys() - listed.keys():
            self.consoles[console_id].unlisted()
        if self._failures:
            # The network is back: nobody has to wait for their own next try.
            for known in self.consoles.values():
                known.hint()
        return listed

    def _with_known_drives(self, console: Console) -> Console:
        known = self.data.get(console.id)
        return console.model_copy(
            update={"storage_devices": known and known.storage_devices}
        )

    @override
    def _pace(self) -> float:
        on = sum(1 for console in self.consoles.values() if console.data.on)
        return polling.list_interval(len(self.consoles), on)

    @callback
    def _console_changed(self) -> None:
        """Look at the list again once a console needs it that told its power itself."""
        resting = self.update_interval == timedelta(seconds=polling.INVENTORY)
        if resting and self._pace() < polling.INVENTORY:
            self.hint()

    @callback
    def _free(self, console: Console) -> bool:
        """Whether the user wants the console and no other account has it; if one has, say which."""
        wanted = console.id not in self._deselected
        other = owner(self.hass, self.config_entry, console.id) if wanted else None
        issue_id = f"owned_elsewhere_{self.config_entry.entry_id}_{console.id}"
        if other is None:
            ir.async_delete_issue(self.hass, DOMAIN, issue_id)
            return wanted
        ir.async_create_issue(
            self.hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="owned_elsewhere",
            translation_placeholders={
                "console": console.name or "Xbox",
                "account": self.config_entry.title,
                "owner": other.title,
            },
        )
        return False

    @callback
    def _meet(self, console: Console) -> None:
        known = ConsoleCoordinator(self._context, console, self.pins, self.consoles)
        self.consoles[console.id] = known
        self.config_entry.async_on_unload(
            known.async_add_listener(self._console_changed)
        )
        for tell in self._on_new:
            tell(known)
        if self._on_new:
            # It came after set-up, which has looked at everything.
            self._inventory_due = 0
            known.hint()
            if console.remote_management_enabled is not False:
                known.library.hint()

    def of_device(self, device: dr.AnyDeviceEntry) -> ConsoleCoordinator | None:
        """The console that a device stands for."""
        ids = {key for domain, key in device.identifiers if domain == DOMAIN}
        return next((self.consoles[key] for key in ids & self.consoles.keys()), None)

    async def forget(self, console_id: str) -> None:
        """Let go of a console that left the account; should it come back, it is met anew."""
        if (gone := self.consoles.pop(console_id, None)) is not None:
            await gone.async_shutdown()
            await gone.library.async_shutdown()

    @callback
    def on_console(self, tell: Callable[[ConsoleCoordinator], None]) -> None:
        """Call for each console there is, and for each that comes later."""
        self._on_new.append(tell)
        for console in self.consoles.values():
            tell(console)


@dataclass(frozen=True, slots=True)
class XboxConsoleData:
    """What a loaded entry holds."""

    account: Account
    memory: Memory
    consoles: ConsoleListCoordinator
    people: PeopleCoordinator


type XboxConsoleConfigEntry = ConfigEntry[XboxConsoleData]
