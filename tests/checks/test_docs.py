"""The documentation says what the code does."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
import re

import pytest

from scripts.refusals import PAGE, tables
from scripts.tables import filled
from tests.checks.files import INTEGRATION, ROOT, python_files, tracked

_ARCHITECTURE = ROOT / "docs" / "architecture.md"
_PICTURE = ROOT / "docs" / "pictures" / "architecture.svg"
_BEGINNINGS = (ROOT, INTEGRATION, ROOT / "simulator")
"""Where the paths may begin that a page names."""
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"`([^`]+)`")
_PATH = re.compile(r"\w[\w.-]*/[\w./-]*|\w[\w.-]*\.(?:cfg|in|json|md|py|svg|yaml)")
_LINK = re.compile(r"]\(([^)#:]+)(?:#[^)]*)?\)")


def _quoted(page: Path) -> Iterator[str]:
    """Yield each word of a page that stands in backticks."""
    for quoted in _QUOTED.findall(_FENCED.sub("", page.read_text())):
        yield from quoted.split()


@cache
def _defined() -> frozenset[str]:
    """Return every name that a module or a class of the project defines, as `Class.member` too."""
    return frozenset(
        name for path in python_files() for name in _names(ast.parse(path.read_text()))
    )


def _names(scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in scope.body:
        match node:
            case ast.ClassDef(name=name):
                yield from (name, *(f"{name}.{member}" for member in _names(node)))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def test_every_refusal_is_in_the_documentation() -> None:
    """Number, name and text are those of the code; `python -m scripts.refusals` writes them."""
    page = PAGE.read_text()
    assert page == filled(page, tables())
    for table in tables().values():
        assert table in page


@pytest.mark.parametrize(
    "page", [ROOT / "CONTRIBUTING.md", _ARCHITECTURE], ids=lambda page: page.name
)
def test_every_path_exists(page: Path) -> None:
    """What a page for developers names in backticks is there."""
    paths = {word for word in _quoted(page) if _PATH.fullmatch(word)}
    assert paths
    assert not {
        path for path in paths if not any((top / path).exists() for top in _BEGINNINGS)
    }


def test_every_name_of_the_architecture_exists() -> None:
    """What is no path in backticks, nor an option of a command, is a name in the code."""
    words = {word for word in _quoted(_ARCHITECTURE) if not _PATH.fullmatch(word)}
    names = {word.removesuffix("()") for word in words if not word.startswith("-")}
    assert names
    unknown = names - _defined()
    assert not unknown


@pytest.mark.parametrize(
    "text", [_ARCHITECTURE, _PICTURE], ids=lambda text: text.suffix
)
def test_every_room_is_in_the_architecture(text: Path) -> None:
    """A folder of modules that is new is described and drawn."""
    rooms = {path.parent.name for path in INTEGRATION.glob("*/__init__.py")}
    assert {"consoles", "xboxlive"} <= rooms
    untold = rooms - set(re.findall(r"\w+", text.read_text()))
    assert not untold


@pytest.mark.parametrize(
    "page",
    [path for path in tracked() if path.suffix == ".md"],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Pages and pictures of the project that a page points to are there."""
    links = set(_LINK.findall(_FENCED.sub("", page.read_text())))
    assert not {link for link in links if not (page.parent / link).exists()}
