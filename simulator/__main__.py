"""`python -m simulator`: the Xbox network on this machine, for this machine alone."""

import argparse
import asyncio
from contextlib import suppress
import ipaddress
import signal

from aiohttp import web

from simulator.app import create_app
from simulator.clock import Clock
from simulator.knobs import Knobs
from simulator.world import World


def loopback(host: str) -> str:
    """Return the host if it is a loopback address. Raises ArgumentTypeError for any other."""
    name = "127.0.0.1" if host == "localhost" else host
    with suppress(ValueError):
        if ipaddress.ip_address(name).is_loopback:
            return name
    raise argparse.ArgumentTypeError(
        f"{host}: only loopback addresses, such as 127.0.0.1"
    )


def speed(text: str) -> float:
    """Return a speed above zero. Raises ArgumentTypeError."""
    with suppress(ValueError):
        if (value := float(text)) > 0:
            return value
    raise argparse.ArgumentTypeError(f"{text}: a number above zero")


def arguments() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument(
        "--host",
        type=loopback,
        default="127.0.0.1",
        help="loopback address to listen on",
    )
    parser.add_argument("--port", type=int, default=8099, help="0 takes any free port")
    parser.add_argument(
        "--speed",
        type=speed,
        default=1.0,
        help="how much faster consoles wake, sleep, launch",
    )
    return parser


async def serve(host: str, port: int, knobs: Knobs) -> None:
    """Serve the sample world until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(
        create_app(World.demo(clock=Clock(), knobs=knobs)),
        access_log=None,
        shutdown_timeout=1.0,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        actual = next(address[1] for address in runner.addresses if address)
        name = f"[{host}]" if ":" in host else host
        print(f"Xbox network simulator: http://{name}:{actual}/", flush=True)
        await stop.wait()
    finally:
        await runner.cleanup()


def main() -> None:
    """Run the simulator."""
    options = arguments().parse_args()
    asyncio.run(serve(options.host, options.port, Knobs().at_speed(options.speed)))


if __name__ == "__main__":
    main()
