"""HTTP control of the consoles' knobs, and their past, under `/_simulator`."""

from dataclasses import asdict
from random import Random

from aiohttp import web

from simulator.consoles.console import Console
from simulator.consoles.knobs import DEFAULTS, ConsoleKnobs, in_json, ranges
from simulator.consoles.presets import PRESETS
from simulator.serving import bad_request, json_object, world_of

routes = web.RouteTableDef()


def _console(request: web.Request) -> Console:
    found = world_of(request).consoles.get(request.match_info["console_id"])
    if found is None:
        raise web.HTTPNotFound(text="")
    return found


@routes.get("/_simulator/console-knobs")
async def describe(request: web.Request) -> web.Response:
    """List what each knob can be and is by itself, and the names of the presets."""
    return web.json_response(
        {
            "knobs": {
                name: {"default": in_json(DEFAULTS[name]), **values.described()}
                for name, values in ranges().items()
            },
            "presets": list(PRESETS),
        }
    )


@routes.get("/_simulator/consoles/{console_id}/knobs")
async def show(request: web.Request) -> web.Response:
    """List a console's knobs."""
    return web.json_response(_console(request).behaviour.as_dict())


@routes.patch("/_simulator/console-knobs")
async def set_all(request: web.Request) -> web.Response:
    """Set knobs of every console, as `set_one`."""
    return await _set(request, *world_of(request).consoles.values())


@routes.patch("/_simulator/consoles/{console_id}/knobs")
async def set_one(request: web.Request) -> web.Response:
    """Set a console's knobs by name; what they count starts over.

    `preset` begins with one of the presets, `seed` with knobs that are drawn, either in place of what they are.
    """
    return await _set(request, _console(request))


async def _set(request: web.Request, *consoles: Console) -> web.Response:
    body = await json_object(request)
    try:
        first = _first(body)
        changed = [
            (console, (first or console.behaviour).changed(body))
            for console in consoles
        ]
    except ValueError as error:
        raise bad_request(error) from error
    for console, knobs in changed:
        world_of(request).behave(knobs, console)
    return web.json_response(
        {console.id: console.behaviour.differences() for console in consoles}
    )


def _first(body: dict[str, object]) -> ConsoleKnobs | None:
    """Take `preset` or `seed` out of the body. Raises ValueError, or HTTPBadRequest."""
    preset, seed = body.pop("preset", None), body.pop("seed", None)
    if preset == "":
        return DEFAULTS
    if preset is not None:
        if preset not in PRESETS:
            raise ValueError(f"preset: one of {', '.join(PRESETS)}")
        return PRESETS[str(preset)]
    if seed is None:
        return None
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise bad_request("seed: a whole number")
    return ConsoleKnobs.drawn(Random(seed))


@routes.get("/_simulator/consoles/{console_id}/history")
async def history(request: web.Request) -> web.Response:
    """Tell what truly happened to a console, what the network knew, and what it was told; moments in unix seconds."""
    past = _console(request).history
    return web.json_response(
        {
            "states": [
                {"at": at, **asdict(state)} for at, state in past.states.entries
            ],
            "shown": [{"at": at, **asdict(shown)} for at, shown in past.shown.entries],
            "commands": [asdict(told) for told in past.commands],
        }
    )
