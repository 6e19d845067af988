"""The client on the simulated Xbox network, over a real socket."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
import time

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP, App, own_app
from custom_components.xbox_console.xboxlive.auth.tokens import (
    Credentials,
    Device,
    MicrosoftToken,
)
from custom_components.xbox_console.xboxlive.clock import Clock
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.transport import Transport
from simulator.app import create_app
from simulator.apps import APPS
from simulator.world import World

OWN_APP = own_app("5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b001")
WEB_APP = own_app("5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b002", "invented~web-app-secret")

# How Network.sent() names the sign-in services.
TOKEN = "login oauth20_token.srf"
DEVICE = "device authenticate"
SISU = "sisu authorize"
USER = "user authenticate"
XSTS = "xsts authorize"


@dataclass
class Network:
    """A simulated world, and a client machine with a clock of its own."""

    world: World
    transport: Transport
    http: ClientSession
    offset: float = 0.0
    """Seconds that the client machine's clock is ahead of this one's."""

    def pass_time(self, seconds: float) -> None:
        """Let time pass for both sides."""
        self.world.clock.offset += seconds
        self.offset += seconds

    def machine_time(self) -> float:
        """The time as the client's machine has it."""
        return time.time() + self.offset

    def steady(self) -> float:
        """The machine's monotonic clock."""
        return time.monotonic() + self.offset

    def sent(self) -> list[str]:
        """The sign-in services asked since the last call, by first word of the host and path."""
        asked = [
            f"{request.host.partition('.')[0]} {request.path.rpartition('/')[2]}"
            for request in self.world.requests
        ]
        self.world.requests.clear()
        return asked

    def grant(self, app: App = OWN_APP, account: str = "parent") -> dict[str, object]:
        """What Microsoft answers an app that the user has just let in."""
        oauth, who = self.world.tokens.oauth, self.world.accounts[account]
        known = APPS[app.client_id]
        access = oauth.new_access(who, known, app.scope)
        refresh = oauth.new_refresh(who, known, app.scope, None)
        assert refresh is not None
        return {
            "access_token": access.value,
            "refresh_token": refresh.value,
            "expires_in": access.expires - self.world.clock.now(),
            "scope": access.scope,
        }

    def credentials(self, app: App = XBOX_APP, account: str = "parent") -> Credentials:
        """A sign-in that has nothing but Microsoft's tokens yet."""
        microsoft = MicrosoftToken.received(
            self.grant(app, account), self.transport.clock
        )
        return Credentials(app, microsoft, Device.new() if app.title_id else None)


class Script:
    """A network that gives prepared answers, one after the other, whatever it is asked."""

    def __init__(self) -> None:
        """Start without answers."""
        self.answers: list[tuple[int, object]] = []

    async def answer(self, request: web.Request) -> web.Response:
        """Give the next answer."""
        status, body = self.answers.pop(0)
        return web.json_response(body, status=status)


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
        network = Network(world, Transport(http), http)
        network.transport = Transport(
            http, Hosts.behind(str(server.make_url("/"))), Clock(network.machine_time)
        )
        yield network
