"""The command line on the simulated network: people, captures, the gamertag, all ways in and out."""

from collections.abc import Callable
from io import StringIO
import json
from pathlib import Path
import sys
from typing import Any, override
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from custom_components.xbox_console.xboxlive.__main__ import run
from custom_components.xbox_console.xboxlive.command_line.store import Store
from custom_components.xbox_console.xboxlive.errors import (
    GamertagNotFound,
    SignInDeclined,
    SignInMisconfigured,
    SignInRequired,
    XboxError,
)
from simulator.accounts.apps import APPS
from simulator.network.faults import Fault

from .network import OWN_APP, WEB_APP, Network

STARFALL = "1990010001"


class Screen(StringIO):
    """A terminal that somebody watches, or not."""

    watched = False

    @override
    def isatty(self) -> bool:
        return self.watched


class Keyboard:
    """Somebody who types a line whenever one is asked for."""

    def __init__(self) -> None:
        """Nobody is there at first."""
        self.lines: list[str | Callable[[], str]] = []

    def isatty(self) -> bool:
        """A pipe, rather than a keyboard."""
        return False

    def readline(self) -> str:
        """The next line, or the end."""
        if not self.lines:
            return ""
        line = self.lines.pop(0)
        return f"{line if isinstance(line, str) else line()}\n"


class CommandLine:
    """Runs commands, and keeps what they say."""

    def __init__(self, network: Network, place: Path) -> None:
        """Keep the sign-in at a place of its own."""
        self.network = network
        self.store = place / "kept" / "credentials.json"
        self.output, self.complaints = Screen(), Screen()
        self.keyboard = Keyboard()

    async def __call__(self, *words: str) -> str:
        """What is said."""
        self.output.seek(0)
        self.output.truncate()
        hosts = str(self.network.transport.hosts.base)
        before = ("--behind", hosts, "--credentials", str(self.store))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdout", self.output)
            patch.setattr(sys, "stderr", self.complaints)
            patch.setattr(sys, "stdin", self.keyboard)
            await run([*before, *words])
        return self.output.getvalue()

    async def json(self, *words: str) -> Any:
        """The same for programs, asked for after the verb."""
        return json.loads(await self(*words, "--json"))

    async def rows(self, *words: str) -> list[str]:
        """The lines of a table, header first."""
        return (await self(*words)).splitlines()

    async def sign_in(self) -> None:
        """Have a sign-in as if by an earlier command."""
        await Store(self.store).save(self.network.credentials())

    def pasted(self, account: str = "parent") -> str:
        """Let the app in at the address that was shown last; the address that the browser ends at."""
        shown = (
            self.output.getvalue().partition("https://")[2] or self.output.getvalue()
        )
        address = next(word for word in shown.split() if "authorize" in word)
        query = {
            name: values[0]
            for name, values in parse_qs(urlsplit(address.strip('",')).query).items()
        }
        code = self.network.world.tokens.oauth.new_code(
            self.network.world.accounts[account],
            APPS[query["client_id"].lower()],
            scope=query["scope"],
            redirect_uri=query["redirect_uri"],
            challenge=query.get("code_challenge"),
        )
        answer = urlencode({"code": code.value, "state": query["state"]})
        return f"{query['redirect_uri']}?{answer}"


@pytest.fixture
def command_line(network: Network, tmp_path: Path) -> CommandLine:
    """A terminal at which nobody is signed in."""
    return CommandLine(network, tmp_path)


