"""A Home Assistant with one integration beside a simulated network, in virtual time."""

from collections import deque
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
import os
from tempfile import TemporaryDirectory
from typing import override
from unittest.mock import patch

from aiohttp.resolver import ThreadedResolver
import freezegun
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.http import HomeAssistantHTTP
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import aiohttp_client, update_coordinator
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component import patch_time
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from benchmarks.contenders import Contender
from benchmarks.houses import Furnish

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from simulator.consoles.console import Console, PowerState
from simulator.lan.wire import Wire
from simulator.world import World
from tests.integration.virtual_time import START, VirtualTime
from tests.running_simulator import RunningSimulator, running_simulator

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
ALWAYS_THERE = ("application_credentials", "network")
"""What either depends on of that which Home Assistant starts with, whatever is in it."""
LEARNING = (650, 200)
"""Seconds on and asleep after which it is known how a console behaves in its local network."""


class SharedTime(VirtualTime):
    """Virtual time that also waits for the answers that the integration itself waits for."""

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        contender: Contender,
    ) -> None:
        """Wait for a contender too."""
        super().__init__(hass, freezer)
        self._contender = contender

    @property
    @override
    def _awaits_answer(self) -> bool:
        return super()._awaits_answer or self._contender.awaits_answer


@dataclass
class Stage:
    """One integration at work."""

    hass: HomeAssistant
    clock: VirtualTime
    simulator: RunningSimulator
    entry: MockConfigEntry
    shown_at: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    """When each entity changed, and to which state."""

    def __post_init__(self) -> None:
        """Watch what is shown."""
        self.hass.bus.async_listen(EVENT_STATE_CHANGED, self._changed)

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        changes = self.shown_at.setdefault(event.data["entity_id"], [])
        changes.append((self.clock.now, state.state if state else ""))

    @property
    def world(self) -> World:
        """The simulated network."""
        return self.simulator.world

    def console(self, entity_id: str) -> Console:
        """The console behind a media player."""
        return next(
            console
            for console in self.world.consoles.values()
            if entity_id.endswith(f".{console.name.casefold().replace(' ', '_')}")
        )

    async def try_to_set_up(self) -> bool:
        """Set the entry up; tells whether that went well."""
        return await self.clock.result(
            self.hass.config_entries.async_setup(self.entry.entry_id), within=60
        )

    async def set_up(self) -> float:
        """Set the entry up; gives the seconds that it takes."""
        started = self.clock.now
        assert await self.try_to_set_up()
        return self.clock.now - started

    async def until(self, moment: float) -> None:
        """Let time pass up to a moment."""
        await self.clock.pass_by(moment - self.clock.now)

    def changed_after(self, entity_id: str, moment: float, to: str | None) -> float:
        """Seconds from a moment until an entity changed, to that state if one is named."""
        return next(
            changed - moment
            for changed, state in self.shown_at[entity_id]
            if changed >= moment and to in (None, state)
        )


class Resolver(ThreadedResolver):
    """In place of Home Assistant's, whose zeroconf would listen on the network."""

    async def real_close(self) -> None:
        """End, as Home Assistant calls it."""
        await self.close()


@contextmanager
def _still() -> Generator[FrozenDateTimeFactory]:
    """Hold time, and what the test kit holds too: the web server and freezegun's own lapses."""
    with ExitStack() as stack:
        for name in ("async_bind", "start"):
            stack.enter_context(patch.object(HomeAssistantHTTP, name))
        for name, own in (
            ("FakeDate", patch_time.HAFakeDate),
            ("FakeDatetime", patch_time.HAFakeDatetime),
            ("datetime_to_fakedatetime", patch_time.ha_datetime_to_fakedatetime),
            ("_get_module_attributes", patch_time.ha_get_module_attributes),
            ("_get_module_attributes_hash", patch_time.ha_get_module_attributes_hash),
        ):
            stack.enter_context(patch.object(freezegun.api, name, own))
        stack.enter_context(
            patch(
                f"{aiohttp_client.__name__}._async_make_resolver", lambda _: Resolver()
            )
        )
        # Each coordinator has its own part of a second, by chance: the same luck for both.
        stack.enter_context(
            patch(f"{update_coordinator.__name__}.randint", lambda low, _: low)
        )
        # The simulator looks after its consoles at each request; no stop in between is needed.
        stack.enter_context(patch("simulator.app.TICK_SECONDS", 86400.0))
        held = stack.enter_context(freezegun.freeze_time(START))
        assert isinstance(held, FrozenDateTimeFactory)
        yield held


