"""The house of the tests of the integration, with ways that can be cut."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.endurance.matrix.left import Log
from tests.endurance.matrix.lines import Lines, lines

# Fixtures: what Home Assistant is, is the same here as in the tests of the integration.
from tests.integration.conftest import (  # noqa: F401
    auto_enable_custom_integrations,
    check_translations,
    clock,
    entry,
    freezer,
    frozen,
    hass_config_dir,
    house,
    simulator,
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cells were run, and in how many something was found."""
    passed, failed = (
        sum("test_cell[" in one.nodeid for one in terminalreporter.getreports(outcome))
        for outcome in ("passed", "failed")
    )
    if passed or failed:
        terminalreporter.write_line(
            f"Matrix: {passed + failed} cells, in {failed} something was found"
        )


@pytest.fixture
async def ways(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, socket_enabled: None
) -> AsyncIterator[Lines]:
    """The ways to the services."""
    async with lines(monkeypatch, tmp_path) as ways:
        yield ways


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged."""
    log = Log()
    yield log
    log.close()
