"""What a signed-in account can be asked and told, verb by verb."""

from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..client import XboxLive
from ..errors import ConsoleNotFound, XboxError
from ..services import commands
from ..services.commands import Command, Key
from ..services.consoles import Console
from .download import CAME, THERE, Download
from .terminal import Terminal

_COMMANDS: Mapping[str, Command] = {
    command.name.lower(): command
    for command in vars(commands).values()
    if isinstance(command, Command) and command != commands.SHOW_TV_GUIDE
}


@dataclass(frozen=True, slots=True)
class Job:
    """What a verb works with."""

    xbox: XboxLive
    arguments: Namespace
    terminal: Terminal
    own_app: bool = False
    """Whether the account signed in with an app that its user registered."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A word after a verb, as argparse describes it."""

    name: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do; `check` looks at the words before anything is sent."""

    act: Callable[[Job], Awaitable[None]]
    arguments: tuple[Argument, ...] = ()
    check: Callable[[Namespace], object] = lambda arguments: None


def command_named(words: Sequence[str]) -> Command:
    """A command by its name, or `key` or `text` and a value. Raises ValueError."""
    match words:
        case ["key", key] if (found := Key(key)).known:
            return commands.tap(found)
        case ["text", *text] if text:
            return commands.type_text(" ".join(text))
        case [name] if name.lower() in _COMMANDS:
            return _COMMANDS[name.lower()]
    names = sorted(command.name for command in _COMMANDS.values())
    raise ValueError(f"choose from {', '.join(names)}, key {'|'.join(Key)}, text …")


async def _console(xbox: XboxLive, wanted: str) -> Console:
    for console in await xbox.smartglass.consoles(storage=False):
        if wanted.lower() in (console.id.lower(), (console.name or "").lower()):
            return console
    raise ConsoleNotFound("no console of this account has that id or name")


async def _consoles(job: Job) -> None:
    consoles = await job.xbox.smartglass.consoles()
    job.terminal.show(consoles, "name", "id", "console_type", "power_state")


async def _status(job: Job) -> None:
    console = await _console(job.xbox, job.arguments.console)
    status = await job.xbox.smartglass.status(console.id)
    job.terminal.show([status], "power_state", "playback_state", "focus_app_aumid")


async def _send(job: Job) -> None:
    command = command_named(job.arguments.command)
    console = await _console(job.xbox, job.arguments.console)
    reply = await job.xbox.smartglass.send(console.id, command)
    job.terminal.show([reply], "op_id")


async def _friends(job: Job) -> None:
    friends = (await job.xbox.people.friends()).people
    shown = ("gamertag", "presence_state", "presence_text", "gamer_score")
    job.terminal.show(friends, *shown)


async def _search(job: Job) -> None:
    found = await job.xbox.usersearch.suggest(job.arguments.text)
    job.terminal.show(found, "gamertag", "score")


async def _player(job: Job) -> None:
    player = await job.xbox.player(job.arguments.gamertag)
    job.terminal.show([player.profile], "gamertag", "gamerscore", "picture")


async def _achievements(job: Job) -> None:
    xuid, limit = await _whose(job), job.arguments.limit
    service = job.xbox.achievements
    found = (
        service.of_title(xuid, job.arguments.title, limit=limit)
        if job.arguments.title
        else service.latest(xuid, limit)
    )
    shown = ("name", "gamerscore", "unlocked", "progression.time_unlocked")
    job.terminal.show([each async for each in found], *shown)


async def _whose(job: Job) -> str:
    """The XUID of the player that was named, or of the account itself."""
    if job.arguments.gamertag is None:
        return await job.xbox.session.xuid()
    return (await job.xbox.player(job.arguments.gamertag)).xuid


async def _gamertag(job: Job) -> None:
    wanted, terminal, account = job.arguments.new, job.terminal, job.xbox.account
    if not await account.reserve_gamertag(wanted):
        raise XboxError("That gamertag cannot be had")
    await account.change_gamertag(wanted, preview=True)
    if job.arguments.preview:
        terminal.say("That gamertag can be had", available=True, changed=False)
        return
    sure = job.arguments.yes or terminal.ask(
        f"Change the gamertag of this account to {wanted}? [y/N] "
    ).lower() in ("y", "yes")
    if sure:
        await account.change_gamertag(wanted)
    text = f"The gamertag is {wanted} now" if sure else "Nothing was changed"
    terminal.say(text, available=True, changed=sure)


async def _captures(job: Job) -> None:
    if job.arguments.order == "download":
        await _download(job)
        return
    limit, hub = job.arguments.limit or _FEW, job.xbox.mediahub
    clips = [clip async for clip in hub.clips(limit=limit)]
    screenshots = [each async for each in hub.screenshots(limit=limit)]
    shown = ("title_name", "captured_at", "local_id", "duration_in_seconds")
    job.terminal.show([*clips, *screenshots], *shown)


async def _download(job: Job) -> None:
    download = Download(job.xbox, job.arguments.folder, job.terminal.progress)
    done = await download.all(job.arguments.limit, own_app=job.own_app)
    job.terminal.show_rows(done, "state", "file")
    if failed := sum(each["state"] not in (CAME, THERE) for each in done):
        raise XboxError(f"{failed} of {len(done)} captures could not be downloaded")


def _whither(arguments: Namespace) -> None:
    """Raises ValueError for a download without a folder."""
    if arguments.order and arguments.folder is None:
        raise ValueError("captures download needs a folder")


_LIMIT = Argument("--limit", {"type": int, "help": "how many of each kind"})
_FEW = 20
_FIRST = Argument("--limit", {**_LIMIT.options, "default": _FEW})
_WHO = Argument("gamertag", {"nargs": "?", "help": "else the account itself"})
_CONSOLE = Argument("console", {"help": "id or name"})

VERBS: Mapping[str, Verb] = {
    "consoles": Verb(_consoles),
    "status": Verb(_status, (_CONSOLE,)),
    "send": Verb(
        _send,
        (_CONSOLE, Argument("command", {"nargs": "+"})),
        lambda arguments: command_named(arguments.command),
    ),
    "friends": Verb(_friends),
    "search": Verb(_search, (Argument("text", {}),)),
    "player": Verb(_player, (_WHO,)),
    "achievements": Verb(
        _achievements,
        (_WHO, Argument("--title", {"help": "all of a title, by its id"}), _FIRST),
    ),
    "gamertag": Verb(
        _gamertag,
        (
            Argument("new", {}),
            Argument("--preview", {"action": "store_true", "help": "change nothing"}),
            Argument("--yes", {"action": "store_true", "help": "do not ask"}),
        ),
    ),
    "captures": Verb(
        _captures,
        (
            Argument("order", {"nargs": "?", "choices": ["download"]}),
            Argument("folder", {"nargs": "?", "type": Path}),
            _LIMIT,
        ),
        _whither,
    ),
}
