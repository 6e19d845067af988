"""A house whose consoles stand in a local network."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import Console, PowerState
from simulator.lan.knobs import LanKnobs
from simulator.lan.segment import Segment
from simulator.lan.wire import Wire
from tests.integration.house import House

BEDROOM = "media_player.bedroom"
LIVING_ROOM = "media_player.living_room"


@dataclass
class Home:
    """A house and its local network."""

    house: House
    wire: Wire

    @property
    def segment(self) -> Segment:
        """Who stands in the network, and what was heard there."""
        return self.house.simulator.world.lan

    @property
    def bedroom(self) -> Console:
        """The console that sleeps at first."""
        return self.house.console("bedroom")

    @property
    def knobs(self) -> LanKnobs:
        """How the bedroom behaves in the local network."""
        return self.segment.of(self.bedroom.id)

    def start_by_hand(self) -> None:
        """Be on, as after somebody pressed the power button and it has started."""
        self.bedroom.shell.start()
        self.bedroom.power = PowerState.ON

    def stop_by_hand(self) -> None:
        """Be asleep, as after somebody pressed it again."""
        self.bedroom.power = PowerState.STANDBY

    async def grow_reliable(self) -> None:
        """Let the bedroom be on and off again, so that it is known how it behaves; then it sleeps.

        Whose address is not known is looked for every ten minutes.
        """
        self.start_by_hand()
        await self.house.clock.pass_by(30)
        self.house.clock.skip(550)
        await self.house.clock.pass_by(70)
        assert self.house.shows(BEDROOM) in ("on", "idle")
        self.stop_by_hand()
        await self.house.clock.pass_by(180)
        assert self.house.shows(BEDROOM) == "off"

    def wakes(self) -> int:
        """How many wake packets were sent, to however many addresses."""
        return len({packet.at for packet in self.segment.kinds("wake")})


@pytest.fixture
async def wire(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """The local network of the simulated consoles."""
    wire = Wire(house.simulator.world)
    await wire.open()
    address, port = wire.address
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR_LAN", f"{address}:{port}")
    yield wire
    wire.close()


@pytest.fixture
def home(house: House, wire: Wire) -> Home:
    """The house, not set up yet."""
    return Home(house, wire)


@pytest.fixture
async def bedroom_only(home: Home, entry: MockConfigEntry) -> MockConfigEntry:
    """The parent's account with the bedroom alone, set up."""
    home.house.only("bedroom")
    assert await home.house.set_up(entry)
    return entry


@pytest.fixture
async def reliable(home: Home, bedroom_only: MockConfigEntry) -> MockConfigEntry:
    """The same after the bedroom was on and off: it sleeps, and would be heard if it came on."""
    await home.grow_reliable()
    return bedroom_only
