"""The client on the simulated Xbox network, over a real socket."""

from collections.abc import AsyncIterator

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.session import Session
from simulator.app import create_app
from simulator.world import World

from .network import Keeper, Network, Script, Start, User


@pytest.fixture
async def script(network: Network) -> AsyncIterator[Script]:
    """Prepared answers instead of the simulated network's."""
    script = Script()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", script.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        network.transport.hosts = Hosts.behind(str(server.make_url("/")))
        yield script


@pytest.fixture
async def network(socket_enabled: None) -> AsyncIterator[Network]:
    """A lively world behind 127.0.0.1."""
    world = World.demo()
    async with (
        TestServer(create_app(world), host="127.0.0.1") as server,
        ClientSession() as http,
    ):
        yield Network(world, http, Hosts.behind(str(server.make_url("/"))))


@pytest.fixture
def user(network: Network) -> User:
    """Somebody who approves after two questions."""
    # The simulator's clock for pacing is real time, in which these tests take none.
    network.world.tokens.knobs.slow_down = False
    user = User(network)
    user.actions = [user.nothing, user.nothing, user.approve]
    return user


@pytest.fixture
def keeper(network: Network) -> Keeper:
    """An empty storage."""
    return Keeper(network)


@pytest.fixture
async def start(network: Network, keeper: Keeper) -> AsyncIterator[Start]:
    """Chains that end with the test."""
    start = Start(network, keeper)
    yield start
    for chain in start.chains:
        await chain.close()


@pytest.fixture
async def xbox(network: Network, start: Start) -> XboxLive:
    """The client, signed in through the whole chain, for a household that reads German."""
    chain = await start.signed_in()
    return XboxLive(Session(network.transport, chain, language="de-DE", market="DE"))


@pytest.fixture
def mika(network: Network) -> str:
    """XUID of a friend who plays Tidewater Tales."""
    return network.world.others["mika"].xuid
