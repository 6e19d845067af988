"""Arrows point down only, and there is no circle of files.

python -m scripts.check_layers [ROOT]

Imports inside functions and under TYPE_CHECKING count like any other.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
import sys
from typing import NamedTuple

_CHECKED = ("custom_components", "simulator")
_INTEGRATION = "custom_components.xbox_console"

_LIBRARY = ""
"""The layer of what no other layer's name fits; anyone may import it."""

# Layer: the layers that it stands on. A layer may import these, what they stand on in turn, and
# no other. A dot begins a layer of the integration, the bare dot is its root. A file belongs to
# the longest name that fits.
_STANDS_ON = {
    ".": ".family .frontend",
    ".family": ".consoles .people .captures",
    ".consoles": ".games .lan",
    ".people": ".games .lan",
    ".captures": ".games .lan",
    ".games": ".account",
    ".lan": ".account",
    ".account": ".const .xboxlive",
    ".frontend": ".const",
    ".const": "homeassistant",
    ".xboxlive": "",
    "simulator.__main__": "simulator.app",
    "simulator.app": "simulator.routes simulator.screen",
    "simulator.routes": "simulator",
    "simulator.screen": "simulator",
    "simulator": "",
    "benchmarks": "",
    "custom_components": "",
    "homeassistant": "",
    "scripts": "",
    "tests": "",
}


class _Arrow(NamedTuple):
    """That a line of a file imports a module, and the file of that module if it is ours."""

    file: Path
    line: int
    imported: str
    target: Path | None


def violations(root: Path) -> list[str]:
    """Return a line for each import in the project at `root` that points up, and each circle."""
    arrows = [
        arrow
        for folder in _CHECKED
        for path in sorted((root / folder).rglob("*.py"))
        for arrow in _arrows(path, root)
    ]
    upward = (
        f"{file}:{line}: imports {imported}: {objection}"
        for file, line, imported, _ in arrows
        if (objection := _objection(_layer(_module(file)), _layer(imported)))
    )
    return [*upward, *_circles(arrows)]


def _module(file: Path) -> str:
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


def _arrows(path: Path, root: Path) -> Iterator[_Arrow]:
    file = path.relative_to(root)
    for line, imported in _imports(path, root):
        yield _Arrow(file, line, imported, _file(imported, root))


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


def _file(module: str, root: Path) -> Path | None:
    """Return the file of a module or, for a name within a package, that of the package."""
    path = Path(*module.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py", path.parent / "__init__.py")
    return next((file for file in files if (root / file).is_file()), None)


@cache
def _layer(module: str) -> str:
    """Return the layer that a module belongs to."""
    fitting = (
        layer for layer in _STANDS_ON if f"{module}.".startswith(f"{_full(layer)}.")
    )
    return max(fitting, key=lambda layer: len(_full(layer)), default=_LIBRARY)


def _full(layer: str) -> str:
    return f"{_INTEGRATION}{layer}".rstrip(".") if layer.startswith(".") else layer


@cache
def _below(layer: str) -> frozenset[str]:
    """Return all that a layer stands on."""
    direct = _STANDS_ON[layer].split()
    return frozenset(direct).union(*map(_below, direct))


def _objection(importer: str, imported: str) -> str | None:
    if imported in {_LIBRARY, importer} | _below(importer):
        return None
    if importer in _below(imported):
        return f"{_shown(imported)} stands above {_shown(importer)}"
    return f"{_shown(importer)} must know nothing of {_shown(imported)}"


def _shown(layer: str) -> str:
    return "the root" if layer == "." else layer.removeprefix(".")


def _circles(arrows: Iterable[_Arrow]) -> Iterator[str]:
    """Yield a line for each circle, the first arrow of one not being looked at for the next."""
    left = {(arrow.file, arrow.target): arrow for arrow in arrows if arrow.target}
    while circle := _circle(left):
        first = left.pop((circle[0], circle[1]))
        way = " → ".join(map(str, circle))
        yield f"{first.file}:{first.line}: imports {first.imported}: a circle of files: {way}"


def _circle(edges: Iterable[tuple[Path, Path | None]]) -> list[Path]:
    """Return files each of which imports the next, the last being the first; or none."""
    sorter: TopologicalSorter[Path | None] = TopologicalSorter()
    for file, target in edges:
        sorter.add(file, target)
    try:
        sorter.prepare()
    except CycleError as error:
        *files, _ = reversed(error.args[1])
        start = files.index(min(files))
        return [*files[start:], *files[: start + 1]]
    return []


if __name__ == "__main__":
    lines = violations(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(lines) or "layers: every arrow points down, and none leads back")
    sys.exit(bool(lines))
