"""Days in a lively town: nothing is lost, repeated, made up or left behind."""

from collections.abc import AsyncIterator
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


async def test_soak(
    request: pytest.FixtureRequest,
    frozen: FrozenDateTimeFactory,
    simulator: RunningSimulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An evening; with `--days`, as many days."""
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR", simulator.url)
    wire = Wire(simulator.world)
    await wire.open()
    address, port = wire.address
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR_LAN", f"{address}:{port}")
    number = request.config.getoption("--days")
    soak = Soak(days(number) if number else EVENING, simulator, frozen, tmp_path)
    gc.enable()
    await soak.run()
    gc.disable()
    wire.close()
    print(*soak.summary(), sep="\n")
    errors = list(soak.errors())
    assert not errors, "\n".join(errors)
