"""The local network of an account: finds its consoles, asks whether they run, and wakes them.

Everything that is heard here can be forged by anybody in it. So it only leads to questions to the Xbox
network, and chooses where our packets go: nothing of it is ever shown.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..account.options import Options
from ..const import LOGGER
from .announcements import Announcements
from .leases import console_with, learn_mac
from .memory import LanMemory
from .neighbour import AFTER_TURN_OFF, Listener, Neighbour
from .presence import Presence
from .probe import ask
from .target import Target, target
from .waking import wake

SEARCH = 600.0
"""Between two questions to everybody while the address of a console is not known."""


class LocalNetwork:
    """The consoles of an account in the local network; without a target it says and hears nothing."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Say nothing yet. Raises BadSimulatorAddress."""
        self._hass = hass
        self._entry = entry
        self._target: Target | None = (
            target(hass) if Options.of(entry).local_network else None
        )
        self.memory = LanMemory(hass, entry.entry_id)
        self._neighbours: dict[str, Neighbour] = {}
        self._announcements: dict[str, Announcements] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._started = False
        self._unable = False

    @property
    def _now(self) -> float:
        return self._hass.loop.time()

    @property
    def enabled(self) -> bool:
        """Whether anything may be sent."""
        return self._target is not None

    @property
    def usable(self) -> bool:
        """Whether it could be asked the last time that it was."""
        return not self._unable

    @property
    def neighbours(self) -> Mapping[str, Neighbour]:
        """All consoles that are looked after, by id."""
        return self._neighbours

    @callback
    def start(self) -> None:
        """Look for the consoles, from now on."""
        self._started = True
        if self._target is None:
            return
        self._begin("search", self._find(self._target))
        for neighbour in self._neighbours.values():
            self._follow(neighbour)

    async def close(self) -> None:
        """End everything that is under way, and keep what was learned."""
        self._target = None
        for listening in self._announcements.values():
            listening.close()
        await self._end(*self._tasks)
        await self.memory.close()

    @callback
    def join(self, console_id: str, listener: Listener) -> Neighbour:
        """Look after a console."""
        remembered = self.memory.of(console_id)
        neighbour = Neighbour(
            console_id=console_id,
            listener=listener,
            presence=Presence(healthy=remembered["healthy"]),
            address=remembered["address"],
        )
        self._neighbours[console_id] = neighbour
        self._announcements[console_id] = Announcements(
            self._hass, lambda alive: self._announced(neighbour, alive=alive)
        )
        if self._started:
            self._follow(neighbour)
        return neighbour

    async def leave(self, console_id: str) -> None:
        """Look after a console no more."""
        if self._neighbours.pop(console_id, None) is not None:
            self._announcements.pop(console_id).close()
            await self._end(console_id, f"wake {console_id}")

    # Tasks

    @callback
    def _begin(self, name: str, work: Coroutine[None, None, None]) -> None:
        self._tasks[name] = self._entry.async_create_background_task(
            self._hass, work, f"{self._entry.title} local network"
        )

    async def _end(self, *names: str) -> None:
        ending = [self._tasks.pop(name) for name in names if name in self._tasks]
        for task in ending:
            task.cancel()
        if ending:
            await asyncio.wait(ending)

    @callback
    def _follow(self, neighbour: Neighbour) -> None:
        if (there := self._target) is not None:
            self._begin(neighbour.console_id, self._watch(there, neighbour))

    # Questions

    async def _find(self, there: Target) -> None:
        """Ask everybody once, and then as long as somebody is missing, but rarely."""
        await self._ask_everybody(there)
        while True:
            await asyncio.sleep(SEARCH)
            if any(neighbour.lost for neighbour in self._wanted):
                await self._ask_everybody(there)

    @property
    def _wanted(self) -> list[Neighbour]:
        return [one for one in self._neighbours.values() if one.listener.wanted()]

    async def _ask_everybody(self, there: Target) -> None:
        """Ask who is there; who does not answer may sleep."""
        known = {one.console_id for one in self._wanted}
        try:
            found = await ask(there, known)
        except OSError as error:
            self._cannot(error)
            return
        self._unable = False
        for console_id, addresses in found.items():
            if (neighbour := self._neighbours.get(console_id)) is not None:
                neighbour.counts.probes += 1
                neighbour.found(addresses, self._now)
                await self._pinned(neighbour)

    async def _watch(self, there: Target, neighbour: Neighbour) -> None:
        """Ask one console again and again."""
        while True:
            asked_at = self._now
            if neighbour.listener.wanted() and neighbour.addresses:
                await self._ask_one(there, neighbour)
            await asyncio.sleep(asked_at + neighbour.pace - self._now)

    async def _ask_one(self, there: Target, neighbour: Neighbour) -> None:
        neighbour.counts.probes += 1
        # Whoever answers in another's name there is looked at, too: the address may have a new owner.
        try:
            found = await ask(there, self._neighbours.keys(), neighbour.addresses)
        except OSError as error:
            self._cannot(error)
            neighbour.unreachable(self._now)
            return
        self._unable = False
        if (addresses := found.get(neighbour.console_id)) is not None:
            if neighbour.found(addresses, self._now):
                await self._pinned(neighbour)
        elif found:
            neighbour.address = neighbour.candidate = None
            neighbour.unreachable(self._now)
        else:
            neighbour.silent(self._now)
        self.memory.keep(neighbour.console_id, neighbour.remembered)

    async def _pinned(self, neighbour: Neighbour) -> None:
        """Learn what Home Assistant knows of the address from which a console has answered."""
        self.memory.keep(neighbour.console_id, neighbour.remembered)
        if neighbour.address is None:
            return
        learn_mac(
            self._hass, self._entry.entry_id, neighbour.console_id, neighbour.address
        )
        with suppress(KeyError):
            listening = self._announcements[neighbour.console_id]
            await listening.listen_to(neighbour.address)

    # What else is heard

    @callback
    def _announced(self, neighbour: Neighbour, *, alive: bool) -> None:
        if neighbour.listener.wanted():
            neighbour.announced(alive=alive)

    @callback
    def moved(self, mac: str, address: str) -> None:
        """Take that whoever has a MAC has an address."""
        console_id = console_with(self._hass, self._entry.entry_id, mac)
        neighbour = self._neighbours.get(console_id or "")
        if neighbour is None or self._target is None:
            return
        if self._target.is_near(address) and neighbour.listener.wanted():
            neighbour.moved(address)

    # Wakes

    @callback
    def wake(self, neighbour: Neighbour, wanted: Callable[[], bool]) -> bool:
        """Wake a console for as long as somebody wants it on; whether it can be expected to hear."""
        if (there := self._target) is None:
            return False
        self._begin(
            f"wake {neighbour.console_id}", self._wake(there, neighbour, wanted)
        )
        return neighbour.address is not None

    async def _wake(
        self, there: Target, neighbour: Neighbour, wanted: Callable[[], bool]
    ) -> None:
        try:
            await asyncio.gather(
                wake(there, neighbour, wanted), self._ask_everybody(there)
            )
        except OSError as error:
            self._cannot(error)

    @callback
    def switched_off(self, neighbour: Neighbour) -> None:
        """Take note that a console is told to go to sleep: for a while no wake may follow."""
        neighbour.asleep_until = self._now + AFTER_TURN_OFF

    @callback
    def _cannot(self, error: OSError) -> None:
        """Say once that nobody can be asked: the Xbox network tells everything, only later."""
        if not self._unable:
            LOGGER.info("The local network cannot be used: %s", error)
        self._unable = True


async def open_local(hass: HomeAssistant, entry: ConfigEntry) -> LocalNetwork:
    """The local network of an entry with what is remembered of it; sends nothing. Raises BadSimulatorAddress."""
    local = LocalNetwork(hass, entry)
    await local.memory.load()
    return local
