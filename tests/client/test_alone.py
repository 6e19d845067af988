"""The folder alone, copied elsewhere: no Home Assistant, and a command line that works."""

import asyncio
import json
from pathlib import Path
import shutil
import stat
import sys
from typing import Any

from aiohttp import ClientSession
import pytest

from tests.running_simulator import RunningSimulator

CLIENT = Path(__file__).parents[2] / "custom_components" / "xbox_console" / "xboxlive"

WITHOUT_HOME_ASSISTANT = """
import sys
from importlib.abc import MetaPathFinder

REFUSED = ("homeassistant", "custom_components", "orjson", "cryptography", "probatio")


class Refuse(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"{name} is not here", name=name)


sys.meta_path.insert(0, Refuse())
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A place with nothing but the folder, where Home Assistant cannot be imported."""
    shutil.copytree(
        CLIENT, tmp_path / "xboxlive", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_HOME_ASSISTANT)
    return tmp_path


async def python(place: Path, *arguments: str) -> tuple[int, str, str]:
    """Run Python there; exit code, output, complaints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=place,
        env={"PYTHONPATH": str(place), "HOME": str(place)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaints = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode(), complaints.decode()


async def test_it_imports_without_home_assistant(elsewhere: Path) -> None:
    """Every module of it, with aiohttp, pydantic's core and ecdsa alone."""
    modules = [
        ".".join(path.relative_to(elsewhere).with_suffix("").parts)
        for path in sorted((elsewhere / "xboxlive").rglob("*.py"))
        if path.stem not in ("__init__", "__main__")
    ]
    assert len(modules) > 20
    imports = "; ".join(f"import {module}" for module in modules)
    code, output, complaints = await python(
        elsewhere,
        "-c",
        f"{imports}; import sys; print(*sorted(name for name in sys.modules "
        "if name.startswith(('homeassistant', 'pydantic.'))), 'alone')",
    )
    assert (code, complaints) == (0, "")
    assert output == "alone\n"


async def program(
    place: Path, simulator: RunningSimulator, *words: str
) -> tuple[int, str, str]:
    """Run the command line there, on the simulated network."""
    return await python(place, "-m", "xboxlive", "--behind", simulator.url, *words)


async def sign_in(place: Path, simulator: RunningSimulator) -> None:
    """Enter the code that the command line shows, as somebody far away would."""
    control = f"{simulator.url}/_simulator"
    async with ClientSession() as http:
        knobs = {"device_code_interval": 1}
        async with http.post(f"{control}/sign-in/knobs", json=knobs) as answer:
            assert answer.status == 200
        asking = asyncio.create_task(program(place, simulator, "sign-in"))
        codes: list[dict[str, str]] = []
        while not codes:
            assert not asking.done(), asking.result()
            async with http.get(f"{control}/device-codes") as answer:
                codes = await answer.json()
            await asyncio.sleep(0.02)
        user_code = codes[0]["user_code"]
        approval = {"user_code": user_code, "account": "parent"}
        async with http.post(
            f"{control}/device-codes/approve", json=approval
        ) as answer:
            assert answer.status == 200
    code, output, complaints = await asking
    assert (code, complaints) == (0, "")
    assert user_code in output.replace("-", "")
    assert output.endswith("Signed in\n")


async def test_the_command_line(elsewhere: Path, simulator: RunningSimulator) -> None:
    """Sign in, look around, command a console: on a real socket, in a process of its own."""
    await sign_in(elsewhere, simulator)
    kept = elsewhere / ".config" / "xboxlive" / "credentials.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    code, output, complaints = await program(elsewhere, simulator, "consoles")
    assert (code, complaints) == (0, "")
    header, *rows = output.splitlines()
    assert header.split() == ["name", "id", "console_type", "power_state"]
    assert {row.split("  ")[0] for row in rows} == {
        console.name for console in simulator.world.consoles.values()
    }

    table = await rows_of(elsewhere, simulator, "status", "Living room")
    assert table[1].split()[:2] == ["On", "Stopped"]
    (status,) = await json_of(elsewhere, simulator, "status", "living ROOM")
    assert status["powerState"] == "On"

    assert "NebulaDriftGT" not in status["focusAppAumid"]
    console = next(iter(simulator.world.consoles.values()))
    simulator.world.knobs.launch_seconds = 0.0
    table = await rows_of(elsewhere, simulator, "send", "Living room", "GoHome")
    assert table[0] == "op_id"
    assert not console.shell.running
    await rows_of(elsewhere, simulator, "send", "Living room", "key", "a")


async def rows_of(place: Path, simulator: RunningSimulator, *words: str) -> list[str]:
    """The table that is printed, header first."""
    code, output, complaints = await program(place, simulator, *words)
    assert (code, complaints) == (0, "")
    return output.splitlines()


async def json_of(
    place: Path, simulator: RunningSimulator, *words: str
) -> list[dict[str, Any]]:
    """The same as the services sent it."""
    code, output, complaints = await program(place, simulator, "--json", *words)
    assert (code, complaints) == (0, "")
    found: list[dict[str, Any]] = json.loads(output)
    return found


async def test_people_and_captures_as_table_and_json(
    elsewhere: Path, simulator: RunningSimulator
) -> None:
    """Names and counts as they are in the world."""
    await sign_in(elsewhere, simulator)
    header, *rows = await rows_of(elsewhere, simulator, "friends")
    assert header.split() == [
        "gamertag",
        "presence_state",
        "presence_text",
        "gamer_score",
    ]
    assert len(rows) == 6
    (fox,) = [row for row in rows if row.startswith("LanternFox2048")]
    assert fox.endswith("41375")
    friends = await json_of(elsewhere, simulator, "friends")
    assert {friend["gamertag"] for friend in friends} == {
        row.split("  ")[0] for row in rows
    }

    header, *rows = await rows_of(elsewhere, simulator, "captures", "--limit", "3")
    assert header.split()[0] == "title_name"
    assert len(rows) == 6
    captures = await json_of(elsewhere, simulator, "captures", "--limit", "20")
    assert len(captures) == 40
    assert sum("durationInSeconds" in capture for capture in captures) == 20


async def test_what_goes_wrong_is_said(
    elsewhere: Path, simulator: RunningSimulator
) -> None:
    """One line with the reason and an exit code, no traceback."""
    code, _, complaints = await program(elsewhere, simulator, "consoles")
    assert (code, complaints) == (1, "not signed in: run `sign-in` first\n")
    code, _, complaints = await program(
        elsewhere, simulator, "send", "Attic", "Explode"
    )
    assert code == 1
    assert complaints.startswith("choose from GoBack, GoHome,")
    assert not simulator.world.requests
