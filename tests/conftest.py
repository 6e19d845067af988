"""What the tests of every kind share."""

from collections.abc import AsyncIterator, Iterator
import gc
import logging
from pathlib import Path
import random
from unittest.mock import DEFAULT, patch

from homeassistant.components.http import HomeAssistantHTTP
from homeassistant.util import executor
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
import pytest

from simulator.lan import certificates
from tests.quick_freezing import freeze_quickly
from tests.running_simulator import RunningSimulator, running_simulator

# These run on another Home Assistant, without the test kit: see tests/browser/pytest.ini.
collect_ignore = ["browser"]

# Neither a deadline nor the health check of speed: a machine may be busy with something else.
settings.register_profile(
    "explore",
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("same", settings.get_profile("explore"), derandomize=True)
settings.load_profile("same")

_QUICK = ("simulator", "client", "properties", "checks")
"""Folders whose files take little time, the quickest last."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of endurance be told how long."""
    parser.addoption(
        "--days", type=int, default=0, help="simulated days of tests/endurance"
    )
    parser.addoption(
        "--seed", type=int, default=20261106, help="the dice of those days"
    )
    parser.addoption(
        "--endurance", action="store_true", help="all of tests/endurance, not a little"
    )


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make no more of what happens than the tests need, and the same each time."""
    # The test kit collects the garbage of each file.
    gc.disable()
    freeze_quickly(config)
    # On a busy machine an idle thread may take longer to end than Home Assistant waits before it breaks in.
    patient = patch.object(executor, "EXECUTOR_SHUTDOWN_TIMEOUT", 600)
    patient.start()
    config.add_cleanup(patient.stop)
    # cryptography remembers the class of the first time that it is given: a frozen one fits no other.
    certificates.presented("F4000A1B2C3D4E5F", "good", 0.0)
    if config.get_verbosity() <= 0:
        # To keep what Home Assistant tells of each entity takes long; `-v` and `caplog` have it all.
        for name in (None, "sqlalchemy.engine"):
            logging.getLogger(name).setLevel(logging.WARNING)
    if settings.get_current_profile_name() != "explore":
        # Examples would also be drawn from the constants of those of our modules that happen to be loaded.
        seen = patch.object(providers, "is_local_module_file", return_value=False)
        seen.start()
        config.add_cleanup(seen.stop)


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave the event loop as it is in a home: the test kit has it look up the caller of each call."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slowest files, so that of tests side by side none goes on for long at the end."""
    items.sort(key=lambda item: _turn(item.path))


def _turn(path: Path) -> int:
    folder = path.relative_to(Path(__file__).parent).parts[0]
    return (
        -1 if folder == "kill" else 1 + _QUICK.index(folder) if folder in _QUICK else 0
    )


@pytest.fixture(autouse=True, scope="session")
def disable_http_server() -> Iterator[None]:
    """Let Home Assistant's web server listen nowhere; the test kit has it so anew for each test, which takes long."""
    with patch.multiple(HomeAssistantHTTP, async_bind=DEFAULT, start=DEFAULT):
        yield


@pytest.fixture(autouse=True)
def same_dice() -> None:
    """Let jitter be the same in every run."""
    random.seed(0)


@pytest.fixture
async def simulator(socket_enabled: None) -> AsyncIterator[RunningSimulator]:
    """The Xbox network in a box, answering on a real socket."""
    async with running_simulator() as running:
        yield running
