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
from simulator.lan.wire import Wire
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


def lan(text: str) -> tuple[str, int]:
    """Return an address and a port of this machine. Raises ArgumentTypeError."""
    address, _, port = text.rpartition(":")
    with suppress(ValueError, argparse.ArgumentTypeError):
        return str(ipaddress.IPv4Address(loopback(address))), int(port)
    raise argparse.ArgumentTypeError(f"{text}: such as 127.0.0.1:5050")


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
    parser.add_argument(
        "--lan",
        type=lan,
        default=None,
        metavar="ADDRESS:PORT",
        help="where the consoles' local network is, such as 127.0.0.1:5050; they have the addresses behind it",
    )
    return parser


async def serve(
    host: str, port: int, knobs: Knobs, lan: tuple[str, int] | None
) -> None:
    """Serve the sample world until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    world = World.demo(clock=Clock(), knobs=knobs)
    wire = Wire(world)
    runner = web.AppRunner(
        create_app(world),
        access_log=None,
        shutdown_timeout=1.0,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        actual = next(address[1] for address in runner.addresses if address)
        name = f"[{host}]" if ":" in host else host
        print(f"Xbox network simulator: http://{name}:{actual}/", flush=True)
        if lan is not None:
            await wire.open(*lan)
            print("Its local network: {}:{}".format(*wire.address), flush=True)
        await stop.wait()
    finally:
        wire.close()
        await runner.cleanup()


def main() -> None:
    """Run the simulator."""
    options = arguments().parse_args()
    knobs = Knobs().at_speed(options.speed)
    asyncio.run(serve(options.host, options.port, knobs, options.lan))


if __name__ == "__main__":
    main()
