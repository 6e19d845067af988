"""A small command line: what an account has, without Home Assistant.

python -m xboxlive sign-in                      by a code, on any device
python -m xboxlive consoles | friends | captures
python -m xboxlive captures download FOLDER     those that are not there yet
python -m xboxlive status CONSOLE               by id or name
python -m xboxlive send CONSOLE COMMAND [VALUE] such as: WakeUp, TurnOff, GoHome, Play, key A, text Hello
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
import json
from pathlib import Path
import sys

from aiohttp import ClientSession

from .auth.chain import Chain
from .auth.signin import DeviceCodeSignIn
from .auth.tokens import Credentials
from .captures import command as captures
from .client import XboxLive
from .errors import ConsoleNotFound, SignInRequired, XboxError
from .hosts import PRODUCTION, Hosts
from .model import Json, Model
from .services import smartglass
from .services.smartglass import Command, Console, Key
from .session import Session
from .transport import Transport

_COMMANDS: Mapping[str, Command] = {
    command.name.lower(): command
    for command in vars(smartglass).values()
    if isinstance(command, Command) and command != smartglass.SHOW_TV_GUIDE
}


class Store:
    """The credentials in a file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        """Use a file; it need not exist."""
        self._path = path

    async def save(self, credentials: Credentials) -> None:
        """Replace the file as a whole, so that a crash leaves the old one or the new one."""
        text = json.dumps(credentials.stored())
        await asyncio.to_thread(self._write, text)

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600, exist_ok=False)
        new.write_text(text)
        new.replace(self._path)

    async def load(self) -> Credentials:
        """Raises SignInRequired if there are none, or none that can be read."""
        try:
            stored = json.loads(await asyncio.to_thread(self._path.read_text))
        except OSError, ValueError:
            stored = None
        if not isinstance(stored, dict):
            raise SignInRequired("not signed in: run `sign-in` first")
        return Credentials.restore(stored)


@asynccontextmanager
async def _signed_in(transport: Transport, store: Store) -> AsyncIterator[XboxLive]:
    chain = Chain(transport, await store.load(), store.save)
    try:
        yield XboxLive(Session(transport, chain, retry_for=20))
    finally:
        await chain.close()


async def _sign_in(transport: Transport, store: Store) -> None:
    sign_in = DeviceCodeSignIn(transport)
    code = await sign_in.start()
    _say(f"Open {code.verification_uri} and enter {code.user_code}")
    await store.save(await sign_in.wait())
    _say("Signed in")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def _console(xbox: XboxLive, wanted: str) -> Console:
    for console in await xbox.smartglass.consoles(storage=False):
        if wanted.lower() in (console.id.lower(), (console.name or "").lower()):
            return console
    raise ConsoleNotFound("no console of this account has that id or name")


def command_named(words: Sequence[str]) -> Command:
    """A command by its name, or `key` or `text` and a value. Raises ValueError."""
    match words:
        case ["key", key] if (found := Key(key)).known:
            return smartglass.tap(found)
        case ["text", *text] if text:
            return smartglass.type_text(" ".join(text))
        case [name] if name.lower() in _COMMANDS:
            return _COMMANDS[name.lower()]
    names = sorted(command.name for command in _COMMANDS.values())
    raise ValueError(f"choose from {', '.join(names)}, key {'|'.join(Key)}, text …")


async def _results(
    xbox: XboxLive, arguments: argparse.Namespace
) -> tuple[Sequence[Model], Sequence[str]]:
    """What was asked for, and the members that a table shows of it."""
    shown: Sequence[str]
    match arguments.what:
        case "consoles":
            shown = ("name", "id", "console_type", "power_state")
            return await xbox.smartglass.consoles(), shown
        case "status":
            console = await _console(xbox, arguments.console)
            shown = ("power_state", "playback_state", "focus_app_aumid")
            return [await xbox.smartglass.status(console.id)], shown
        case "friends":
            shown = ("gamertag", "presence_state", "presence_text", "gamer_score")
            return (await xbox.people.friends()).people, shown
        case "captures":
            clips = [clip async for clip in xbox.mediahub.clips(limit=arguments.limit)]
            pictures = [
                each async for each in xbox.mediahub.screenshots(limit=arguments.limit)
            ]
            shown = ("title_name", "captured_at", "local_id", "duration_in_seconds")
            return [*clips, *pictures], shown
    console = await _console(xbox, arguments.console)
    reply = await xbox.smartglass.send(console.id, command_named(arguments.command))
    return [reply], ("op_id",)


def _table(models: Sequence[Model], shown: Sequence[str]) -> str:
    rows = [tuple(shown)]
    for model in models:
        values = (getattr(model, name, None) for name in shown)
        rows.append(tuple("" if value is None else str(value) for value in values))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(map(str.ljust, row, widths, strict=True)).rstrip() for row in rows
    )


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "xboxlive", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path.home() / ".config" / "xboxlive" / "credentials.json"
    parser.add_argument("--credentials", type=Path, default=default)
    parser.add_argument("--json", action="store_true", help="as the services sent it")
    parser.add_argument("--behind", help="all services at a loopback address")
    what = parser.add_subparsers(dest="what", required=True)
    for name in ("sign-in", "consoles", "friends"):
        what.add_parser(name)
    listed = what.add_parser("captures")
    listed.add_argument("--limit", type=int, default=20)
    listed.add_subparsers(dest="order").add_parser("download").add_argument(
        "folder", type=Path
    )
    what.add_parser("status").add_argument("console")
    send = what.add_parser("send")
    send.add_argument("console")
    send.add_argument("command", nargs="+")
    return parser.parse_args(words)


async def run(words: Sequence[str] | None = None) -> None:
    """Do what the command line says. Raises XboxError and ValueError."""
    arguments = _arguments(words)
    hosts = Hosts.behind(arguments.behind) if arguments.behind else PRODUCTION
    store = Store(arguments.credentials)
    async with ClientSession() as http:
        transport = Transport(http, hosts)
        if arguments.what == "sign-in":
            await _sign_in(transport, store)
            return
        if arguments.what == "send":
            command_named(arguments.command)
        async with _signed_in(transport, store) as xbox:
            if getattr(arguments, "order", None) == "download":
                own_app = not (await store.load()).app.title_id
                folder: Path = arguments.folder
                _say(await captures.download(xbox, folder, own_app=own_app))
                return
            models, shown = await _results(xbox, arguments)
    if arguments.json:
        raw: Json = [model.raw() for model in models]
        _say(json.dumps(raw, indent=2, ensure_ascii=False))
    else:
        _say(_table(models, shown))


def main() -> int:
    """Run; 1 with the reason on standard error if that fails."""
    try:
        asyncio.run(run())
    except (XboxError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
