"""The simulator as a server in the test's own event loop: its world is at hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp.test_utils import TestServer

from simulator.app import HELD, create_app
from simulator.knobs import Knobs
from simulator.world import World


@dataclass(frozen=True)
class RunningSimulator:
    """A world, and where it answers."""

    world: World
    url: str
    held: set[asyncio.Task[None]]
    """Who works on an answer, or holds it back."""


@asynccontextmanager
async def running_simulator(
    knobs: Knobs | None = None,
) -> AsyncIterator[RunningSimulator]:
    """Serve a fresh demo world on a free port of the loopback address."""
    async with serving(World.demo(knobs=knobs)) as running:
        yield running


@asynccontextmanager
async def serving(world: World) -> AsyncIterator[RunningSimulator]:
    """Serve a world on a free port of the loopback address."""
    app = create_app(world)
    server = TestServer(app, host="127.0.0.1")
    # The access log cannot write while a test holds the time still.
    await server.start_server(access_log=None)
    try:
        url = str(server.make_url("")).rstrip("/")
        yield RunningSimulator(world, url, app[HELD])
    finally:
        await server.close()
