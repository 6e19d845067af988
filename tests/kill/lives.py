"""Short lives, each ended by SIGKILL at a line of code: one renews tokens, one backs captures up.

`python -m tests.kill.lives` reads orders from standard input and answers on standard output, one
JSON object a line. Everything is imported once; each life is a fork.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
import gc
import json
import logging
import os
from pathlib import Path
import signal
import sys
from types import CodeType, FunctionType
from unittest.mock import patch

from aiohttp import ClientSession, ThreadedResolver
import atomicwrites  # type: ignore[import-untyped] # it brings no types
from homeassistant import config_entries, core
from homeassistant.helpers import aiohttp_client, storage
from homeassistant.util import file

from custom_components.xbox_console.account import account
from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.xboxlive.captures import archive
from custom_components.xbox_console.xboxlive.captures.backup import Backup, free
from custom_components.xbox_console.xboxlive.captures.capture import Capture
from custom_components.xbox_console.xboxlive.captures.content import Contents
from custom_components.xbox_console.xboxlive.captures.gallery import Gallery
from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.session import Session
from custom_components.xbox_console.xboxlive.transport import Transport

_FILES = (
    str(Path(account.__file__).parent),
    str(Path(archive.__file__).parent),
    *(str(module.__file__) for module in (atomicwrites, storage, file)),
)
"""Where lines are counted: what guards tokens and captures, and what brings tokens to the disk."""


def _inside(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _inside(constant)


_WATCHED = {
    code
    for function in gc.get_objects()
    if isinstance(function, FunctionType)
    and function.__code__.co_filename.startswith(_FILES)
    for code in _inside(function.__code__)
}
"""What is run there. To hear of every line of the process takes longer than all the rest of a life."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Live in a directory, and be killed before a line is run."""

    directory: str
    renewals: int = 0
    """How often tokens are renewed."""
    network: str = ""
    """Where captures are to be had; without it tokens are renewed instead."""
    authorization: str = field(default="", repr=False)
    captures: list[str] = field(default_factory=list)
    """Content ids of those that are brought into the directory, then deleted."""
    killed_at: int | None = None
    """Counted from 0, in the order in which lines are run; None: not at all."""


@dataclass(kw_only=True)
class Life:
    """What became of it; a life that was killed has nothing to tell."""

    killed: bool = False
    told: str = field(default="", repr=False)
    """The `Authorization` of the account, or what was not backed up."""
    problem: str = ""
    lines: list[str] = field(default_factory=list, repr=False)
    """Each line that was run, as file:number."""


class _SignedIn:
    """Somebody whose sign-in holds for a life."""

    def __init__(self, authorization: str) -> None:
        self.xuid: str | None = "2533274790010001"
        self._authorization = authorization

    async def authorization(self, *, awaited: bool = False) -> str:
        return self._authorization

    async def renew(self, rejected: str, *, awaited: bool = False) -> str | None:
        return None


async def _back_up(order: Order, count: Callable[[], None]) -> str:
    """Bring captures home, then delete them from the network as far as that is safe."""
    async with ClientSession() as http:
        transport = Transport(http, Hosts.behind(order.network))
        session = Session(transport, _SignedIn(order.authorization))
        gallery = Gallery(XboxLive(session))
        contents = Contents(transport, gallery)
        kept = archive.Archive(Path(order.directory))
        count()
        found: list[Capture] = []
        await gallery.own(found.append)
        wanted = [one for one in found if one.content_id in order.captures]
        outcome = await Backup(kept, contents, lambda _: None).run(wanted)
        if outcome.failures:
            return str(outcome.failures)
        proves = partial(kept.proves, by_size=True)
        return str((await free(proves, gallery, wanted)).kept or "")


async def _renew(order: Order, count: Callable[[], None]) -> str:
    hass = core.HomeAssistant(order.directory)
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await hass.config_entries.async_initialize()
    [entry] = hass.config_entries.async_entries(DOMAIN)
    signed_in = await account.Account.open(hass, entry)
    count()
    authorization = ""
    for _ in range(order.renewals):
        authorization = await signed_in.chain.authorization()
    await signed_in.close()
    return authorization


async def _awaited(life: Awaitable[str]) -> str:
    return await life


def _lived(order: Order) -> Life:
    """Live, unless killed."""
    life, tool = Life(), sys.monitoring.PROFILER_ID

    def on_line(code: CodeType, line: int) -> None:
        if len(life.lines) == order.killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        life.lines.append(f"{Path(code.co_filename).name}:{line}")

    def count() -> None:
        sys.monitoring.use_tool_id(tool, "lives")
        sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, on_line)
        for code in _WATCHED:
            sys.monitoring.set_local_events(tool, code, sys.monitoring.events.LINE)

    try:
        live: Callable[[Order, Callable[[], None]], Awaitable[str]] = (
            _back_up if order.network else _renew
        )
        life.told = asyncio.run(_awaited(live(order, count)))
    except Exception as error:  # noqa: BLE001 - it is told to whoever ordered the life
        life.problem = repr(error)
    return life


def _fork(order: Order) -> Life:
    """Live in a process of its own."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as told:
            json.dump(asdict(_lived(order)), told)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        words = told.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Life(killed=True)
    return Life(**json.loads(words)) if words else Life(problem=f"status {status}")


def main() -> None:
    """Carry out orders until there are no more."""
    logging.getLogger().addHandler(logging.NullHandler())
    # A fork shares what it leaves alone: whoever looks for garbage writes to everything.
    gc.disable()
    gc.freeze()
    # Home Assistant's own looks names up with mDNS, on every network of the machine.
    with patch.object(
        aiohttp_client, "_async_make_resolver", lambda _: ThreadedResolver()
    ):
        for line in sys.stdin:
            life = _fork(Order(**json.loads(line)))
            sys.stdout.write(json.dumps(asdict(life)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
