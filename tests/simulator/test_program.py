"""`python -m simulator` as a program."""

import asyncio
from pathlib import Path
import signal
import sys

from aiohttp import ClientSession
import pytest

ROOT = Path(__file__).parents[2]


async def start(*arguments: str) -> asyncio.subprocess.Process:
    """Start the program."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_serves_and_ends_cleanly(
    socket_enabled: None, number: signal.Signals
) -> None:
    """It prints its address, answers there, and ends with status 0, also with a listener connected."""
    process = await start("--port", "0", "--speed", "10")
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    address = line.rsplit(" ", 1)[1].strip()
    async with ClientSession(address) as http:
        async with http.get("_simulator/health") as response:
            assert response.status == 200
        async with http.get("_simulator/knobs") as response:
            assert (await response.json())["wake_seconds"] == 0.8
        async with http.get("_simulator/events") as listener:
            await listener.content.readline()
            process.send_signal(number)
            _, errors = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, errors) == (0, b"")


async def test_it_has_a_local_network_if_told_to(socket_enabled: None) -> None:
    """It prints where, and hears what is sent there."""
    process = await start("--port", "0", "--lan", "127.0.0.1:0")
    assert process.stdout is not None
    lines = [
        (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
        for _ in range(2)
    ]
    url, address = (line.rsplit(" ", 1)[1] for line in lines)
    host, _, port = address.partition(":")
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=(host, int(port))
    )
    transport.sendto(bytes.fromhex("dd00000a000000000000000800000002"))
    transport.close()
    async with (
        asyncio.timeout(20),
        ClientSession(url) as http,
    ):
        heard: list[object] = []
        while not heard:
            async with http.get("_simulator/lan?kind=probe") as response:
                heard = await response.json()
    process.terminate()
    await asyncio.wait_for(process.communicate(), 10)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--host", "0.0.0.0"),
        ("--host", "192.168.1.2"),
        ("--host", "example.com"),
        ("--speed", "0"),
        ("--lan", "192.168.1.2:5050"),
        ("--lan", "127.0.0.1"),
    ],
)
async def test_it_refuses(arguments: tuple[str, str]) -> None:
    """Anything but a loopback address, and a speed that is none."""
    process = await start(*arguments)
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert arguments[1] in errors.decode()
