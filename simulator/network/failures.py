"""Faults turned into answers."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
import json
from weakref import WeakKeyDictionary

from aiohttp import web

from simulator.consoles.answers import failure_for_path
from simulator.network.faults import Fault
from simulator.network.limits import Exceeded

HUGE_BYTES = 50 * 1024**2
HTML_PAGE = "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>Sorry</h1></body></html>"
_PIECE = 64 * 1024


CUT = web.RequestKey("cut", bool)
"""Of a request whose answer has to end in the middle."""
CLOCK_OFF = web.RequestKey("clock_off", float)
"""Seconds by which the time is wrong that a request is told."""


class ConnectionDropped(Exception):
    """The connection has to end without an answer."""


class Connections:
    """When each connection was first used."""

    def __init__(self) -> None:
        """Start with none."""
        self._used: WeakKeyDictionary[asyncio.Transport, float] = WeakKeyDictionary()

    def use(self, request: web.Request, now: float) -> None:
        """Take note of a request."""
        if request.transport is not None:
            self._used.setdefault(request.transport, now)

    def older(self, request: web.Request, moment: float) -> bool:
        """Tell whether the connection of a request was used before a moment."""
        if request.transport is None:
            return False
        return self._used.get(request.transport, moment) < moment


async def fail(
    fault: Fault, request: web.Request, connections: Connections
) -> web.StreamResponse | None:
    """Return the wrong answer, or None for the true one. Raises ConnectionDropped."""
    match fault.kind:
        case "slow":
            await asyncio.sleep(fault.seconds)
        case "cut":
            request[CUT] = True
        case "clock":
            request[CLOCK_OFF] = fault.seconds
        case "stale":
            if connections.older(request, fault.since):
                raise ConnectionDropped
        case "huge":
            return await _huge(request)
        case kind if kind in _ANSWERS:
            return _ANSWERS[kind](fault, request)
    return None


async def spoil(
    fault: Fault, request: web.Request, response: web.StreamResponse
) -> web.StreamResponse:
    """Return what becomes of the true answer. Raises ConnectionDropped."""
    if (
        response.prepared
        or not isinstance(response, web.Response)
        or fault.kind not in _CHANGES
    ):
        # What is sent piece by piece has seen to it.
        return response
    return await _CHANGES[fault.kind](fault, request, response)


async def _cut(
    fault: Fault, request: web.Request, response: web.Response
) -> web.StreamResponse:
    """Promise the whole, and give half of it."""
    stream, body = await _begun(request, response)
    await stream.write(body[: len(body) // 2])
    raise ConnectionDropped


async def _trickle(
    fault: Fault, request: web.Request, response: web.Response
) -> web.StreamResponse:
    stream, body = await _begun(request, response)
    # Hardly anybody waits for the end.
    with suppress(ConnectionError):
        for place in range(len(body)):
            await asyncio.sleep(fault.seconds)
            await stream.write(body[place : place + 1])
    return stream


async def _begun(
    request: web.Request, response: web.Response
) -> tuple[web.StreamResponse, bytes]:
    """Return an answer that is under way, and what is to follow."""
    body = response.body if isinstance(response.body, bytes) else b""
    stream = web.StreamResponse(status=response.status, headers=response.headers)
    stream.content_length = len(body)
    await stream.prepare(request)
    return stream, body


async def _bend(
    fault: Fault, request: web.Request, response: web.Response
) -> web.StreamResponse:
    if response.content_type != "application/json" or not response.text:
        return response
    return web.json_response(_bent(json.loads(response.text)), status=response.status)


def _bent(value: object) -> object:
    """Return JSON in which nothing but containers is what it should be."""
    if isinstance(value, dict):
        return {name: _bent(member) for name, member in value.items()}
    if isinstance(value, list) and value:
        return [_bent(item) for item in value]
    return [value]


_CHANGES: dict[
    str,
    Callable[
        [Fault, web.Request, web.Response],
        Awaitable[web.StreamResponse],
    ],
] = {"cut": _cut, "trickle": _trickle, "bent": _bend}


async def _huge(request: web.Request) -> web.StreamResponse:
    stream = web.StreamResponse(headers={"Content-Type": "application/json"})
    stream.content_length = HUGE_BYTES
    await stream.prepare(request)
    with suppress(ConnectionError):
        await stream.write(b'{"padding": "'.ljust(_PIECE, b"x"))
        for _ in range(HUGE_BYTES // _PIECE - 2):
            await stream.write(b"x" * _PIECE)
        await stream.write(b'"}'.rjust(_PIECE, b"x"))
    return stream


def _code(fault: Fault) -> int:
    return 500 if fault.status is None else fault.status


def _drop(fault: Fault, request: web.Request) -> web.Response:
    raise ConnectionDropped


def _retry_after(fault: Fault) -> dict[str, str]:
    if fault.retry_after is None:
        return {}
    return {"Retry-After": f"{fault.retry_after:g}"}


def _status(fault: Fault, request: web.Request) -> web.Response:
    headers = _retry_after(fault)
    if fault.status != web.HTTPTooManyRequests.status_code:
        return web.Response(status=_code(fault), headers=headers)
    answer = Exceeded(current=31, limit=30, period=15, retry_after=None).response()
    answer.headers.update(headers)
    return answer


def _redirect(fault: Fault, request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": fault.location})


def _xccs(fault: Fault, request: web.Request) -> web.Response:
    path = "/" + request.path.lstrip("/").partition("/")[2]
    answer = failure_for_path(path, fault.word, status=fault.status)
    answer.headers.update(_retry_after(fault))
    return answer


_ANSWERS: dict[str, Callable[[Fault, web.Request], web.Response]] = {
    "status": _status,
    "html": lambda fault, _: web.Response(
        text=HTML_PAGE, status=_code(fault), content_type="text/html"
    ),
    "empty": lambda fault, _: web.Response(status=_code(fault)),
    "malformed": lambda fault, _: web.Response(
        text='{\r\n  "status": {\r\n    "errorCode": "O',
        content_type="application/json",
    ),
    "json": lambda fault, _: web.Response(
        text=fault.body,
        status=200 if fault.status is None else fault.status,
        content_type="application/json",
    ),
    "unauthorized": lambda fault, _: web.Response(status=401),
    "drop": _drop,
    "redirect": _redirect,
    "outage": _drop,
    "xccs": _xccs,
}
