"""What the route modules share."""

import json
from typing import cast

from aiohttp import web

from simulator.accounts.account import Account
from simulator.world import World

WORLD = web.AppKey("world", World)


def world_of(request: web.Request) -> World:
    """Return the world that this application serves."""
    return request.app[WORLD]


def signed_in(request: web.Request) -> Account:
    """Return the account that signed the request. Raises HTTPUnauthorized with an empty body."""
    return world_of(request).tokens.authenticate(request.headers.get("Authorization"))


def bad_request(reason: object) -> web.HTTPBadRequest:
    """Return the control endpoints' refusal, with the reason in JSON."""
    return web.HTTPBadRequest(
        text=json.dumps({"error": str(reason)}), content_type="application/json"
    )


async def json_object(request: web.Request) -> dict[str, object]:
    """Return the JSON object in a control request's body. Raises HTTPBadRequest."""
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise bad_request("not JSON") from error
    if not isinstance(body, dict):
        raise bad_request("a JSON object is due")
    return cast("dict[str, object]", body)
