"""A sample world behind a real socket."""

from collections.abc import AsyncIterator

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
import pytest

from simulator.accounts.knobs import AuthKnobs
from simulator.app import create_app
from simulator.world import World
from tests.simulator.console_client import ConsoleClient
from tests.simulator.sign_in_client import SignInClient


@pytest.fixture
def world() -> World:
    """Return a fresh sample world."""
    return World.demo()


@pytest.fixture
def auth_knobs(world: World) -> AuthKnobs:
    """Return what can be adjusted about signing in."""
    return world.tokens.knobs


@pytest.fixture
async def caller(socket_enabled: None, world: World) -> AsyncIterator[SignInClient]:
    """Serve the world on 127.0.0.1 and return a client for its sign-in services."""
    async with (
        TestServer(create_app(world), host="127.0.0.1") as server,
        ClientSession(server.make_url("/")) as http,
    ):
        yield SignInClient(http, world)


@pytest.fixture
async def remote(caller: SignInClient) -> ConsoleClient:
    """Return a client for the console service of the same world."""
    return ConsoleClient(caller.http, caller.world)
