"""What the route modules share."""

import json

from aiohttp import web

from simulator.world import Account, World

WORLD = web.AppKey("world", World)


def world_of(request: web.Request) -> World:
    """Return the world that this application serves."""
    return request.app[WORLD]


def signed_in(request: web.Request) -> Account:
    """Return the account that signed the request. Raises HTTPUnauthorized with an empty body."""
    return world_of(request).tokens.authenticate(request.headers.get("Authorization"))


def pretty(body: object, status: int = 200) -> web.Response:
    """Answer in JSON the way the console service writes it: indented, lines ended by CRLF."""
    text = json.dumps(body, indent=2, ensure_ascii=False).replace("\n", "\r\n")
    return web.Response(text=text, status=status, content_type="application/json")