class TestWaysIn:
    """Case K: signing in without a code, and signing out."""

    async def test_by_browser(self, command_line: CommandLine) -> None:
        """The address is asked for until it is the right one."""
        command_line.keyboard.lines = [
            "https://elsewhere.example/",
            command_line.pasted,
        ]
        said = await command_line("sign-in", "--browser")
        assert said.startswith("Open http")
        assert "cannot be used: other_address\n" in said
        assert said.endswith("Signed in\n")
        assert command_line.store.stat().st_mode & 0o777 == 0o600
        assert len(await command_line.rows("consoles")) > 1

    async def test_by_own_app(self, command_line: CommandLine) -> None:
        """With nothing but its id."""
        command_line.keyboard.lines = [command_line.pasted]
        await command_line("sign-in", "--own-app", OWN_APP.client_id)
        assert len(await command_line.rows("consoles")) > 1

    async def test_by_own_app_with_secret(self, command_line: CommandLine) -> None:
        """Which is asked for, and never a word of the command."""
        command_line.keyboard.lines = [WEB_APP.secret or "", command_line.pasted]
        redirect = "https://home.example.org/auth/external/callback"
        way = ("--own-app", WEB_APP.client_id, "--redirect", redirect, "--secret")
        said = await command_line("sign-in", *way)
        assert (WEB_APP.secret or "") not in said + command_line.complaints.getvalue()
        assert len(await command_line.rows("consoles")) > 1
        command_line.keyboard.lines = ["wrong", command_line.pasted]
        with pytest.raises(SignInMisconfigured):
            await command_line("sign-in", *way)

    async def test_nobody_pastes(self, command_line: CommandLine) -> None:
        """Then nobody is signed in."""
        with pytest.raises(SignInDeclined):
            await command_line("sign-in", "--browser")
        assert not command_line.store.exists()

    async def test_for_programs(self, command_line: CommandLine) -> None:
        """One object a line."""
        command_line.keyboard.lines = [command_line.pasted]
        said = await command_line("sign-in", "--browser", "--json")
        first, last = map(json.loads, said.splitlines())
        assert "/oauth20_authorize.srf?" in first["open"]
        assert last == {"signed_in": True}

    async def test_out(self, command_line: CommandLine) -> None:
        """The sign-in is gone."""
        await command_line.sign_in()
        assert await command_line("sign-out") == "Signed out\n"
        assert not command_line.store.exists()
        assert await command_line("sign-out") == "Nobody was signed in\n"
        assert await command_line.json("sign-out") == {"signed_in": False}
        with pytest.raises(SignInRequired):
            await command_line("consoles")


class TestPeople:
    """Case K: who there is, and what they have done."""

    async def test_search(self, command_line: CommandLine) -> None:
        """By the beginning of the gamertag."""
        await command_line.sign_in()
        header, row = await command_line.rows("search", "LanternF")
        assert header.split() == ["gamertag", "score"]
        assert row.startswith("LanternFox")
        (found,) = await command_line.json("search", "LanternF")
        assert found["gamertag"] == row.partition("  ")[0]

    async def test_player(self, command_line: CommandLine) -> None:
        """Somebody, or the account itself."""
        await command_line.sign_in()
        header, row = await command_line.rows("player", "LanternFox2048")
        assert header.split() == ["gamertag", "gamerscore", "picture"]
        assert row.split()[:2] == ["LanternFox#2048", "41375"]
        own = command_line.network.world.accounts["parent"]
        (profile,) = await command_line.json("player")
        assert profile["id"] == own.xuid
        with pytest.raises(GamertagNotFound):
            await command_line("player", "Nobody At All")

    async def test_achievements(self, command_line: CommandLine) -> None:
        """The latest, or all of a title, had or not."""
        await command_line.sign_in()
        header, *rows = await command_line.rows("achievements", "--limit", "2")
        assert header.split() == ["name", "gamerscore", "unlocked", "time_unlocked"]
        assert len(rows) == 2
        assert all("True" in row for row in rows)
        of_title = await command_line.json("achievements", "--title", STARFALL)
        states = {each["progressState"] for each in of_title}
        assert states >= {"InProgress", "NotStarted"}
        theirs = await command_line.json("achievements", "LanternFox2048")
        own = await command_line.json("achievements")
        assert theirs != own


class TestGamertag:
    """Case K: tried first, and changed only if the user is sure."""

    @pytest.mark.parametrize("answer", ["n", "", "perhaps"])
    async def test_not_sure(self, answer: str, command_line: CommandLine) -> None:
        """Anything but a yes is a no."""
        await command_line.sign_in()
        before = command_line.network.world.accounts["parent"].gamertag
        command_line.keyboard.lines = [answer]
        assert await command_line("gamertag", "Tin Admiral") == "Nothing was changed\n"
        assert "to Tin Admiral? [y/N]" in command_line.complaints.getvalue()
        assert command_line.network.world.accounts["parent"].gamertag == before

    async def test_sure(self, command_line: CommandLine) -> None:
        """It is the account's now; the next one would cost money."""
        await command_line.sign_in()
        command_line.keyboard.lines = ["Y"]
        said = await command_line.json("gamertag", "Tin Admiral")
        assert said == {"available": True, "changed": True}
        account = command_line.network.world.accounts["parent"]
        assert account.gamertag == "Tin Admiral"
        with pytest.raises(XboxError, match="no free gamertag change"):
            await command_line("gamertag", "Tin Captain", "--yes")
        assert account.gamertag == "Tin Admiral"

    async def test_preview(self, command_line: CommandLine) -> None:
        """Nothing is asked and nothing changed."""
        await command_line.sign_in()
        before = command_line.network.world.accounts["parent"].gamertag
        said = await command_line("gamertag", "Tin Admiral", "--preview")
        assert said == "That gamertag can be had\n"
        assert command_line.network.world.accounts["parent"].gamertag == before

    async def test_taken(self, command_line: CommandLine) -> None:
        """Somebody has it."""
        await command_line.sign_in()
        with pytest.raises(XboxError, match="cannot be had"):
            await command_line("gamertag", "LanternFox2048", "--yes")


