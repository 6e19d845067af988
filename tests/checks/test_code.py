"""What the code has to look like beyond what ruff and mypy see."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
import re

from homeassistant.const import Platform
import pytest

from tests.checks.files import ROOT, modules, of_integration, python_files, tracked

_LONGEST_FILE = 400
_LONGEST_FUNCTION = 40
_PATHS_OF_A_MACHINE = re.compile(r"(?<![\w.])/(work|root|farm|home/\w+|opt/py\w*)/")
_FILE = re.compile(r"[\w./-]*\w\.(?:cfg|json|md|png|py|yaml)\b|scripts/\w+")
_RULES = """
action-setup appropriate-polling brands common-modules config-flow config-flow-test-coverage
dependency-transparency docs-actions docs-conditions docs-high-level-description
docs-installation-instructions docs-removal-instructions docs-triggers entity-event-setup
entity-unique-id has-entity-name runtime-data test-before-configure test-before-setup
unique-config-entry
action-exceptions config-entry-unloading docs-configuration-parameters
docs-installation-parameters entity-unavailable integration-owner log-when-unavailable
parallel-updates reauthentication-flow test-coverage
devices diagnostics discovery discovery-update-info docs-data-update docs-examples
docs-known-limitations docs-supported-devices docs-supported-functions docs-troubleshooting
docs-use-cases dynamic-devices entity-category entity-device-class entity-disabled-by-default
entity-translations exception-translations icon-translations reconfiguration-flow
repair-issues stale-devices
async-dependency inject-websession strict-typing
"""


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_too_long() -> None:
    """A Python file is read in one sitting."""
    long = {_name(path) for path in python_files() if _length(path) >= _LONGEST_FILE}
    assert not long


def _length(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_function_is_too_long() -> None:
    """A function is seen at a glance."""
    assert not list(_long_functions())


def _long_functions() -> Iterator[str]:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines >= _LONGEST_FUNCTION:
                    yield f"{_name(path)}: {node.name} has {lines} lines"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    """Nothing in the project depends on, or speaks of, one machine's folders."""
    wrong = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if _PATHS_OF_A_MACHINE.search(text):
            wrong.append(_name(path))
    assert not wrong


@pytest.mark.parametrize("module", sorted(modules().keys() & set(Platform)))
def test_platforms_say_how_many_may_update_at_once(module: str) -> None:
    """Each entity platform sets PARALLEL_UPDATES."""
    assert "PARALLEL_UPDATES" in {
        target.id
        for node in modules()[module].body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def test_the_quality_scale_is_complete() -> None:
    """No rule of a tier is missing, and none is made up."""
    assert _scale().keys() == set(_RULES.split())


@pytest.mark.parametrize("rule", _RULES.split())
def test_the_quality_scale_is_true(rule: str) -> None:
    """What is done names files that show it, and they are there; an exemption says why."""
    verdict = _scale()[rule]
    named = [word for word in _FILE.findall(verdict["comment"]) if "/" in word]
    match verdict["status"]:
        case "done":
            assert _FILE.search(verdict["comment"])
        case "exempt":
            assert verdict["comment"]
        case status:
            pytest.fail(f"{rule} is {status}")
    assert not [name for name in named if not (ROOT / name).exists()]


@cache
def _scale() -> Mapping[str, Mapping[str, str]]:
    rules: Mapping[str, Mapping[str, str]] = of_integration("quality_scale.yaml")[
        "rules"
    ]
    return rules
