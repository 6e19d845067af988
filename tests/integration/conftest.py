"""What the tests on Home Assistant share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, mock_storage
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from custom_components.xbox_console.account.options import CONF_DESELECTED
from simulator.routes import xccs
from tests.integration.deprecations import watch_deprecations
from tests.integration.entries import signed_in_entry
from tests.integration.following import Following
from tests.integration.house import House
from tests.integration.translations import watch_translations
from tests.integration.virtual_time import START, StandingTime, VirtualTime
from tests.running_simulator import RunningSimulator


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(
    frozen: FrozenDateTimeFactory, enable_custom_integrations: None
) -> None:
    """Let Home Assistant load the integration, in a time that stands still from the start."""


@pytest.fixture(scope="module")
def freezer() -> Iterator[FrozenDateTimeFactory]:
    """Time that stands still: once a file, as every module that is loaded is searched for clocks."""
    with freeze_time(START) as freezer:
        assert isinstance(freezer, FrozenDateTimeFactory)
        yield freezer


@pytest.fixture
def frozen(
    request: pytest.FixtureRequest,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> FrozenDateTimeFactory:
    """Time that stands still at the same moment in every test that does not name another."""
    freezer.move_to(getattr(request, "param", START))
    # The same as what its clock asks otherwise, in a fraction of the time.
    monkeypatch.setattr("simulator.clock.time", StandingTime(freezer))
    # The simulator looks after its consoles at each request; no stop in between is needed.
    monkeypatch.setattr("simulator.app.TICK_SECONDS", 86400.0)
    return freezer


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """A folder of its own for each test: what Home Assistant writes into it meets no other test."""
    return str(tmp_path)


@pytest.fixture(scope="session")
def kept_in_memory() -> tuple[dict[str, Any], dict[str, Any]]:
    """What the test kit keeps in place of files, and with what it writes and reads that."""
    with mock_storage() as files:
        names = ("_async_load", "_async_write_data", "async_remove")
        return files, {name: getattr(Store, name).side_effect for name in names}


@pytest.fixture
def hass_storage(
    kept_in_memory: tuple[dict[str, Any], dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Any]:
    """The same for each test, empty: to make the test kit's watchers of each function takes long, and so do they."""
    files, functions = kept_in_memory
    files.clear()
    for name, function in functions.items():
        monkeypatch.setattr(Store, name, function)
    return files


@pytest.fixture
def clock(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> VirtualTime:
    """What lets the time go on."""
    return VirtualTime(hass, frozen)


@pytest.fixture(autouse=True)
def check_translations() -> Iterator[None]:
    """Fail when something was shown that translations/en.json has no words for."""
    with watch_translations() as missing:
        yield
    assert not missing, "\n".join(sorted(missing))


@pytest.fixture(autouse=True)
def deprecations() -> Iterator[list[str]]:
    """Fail when Home Assistant says that it will not take something of ours for ever."""
    with watch_deprecations() as used:
        yield used
    assert not used, "\n".join(used)


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Snapshots the way Home Assistant writes them."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def simulator(
    simulator: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> RunningSimulator:
    """The Xbox network in a box, with the integration pointed at it."""
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR", simulator.url)
    return simulator


@pytest.fixture
async def entry(hass: HomeAssistant, simulator: RunningSimulator) -> MockConfigEntry:
    """The parent's account, signed in but not set up."""
    return await signed_in_entry(hass, simulator)


@pytest.fixture
def house(
    hass: HomeAssistant,
    simulator: RunningSimulator,
    clock: VirtualTime,
    monkeypatch: pytest.MonkeyPatch,
) -> House:
    """The consoles of the demo world, and what they are told."""
    house = House(hass, simulator, clock)
    clock.watch_answers(simulator.held)
    check = xccs._checked  # noqa: SLF001 - the simulator keeps no bodies

    def listen(body: dict[str, Any]) -> dict[str, str]:
        house.bodies.append(body)
        return check(body)

    monkeypatch.setattr(xccs, "_checked", listen)
    return house


@pytest.fixture
def unpushed(simulator: RunningSimulator) -> None:
    """A network that pushes nothing, so that everything is polled; named before what sets an entry up."""
    simulator.world.activity.knobs.available = False


@pytest.fixture
def living_room_only(house: House) -> None:
    """An account with the console that is on alone, which is asked less often than several; named as `unpushed`."""
    house.only("living_room")


@pytest.fixture
def living_room_and_bedroom(house: House) -> None:
    """An account with one console that is on and one that sleeps; named as `unpushed`."""
    house.only("living_room", "bedroom")


@pytest.fixture
def consoles_aside(house: House, entry: MockConfigEntry) -> None:
    """Consoles are left alone, whoever is at one; named before what sets the entry up.

    Looks at them are most of what an hour takes.
    """
    house.hass.config_entries.async_update_entry(
        entry, options={CONF_DESELECTED: [*house.simulator.world.consoles]}
    )


@pytest.fixture
def without_consoles(house: House, consoles_aside: None) -> None:
    """The same, and the account is at none of them."""
    house.console("living_room").signed_in.clear()


@pytest.fixture
async def loaded(house: House, entry: MockConfigEntry) -> MockConfigEntry:
    """The parent's account, set up, everything read once."""
    assert await house.set_up(entry)
    return entry


@pytest.fixture
def following(house: House, loaded: MockConfigEntry) -> Following:
    """The parent's account, set up, with people to follow."""
    return Following(house, loaded)
