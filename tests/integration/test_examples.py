"""The examples of the documentation are what Home Assistant takes."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any

from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.components.template.config import CONFIG_SECTION_SCHEMA
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
import pytest
import yaml

from tests.checks.files import DOMAIN, ROOT

_EXAMPLE = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
_PARTS = {"alias", "triggers", "conditions", "actions", "mode"}


def _examples() -> Iterator[Any]:
    pages: tuple[Path, ...] = (
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
    )
    for page in pages:
        for number, text in enumerate(_EXAMPLE.findall(page.read_text()), 1):
            yield pytest.param(yaml.safe_load(text), id=f"{page.stem}-{number}")


def _automations(example: Any) -> Iterator[dict[str, Any]]:
    """Yield what is in an example as automations; what it leaves out is nothing."""
    match example:
        case list():
            for one in example:
                yield from _automations(one)
        case {"script": dict(scripts)}:
            for script in scripts.values():
                yield {"triggers": [], "actions": script["sequence"]}
        case {"template": _} | {"strategy": _} | {"type": _} | {"use_blueprint": _}:
            return
        case _:
            assert example.keys() <= _PARTS, example.keys()
            yield {"triggers": [], "actions": [], **example}


def _calls(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield each action that is called, however deep it stands."""
    if isinstance(tree, list):
        for branch in tree:
            yield from _calls(branch)
    elif isinstance(tree, dict):
        if isinstance(tree.get("action"), str) and "." in tree["action"]:
            yield tree
        for branch in tree.values():
            yield from _calls(branch)


def _inputs(tree: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the inputs of a blueprint, those in sections too."""
    for key, one in tree.items():
        if "input" in one:
            yield from _inputs(one["input"])
        else:
            yield key, one


@pytest.mark.parametrize("example", _examples())
async def test_examples_are_valid(
    hass: HomeAssistant, loaded: ConfigEntry, example: Any
) -> None:
    """Triggers, conditions and actions exist, and take the options and the data that stand there."""
    assert await async_setup_component(hass, "automation", {})
    for automation in _automations(example):
        validated = await async_validate_config_item(hass, "example", automation)
        assert validated is not None
        assert validated.validation_status == "ok", validated.validation_error
        for call in _calls(automation["actions"]):
            domain, service = call["action"].split(".")
            if domain != DOMAIN:
                continue
            schema = hass.services.async_services()[domain][service].schema
            assert schema is not None
            schema({**call.get("target", {}), **call.get("data", {})})
    match example:
        case {"template": sections}:
            for section in sections:
                CONFIG_SECTION_SCHEMA(section)
        case {"use_blueprint": {"path": path, "input": given}}:
            blueprint = load_yaml_dict(ROOT / "blueprints" / "automation" / path)
            wanted = dict(_inputs(blueprint["blueprint"]["input"]))
            assert given.keys() <= wanted.keys()
            assert given.keys() >= {
                key for key, one in wanted.items() if "default" not in one
            }
