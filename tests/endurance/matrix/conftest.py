"""The house of the tests of the integration, with ways that can be cut."""

from collections.abc import AsyncIterator, Generator, Iterator
import gc
from itertools import count
from pathlib import Path

import pytest

from tests.endurance.matrix.cell import Cell
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

_ENOUGH = 50
_cells = count(1)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """The garbage of some cells is collected together: that of all would fill gigabytes."""
    yield
    if next(_cells) % _ENOUGH == 0:
        gc.collect()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Run how it should be before what goes wrong, also if only that was chosen (`-k`)."""
    controls = {
        cell.like: item for item in items if (cell := _cell(item)) and not cell.wrong
    }
    yield
    chosen = dict.fromkeys(cell.like for item in items if (cell := _cell(item)))
    needed = [controls[like] for like in chosen if like in controls]
    items[:] = [*needed, *(item for item in items if item not in needed)]


def _cell(item: pytest.Item) -> Cell | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("cell") if callspec else None


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
