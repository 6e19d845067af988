"""catalog.gamepass.com: what Game Pass has, gets and loses. No sign-in."""

from aiohttp import web

from simulator.serving import world_of
from simulator.world import World

HOST = "catalog.gamepass.com"
ALL = "f6f1f99f-9b49-4ccd-b3bf-4d9767a77f5e"
ADDED = "f13cf6b4-57e6-4459-89df-6aec18cf0538"
COMING = "095bda36-f5cd-43f2-9ee1-0a72f371fb96"
LEAVING = "393f05bf-e596-4ef6-9487-6d4fa0eab987"
_NAMES = {
    ALL: "All console games",
    ADDED: "Recently added",
    COMING: "Coming soon",
    LEAVING: "Leaving soon",
}

routes = web.RouteTableDef()


@routes.get(f"/{HOST}/sigls/v2")
async def products(request: web.Request) -> web.Response:
    """Answer a line that describes a list, and one for each of its products."""
    world, which = world_of(request), request.query.get("id", "")
    if which not in _NAMES or not {"language", "market"} <= request.query.keys():
        raise web.HTTPBadRequest
    described = {"siglId": which, "title": _NAMES[which], "requiresShuffling": "False"}
    lines: list[object] = [described, *({"id": one} for one in _listed(world, which))]
    shapes: dict[str, object] = {
        "lines": lines,
        "empty": [],
        "object": {"items": lines},
        "holes": [described, None, {}, {"id": None}, 7, *lines[1:]],
    }
    return web.json_response(shapes[world.knobs.game_pass_shape])


def _listed(world: World, which: str) -> list[str]:
    """Return the product ids of a list; all is what was added, and what has not left yet."""
    knobs = world.knobs
    keys = {
        ALL: f"{knobs.game_pass_added},{knobs.game_pass_leaving}",
        ADDED: knobs.game_pass_added,
        COMING: knobs.game_pass_coming,
        LEAVING: knobs.game_pass_leaving,
    }[which]
    titles = (world.titles[key.strip()] for key in keys.split(",") if key.strip())
    return [title.product_id for title in titles if title.product_id]
