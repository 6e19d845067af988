"""A sign-in as a user goes through it: pages of Home Assistant on one side, of Microsoft on the other."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.xbox_console.const import DOMAIN
from tests.integration.entries import approve_code
from tests.integration.house import House

INTERVAL = 5.1
"""Seconds after which the flow asks whether the code was entered."""


class SignInFlow:
    """One flow and the page that it shows now."""

    def __init__(self, house: House, result: Mapping[str, Any] | None = None) -> None:
        """Go on with a flow that shows `result`, or begin with `start`."""
        self.house = house
        self.page: Mapping[str, Any] = result or {}

    @property
    def _manager(self) -> Any:
        return self.house.hass.config_entries.flow

    async def start(self, way: str = "device_code") -> SignInFlow:
        """Add the integration, and choose how to sign in."""
        await self._step(
            self._manager.async_init(DOMAIN, context={"source": SOURCE_USER})
        )
        return await self.choose(way)

    async def choose(self, way: str) -> SignInFlow:
        """Choose how to sign in, if there is a choice."""
        if self.page["type"] == "menu":
            await self.submit({"next_step_id": way})
        return self

    async def submit(self, user_input: dict[str, Any] | None = None) -> SignInFlow:
        """Press the page's button."""
        return await self._step(
            self._manager.async_configure(self.page["flow_id"], user_input or {})
        )

    async def follow(self) -> SignInFlow:
        """Look at the page again, as the frontend does when it hears that the flow went on."""
        await self.house.clock.settle()
        flow = self._manager.async_get(self.page["flow_id"])
        if flow["step_id"] != self.page.get("step_id") or self._waiting:
            await self._step(self._manager.async_configure(self.page["flow_id"]))
        return self

    @property
    def _waiting(self) -> bool:
        return self.page["type"] in ("progress", "progress_done", "external_done")

    async def enter_code(self, account: str = "parent") -> SignInFlow:
        """Enter the code at Microsoft's page, and wait until the flow notices."""
        approve_code(self.house.simulator, account)
        return await self.wait(INTERVAL)

    async def wait(self, seconds: float) -> SignInFlow:
        """Let time pass, and look at what the page has become."""
        await self.house.clock.pass_by(seconds)
        return await self.follow()

    async def browse(self, address: str, account: str, **words: str) -> URL:
        """Sign in at Microsoft's page; the address where the browser ends."""
        http: ClientSession = async_create_clientsession(self.house.hass)
        page = URL(address).update_query(simulator_account=account, **words)
        answer = await self.house.clock.result(_get(http, page), within=5)
        return URL(answer)

    async def start_own_app(self, client_id: str, secret: str) -> SignInFlow:
        """Enter an app of the user's own, and choose to sign in with it."""
        # A web server that runs takes no new pages: load all that have some.
        for component in ("application_credentials", "media_player"):
            assert await async_setup_component(self.house.hass, component, {})
        await async_import_client_credential(
            self.house.hass, DOMAIN, ClientCredential(client_id, secret), "mine"
        )
        return await self.start("own_app")

    async def come_back(
        self, browser: ClientSessionGenerator, account: str = "parent", **words: str
    ) -> SignInFlow:
        """Sign in at Microsoft's page, and be sent back to Home Assistant."""
        assert self.page["type"] == "external"
        ended = await self.browse(self.page["url"], account, **words)
        # Unlike Home Assistant's own, the test kit's server takes no view once it runs.
        assert await async_setup_component(self.house.hass, DOMAIN, {})
        client = await self.house.clock.result(browser(), within=5)
        response = await self.house.clock.result(
            client.get(ended.path, params=dict(ended.query)), within=5
        )
        assert response.status == 200
        return await self.follow()

    async def _step(self, step: Any) -> SignInFlow:
        self.page = await self.house.clock.result(_awaited(step), within=30)
        await self.house.clock.settle()
        return self

    @property
    def problem(self) -> str | None:
        """The error that the page shows."""
        errors: Mapping[str, str] = self.page.get("errors") or {}
        return errors.get("base")


async def _get(http: ClientSession, page: URL) -> str:
    async with http.get(page, allow_redirects=False) as response:
        return response.headers["Location"]


async def _awaited(step: Any) -> ConfigFlowResult:
    result: ConfigFlowResult = await step
    return result
