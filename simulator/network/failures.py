"""Faults turned into answers."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from simulator.consoles.answers import failure_for_path
from simulator.network.faults import Fault
from simulator.network.limits import Exceeded

HUGE_BYTES = 10 * 1024**2
HTML_PAGE = "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>Sorry</h1></body></html>"


CUT = web.RequestKey("cut", bool)
"""Of a request whose answer has to end in the middle."""


class ConnectionDropped(Exception):
    """The connection has to end without an answer."""


async def fail(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """Return the wrong answer, or None for the true one. Raises ConnectionDropped."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "cut":
        request[CUT] = True
        return None
    return _ANSWERS[fault.kind](fault, request)


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
    "huge": lambda fault, _: web.Response(
        body=b'{"padding": "' + b"x" * HUGE_BYTES + b'"}',
        content_type="application/json",
    ),
    "unauthorized": lambda fault, _: web.Response(status=401),
    "drop": _drop,
    "redirect": _redirect,
    "outage": _drop,
    "xccs": _xccs,
}
