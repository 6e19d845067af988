"""Home Assistant with the integration in it, and the simulator; until Ctrl-C.

scripts/develop [--signed-in] [--port PORT] [--simulator-port PORT]
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
import signal
import sys

from aiohttp import ClientError, ClientSession
from homeassistant.const import RESTART_EXIT_CODE

from scripts import dashboard
from scripts.config_directory import PASSWORD, ROOT, USERNAME
from scripts.homeassistant_instance import HomeAssistant, StartFailed, running
from scripts.processes import LOOPBACK, Program, is_free
from scripts.sign_in import SignInFailed, has_entry, sign_in, sign_in_again

_CACHE = ROOT / ".cache"
_CONFIG = _CACHE / "config"
_PATIENCE = 30.0
_PAUSE = 0.1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/develop", description=__doc__)
    parser.add_argument(
        "--signed-in",
        action="store_true",
        help="start with an account of the simulator added already",
    )
    parser.add_argument("--port", type=int, default=8123, help="of Home Assistant")
    parser.add_argument("--simulator-port", type=int, default=8099)
    options = parser.parse_args()
    for name, port in (
        ("--port", options.port),
        ("--simulator-port", options.simulator_port),
    ):
        if not is_free(port):
            parser.error(f"port {port} is in use: choose another with {name}")
    return options


@asynccontextmanager
async def _simulator(port: int) -> AsyncIterator[str]:
    """Run the simulator and yield its address. Raises StartFailed."""
    program = await Program.start(
        *(sys.executable, "-m", "simulator"),
        *("--host", LOOPBACK, "--port", str(port), "--lan", _lan(port)),
        log=_CACHE / "simulator.log",
        directory=ROOT,
        environment={},
    )
    url = f"http://{LOOPBACK}:{port}"
    try:
        async with asyncio.timeout(_PATIENCE), ClientSession() as session:
            while not await _answers(session, f"{url}/_simulator/health"):
                if program.exit_code is not None:
                    raise StartFailed(program.last_words())
                await asyncio.sleep(_PAUSE)
        yield url
    finally:
        await program.stop()


def _lan(port: int) -> str:
    """Where the consoles' local network is: UDP has ports of its own."""
    return f"{LOOPBACK}:{port}"


async def _answers(session: ClientSession, url: str) -> bool:
    with suppress(ClientError):
        async with session.get(url) as response:
            return response.ok
    return False


async def _provide_dashboard(home: HomeAssistant) -> None:
    """Make the dashboard once an account is there: its strategy comes with the integration."""
    async with home.connection() as connection:
        await connection.subscribe("entity_registry_updated")
        while not await has_entry(home):
            await connection.next_events()
        await dashboard.provide(connection)


async def _serve(home: HomeAssistant) -> None:
    """Stay with Home Assistant until it ends, through its own restarts. Raises StartFailed."""
    while True:
        assert home.program is not None
        watch = asyncio.create_task(_provide_dashboard(home))
        try:
            exit_code = await home.program.wait()
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
        if exit_code != RESTART_EXIT_CODE:
            raise StartFailed(home.program.last_words())
        print("Home Assistant restarts")
        await home.start()


async def _develop(options: argparse.Namespace) -> None:
    async with (
        _simulator(options.simulator_port) as simulator_url,
        running(
            _CONFIG, options.port, simulator_url, _lan(options.simulator_port)
        ) as home,
    ):
        if await has_entry(home):
            await sign_in_again(home, simulator_url)
        elif options.signed_in:
            await sign_in(home, simulator_url)
        print(
            _greeting(home.url, simulator_url, signed_in=await has_entry(home)),
            flush=True,
        )
        await _serve(home)


def _greeting(url: str, simulator_url: str, *, signed_in: bool) -> str:
    account = (
        'The integration is set up: see "Xbox" in the sidebar.'
        if signed_in
        else 'Then Settings, Devices & services, Add integration, "Xbox Console": open the\n'
        f'link and enter the code that it shows; then reload the page, and see "Xbox" in the\n'
        f"sidebar. What the console does: {simulator_url}/"
    )
    return f"""
Home Assistant  {url}   (user {USERNAME}, password {PASSWORD})
Simulator       {simulator_url}

{account}

Logs: {_shown(_CONFIG / "console.log")} and {_shown(_CACHE / "simulator.log")}
Ctrl-C ends both.
"""


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


async def _main(options: argparse.Namespace) -> None:
    """Develop until a signal comes."""
    task = asyncio.ensure_future(_develop(options))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


if __name__ == "__main__":
    try:
        asyncio.run(_main(_options()))
    except (StartFailed, SignInFailed, TimeoutError, ClientError) as error:
        sys.exit(f"scripts/develop: {error}")
