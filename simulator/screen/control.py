"""HTTP control for the screen page and for browser tests, under `/_simulator`."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
import json

from aiohttp import web

from simulator.captures.files import TYPES
from simulator.captures.gallery import StorageFull, content
from simulator.network.faults import Fault
from simulator.screen import console_panel, people_panel
from simulator.screen.console_panel import BadRequest, Body
from simulator.screen.state import console_state, person_state, world_state
from simulator.serving import bad_request, json_object, world_of
from simulator.world import World

GATHER_SECONDS = 0.03
HEARTBEAT_SECONDS = 15.0

routes = web.RouteTableDef()


@routes.get("/_simulator/health")
async def health(request: web.Request) -> web.Response:
    """Tell that the simulator is there."""
    return web.json_response({"status": "ok"})


@routes.get("/_simulator/state")
async def state(request: web.Request) -> web.Response:
    """Tell everything that can be seen."""
    return web.json_response(world_state(world_of(request)))


@routes.get("/_simulator/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Send the whole state now and after each change, as server-sent events."""
    world = world_of(request)
    changed = asyncio.Event()
    changed.set()
    unsubscribe = world.subscribe(changed.set)
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    try:
        await response.prepare(request)
        while True:
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            # Changes come in groups (a request is logged just after its effect): send them as one.
            await asyncio.sleep(GATHER_SECONDS)
            changed.clear()
            await response.write(f"data: {json.dumps(world_state(world))}\n\n".encode())
    except ConnectionResetError:
        return response
    finally:
        unsubscribe()


async def _act[Target](
    request: web.Request,
    target: Target | None,
    actions: Mapping[str, Callable[[World, Target, Body], None]],
) -> tuple[World, Target]:
    """Do what the path says; return the world and to whom it was done. Raises HTTPNotFound, or HTTPBadRequest with the reason."""
    world, action = world_of(request), actions.get(request.match_info["action"])
    if target is None or action is None:
        raise web.HTTPNotFound(
            text=json.dumps({"error": "no such action", "actions": sorted(actions)}),
            content_type="application/json",
        )
    try:
        action(world, target, await json_object(request))
    except BadRequest as error:
        raise bad_request(error) from error
    world.settle()
    world.publish()
    return world, target


@routes.post("/_simulator/consoles/{console_id}/{action}")
async def act(request: web.Request) -> web.Response:
    """Do something at the console itself; answers the console's new state."""
    found = world_of(request).consoles.get(request.match_info["console_id"])
    world, console = await _act(request, found, console_panel.ACTIONS)
    return web.json_response(console_state(world, console))


@routes.post("/_simulator/people/{key}/{action}")
async def act_as(request: web.Request) -> web.Response:
    """Let a person do something; answers the person's new state."""
    found = world_of(request).people.get(request.match_info["key"])
    world, person = await _act(request, found, people_panel.ACTIONS)
    return web.json_response(person_state(world, person))


@routes.post("/_simulator/friends")
async def add_friends(request: web.Request) -> web.Response:
    """Give the parent `count` more friends; answers their states."""
    count = await _count(request)
    world = world_of(request)
    friends = world.add_friends(count)
    return web.json_response([person_state(world, friend) for friend in friends])


@routes.post("/_simulator/captures")
async def add_captures(request: web.Request) -> web.Response:
    """Give the parent `count` more captures; answers how many there are."""
    count = await _count(request)
    world = world_of(request)
    try:
        world.add_captures(count)
    except StorageFull as error:
        raise bad_request("storage for captures is full") from error
    return web.json_response({"captures": len(world.captures)})


@routes.get("/_simulator/captures/{id}/picture")
async def capture_picture(request: web.Request) -> web.Response:
    """Show a small picture of a capture, which counts as no request to the network."""
    world = world_of(request)
    for capture in world.captures:
        if capture.id == request.match_info["id"]:
            file = await asyncio.to_thread(content, world, capture, "Thumbnail")
            kind = TYPES[world.knobs.picture_format]
            return web.Response(body=file.head, content_type=kind)
    raise web.HTTPNotFound(text="")


