"""Sockets that are open as long as something is asked: what nobody asked for has nowhere to come to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
import errno
import socket
from typing import override

from .target import Routes, Target

LISTENING = 2.0
"""Seconds in which an answer comes, if one does; half a second on a wire."""
_SILENCE = (errno.EHOSTUNREACH, errno.EHOSTDOWN, errno.ECONNREFUSED)
"""Errors that only mean that nobody is there."""

type Heard = Callable[[bytes, str, int], None]
"""Takes a packet, and the address and port that it came from."""


class _Endpoint(asyncio.DatagramProtocol):
    """One socket."""

    def __init__(self, heard: Heard) -> None:
        """Hand over what comes."""
        self._heard = heard
        self.error: OSError | None = None
        """Why nothing can be sent."""

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._heard(data, addr[0], addr[1])

    @override
    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, OSError) and exc.errno not in _SILENCE:
            self.error = exc


class Voice:
    """Says something to all whom some routes lead to."""

    def __init__(self, port: int) -> None:
        """Have no sockets yet."""
        self._port = port
        self._sockets: list[
            tuple[asyncio.DatagramTransport, _Endpoint, tuple[str, ...]]
        ] = []

    async def open(self, stack: AsyncExitStack, routes: Routes, heard: Heard) -> None:
        """Open a socket for each route that can be used. Raises OSError if there is none."""
        problem = OSError(errno.ENETUNREACH, "no network")
        for source, destinations in routes.items():
            try:
                transport, endpoint = await _opened(source, heard)
            except OSError as error:
                problem = error
                continue
            stack.callback(transport.close)
            self._sockets.append((transport, endpoint, destinations))
        if not self._sockets:
            raise problem

    def say(self, data: bytes, *more: str) -> None:
        """Send to where the routes lead, and to more addresses. Raises OSError if nothing could be sent."""
        for transport, _, destinations in self._sockets:
            for address in (*destinations, *more):
                transport.sendto(data, (address, self._port))
        errors = [endpoint.error for _, endpoint, _ in self._sockets]
        if all(errors) and errors[0] is not None:
            raise errors[0]


async def _opened(
    source: str, heard: Heard
) -> tuple[asyncio.DatagramTransport, _Endpoint]:
    return await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Endpoint(heard),
        local_addr=(source, 0),
        family=socket.AF_INET,
        allow_broadcast=True,
    )


@asynccontextmanager
async def voice(
    target: Target, routes: Routes, heard: Heard = lambda *_: None
) -> AsyncIterator[Voice]:
    """Sockets for some routes; they are closed in the end. Raises OSError."""
    speaking = Voice(target.port)
    async with AsyncExitStack() as stack:
        await speaking.open(stack, routes, heard)
        yield speaking


def merged(routes: Iterable[Routes]) -> Routes:
    """Several routes as one."""
    together: dict[str, tuple[str, ...]] = {}
    for each in routes:
        for source, destinations in each.items():
            together[source] = (*together.get(source, ()), *destinations)
    return together
