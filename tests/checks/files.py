"""The files that are checked."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
import json
from pathlib import Path
import subprocess
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOMAIN = "xbox_console"
INTEGRATION = ROOT / "custom_components" / DOMAIN

type Tree = Mapping[str, Any]


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the project, those included that are not committed yet."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return tuple(path for name in listed if (path := ROOT / name).is_file())


def python_files() -> Iterator[Path]:
    """Yield every Python file of the project."""
    return (path for path in tracked() if path.suffix == ".py")


@cache
def modules() -> Mapping[str, ast.Module]:
    """Return the integration's own modules, those of the client not included."""
    return {path.stem: ast.parse(path.read_text()) for path in INTEGRATION.glob("*.py")}


def of_integration(name: str) -> Tree:
    """Return the content of a JSON or YAML file of the integration, nothing if it is absent."""
    path = INTEGRATION / name
    if not path.exists():
        return {}
    text = path.read_text()
    content: Tree = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    return content


def translations(name: str = "en.json") -> Tree:
    """Return the texts of a language."""
    return of_integration(f"translations/{name}")


def leaves(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a tree with its dotted path."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value, path)
    elif isinstance(tree, str):
        yield path, tree
