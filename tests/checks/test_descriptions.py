"""icons.json, services.yaml, triggers.yaml and conditions.yaml, beside en.json."""

from functools import cache
import json
from pathlib import Path
import re

import hass_frontend
import pytest

from tests.checks.files import ROOT, leaves, of_integration, tracked, translations

_DESCRIBED = {"services": "service", "triggers": "trigger", "conditions": "condition"}
_MDI = re.compile(r"\bmdi:([a-z0-9-]+)")


@cache
def _icons() -> frozenset[str]:
    """Return the icons that the frontend knows."""
    names = Path(hass_frontend.__file__).parent / "static" / "mdi" / "iconList.json"
    return frozenset(icon["name"] for icon in json.loads(names.read_text()))


def test_every_icon_exists() -> None:
    """Each icon that the project names is in the frontend's set."""
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked()
        if path.suffix in (".js", ".json", ".py", ".yaml")
        for name in _MDI.findall(path.read_text())
        if name not in _icons()
    }
    assert not wrong


def test_icons_are_icons() -> None:
    """Nothing but Material Design icons stands in icons.json."""
    for path, icon in leaves(of_integration("icons.json")):
        assert _MDI.fullmatch(icon), path


def test_entity_icons_belong_to_entities() -> None:
    """Every entity with an icon of its own has a name or states of its own."""
    named = translations().get("entity", {})
    for platform, keys in of_integration("icons.json").get("entity", {}).items():
        assert keys.keys() <= named.get(platform, {}).keys(), platform


@pytest.mark.parametrize("kind", _DESCRIBED)
def test_everything_described_has_words_and_an_icon(kind: str) -> None:
    """Actions, triggers and conditions: the same in YAML, in en.json and in icons.json."""
    described = {
        key: value
        for key, value in of_integration(f"{kind}.yaml").items()
        if not key.startswith(".")
    }
    words = translations().get(kind, {})
    icons = of_integration("icons.json").get(kind, {})
    assert described.keys() == words.keys() == icons.keys()
    for key, description in described.items():
        assert {"name", "description"} <= words[key].keys(), key
        assert _DESCRIBED[kind] in icons[key], key
        fields = _fields((description or {}).get("fields", {}))
        assert fields == words[key].get("fields", {}).keys(), key
        for field in words[key].get("fields", {}).values():
            assert {"name", "description"} <= field.keys(), key


def _fields(described: dict[str, dict[str, object]]) -> set[str]:
    """Return the names of fields, those in sections included."""
    names: set[str] = set()
    for name, field in described.items():
        section = (field or {}).get("fields")
        names |= set(section) if isinstance(section, dict) else {name}
    return names
