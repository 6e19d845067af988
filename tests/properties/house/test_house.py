"""Whatever is done at home, in whatever order: it is shown in the end, and nothing false is said."""

from collections.abc import Iterator

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
import pytest

from tests.endurance.matrix.left import Log
from tests.integration.house import House
from tests.properties.house.machine import Home

FEW = settings(max_examples=6, stateful_step_count=12)
MANY = settings(max_examples=200, stateful_step_count=25)


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged."""
    log = Log()
    yield log
    log.close()


@pytest.mark.hypothesis
def test_home(house: House, log: Log) -> None:
    """A user, consoles, services that fail, restarts."""
    machine = type("AtHome", (Home,), {"house": house, "log": log})
    exploring = settings.get_current_profile_name() == "explore"
    run_state_machine_as_test(machine, settings=MANY if exploring else FEW)
