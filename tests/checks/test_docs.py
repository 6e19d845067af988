"""The documentation says what the code does."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
import re
from unittest.mock import Mock

import pytest

from custom_components.xbox_console.xboxlive.activity import protocol
from custom_components.xbox_console.xboxlive.auth.apps import ENTRA, LIVE
from custom_components.xbox_console.xboxlive.auth.xbox import (
    DEVICE_AUTH,
    SISU,
    USER_AUTH,
    XSTS_AUTH,
)
from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.service import ServiceClient
from scripts import texts
from scripts.refusals import PAGE, tables
from scripts.tables import filled
from tests.checks.files import (
    DOMAIN,
    INTEGRATION,
    ROOT,
    of_integration,
    python_files,
    tracked,
)

_TEXTS = of_integration("translations/en.json")
_README = ROOT / "README.md"
_NETWORK = ROOT / "docs" / "network.md"
_CLIENT_ALONE = {"account", "channels", "endpoints"}
"""Services that the client has and the integration never asks."""
_ARCHITECTURE = ROOT / "docs" / "architecture.md"
_PICTURE = ROOT / "docs" / "pictures" / "architecture.svg"
_BEGINNINGS = (ROOT, INTEGRATION, ROOT / "simulator")
"""Where the paths may begin that a page names."""
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"`([^`]+)`")
_PATH = re.compile(r"\w[\w.-]*/[\w./-]*|\w[\w.-]*\.(?:cfg|in|json|md|py|svg|yaml)")
_LINK = re.compile(r"]\(([^)#:]*)(?:#([^)]*))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _quoted(page: Path) -> Iterator[str]:
    """Yield each word of a page that stands in backticks."""
    for quoted in _QUOTED.findall(_FENCED.sub("", page.read_text())):
        yield from quoted.split()


def _entity_names() -> set[str]:
    """Return what entities are called that have a name of their own."""
    names = {
        entity.get("name", "")
        for platform in _TEXTS["entity"].values()
        for entity in platform.values()
    }
    return {name.replace("{drive}", "…") for name in names if name}


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


def test_every_text_can_be_found_by_its_words() -> None:
    """What the integration says is on the page about troubles; `python -m scripts.texts` writes it."""
    page = texts.PAGE.read_text()
    assert page == filled(page, texts.tables())


def test_every_host_is_on_the_page_about_the_network() -> None:
    """Who has a firewall reads what to allow: each service that is asked, and where the sign-in goes."""
    services = {
        name: service
        for name, service in vars(XboxLive(Mock(services={}))).items()
        if isinstance(service, ServiceClient)
    }
    assert services.keys() > _CLIENT_ALONE
    asked = {
        name: service._service.host  # noqa: SLF001 - it is told nowhere else
        for name, service in services.items()
        if name not in _CLIENT_ALONE
    }
    sign_in = {LIVE.host, ENTRA.host, DEVICE_AUTH, SISU, USER_AUTH, XSTS_AUTH}
    told = {word.strip(",") for word in _quoted(_NETWORK)}
    assert {*asked.values(), *sign_in, protocol.HOST} <= told


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
    """Pages, headings and pictures of the project that a page points to are there."""
    for path, heading in _LINK.findall(_FENCED.sub("", page.read_text())):
        target = page.parent / path if path else page
        assert target.exists(), path
        assert not heading or heading in _anchors(target), f"{path}#{heading}"


def _anchors(page: Path) -> set[str]:
    """Return what a link to a heading of a page is called."""
    headings = _HEADING.findall(_FENCED.sub("", page.read_text()))
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    """Whoever opens the project sees at once what it is, and where the rest stands."""
    page = _README.read_text()
    linked = {path for path, _ in _LINK.findall(page)}
    pages = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")}
    assert len(page.splitlines()) <= 150
    assert pages <= linked


@pytest.mark.parametrize(
    ("what", "many"),
    [
        ("triggers", len(_TEXTS["triggers"])),
        ("conditions", len(_TEXTS["conditions"])),
        ("actions", len(_TEXTS["services"])),
        ("blueprints", len([*(ROOT / "blueprints").rglob("*.yaml")])),
    ],
)
def test_the_readme_counts_right(what: str, many: int) -> None:
    """How many there are of what automations are made of is true."""
    assert f"{many} {what}" in _README.read_text()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("entities.md", _entity_names()),
        ("actions.md", {f"`{DOMAIN}.{key}`" for key in _TEXTS["services"]}),
        ("automations.md", {f"`{DOMAIN}.{key}`" for key in _TEXTS["triggers"]}),
        ("automations.md", {f"`{DOMAIN}.{key}`" for key in _TEXTS["conditions"]}),
        (
            "installation.md",
            {*_TEXTS["options"]["step"]["init"]["menu_options"].values()},
        ),
    ],
)
def test_everything_is_described(page: str, words: set[str]) -> None:
    """Every entity, action, trigger, condition and option has its place in the documentation."""
    text = (ROOT / "docs" / page).read_text()
    assert words
    assert not {word for word in words if word not in text}


def test_every_blueprint_is_described() -> None:
    """Each is in the list of them."""
    text = (ROOT / "docs" / "automations.md").read_text()
    assert not {
        path.stem
        for path in (ROOT / "blueprints").rglob("*.yaml")
        if f"`{path.stem}`" not in text
    }
