"""Short lives of Home Assistant with one account, each ended by SIGKILL at a line of code.

`python -m tests.kill.lives` reads orders from standard input and answers on standard output, one
JSON object a line. Everything is imported once; each life is a fork.
"""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
import json
import logging
import os
from pathlib import Path
import signal
import sys
from types import CodeType
from unittest.mock import patch

from aiohttp import ThreadedResolver
import atomicwrites  # type: ignore[import-untyped] # it brings no types
from homeassistant import config_entries, core
from homeassistant.helpers import aiohttp_client, storage
from homeassistant.util import file

from custom_components.xbox_console.account import account
from custom_components.xbox_console.const import DOMAIN

_WATCHED = (
    str(Path(account.__file__).parent),
    *(str(module.__file__) for module in (atomicwrites, storage, file)),
)
"""Where lines are counted: the integration, and what brings its tokens to the disk."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Live in a config directory: renew the tokens so often, and be killed before a line is run."""

    directory: str
    renewals: int
    killed_at: int | None = None
    """Counted from 0, in the order in which lines are run; None: not at all."""


@dataclass(kw_only=True)
class Life:
    """What became of it; a life that was killed has nothing to tell."""

    killed: bool = False
    authorization: str = field(default="", repr=False)
    problem: str = ""
    lines: list[str] = field(default_factory=list, repr=False)
    """Each line that was run, as file:number."""


async def _live(order: Order, count: Callable[[], None]) -> str:
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


def _lived(order: Order) -> Life:
    """Live, unless killed."""
    life, tool = Life(), sys.monitoring.PROFILER_ID

    def on_line(code: CodeType, line: int) -> object:
        if not code.co_filename.startswith(_WATCHED):
            return sys.monitoring.DISABLE
        if len(life.lines) == order.killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        life.lines.append(f"{Path(code.co_filename).name}:{line}")
        return None

    def count() -> None:
        sys.monitoring.use_tool_id(tool, "lives")
        sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, on_line)
        sys.monitoring.set_events(tool, sys.monitoring.events.LINE)

    try:
        life.authorization = asyncio.run(_live(order, count))
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
