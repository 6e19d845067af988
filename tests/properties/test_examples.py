"""What property tests are tried with: the same in each run."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
import sys

from hypothesis import given, settings, strategies as st
import pytest


def _drawn() -> list[object]:
    drawn: list[object] = []

    @settings(max_examples=300)
    @given(st.text() | st.integers())
    def draw(value: object) -> None:
        drawn.append(value)

    draw()
    return drawn


def test_examples_do_not_depend_on_what_else_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which modules are depends on the tests before."""
    before = _drawn()
    path = tmp_path / "words.py"
    path.write_text(f"WORDS = {[f'{number} words' for number in range(200)]}\n")
    spec = spec_from_file_location("words", path)
    assert spec is not None
    monkeypatch.setitem(sys.modules, "words", module_from_spec(spec))
    assert _drawn() == before
