"""HTTP control of what the consoles do on the local network, under `/_simulator`."""

from dataclasses import asdict

from aiohttp import web

from simulator.lan.knobs import LanKnobs
from simulator.serving import bad_request, json_object, world_of

routes = web.RouteTableDef()


def _knobs(request: web.Request) -> LanKnobs:
    console_id = request.match_info["console_id"]
    if console_id not in world_of(request).consoles:
        raise web.HTTPNotFound(text="")
    return world_of(request).lan.of(console_id)


@routes.get("/_simulator/consoles/{console_id}/lan")
async def show(request: web.Request) -> web.Response:
    """List a console's knobs on the local network."""
    return web.json_response(_knobs(request).as_dict())


@routes.patch("/_simulator/consoles/{console_id}/lan")
async def change(request: web.Request) -> web.Response:
    """Set a console's knobs by name; answers all of them."""
    knobs = _knobs(request)
    try:
        knobs.update(await json_object(request))
    except ValueError as error:
        raise bad_request(error) from error
    world_of(request).publish()
    return web.json_response(knobs.as_dict())


@routes.get("/_simulator/lan")
async def packets(request: web.Request) -> web.Response:
    """List what was heard, oldest first; `kind` is probe, wake or noise."""
    kind = request.query.get("kind")
    heard = world_of(request).lan.heard
    return web.json_response(
        [asdict(packet) for packet in heard if kind in (None, packet.kind)]
    )
