"""rta.xboxlive.com: the push channel, a WebSocket."""

import asyncio
from contextlib import suppress

from aiohttp import ClientConnectionError, WSCloseCode, WSMsgType, web

from simulator.activity.socket import End, Socket
from simulator.serving import signed_in, world_of

HOST = "rta.xboxlive.com"
SUBPROTOCOL = "rta.xboxlive.com.V2"

routes = web.RouteTableDef()


@routes.get(f"/{HOST}/nonce")
async def nonce(request: web.Request) -> web.Response:
    """Answer what opens one socket without a header."""
    _refuse(request)
    account = signed_in(request)
    value = world_of(request).activity.new_nonce(account.key)
    return web.json_response({"nonce": value})


@routes.get(f"/{HOST}/connect")
async def connect(request: web.Request) -> web.StreamResponse:
    """Open a socket and serve it to its end."""
    world = world_of(request)
    hub, now = world.activity, world.clock.elapsed()
    hub.handshakes.append(now)
    account, ends = _admitted(request)
    response = web.WebSocketResponse(
        protocols=(SUBPROTOCOL,), autoping=False, timeout=2.0
    )
    await response.prepare(request)
    socket = hub.open(account)
    socket.way = "nonce" if "nonce" in request.query else "header"
    socket.subprotocol = response.ws_protocol == SUBPROTOCOL
    socket.language = request.headers.get("Accept-Language", "")
    world.publish()
    lifetime = min(hub.knobs.life_seconds, ends - now)
    ending = asyncio.get_running_loop().call_later(lifetime, socket.end)
    speaking = asyncio.create_task(_speak(request, response, socket))
    try:
        await _listen(response, socket)
    finally:
        ending.cancel()
        speaking.cancel()
        with suppress(asyncio.CancelledError):
            await speaking
        hub.close(socket)
        world.publish()
    return response


def _admitted(request: web.Request) -> tuple[str, float]:
    """Return whose socket it will be, and when the sign-in ends. Raises HTTPException."""
    world = world_of(request)
    hub, knobs = world.activity, world.activity.knobs
    given, header = request.query.get("nonce"), request.headers.get("Authorization")
    if not knobs.available:
        raise web.HTTPServiceUnavailable(text="")
    _refuse(request)
    if given is not None:
        key = None if header and knobs.both_refused else hub.spend(given)
        if key is None:
            raise web.HTTPBadRequest(text="")
        ends = world.clock.elapsed() + knobs.life_seconds
    else:
        if not knobs.header_accepted:
            raise web.HTTPForbidden(text="")
        key = signed_in(request).key
        token = world.tokens.presented(header)
        ends = token.expires - world.clock.offset if token else 0.0
    if len(hub.of(key)) >= knobs.sockets_per_person:
        raise web.HTTPTooManyRequests(text="")
    return key, ends


def _refuse(request: web.Request) -> None:
    """Raise what a service answers that takes nobody's sign-in."""
    match world_of(request).activity.knobs.refusal:
        case 401:
            raise web.HTTPUnauthorized(text="")
        case 403:
            raise web.HTTPForbidden(text="")


async def _listen(response: web.WebSocketResponse, socket: Socket) -> None:
    async for message in response:
        if socket.knobs.deaf:
            continue
        if message.type is WSMsgType.TEXT:
            with suppress(ValueError):
                socket.hear(message.data)
        elif message.type is WSMsgType.PING:
            socket.pings += 1
            await response.pong(message.data)


async def _speak(
    request: web.Request, response: web.WebSocketResponse, socket: Socket
) -> None:
    """Send what is in the outbox, until the socket is to end."""
    with suppress(ClientConnectionError, ConnectionResetError):
        while True:
            item = await socket.outbox.get()
            if isinstance(item, End):
                await _end(request, response, item)
                return
            await _send(response, item, socket.knobs.framing)


async def _send(response: web.WebSocketResponse, text: str, framing: str) -> None:
    data = text.encode()
    if framing == "binary":
        await response.send_bytes(data)
    elif framing == "fragments" and len(data) < _SHORT and response._writer is not None:  # noqa: SLF001 - aiohttp sends no fragments
        half = len(data) // 2
        for first, part in ((0x01, data[:half]), (0x80, data[half:])):
            response._writer.transport.write(bytes((first, len(part))) + part)  # noqa: SLF001
    else:
        await response.send_str(text)


_SHORT = 126
"""Bytes of a frame whose length fits its second byte."""


async def _end(request: web.Request, response: web.WebSocketResponse, end: End) -> None:
    if end.how == "cut":
        if request.transport is not None:
            request.transport.abort()
        return
    await response.close(code=WSCloseCode(int(end.how)), message=end.reason.encode())
