"""What the tests of every kind share."""

from collections.abc import AsyncIterator

import pytest

from tests.running_simulator import RunningSimulator, running_simulator

# These run on another Home Assistant, without the test kit: see tests/browser/pytest.ini.
collect_ignore = ["browser"]


@pytest.fixture
async def simulator(socket_enabled: None) -> AsyncIterator[RunningSimulator]:
    """The Xbox network in a box, answering on a real socket."""
    async with running_simulator() as running:
        yield running
