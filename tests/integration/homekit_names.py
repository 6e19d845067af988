"""What Home Assistant's HomeKit bridge makes of a name: its own function, without the bridge's requirements."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import homeassistant.components

_HOMEKIT = Path(homeassistant.components.__path__[0]) / "homekit"
_NAMES = {
    "const.py": {"MAX_NAME_LENGTH"},
    "util.py": {
        "HOMEKIT_CHAR_TRANSLATIONS",
        "INVALID_END_CHARS",
        "cleanup_name_for_homekit",
    },
}


def _is_wanted(node: ast.stmt, names: set[str]) -> bool:
    match node:
        case ast.FunctionDef(name=name):
            return name in names
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in names
    return False


@cache
def cleanup() -> Callable[[str], str]:
    """The bridge's function."""
    space: dict[str, Any] = {}
    for file, names in _NAMES.items():
        tree = ast.parse((_HOMEKIT / file).read_text())
        tree.body = [node for node in tree.body if _is_wanted(node, names)]
        assert len(tree.body) == len(names)
        exec(compile(tree, file, "exec"), space)  # noqa: S102 - it is installed code
    return cast("Callable[[str], str]", space["cleanup_name_for_homekit"])
