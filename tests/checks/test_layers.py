"""What may import what, and that a wrong import is noticed."""

from pathlib import Path
import subprocess
import sys

import pytest

from scripts.check_layers import violations
from tests.checks.files import ROOT

_INTEGRATION = "custom_components/xbox_console"
_RIGHT = {
    # The root knows everything.
    "__init__.py": "from .runtime import Runtime",
    "const.py": "from homeassistant.const import Platform",
    "diagnostics.py": "from . import runtime\nfrom .const import DOMAIN",
    "runtime.py": "from .consoles import coordinator\nfrom .family.diary import Diary\n"
    "from .frontend.cards import Cards",
    "sensor.py": "from .people.entity import Person\nfrom .xboxlive.model import Model",
    # The rooms, from top to bottom.
    "family/diary.py": "from ..people.entity import Person\nfrom ..account import memory",
    "consoles/__init__.py": "",
    "consoles/coordinator.py": "from ..games.library import Library\nfrom ..lan import wake\n"
    "from ..const import DOMAIN\nfrom . import entity",
    "consoles/entity.py": "from homeassistant.core import HomeAssistant",
    "people/entity.py": "from .. import const\nfrom ..games import library",
    "captures/backup.py": "from ..account.memory import Memory",
    "games/library.py": "from ..xboxlive.services import people",
    "lan/wake.py": "import asyncio",
    "frontend/cards.py": "from ..const import DOMAIN",
    "account/memory.py": "from ..const import DOMAIN\nfrom ..xboxlive import model",
    "xboxlive/model.py": "import aiohttp",
    "xboxlive/services/people.py": "from ..model import Model",
}
_RIGHT_SIMULATOR = {
    "__main__.py": "from simulator.app import create_app",
    "app.py": "from simulator import routes, screen",
    "routes/__init__.py": "from simulator.routes import xccs",
    "routes/xccs.py": "from simulator.consoles.state import State",
    "screen/__init__.py": "from simulator.world import World",
    "consoles/state.py": "from simulator.people import friends",
    "people/friends.py": "import aiohttp",
    "world.py": "from simulator.consoles import state",
}
_ROOMS = [
    "family",
    "consoles",
    "people",
    "captures",
    "games",
    "lan",
    "account",
    "frontend",
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project in which every arrow points down."""
    for folder, files in ((_INTEGRATION, _RIGHT), ("simulator", _RIGHT_SIMULATOR)):
        for name, text in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n")
    return tmp_path


def _write(tree: Path, file: str, text: str) -> str:
    """Put a new file, which nothing imports, in the tree; return its name."""
    (tree / file).write_text(text)
    return file


def test_arrows_point_down() -> None:
    """No module of the project imports what stands above it, and no circle is left."""
    assert not violations(ROOT)


def test_nothing_is_said_of_a_right_tree(tree: Path) -> None:
    """Whatever is allowed passes."""
    assert not violations(tree)


@pytest.mark.parametrize(
    ("room", "line", "reason"),
    [
        ("people", "from ..family.diary import Diary", "family stands above people"),
        ("games", "from ..consoles import entity", "consoles stands above games"),
        ("lan", "from ..captures import backup", "captures stands above lan"),
        ("account", "from ..lan.wake import wake", "lan stands above account"),
        ("account", "from ..games import library", "games stands above account"),
        ("consoles", "from ..people import entity", "must know nothing of people"),
        ("consoles", "from ..captures import backup", "must know nothing of captures"),
        ("people", "from ..consoles import entity", "must know nothing of consoles"),
        ("people", "from ..captures import backup", "must know nothing of captures"),
        ("captures", "from ..people import entity", "must know nothing of people"),
        ("captures", "from ..consoles.entity import E", "know nothing of consoles"),
        ("games", "from ..lan import wake", "games must know nothing of lan"),
        ("lan", "from ..games import library", "lan must know nothing of games"),
        ("frontend", "from ..people import entity", "must know nothing of people"),
        ("frontend", "from ..account import memory", "must know nothing of account"),
        ("frontend", "from ..xboxlive import model", "must know nothing of xboxlive"),
        ("family", "from ..frontend.cards import C", "must know nothing of frontend"),
        ("consoles", "from ..frontend import cards", "must know nothing of frontend"),
    ],
)
def test_a_room_knows_only_what_is_below_it(
    tree: Path, room: str, line: str, reason: str
) -> None:
    """An arrow between rooms that points up or sideways is found where it begins."""
    file = _write(tree, f"{_INTEGRATION}/{room}/new.py", f"import time\n{line}\n")
    (found,) = violations(tree)
    assert found.startswith(f"{file}:2: imports custom_components.xbox_console.")
    assert found.endswith(reason)


@pytest.mark.parametrize("room", _ROOMS)
@pytest.mark.parametrize(
    "line",
    [
        "from .. import sensor",
        "from ..runtime import Runtime",
        "from .. import SOMETHING",
        "import custom_components.xbox_console.diagnostics",
    ],
)
def test_a_room_knows_nothing_of_the_root_but_its_constants(
    tree: Path, room: str, line: str
) -> None:
    """Whatever a room imports of the root is found."""
    file = _write(tree, f"{_INTEGRATION}/{room}/new.py", line)
    (found,) = violations(tree)
    assert found.startswith(f"{file}:1: imports ")
    assert found.endswith(f"the root stands above {room}")


@pytest.mark.parametrize(
    "line",
    [
        "from .runtime import Runtime",
        "from .account import memory",
        "from .xboxlive.model import Model",
        "from .people.entity import Person",
    ],
)
def test_the_constants_import_nothing_of_ours(tree: Path, line: str) -> None:
    """Anyone may import const.py because it stands on nothing."""
    file = _write(tree, f"{_INTEGRATION}/const.py", line)
    assert any(found.startswith(f"{file}:1: ") for found in violations(tree))


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("xboxlive/new.py", "import homeassistant.const", "nothing of homeassistant"),
        ("xboxlive/new.py", "from homeassistant import core", "of homeassistant"),
        ("xboxlive/new.py", "from ..const import DOMAIN", "must know nothing of const"),
        ("xboxlive/new.py", "from .. import runtime", "the root stands above xboxlive"),
        ("xboxlive/services/new.py", "from ...account import memory", "account stands"),
        ("sensor.py", "from simulator.world import World", "nothing of simulator"),
        (
            "people/new.py",
            "from tests.checks import files",
            "must know nothing of tests",
        ),
        ("const.py", "import scripts.lint", "const must know nothing of scripts"),
        (
            "xboxlive/new.py",
            "import simulator.app",
            "must know nothing of simulator.app",
        ),
    ],
)
def test_what_is_shipped_stands_alone(
    tree: Path, file: str, line: str, reason: str
) -> None:
    """The client knows nothing of Home Assistant, and nothing shipped knows its simulator."""
    file = _write(tree, f"{_INTEGRATION}/{file}", line)
    (found,) = violations(tree)
    assert found.startswith(f"{file}:1: ")
    assert reason in found


@pytest.mark.parametrize("room", ["people", "routes", "screen", "."])
@pytest.mark.parametrize(
    "line",
    [
        "from custom_components.xbox_console.xboxlive import model",
        "from custom_components.xbox_console.const import DOMAIN",
        "from custom_components import xbox_console",
        "from homeassistant.core import HomeAssistant",
        "import tests.checks",
        "from scripts import check_layers",
    ],
)
def test_the_simulator_does_not_know_the_integration(
    tree: Path, room: str, line: str
) -> None:
    """The simulator is written from the facts, not from the client."""
    _write(tree, f"simulator/{room}/new.py", line)
    (found,) = violations(tree)
    assert found.startswith(str(Path("simulator", room, "new.py:1: ")))
    assert "must know nothing of" in found


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("people/new.py", "from simulator.routes import xccs"),
        ("people/new.py", "from simulator import screen"),
        ("new.py", "from simulator.screen import page"),
        ("new.py", "from simulator.app import create_app"),
        ("routes/new.py", "from simulator import screen"),
        ("screen/new.py", "from simulator.routes.xccs import handler"),
    ],
)
def test_what_the_simulator_answers_stands_on_its_rooms(
    tree: Path, file: str, line: str
) -> None:
    """Routes and screen are on top of the simulator, and know nothing of each other."""
    file = _write(tree, f"simulator/{file}", line)
    (found,) = violations(tree)
    assert found.startswith(f"{file}:1: ")


@pytest.mark.parametrize(
    ("folder", "back"),
    [
        (f"{_INTEGRATION}/consoles", "from . import first"),
        (f"{_INTEGRATION}/consoles", "from .first import something"),
        (f"{_INTEGRATION}/consoles", "def late():\n    from . import first"),
        (
            f"{_INTEGRATION}/xboxlive",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import first",
        ),
        (_INTEGRATION, "from custom_components.xbox_console import first"),
        (_INTEGRATION, "import custom_components.xbox_console.first"),
        ("simulator", "from simulator import first"),
    ],
)
def test_a_circle_of_files_is_found(tree: Path, folder: str, back: str) -> None:
    """Files that import each other are named in order, wherever their imports are."""
    first = _write(tree, f"{folder}/first.py", "import time\nfrom .second import b\n")
    second = _write(tree, f"{folder}/second.py", "from . import third\n")
    third = _write(tree, f"{folder}/third.py", back)
    (found,) = violations(tree)
    assert found.startswith(f"{first}:2: imports ")
    assert found.endswith(f"a circle of files: {first} → {second} → {third} → {first}")


def test_a_circle_through_a_package_is_found(tree: Path) -> None:
    """What a package's own file imports must not import names from the package."""
    package = _write(
        tree, f"{_INTEGRATION}/consoles/__init__.py", "from .new import new"
    )
    new = _write(tree, f"{_INTEGRATION}/consoles/new.py", "from . import NAME")
    (found,) = violations(tree)
    assert found.endswith(f": {package} → {new} → {package}")


def test_every_circle_is_found(tree: Path) -> None:
    """One circle does not hide another."""
    _write(tree, "simulator/one.py", "from . import two, three")
    _write(tree, "simulator/two.py", "from . import one")
    _write(tree, "simulator/three.py", "from . import one")
    assert len(violations(tree)) == 2


@pytest.mark.parametrize(("line", "code"), [("import time", 0), ("import tests", 1)])
def test_the_command_says_it_with_its_exit_code(
    tree: Path, line: str, code: int
) -> None:
    """`python -m scripts.check_layers ROOT` fails where there is something to say."""
    file = _write(tree, "simulator/new.py", line)
    done = subprocess.run(
        (sys.executable, "-m", "scripts.check_layers", str(tree)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert done.stdout.startswith(f"{file}:1: " if code else "layers: ")
