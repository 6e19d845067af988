"""The HTTP face: every host under its own name as path prefix."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import cache
import time
import uuid

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator import routes
from simulator.network.failures import (
    CLOCK_OFF,
    ConnectionDropped,
    Connections,
    fail,
    spoil,
)
from simulator.screen import (
    activity_panel,
    control,
    knob_panel,
    lan_panel,
    page,
    sign_in,
)
from simulator.serving import WORLD, world_of
from simulator.world import LoggedRequest, World

TICK_SECONDS = 0.05

HELD = web.AppKey("held", set[asyncio.Task[None]])
"""The tasks that work on an answer."""
CONNECTIONS = web.AppKey("connections", Connections)


def create_app(world: World) -> web.Application:
    """Return the application that serves `world`."""
    app = web.Application(middlewares=[held, answer], client_max_size=16 * 1024**2)
    app[WORLD] = world
    app[HELD] = set()
    app[CONNECTIONS] = Connections()
    app.on_response_prepare.append(add_service_headers)
    app.on_shutdown.append(let_go)
    app.cleanup_ctx.append(ticking)
    for resource in _resources():
        app.router.register_resource(resource)
    return app


@cache
def _resources() -> tuple[web.AbstractResource, ...]:
    """All that is answered: the same in every world, and long to put together."""
    app = web.Application()
    routes.add_all(app)
    panels = (sign_in, knob_panel, activity_panel, lan_panel, control)
    app.add_routes([route for panel in panels for route in panel.routes])
    page.add_routes(app)
    return tuple(app.router.resources())


@web.middleware
async def held(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Remember who works on an answer until it is given."""
    if (task := asyncio.current_task()) is None:
        return await handler(request)
    tasks = request.app[HELD]
    tasks.add(task)
    try:
        return await handler(request)
    finally:
        tasks.discard(task)


async def let_go(app: web.Application) -> None:
    """End what is held back, slow as it was meant to be: a network that is gone answers nobody."""
    for task in app[HELD]:
        task.cancel()


async def add_service_headers(
    request: web.Request, response: web.StreamResponse
) -> None:
    """Send what every service sends with each answer."""
    off = request.get(CLOCK_OFF, 0.0)
    response.headers["Date"] = world_of(request).clock.http_date(off)
    response.headers.setdefault(
        "MS-CV", f"{request.headers.get('MS-CV') or uuid.uuid4().hex[:22]}.0"
    )
    response.headers.setdefault("X-XblCorrelationId", str(uuid.uuid4()))


@web.middleware
async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let time pass, let things go wrong, and log what was answered."""
    world = world_of(request)
    world.settle()
    host, _, path = request.path.lstrip("/").partition("/")
    if "." not in host:
        return await handler(request)
    account = _account_key(request)
    status = 0
    try:
        if world.knobs.latency_seconds > 0:
            await asyncio.sleep(world.knobs.latency_seconds)
            world.settle()
        response = await _outcome(request, handler, host, f"/{path}", account)
    except web.HTTPException as error:
        status = error.status
        raise
    except ConnectionDropped:
        return _cut(request)
    except Exception:
        status = 500
        raise
    else:
        status = response.status
        return response
    finally:
        world.log(
            LoggedRequest(
                method=request.method,
                host=host,
                path=f"/{path}",
                status=status,
                time=time.time(),
                account=account,
            )
        )


async def _outcome(
    request: web.Request, handler: Handler, host: str, path: str, account: str | None
) -> web.StreamResponse:
    world, connections = world_of(request), request.app[CONNECTIONS]
    connections.use(request, world.clock.elapsed())
    fault = world.faults.strike(request.method, host, path, account)
    if fault is not None:
        failure = await fail(fault, request, connections)
        if failure is not None:
            return failure
    if account is not None:
        exceeded = world.limits.count(account, request.method, host, path)
        if exceeded is not None:
            return exceeded.response()
    response = await handler(request)
    return response if fault is None else await spoil(fault, request, response)


def _account_key(request: web.Request) -> str | None:
    with suppress(web.HTTPException):
        return (
            world_of(request)
            .tokens.authenticate(request.headers.get("Authorization"))
            .key
        )
    return None


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def ticking(app: web.Application) -> AsyncIterator[None]:
    """Publish what time alone brings about, while the application runs."""

    async def tick() -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            app[WORLD].settle()

    task = asyncio.create_task(tick())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
