"""The blueprints as a whole: each has a test, and each takes what 0.1.0 took."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from homeassistant.util import yaml as yaml_util
import pytest

from tests.integration.blueprints.scene import BLUEPRINTS

_INPUTS = {
    "achievement": {"people", "games", "rarity", "celebration"},
    "bedtime": {
        *("consoles", "bedtime", "morning", "evenings"),
        *("before", "recipients", "message"),
    },
    "friend_notification": {"people", "events", "games", "notify"},
    "game_scene": {"console", "games", "started", "stopped", "pause"},
    "play_time_limit": {
        *("played_today", "in_game", "consoles", "limit"),
        *("before", "recipients", "message"),
    },
}
"""What 0.1.0 asked for."""


def _inputs(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The inputs of a blueprint, out of their sections."""
    blueprint = yaml_util.load_yaml_dict(str(BLUEPRINTS / f"{name}.yaml"))["blueprint"]
    for key, one in blueprint["input"].items():
        yield from one["input"].items() if "input" in one else [(key, one)]


@pytest.mark.parametrize("name", _INPUTS)
def test_inputs_stay_and_new_ones_have_defaults(name: str) -> None:
    """An automation that 0.1.0 made goes on."""
    inputs = dict(_inputs(name))
    assert inputs.keys() >= _INPUTS[name]
    for key, one in inputs.items():
        assert one["name"]
        assert "default" in one or key in _INPUTS[name]


def test_every_blueprint_is_tested() -> None:
    """One that is added gets a test."""
    tests = Path(__file__).parents[1]
    sources = "".join(
        path.read_text()
        for path in tests.rglob("test_*.py")
        if "blueprints" in str(path.relative_to(tests)) and path != Path(__file__)
    )
    for path in BLUEPRINTS.glob("*.yaml"):
        assert f'"{path.stem}"' in sources, path.name
