"""Arrows point down only: no module imports what stands above it in the house.

python -m scripts.check_layers [ROOT]
"""

import ast
from collections.abc import Iterator
from pathlib import Path
import sys

SHIPPED = "custom_components"
INTEGRATION = f"{SHIPPED}.xbox_console"
CLIENT = f"{INTEGRATION}.xboxlive"

# Who must not import whom.
_APART = (
    (CLIENT, "homeassistant"),
    (SHIPPED, "simulator"),
    (SHIPPED, "tests"),
    (SHIPPED, "scripts"),
    ("simulator", SHIPPED),
    ("simulator", "homeassistant"),
    ("simulator", "tests"),
    ("simulator", "scripts"),
)

# The floors of the integration above what Home Assistant calls: what is not named here
# is either ground work, below all of these, or one of the platforms on top of them.
_FLOORS = {"coordinator": 1, "people_setup": 2, "entity": 2, "entity_person": 2}
_PLATFORM = 3
_PLATFORMS = {
    *("binary_sensor", "button", "event", "image", "media_player", "notify", "remote"),
    *("sensor", "switch", "actions", "condition", "config_flow", "diagnostics", "llm"),
    *("homekit", "media_source", "options_flow", "repairs", "system_health", "trigger"),
    *("person_binary_sensor", "person_flow", "person_sensor", "player_actions"),
}


def violations(root: Path) -> list[str]:
    """Return one line for each import in the project at `root` that points up."""
    found = []
    for folder in (SHIPPED, "simulator"):
        for path in sorted((root / folder).rglob("*.py")):
            found += [
                f"{path.relative_to(root)}:{line}: imports {imported}, which {reason}"
                for line, imported in _imports(path, root)
                if (reason := _objection(_module(path, root), imported))
            ]
    return found


def _module(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(
        ".__init__"
    )


def _imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything that a file imports."""
    package = path.parent.relative_to(root).parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join((*start, *filter(None, [node.module])))
            if (root / source.replace(".", "/")).is_dir():
                yield from (
                    (node.lineno, f"{source}.{alias.name}") for alias in node.names
                )
            else:
                yield node.lineno, source


def _within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def _objection(importer: str, imported: str) -> str | None:
    for above, apart in _APART:
        if _within(importer, above) and _within(imported, apart):
            return f"{above} must know nothing of"
    if not _within(imported, INTEGRATION):
        return None
    if _within(importer, CLIENT) and not _within(imported, CLIENT):
        return f"stands above {CLIENT}"
    if _floor(importer) < _floor(imported):
        return "stands above it"
    return None


def _floor(module: str) -> int:
    """Return the floor of a module of the integration; its own root is on top."""
    name = module.removeprefix(INTEGRATION).lstrip(".").partition(".")[0]
    return _PLATFORM if not name or name in _PLATFORMS else _FLOORS.get(name, 0)


if __name__ == "__main__":
    lines = violations(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(lines) or "layers: every arrow points down")
    sys.exit(bool(lines))
