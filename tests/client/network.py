"""The simulated Xbox network, the people at it, and a client machine, for tests."""

import asyncio
from collections.abc import Callable
from dataclasses import InitVar, dataclass
import time

from aiohttp import ClientSession, web

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP, App, own_app
from custom_components.xbox_console.xboxlive.auth.chain import Chain
from custom_components.xbox_console.xboxlive.auth.tokens import (
    Credentials,
    Device,
    MicrosoftToken,
)
from custom_components.xbox_console.xboxlive.clock import Clock
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.transport import Transport
from simulator.accounts.apps import APPS
from simulator.accounts.oauth import DeviceCode
from simulator.world import World

OWN_APP = own_app("5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b001")
WEB_APP = own_app("5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b002", "invented~web-app-secret")

# How Network.sent() names the sign-in services.
TOKEN = "login oauth20_token.srf"
DEVICE = "device authenticate"
SISU = "sisu authorize"
USER = "user authenticate"
XSTS = "xsts authorize"

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass
class Network:
    """A simulated world, and a client machine with a clock of its own."""

    world: World
    http: ClientSession
    hosts: InitVar[Hosts]
    offset: float = 0.0
    """Seconds that the client machine's clock is ahead of this one's."""

    def __post_init__(self, hosts: Hosts) -> None:
        """Connect the client to the world."""
        self.transport = Transport(
            self.http, hosts, Clock(self.machine_time, self.steady)
        )

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


class User:
    """Somebody who takes a while: time passes only while the client sleeps."""

    def __init__(self, network: Network, *after_sleeps: Callable[[], None]) -> None:
        """Do something after each sleep, the last thing again and again."""
        self.network = network
        self.actions = list(after_sleeps)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let time pass for everybody, and act."""
        self.slept.append(seconds)
        self.network.pass_time(seconds)
        action = self.actions.pop(0) if len(self.actions) > 1 else self.actions[0]
        action()

    def code(self) -> DeviceCode:
        """The code that waits at Microsoft's page."""
        return self.network.world.tokens.oauth.pending()[0]

    def approve(self, account: str = "parent") -> None:
        """Enter the code and let the app in."""
        code = self.code()
        code.account, code.state = account, "approved"

    def decline(self) -> None:
        """Enter the code and keep the app out."""
        self.code().state = "declined"

    def nothing(self) -> None:
        """Think."""


class Browser:
    """Somebody's browser at Microsoft's sign-in page."""

    def __init__(self, network: Network) -> None:
        """Start with no page open."""
        self.network = network

    async def end(
        self, address: str, account: str = "parent", decision: str = "allow"
    ) -> str:
        """The address at which a sign-in ends."""
        async with self.network.http.get(
            address,
            params={"simulator_account": account, "simulator_decision": decision},
            allow_redirects=False,
        ) as page:
            assert page.status == 302
            return page.headers["Location"]


class Keeper:
    """Stores credentials as Home Assistant would, and remembers each version."""

    def __init__(self, network: Network) -> None:
        """Start with nothing stored."""
        self.network = network
        self.versions: list[Credentials] = []
        self.requests_at_save: list[list[str]] = []
        self.problem: Exception | None = None
        self.saving = asyncio.Event()
        self.may_save = asyncio.Event()
        self.may_save.set()

    async def save(self, credentials: Credentials) -> None:
        """Store as soon as the storage is ready."""
        self.saving.set()
        await self.may_save.wait()
        if self.problem:
            raise self.problem
        self.versions.append(Credentials.restore(credentials.stored()))
        asked = [
            request.host.partition(".")[0] for request in self.network.world.requests
        ]
        self.requests_at_save.append(asked)


class Start:
    """Makes chains on one network."""

    def __init__(self, network: Network, keeper: Keeper) -> None:
        """Remember where."""
        self.network, self.keeper = network, keeper
        self.chains: list[Chain] = []

    def chain(self, credentials: Credentials) -> Chain:
        """A chain that starts from these credentials."""
        network = self.network
        chain = Chain(
            network.transport, credentials, self.keeper.save, steady=network.steady
        )
        self.chains.append(chain)
        return chain

    async def signed_in(self, app: App = XBOX_APP, account: str = "parent") -> Chain:
        """A chain that has every token, with a clean record of requests and savings."""
        chain = self.chain(self.network.credentials(app, account))
        await chain.authorization()
        self.network.sent()
        self.keeper.versions.clear()
        self.keeper.requests_at_save.clear()
        return chain


def check_accepted(network: Network, authorization: str) -> None:
    """Check that the services take it."""
    assert network.world.tokens.authenticate(authorization).key == "parent"


async def check_usable(network: Network, credentials: Credentials) -> None:
    """Check that the network takes what the sign-in ended in."""
    assert credentials.xsts is not None
    account = network.world.tokens.authenticate(credentials.xsts.authorization)
    assert account.key == "parent"
    assert credentials.xsts.xuid == account.xuid
    assert credentials.xsts.gamertag == account.gamertag
    assert Credentials.restore(credentials.stored()).xsts == credentials.xsts
