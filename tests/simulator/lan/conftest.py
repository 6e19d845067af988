"""A local network on loopback addresses, and a client that speaks to it in bytes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import override

import pytest

from simulator.consoles.console import Console
from simulator.lan.wire import Wire
from simulator.world import World

PROBE = bytes.fromhex("dd00000a000000000000000800000002")
QUIET = 0.15
"""Seconds after which nothing more comes."""


def wake_packet(console_id: str) -> bytes:
    """Return what wakes a console, by the published bytes."""
    return bytes.fromhex("dd02001300000010") + console_id.encode() + b"\0"


@dataclass
class Listener(asyncio.DatagramProtocol):
    """What somebody in the network receives."""

    received: asyncio.Queue[tuple[bytes, tuple[str, int]]] = field(
        default_factory=asyncio.Queue
    )

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Keep a packet."""
        self.received.put_nowait((data, addr))


@dataclass
class Neighbour:
    """Somebody in the network."""

    world: World
    wire: Wire
    transport: asyncio.DatagramTransport
    listener: Listener

    def say(self, data: bytes, to: str | None = None) -> None:
        """Send a packet to an address, or to all."""
        address, port = self.wire.address
        self.transport.sendto(data, (to or address, port))

    async def ask(
        self, data: bytes = PROBE, to: str | None = None
    ) -> list[tuple[bytes, tuple[str, int]]]:
        """Send a packet; return what comes until it is quiet."""
        self.say(data, to)
        answers = []
        while True:
            try:
                async with asyncio.timeout(QUIET):
                    answers.append(await self.listener.received.get())
            except TimeoutError:
                return answers

    def console(self, name: str) -> Console:
        """Return a console by its name."""
        return next(one for one in self.world.consoles.values() if one.name == name)


@pytest.fixture
async def neighbour(socket_enabled: None, world: World) -> AsyncIterator[Neighbour]:
    """Somebody in the consoles' network."""
    wire = Wire(world)
    await wire.open()
    transport, listener = await asyncio.get_running_loop().create_datagram_endpoint(
        Listener, local_addr=("127.0.0.1", 0)
    )
    yield Neighbour(world, wire, transport, listener)
    transport.close()
    wire.close()
