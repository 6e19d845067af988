"""Days in a lively town: nothing is lost, repeated, made up or left behind."""

from collections.abc import AsyncIterator, Callable, Iterator
import gc
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.lan.wire import Wire
from tests.endurance.soak.run import EVENING, Soak, days
from tests.endurance.soak.town import town
from tests.running_simulator import RunningSimulator, serving


@pytest.fixture
async def simulator(
    frozen: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncIterator[RunningSimulator]:
    """The town's network."""
    async with serving(town(frozen)) as running:
        yield running


@pytest.fixture
async def wire(
    simulator: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """The integration, pointed at the town and its local network."""
    wire = Wire(simulator.world)
    await wire.open()
    address, port = wire.address
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR", simulator.url)
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR_LAN", f"{address}:{port}")
    yield
    wire.close()


@pytest.fixture
def collected() -> Iterator[None]:
    """The garbage is collected, as it is in a Home Assistant that runs for days."""
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """What writes a line to the terminal, if days were asked for."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not request.config.getoption("--days"):
        return lambda _: None
    return lambda line: reporter.write_line(line)


@pytest.mark.timeout(0)
@pytest.mark.usefixtures("collected", "wire")
async def test_soak(
    request: pytest.FixtureRequest,
    frozen: FrozenDateTimeFactory,
    simulator: RunningSimulator,
    tmp_path: Path,
    told: Callable[[str], None],
) -> None:
    """An evening; with `--days`, as many days."""
    number = request.config.getoption("--days")
    seed = request.config.getoption("--seed")
    plan = days(number) if number else EVENING
    soak = Soak(plan, simulator, frozen, tmp_path, seed)
    await soak.run()
    for line in soak.summary():
        told(line)
    errors = list(soak.errors())
    assert not errors, "\n".join(errors)
