"""What can come out of one exchange, whatever a server does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
import tracemalloc
import zlib

from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.xbox_console.xboxlive import transport as module
from custom_components.xbox_console.xboxlive.errors import (
    ConnectionFailed,
    NotFound,
    RateLimited,
    ServiceUnavailable,
    Timeout,
    UnexpectedResponse,
)
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.model import Model
from custom_components.xbox_console.xboxlive.service import read
from custom_components.xbox_console.xboxlive.transport import Reply, Transport

pytestmark = pytest.mark.usefixtures("socket_enabled")

HOST = "service.example"


@asynccontextmanager
async def served(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[Transport]:
    """A transport whose every host answers like that."""
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server, ClientSession() as http:
        yield Transport(http, Hosts.behind(str(server.make_url("/"))))


async def reply_of(body: bytes, status: int = 200, **headers: str) -> Reply:
    """What the transport makes of an answer."""

    async def answer(request: web.Request) -> web.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=body, status=status, headers=names)

    async with served(answer) as transport:
        return await transport.exchange("GET", HOST, "/a%2Fb?c=d", {})


class Anything(Model):
    """Anything."""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n",
        b"<html><body>Sign in to the hotel's network</body></html>",
        b'{"a": ',
        b"\xff\xfe\x00",
        b"[" * 5000,
    ],
)
async def test_what_is_no_json(body: bytes) -> None:
    """A captive portal, half an answer, nothing at all: one error that keeps the status."""
    reply = await reply_of(body)
    with pytest.raises(UnexpectedResponse) as problem:
        read(reply, Anything)
    assert problem.value.status == 200
    assert reply.members == {}


async def test_a_list_where_an_object_belongs() -> None:
    """And the other way around."""
    with pytest.raises(UnexpectedResponse):
        read(await reply_of(b"[]"), Anything)


async def test_an_excerpt_tells_nothing_secret() -> None:
    """Ids, tokens and addresses are taken out of it."""
    body = (
        b"not json: 2533270000000101 eyJhbGciOiJSUzI1NiIsIng1dCI6 someone@home.example"
    )
    with pytest.raises(UnexpectedResponse) as problem:
        (await reply_of(body)).json()
    for secret in ("2533270000000101", "eyJ", "someone"):
        assert secret not in str(problem.value)
    assert "not json" in str(problem.value)


async def test_a_body_without_end() -> None:
    """Reading stops as soon as it is larger than any honest answer."""
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while sent < 100 * 2**20:
                await response.write(b"x" * 2**20)
                sent += 2**20
        except ConnectionError:
            pass
        return response

    async with served(answer) as transport:
        with pytest.raises(UnexpectedResponse, match="larger"):
            await transport.exchange("GET", HOST, "/", {})
    assert sent < 50 * 2**20


async def test_a_silent_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up after a while."""
    monkeypatch.setattr(module, "_TIMEOUT", ClientTimeout(total=0.05))
    over = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    async with served(answer) as transport:
        with pytest.raises(Timeout, match=HOST):
            await transport.exchange("GET", HOST, "/", {})
        over.set()


async def test_a_connection_that_breaks() -> None:
    """Before or in the middle of an answer: a passing fault that names the host alone."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    async with served(answer) as transport:
        with pytest.raises(ConnectionFailed) as failure:
            await transport.exchange("GET", HOST, "/2533270000000101", {})
    assert "2533270000000101" not in str(failure.value)


async def test_nobody_there() -> None:
    """A refused connection is a passing fault as well."""
    async with ClientSession() as http:
        transport = Transport(http, Hosts.behind("http://127.0.0.1:1"))
        with pytest.raises(ConnectionFailed, match=HOST):
            await transport.exchange("GET", HOST, "/", {})


async def test_redirects_are_not_followed() -> None:
    """An Authorization header must not travel to another host."""
    reply = await reply_of(b"", 302, Location="https://elsewhere.example/")
    with pytest.raises(UnexpectedResponse) as problem:
        reply.raise_for_status()
    assert problem.value.status == 302


async def test_a_socket_is_not_led_elsewhere() -> None:
    """Nor does the sign-in of a socket."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        elsewhere = f"http://localhost:{request.url.port}/elsewhere"
        return web.Response(status=307, headers={"Location": elsewhere})

    async with served(answer) as transport:
        with pytest.raises(UnexpectedResponse) as problem:
            await transport.open_socket(HOST, "/a", "b", {"Authorization": "c"})
    assert problem.value.status == 307
    assert asked == [f"/{HOST}/a"]


async def test_a_compressed_body_without_end() -> None:
    """A gigabyte that was made small for the way is not unpacked."""
    packed = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    body = b"".join(packed.compress(b" " * 2**20) for _ in range(1024))
    body += packed.flush()
    assert len(body) < 2 * 2**20
    tracemalloc.start()
    try:
        with pytest.raises(UnexpectedResponse, match="larger"):
            await reply_of(body, Content_Encoding="gzip")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 64 * 2**20


@pytest.mark.parametrize(
    ("status", "retry_after", "error", "pause"),
    [
        (429, "7", RateLimited, 7),
        (429, "", RateLimited, 15),
        (429, "soon", RateLimited, 15),
        (429, "0", RateLimited, 0),
        (429, "999999", RateLimited, 3600),
        (503, "9", ServiceUnavailable, 9),
        (500, "", ServiceUnavailable, None),
        (408, "", ServiceUnavailable, None),
        (404, "", NotFound, None),
    ],
)
async def test_what_a_status_means(
    status: int, retry_after: str, error: type[Exception], pause: float | None
) -> None:
    """For any service; `Retry-After` is believed to the second, and bounded."""
    reply = await reply_of(b"", status, Retry_After=retry_after)
    with pytest.raises(error) as problem:
        reply.raise_for_status()
    assert getattr(problem.value, "retry_after", None) == pause
