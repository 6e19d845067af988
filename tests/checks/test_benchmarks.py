"""What is told of speed and size was measured."""

import json
from pathlib import Path

import pytest

from benchmarks.core import PAGE, README, RESULTS, pages


@pytest.mark.parametrize("page", [PAGE, README], ids=lambda page: page.name)
def test_no_figure_of_the_tables_is_typed_by_hand(page: Path) -> None:
    """Each table is what the last measurements make of it."""
    results = json.loads(RESULTS.read_text())
    assert results
    assert pages(results)[page] == page.read_text()
