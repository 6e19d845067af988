"""The sockets of the local network: one address that stands for all, and one for each who stands there."""

import asyncio
from ipaddress import IPv4Address
from typing import override

from simulator.lan.segment import HOSTS, Address, Answer, Segment
from simulator.world import World

_TRIES = 20
"""Free ports of the first address that may turn out to be taken on another."""


class _Socket(asyncio.DatagramProtocol):
    """One address."""

    def __init__(self, wire: Wire, host: int) -> None:
        """Belong to a wire."""
        self._wire, self._host = wire, host

    @override
    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Hand over a packet."""
        self._wire.received(data, addr, self._host)


class Wire:
    """Carries packets between the loopback addresses and the segment."""

    def __init__(self, world: World) -> None:
        """Carry nothing yet."""
        self._segment: Segment = world.lan
        self._world = world
        self._sockets: list[asyncio.DatagramTransport] = []
        self._other: asyncio.DatagramTransport | None = None
        self.address: Address = ("", 0)
        """What stands for all: where a broadcast goes instead."""
        self.probers: list[Address] = []
        """Who has asked, the last one last."""

    async def open(self, address: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; the port is any free one if it is 0. Raises OSError."""
        for left in reversed(range(1 if port else _TRIES)):
            try:
                await self._open(address, port)
            except OSError:
                self.close()
                if not left:
                    raise
            else:
                return

    async def _open(self, address: str, port: int) -> None:
        first = IPv4Address(address)
        for host in range(HOSTS + 1):
            transport = await self._bind(str(first + host), port, host)
            self._sockets.append(transport)
            port = transport.get_extra_info("sockname")[1]
        self.address = (address, port)
        self._other = await self._bind(address, 0, 0)

    async def _bind(
        self, address: str, port: int, host: int
    ) -> asyncio.DatagramTransport:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Socket(self, host), local_addr=(address, port)
        )
        return transport

    def close(self) -> None:
        """Hear and say nothing any more."""
        for transport in (*self._sockets, self._other):
            if transport is not None:
                transport.close()
        self._sockets.clear()
        self._other = None

    def host_address(self, console_id: str) -> str:
        """Return the address of a console."""
        host = self._segment.host_of(console_id)
        return str(IPv4Address(self.address[0]) + host)

    def received(self, data: bytes, sender: Address, host: int) -> None:
        """Let the segment hear a packet, and carry back what it answers."""
        self.probers = [*self.probers[-9:], sender]
        for answer in self._segment.receive(data, sender, host):
            if answer.seconds:
                asyncio.get_running_loop().call_later(answer.seconds, self.send, answer)
            else:
                self.send(answer)

    def send(self, answer: Answer) -> None:
        """Carry a packet; one that comes after the end gets lost."""
        if not self._sockets:
            return
        sender = self._other if answer.other_port else self._sockets[answer.host]
        assert sender is not None
        sender.sendto(answer.data, answer.to)

    def flood(self, console_id: str, count: int) -> None:
        """Send answers that nobody asked for, in a console's name, to whoever has asked before."""
        console = self._world.consoles[console_id]
        for prober in dict.fromkeys(self.probers):
            for _ in range(count):
                self.send(self._segment.forged(console, prober))