class TestDownload:
    """Case K: captures, whole or not at all."""

    async def test_all_that_is_missing(
        self, command_line: CommandLine, tmp_path: Path
    ) -> None:
        """Films and pictures under names that tell what they are; a second time nothing comes again."""
        await command_line.sign_in()
        folder = tmp_path / "captures" / "here"
        words = ("captures", "download", str(folder), "--limit", "2")
        done = await command_line.json(*words)
        assert [each["state"] for each in done] == ["downloaded"] * 4
        files = {path.name: path for path in folder.iterdir()}
        names = [each["file"] for each in done]
        assert set(names) <= files.keys()
        assert [Path(name).suffix for name in names].count(".mp4") == 2
        assert files[names[0]].read_bytes()[4:8] == b"ftyp"
        again = await command_line.rows(*words)
        assert len(again) == 5
        assert all(row.startswith("there already  ") for row in again[1:])

    async def test_progress(self, command_line: CommandLine, tmp_path: Path) -> None:
        """One line that renews itself, for somebody who watches; none for a program."""
        await command_line.sign_in()
        words = ("captures", "download")
        await command_line(*words, str(tmp_path / "a"), "--limit", "1")
        assert command_line.complaints.getvalue() == ""
        command_line.complaints.watched = True
        await command_line(*words, str(tmp_path / "b"), "--limit", "1")
        shown = command_line.complaints.getvalue()
        assert "\n" not in shown
        lines = shown.split("\r")
        assert lines[1].startswith("0 of 2 captures: ")
        assert any(line.rstrip().endswith(" 100 %") for line in lines)
        assert lines[-2].isspace()
        assert lines[-1] == ""

    async def test_addresses_that_expire(
        self, command_line: CommandLine, tmp_path: Path
    ) -> None:
        """They are signed anew, one by one."""
        await command_line.sign_in()
        host = urlsplit(await _address(command_line)).netloc
        command_line.network.world.faults.add(
            Fault(kind="status", status=403, host=host, times=1)
        )
        words = ("captures", "download", str(tmp_path / "a"), "--limit", "1")
        done = await command_line.json(*words)
        assert {each["state"] for each in done} == {"downloaded"}

    async def test_one_that_fails(
        self, command_line: CommandLine, tmp_path: Path
    ) -> None:
        """The others come all the same, nothing is left half, and the failure is told at the end."""
        await command_line.sign_in()
        at = urlsplit(await _address(command_line))
        command_line.network.world.faults.add(
            Fault(kind="status", status=404, host=at.netloc, path=at.path)
        )
        words = ("captures", "download", str(tmp_path / "a"), "--limit", "2")
        with pytest.raises(XboxError, match="1 of 4 captures"):
            await command_line(*words)
        assert "not available" in command_line.output.getvalue()
        assert len(list((tmp_path / "a").glob("*.json"))) == 3

    async def test_a_folder_that_cannot_be_used(
        self, command_line: CommandLine, tmp_path: Path
    ) -> None:
        """It is said, whether it is missing from the words or no folder at all."""
        with pytest.raises(ValueError, match="needs a folder"):
            await command_line("captures", "download")
        await command_line.sign_in()
        file = tmp_path / "file"
        file.write_text("no folder")
        with pytest.raises(XboxError, match="cannot be written to"):
            await command_line("captures", "download", str(file))


async def _address(command_line: CommandLine) -> str:
    """Where the latest clip is."""
    (clip, _) = await command_line.json("captures", "--limit", "1")
    address: str = clip["contentLocators"][0]["uri"]
    return address
