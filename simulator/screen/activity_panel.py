"""Control of the push channel, under `/_simulator/activity`: its knobs, and what can be done to its sockets."""

from collections.abc import Callable
import json

from aiohttp import web

from simulator.activity.hub import Hub
from simulator.serving import bad_request, json_object, world_of
from simulator.world import World

ACTIONS: dict[str, Callable[[Hub], None]] = {
    "cut": Hub.end,
    "resync": Hub.resync,
}
"""What can be done to every socket at once."""

routes = web.RouteTableDef()


def activity_state(world: World) -> dict[str, object]:
    """Return what the page shows of the push channel."""
    hub = world.activity
    return {
        "knobs": hub.knobs.as_dict(),
        "handshakes": len(hub.handshakes),
        "refusals": [vars(rule) for rule in hub.rules],
        "sockets": [
            {
                "number": socket.number,
                "account": socket.account,
                "since": socket.since,
                "way": socket.way,
                "events": socket.events,
                "subscriptions": socket.uris,
            }
            for socket in hub.sockets
        ],
    }


@routes.get("/_simulator/activity")
async def show(request: web.Request) -> web.Response:
    """Tell who listens to what."""
    return web.json_response(activity_state(world_of(request)))


@routes.patch("/_simulator/activity")
async def set_knobs(request: web.Request) -> web.Response:
    """Set knobs by name."""
    world = world_of(request)
    try:
        world.activity.knobs.update(await json_object(request))
    except ValueError as error:
        raise bad_request(error) from error
    world.publish()
    return web.json_response(activity_state(world))


@routes.post("/_simulator/activity/refuse")
async def refuse(request: web.Request) -> web.Response:
    """Refuse subscriptions: `{"part", "status", "times"?}`; without a part, no more."""
    world, body = world_of(request), await json_object(request)
    part, status, times = (body.get(name) for name in ("part", "status", "times"))
    if part is None:
        world.activity.rules.clear()
    elif (
        isinstance(part, str)
        and isinstance(status, int)
        and isinstance(times, int | None)
    ):
        world.activity.refuse(part, status, times)
    else:
        raise bad_request("part: text; status: a number; times: a number")
    world.publish()
    return web.json_response(activity_state(world))


@routes.post("/_simulator/activity/{action}")
async def act(request: web.Request) -> web.Response:
    """Do something to every socket."""
    action = ACTIONS.get(request.match_info["action"])
    if action is None:
        raise web.HTTPNotFound(
            text=json.dumps({"error": "no such action", "actions": sorted(ACTIONS)}),
            content_type="application/json",
        )
    world = world_of(request)
    action(world.activity)
    world.publish()
    return web.json_response(activity_state(world))