async def _count(request: web.Request) -> int:
    count = (await json_object(request)).get("count", 1)
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise bad_request("count: a whole number above zero")
    return count


@routes.get("/_simulator/faults")
async def list_faults(request: web.Request) -> web.Response:
    """List the faults in force."""
    return web.json_response([fault.as_dict() for fault in world_of(request).faults])


@routes.post("/_simulator/faults")
async def add_fault(request: web.Request) -> web.Response:
    """Put a fault in force: the members of Fault, `kind` at least."""
    body = await json_object(request)
    unknown = body.keys() - {field.name for field in fields(Fault)} | (
        {"id"} & body.keys()
    )
    if unknown:
        raise bad_request(f"unknown: {', '.join(sorted(unknown))}")
    try:
        fault = Fault(**body)  # type: ignore[arg-type]  # members arrive as JSON, names checked above
    except (TypeError, ValueError) as error:
        raise bad_request(error) from error
    return web.json_response(world_of(request).faults.add(fault).as_dict(), status=201)


@routes.delete("/_simulator/faults")
async def clear_faults(request: web.Request) -> web.Response:
    """Take every fault away, or the one with `?id=`."""
    faults = world_of(request).faults
    if "id" not in request.query:
        faults.clear()
    elif not request.query["id"].isdecimal() or not faults.remove(
        int(request.query["id"])
    ):
        raise web.HTTPNotFound(text="")
    return web.Response(status=204)


@routes.get("/_simulator/clock")
async def clock(request: web.Request) -> web.Response:
    """Tell the servers' time and how far it is ahead, in seconds."""
    return _clock_answer(world_of(request))


@routes.post("/_simulator/clock")
async def set_clock(request: web.Request) -> web.Response:
    """Put the servers' clock `skew` seconds ahead."""
    skew = (await json_object(request)).get("skew")
    if isinstance(skew, bool) or not isinstance(skew, int | float):
        raise bad_request("skew: seconds")
    world = world_of(request)
    world.clock.offset = float(skew)
    world.publish()
    return _clock_answer(world)


def _clock_answer(world: World) -> web.Response:
    return web.json_response({"time": world.clock.iso(), "skew": world.clock.offset})


@routes.get("/_simulator/knobs")
async def knobs(request: web.Request) -> web.Response:
    """List all knobs."""
    return web.json_response(world_of(request).knobs.as_dict())


@routes.patch("/_simulator/knobs")
async def set_knobs(request: web.Request) -> web.Response:
    """Set knobs by name."""
    world = world_of(request)
    try:
        world.knobs.update(await json_object(request))
    except ValueError as error:
        raise bad_request(error) from error
    world.publish()
    return web.json_response(world.knobs.as_dict())


@routes.get("/_simulator/requests")
async def requests(request: web.Request) -> web.Response:
    """List answered requests, oldest first; filters: host, path (prefix), method, status, account, since, limit."""
    query = request.query
    exact = {
        name: query[name]
        for name in ("host", "method", "status", "account")
        if name in query
    }
    try:
        since, limit = float(query.get("since", "0")), int(query.get("limit", "0"))
    except ValueError as error:
        raise bad_request(error) from error
    found = [
        asdict(entry)
        for entry in world_of(request).requests
        if all(str(getattr(entry, name)) == value for name, value in exact.items())
        and entry.path.startswith(query.get("path", ""))
        and entry.time >= since
    ]
    return web.json_response(found[-limit:] if limit > 0 else found)


@routes.delete("/_simulator/requests")
async def forget_requests(request: web.Request) -> web.Response:
    """Empty the log."""
    world = world_of(request)
    world.requests.clear()
    world.publish()
    return web.Response(status=204)


@routes.post("/_simulator/reset")
async def reset(request: web.Request) -> web.Response:
    """Return to the sample world; signed-in clients stay signed in."""
    world_of(request).reset()
    return web.json_response(world_state(world_of(request)))
