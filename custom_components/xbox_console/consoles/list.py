"""The coordinator of the list: which consoles an account has."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..account import naming, polling
from ..account.coordinator import Context, XboxCoordinator
from ..account.options import Options
from ..account.ownership import OWNERS_CHANGED, ask_for, keep_listed, owner, release
from ..const import DOMAIN
from ..games.coordinator import Games
from ..lan.local import LocalNetwork
from ..xboxlive.services.consoles import Console
from .coordinator import ConsoleCoordinator
from .memory import EvidenceMemory

OWNED_ELSEWHERE = "owned_elsewhere"
"""The issue about a console that another account has in Home Assistant."""


class ConsoleListCoordinator(XboxCoordinator[dict[str, Console]]):
    """Which consoles there are, their power, names, drives and remote features, in one request."""

    def __init__(
        self,
        context: Context,
        games: Games,
        evidence: EvidenceMemory,
        local: LocalNetwork,
    ) -> None:
        """Start with what is remembered."""
        super().__init__(context, "consoles", polling.HEARTBEAT)
        self._context = context
        self.games = games
        self.evidence = evidence
        self.local = local
        self._absences = 0
        """Lists in a row that lacked a console."""
        self._memory = context.memory
        self._inventory_due: float = 0
        self.data = context.memory.consoles
        self._deselected = Options.of(context.entry).deselected
        self.consoles: dict[str, ConsoleCoordinator] = {}
        self._on_new: list[Callable[[ConsoleCoordinator], None]] = []
        self._elsewhere: set[str] = set()
        """Listed and wanted, but with another account by now."""
        for console in self.data.values():
            if self._is_ours(console):
                self._meet(console)
        context.entry.async_on_unload(
            async_dispatcher_connect(self.hass, OWNERS_CHANGED, self._owners_changed)
        )

    @override
    async def _read(self) -> dict[str, Console]:
        inventory = self.hass.loop.time() >= self._inventory_due
        consoles = await self.xbox.smartglass.consoles(storage=inventory)
        if inventory:
            self._inventory_due = self.hass.loop.time() + polling.INVENTORY
        else:
            consoles = tuple(self._with_known_drives(console) for console in consoles)
        listed = {console.id: console for console in consoles}
        for console in filter(self._is_ours, consoles):
            if known := self.consoles.get(console.id):
                known.listed(console)
            else:
                self._meet(console, listed=True)
        listed |= self._absent(listed)
        for console_id in self._elsewhere - listed.keys():
            self._not_elsewhere(console_id)
        keep_listed(self.hass, self.config_entry, listed)
        self._memory.remember_consoles(listed.values())
        if self._failures:
            # The network is back: nobody has to wait for their own next try.
            for known in self.consoles.values():
                known.hint()
        return listed

    @callback
    def _absent(self, listed: Mapping[str, Console]) -> dict[str, Console]:
        """Consoles that the list lacks and that are still believed to be the account's."""
        lacking = self.data.keys() - listed.keys()
        # A list that was always empty may be an odd one, too.
        self._absences = self._absences + 1 if lacking or not listed else 0
        for console_id in self.consoles.keys() - listed.keys():
            self.consoles[console_id].unlisted()
        return {
            console_id: self.data[console_id]
            for console_id in lacking
            if (known := self.consoles.get(console_id)) is not None and known.present
        }

    def _with_known_drives(self, console: Console) -> Console:
        known = self.data.get(console.id)
        return console.model_copy(
            update={"storage_devices": known and known.storage_devices}
        )

    @override
    def _pace(self) -> float:
        if not self._memory.listed:
            return polling.HEARTBEAT
        again = polling.relook_interval(self._absences)
        if again is not None:
            return again
        watched = [
            one for one in self.consoles.values() if one.present and not one.disabled
        ]
        on = sum(1 for console in watched if console.data.on)
        nearby = sum(1 for one in watched if not one.data.on and one.nearby.vouches)
        return polling.list_interval(len(watched), on, nearby)

    @callback
    def _console_changed(self) -> None:
        """Look at the list again once a console needs it that told its power itself."""
        for interval in (polling.INVENTORY, polling.LISTED_NEARBY):
            resting = self.update_interval == timedelta(seconds=interval)
            if resting and self._pace() < interval:
                self.hint()

    @callback
    def _is_ours(self, console: Console) -> bool:
        """Whether the user wants the console and no other account has it; if one has, say which."""
        if console.id in self._deselected:
            self._not_elsewhere(console.id)
            return False
        self._elsewhere.add(console.id)
        holder = ask_for(self.hass, self.config_entry, console.id)
        if holder is self.config_entry:
            self._not_elsewhere(console.id)
            return True
        if holder is not None:
            self._say_elsewhere(console, holder)
        return False

    @callback
    def _say_elsewhere(self, console: Console, holder: ConfigEntry) -> None:
        """Say which account has a console that this one could have, too."""
        entry = self.config_entry
        ir.async_create_issue(
            self.hass,
            DOMAIN,
            f"{OWNED_ELSEWHERE}_{entry.entry_id}_{console.id}",
            data={
                "entry_id": entry.entry_id,
                "console_id": console.id,
                "owner_id": holder.entry_id,
            },
            is_fixable=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key=OWNED_ELSEWHERE,
            translation_placeholders={
                "console": naming.title(console),
                "account": entry.title,
                "owner": holder.title,
            },
        )

    @callback
    def _not_elsewhere(self, console_id: str) -> None:
        """Say nothing any more about who has a console."""
        self._elsewhere.discard(console_id)
        issue_id = f"{OWNED_ELSEWHERE}_{self.config_entry.entry_id}_{console_id}"
        ir.async_delete_issue(self.hass, DOMAIN, issue_id)

    @callback
    def _owners_changed(self) -> None:
        """Forget what is another account's by now, and look whether one has let go of something."""
        for console_id in tuple(self.consoles):
            if owner(self.hass, console_id) not in (None, self.config_entry):
                self.background(self.forget(console_id))
        if self._elsewhere:
            self.hint()

    @callback
    def _meet(self, console: Console, *, listed: bool = False) -> None:
        known = ConsoleCoordinator(
            self._context, console, self.games.library(console), self.evidence, self
        )
        if listed:
            known.met()
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
            self.evidence.forget(console_id)
            self.local.memory.forget(console_id)
        release(self.hass, self.config_entry, {console_id})

    @callback
    def on_console(self, tell: Callable[[ConsoleCoordinator], None]) -> None:
        """Call for each console there is, and for each that comes later."""
        self._on_new.append(tell)
        for console in self.consoles.values():
            tell(console)