@dataclass
class Neighbourhood:
    """A simulated network, and a place where Home Assistant can be started again and again."""

    contender: Contender
    simulator: RunningSimulator
    freezer: FrozenDateTimeFactory
    directory: str
    entry: MockConfigEntry | None = None

    @asynccontextmanager
    async def home_assistant(self) -> AsyncGenerator[Stage]:
        """Start Home Assistant with the account signed in, but not set up; stop it in the end."""
        async with async_test_home_assistant(config_dir=self.directory) as hass:
            hass.data.pop(DATA_CUSTOM_COMPONENTS)
            clock = SharedTime(hass, self.freezer, self.contender)
            for component in ALWAYS_THERE:
                assert await async_setup_component(hass, component, {})
            await self.contender.prepare(hass)
            entry = await self._entry(hass)
            try:
                yield Stage(hass, clock, self.simulator, entry)
            finally:
                self.entry = entry
                await clock.result(hass.async_stop(force=True), within=600)

    async def _entry(self, hass: HomeAssistant) -> MockConfigEntry:
        if (before := self.entry) is None:
            entry = await self.contender.sign_in(hass, self.simulator)
            people = self.simulator.world.people
            made = [one for key, one in people.items() if key.startswith("friend-")]
            self.contender.follow(entry, made)
            return entry
        entry = MockConfigEntry(
            domain=before.domain,
            entry_id=before.entry_id,
            title=before.title,
            unique_id=before.unique_id,
            minor_version=before.minor_version,
            data=before.data,
        )
        entry.subentries = before.subentries
        entry.add_to_hass(hass)
        return entry


@asynccontextmanager
async def _local_network(
    contender: Contender, simulator: RunningSimulator
) -> AsyncGenerator[None]:
    """The consoles' local network, if the contender may use it."""
    if not contender.nearby:
        yield
        return
    wire = Wire(simulator.world)
    await wire.open()
    address, port = wire.address
    with patch.dict(os.environ, XBOX_CONSOLE_SIMULATOR_LAN=f"{address}:{port}"):
        yield
    wire.close()


@asynccontextmanager
async def neighbourhood(
    contender: Contender, furnish: Furnish
) -> AsyncGenerator[Neighbourhood]:
    """A network with these consoles, and a home in it."""
    with _still() as freezer, TemporaryDirectory() as directory:
        async with running_simulator() as simulator:
            furnish(simulator.world)
            simulator.world.requests = deque()
            with contender.led_to(simulator):
                async with _local_network(contender, simulator):
                    yield Neighbourhood(contender, simulator, freezer, directory)


@asynccontextmanager
async def at_work(contender: Contender, furnish: Furnish) -> AsyncGenerator[Stage]:
    """An integration that was set up two minutes ago."""
    async with (
        neighbourhood(contender, furnish) as around,
        around.home_assistant() as stage,
    ):
        await stage.set_up()
        if contender.nearby:
            await _learn(stage)
        await stage.clock.pass_by(120)
        yield stage


async def _learn(stage: Stage) -> None:
    """Let consoles that sleep be on once, as they are in any home."""
    asleep = [
        one for one in stage.world.consoles.values() if one.power is PowerState.STANDBY
    ]
    for power, seconds in zip(
        (PowerState.ON, PowerState.STANDBY), LEARNING, strict=True
    ):
        for console in asleep:
            console.power = power
        await stage.clock.pass_by(seconds)
