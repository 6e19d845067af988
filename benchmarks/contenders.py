"""The two integrations that are compared: how each is signed in and led to the simulator.

Home Assistant's own `xbox` knows no address but Microsoft's, and brings python-xbox with httpx: its
requests are led away where httpx hands them to the network. Nothing else of it is touched.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
import os
from types import MappingProxyType
from typing import override
from unittest.mock import patch

from homeassistant.components import application_credentials
from homeassistant.components.application_credentials import ClientCredential
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
import httpx  # noqa: TID251 - what core's python-xbox speaks
from pytest_homeassistant_custom_component.common import MockConfigEntry

from benchmarks.houses import ACCOUNT
from benchmarks.web_sign_in import web_app, web_token
from simulator.people.person import Person
from tests.integration.entries import signed_in_entry
from tests.running_simulator import RunningSimulator

_CORE = "homeassistant.components.xbox"


class Contender(ABC):
    """An integration."""

    domain: str
    column: str
    """What stands above its numbers."""
    nearby = False
    """Whether it may use the consoles' local network."""
    friend: str
    """The type of the subentries that people are followed by."""

    def follow(self, entry: MockConfigEntry, people: Iterable[Person]) -> None:
        """Follow people, before the entry is set up."""
        for person in people:
            subentry = ConfigSubentry(
                data=MappingProxyType({}),
                subentry_type=self.friend,
                title=person.gamertag,
                unique_id=person.xuid,
            )
            entry.subentries = MappingProxyType(
                {**entry.subentries, subentry.subentry_id: subentry}
            )

    @abstractmethod
    @contextmanager
    def led_to(self, simulator: RunningSimulator) -> Generator[None]:
        """Make it talk to the simulator."""

    @abstractmethod
    async def sign_in(
        self, hass: HomeAssistant, simulator: RunningSimulator
    ) -> MockConfigEntry:
        """A config entry of the account that was not set up yet."""

    @abstractmethod
    async def prepare(self, hass: HomeAssistant) -> None:
        """Give Home Assistant what the integration takes for granted."""

    @property
    def awaits_answer(self) -> bool:
        """Whether a request is under way that Home Assistant's own session does not know of."""
        return False


class Ours(Contender):
    """This project's integration."""

    domain = "xbox_console"
    friend = "person"

    def __init__(
        self, column: str, *, push: bool = False, nearby: bool = False
    ) -> None:
        """Have the network push what people do, or not; and the consoles' local network, or not."""
        self.column, self.nearby = column, nearby
        self._push = push

    @override
    @contextmanager
    def led_to(self, simulator: RunningSimulator) -> Generator[None]:
        if not self._push:
            # Nothing of what people do is told: all of it is polled.
            simulator.world.activity.knobs.token_type = "no_presence"
        with patch.dict(os.environ, XBOX_CONSOLE_SIMULATOR=simulator.url):
            yield

    @override
    async def prepare(self, hass: HomeAssistant) -> None:
        """It has its sign-in with it."""

    @override
    async def sign_in(
        self, hass: HomeAssistant, simulator: RunningSimulator
    ) -> MockConfigEntry:
        return await signed_in_entry(hass, simulator, ACCOUNT)


class Core(Contender):
    """Home Assistant's own integration."""

    domain = "xbox"
    column = "core"
    friend = "friend"

    def __init__(self) -> None:
        """Start with no way to the network."""
        self._detours: list[Detour] = []

    @override
    @contextmanager
    def led_to(self, simulator: RunningSimulator) -> Generator[None]:
        def client(_: HomeAssistant) -> httpx.AsyncClient:
            self._detours.append(Detour(simulator.url))
            return httpx.AsyncClient(transport=self._detours[-1])

        token_url = f"{simulator.url}/login.live.com/oauth20_token.srf"
        with ExitStack() as stack:
            stack.enter_context(patch(f"{_CORE}.get_async_client", client))
            stack.enter_context(
                patch(f"{_CORE}.application_credentials.OAUTH2_TOKEN", token_url)
            )
            yield

    @override
    async def prepare(self, hass: HomeAssistant) -> None:
        app = web_app()
        await application_credentials.async_import_client_credential(
            hass, self.domain, ClientCredential(app.client_id, app.secret or ""), "app"
        )

    @override
    async def sign_in(
        self, hass: HomeAssistant, simulator: RunningSimulator
    ) -> MockConfigEntry:
        account = simulator.world.accounts[ACCOUNT]
        entry = MockConfigEntry(
            domain=self.domain,
            title=account.gamertag,
            unique_id=account.xuid,
            minor_version=3,
            data={"auth_implementation": "app", "token": web_token(simulator.world)},
        )
        entry.add_to_hass(hass)
        return entry

    @property
    @override
    def awaits_answer(self) -> bool:
        return any(detour.under_way for detour in self._detours)


class Detour(httpx.AsyncBaseTransport):
    """Takes every request to the simulator, where each host is a folder."""

    def __init__(self, simulator: str) -> None:
        """Go to the simulator's address."""
        self.under_way = 0
        self._simulator = simulator
        self._inner = httpx.AsyncHTTPTransport(verify=False)

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host, path = request.url.host, request.url.raw_path.decode()
        request.url = httpx.URL(f"{self._simulator}/{host}{path}")
        self.under_way += 1
        try:
            response = await self._inner.handle_async_request(request)
            assert isinstance(response.stream, httpx.AsyncByteStream)
            body = b"".join([part async for part in response.stream])
            await response.aclose()
        finally:
            self.under_way -= 1
        return httpx.Response(
            response.status_code, headers=response.headers, content=body
        )

    @override
    async def aclose(self) -> None:
        await self._inner.aclose()
