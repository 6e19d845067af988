"""Sign-in in three ways: for a new entry, for one whose tokens are dead, and on request."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
import logging
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentryFlow,
)
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.config_entry_oauth2_flow import (
    AbstractOAuth2FlowHandler,
    LocalOAuth2Implementation,
)
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from probatio import Required, Schema

from .account.account import BadSimulatorAddress, SignIn, TokenJournal, open_transport
from .account.errors import error_key, placeholders
from .const import DOMAIN, LOGGER
from .family.flow import FamilyOptionsFlow, FamilySubentryFlow
from .family.game import GAME
from .family.game_flow import GameSubentryFlow
from .people.roster import PERSON
from .runtime import tell_address
from .xboxlive.auth.apps import LIVE, OWN_APP_SCOPE, own_app
from .xboxlive.auth.microsoft import DeviceCode, oauth_error
from .xboxlive.auth.signin import AddressSignIn, DeviceCodeSignIn, OwnAppSignIn
from .xboxlive.auth.tokens import Credentials
from .xboxlive.errors import (
    CodeExpired,
    SignInDeclined,
    SignInMisconfigured,
    SignInRefused,
    SignInRequired,
    XboxError,
)
from .xboxlive.transport import Transport

WAYS = ["device_code", "address", "own_app"]
_AGAIN = (SOURCE_REAUTH, SOURCE_RECONFIGURE)
"""From where an entry is signed in again that is there already."""
_TICK = timedelta(seconds=10)
_ADDRESS = Schema(
    {Required("address"): TextSelector(TextSelectorConfig(type=TextSelectorType.URL))}
)
_SPENT = (
    CodeExpired,
    SignInDeclined,
    SignInMisconfigured,
    SignInRefused,
    SignInRequired,
)
"""After these only a new sign-in helps; after anything else the same one goes on."""


class XboxConsoleConfigFlow(AbstractOAuth2FlowHandler, domain=DOMAIN):
    """Sign an account in; every refusal ends in a form that says what happened and what to do."""

    DOMAIN = DOMAIN
    VERSION = 1

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self._way = WAYS[0]
        self._transport: Transport | None = None
        self._device_code: DeviceCodeSignIn | None = None
        self._code: DeviceCode | None = None
        self._waiting: asyncio.Task[Credentials] | None = None
        self._stop_ticking: CALLBACK_TYPE | None = None
        self._address: AddressSignIn | None = None
        self._link = ""
        self._own_app: OwnAppSignIn | None = None
        self._credentials: Credentials | None = None
        self._problem: XboxError | None = None

    @property
    @override
    def logger(self) -> logging.Logger:
        """The integration's own."""
        return LOGGER

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> FamilyOptionsFlow:
        """What can be chosen later."""
        return FamilyOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Who and what can be followed."""
        return {PERSON: FamilySubentryFlow, GAME: GameSubentryFlow}

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the user choose how to sign in."""
        return self._choose_way("user")

    @override
    async def async_step_dhcp(
        self, discovery_info: DhcpServiceInfo
    ) -> ConfigFlowResult:
        """Offer the integration for a console in the house, once; of a known one hear where it is now."""
        tell_address(self.hass, discovery_info.macaddress, discovery_info.ip)
        await self._async_handle_discovery_without_unique_id()
        found = {"name": discovery_info.hostname, "address": discovery_info.ip}
        self.context["title_placeholders"] = found
        self._set_confirm_only()
        return self.async_show_form(
            step_id="discovery_confirm", description_placeholders=found
        )

    async def async_step_discovery_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on with the sign-in."""
        return self._choose_way("user")

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Begin again because the tokens are dead."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say whose tokens are dead, and let the user choose a way."""
        return self._choose_way("reauth_confirm")

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the user change the way of an entry that stays as it is otherwise."""
        return self._choose_way("reconfigure")

    def _choose_way(self, step_id: str) -> ConfigFlowResult:
        gamertag = self._entry().title if self.source in _AGAIN else ""
        try:
            self._transport = open_transport(self.hass)
        except BadSimulatorAddress as error:
            return self.async_abort(
                reason="bad_simulator_address",
                description_placeholders=error.translation_placeholders,
            )
        return self.async_show_menu(
            step_id=step_id,
            menu_options=WAYS,
            description_placeholders={"gamertag": gamertag},
        )

    async def async_step_device_code(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show a code and wait until it has been entered at Microsoft's page."""
        self._way = "device_code"
        if self._waiting is None:
            try:
                await self._show_code()
            except XboxError as error:
                return await self._failed(error)
        assert self._waiting is not None
        assert self._code is not None
        if self._waiting.done():
            return self.async_show_progress_done(
                next_step_id=self._outcome(self._waiting)
            )
        return self.async_show_progress(
            step_id="device_code",
            progress_action="wait_for_code",
            description_placeholders={
                "code": self._code.user_code,
                "url": self._code.verification_uri,
                "link": self._code.link,
                "minutes": str(max(1, round(self._seconds_left(self._code) / 60))),
            },
            progress_task=self._waiting,
        )

    async def _show_code(self) -> None:
        """Get a code, unless the last one is still good, and begin to wait. Raises XboxError."""
        assert self._transport is not None
        if self._device_code is None or self._code is None:
            self._device_code = DeviceCodeSignIn(
                self._transport, keep=await self._earlier()
            )
            self._code = await self._device_code.start()
        self._waiting = self.hass.async_create_task(
            self._device_code.wait(), f"{DOMAIN} sign-in", eager_start=False
        )
        self._stop_ticking = async_track_time_interval(self.hass, self._tick, _TICK)

    def _seconds_left(self, code: DeviceCode) -> float:
        assert self._transport is not None
        return (code.expires_at - self._transport.clock.now()).total_seconds()

    @callback
    def _tick(self, _: datetime) -> None:
        """Let the page show anew how long the code lives."""
        self.async_notify_flow_changed()

    def _outcome(self, waited: asyncio.Task[Credentials]) -> str:
        """The step that follows from how the waiting ended."""
        self.async_remove()
        self._waiting = None
        try:
            self._credentials = waited.result()
        except XboxError as error:
            self._problem = error
            if isinstance(error, _SPENT):
                self._code = None
            return "failed"
        return "finish"

    @callback
    @override
    def async_remove(self) -> None:
        """Stop ticking: the flow is over, or somewhere else."""
        if self._stop_ticking:
            self._stop_ticking()
            self._stop_ticking = None

    async def async_step_address(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the user sign in with a browser and paste where it ended."""
        self._way = "address"
        problem: XboxError | None = None
        if user_input is not None and self._address is not None:
            try:
                self._credentials = await self._address.finish(user_input["address"])
                return await self.async_step_finish()
            except XboxError as error:
                problem = error
        if self._address is None or isinstance(problem, _SPENT):
            assert self._transport is not None
            self._address = AddressSignIn(self._transport, keep=await self._earlier())
            try:
                self._link = await self._address.start()
            except XboxError as error:
                self._address = None
                return await self._failed(problem or error)
        return self.async_show_form(
            step_id="address",
            data_schema=self.add_suggested_values_to_schema(_ADDRESS, user_input),
            errors={"base": error_key(problem)} if problem else {},
            description_placeholders={
                **(placeholders(problem) if problem else {}),
                "link": self._link,
            },
        )

    async def async_step_own_app(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Sign in with an app that the user registered with Microsoft."""
        self._way = "own_app"
        if self._own_app is not None:
            # Microsoft has said yes; only the Xbox network did not answer.
            return await self.async_step_creation()
        return await self.async_step_pick_implementation()

    @property
    @override
    def extra_authorize_data(self) -> dict[str, str]:
        """What the app may do."""
        return {"scope": OWN_APP_SCOPE}

    @override
    async def async_step_creation(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Redeem the code with our own client, which can say why Microsoft refuses an app."""
        assert self._transport is not None
        implementation = self.flow_impl
        assert isinstance(implementation, LocalOAuth2Implementation)
        if self._own_app is None:
            app = own_app(
                implementation.client_id,
                implementation.client_secret,
                redirect_uri=self.external_data["state"]["redirect_uri"],
            )
            self._own_app = OwnAppSignIn(
                self._transport, app, self.external_data["code"]
            )
        try:
            self._credentials = await self._own_app.finish()
        except XboxError as error:
            if isinstance(error, _SPENT):
                self._own_app = None
            return await self._failed(error)
        return await self.async_step_finish()

    @override
    async def async_step_authorize_rejected(
        self, data: None = None
    ) -> ConfigFlowResult:
        """Say why Microsoft's page sent the user back without a code."""
        return await self._failed(oauth_error(LIVE.host, self.external_data["error"]))

    async def _failed(self, problem: XboxError) -> ConfigFlowResult:
        self._problem = problem
        return await self.async_step_failed()

    async def async_step_failed(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what happened, and let the user try again."""
        if user_input is not None:
            again = {
                "device_code": self.async_step_device_code,
                "address": self.async_step_address,
                "own_app": self.async_step_own_app,
            }
            return await again[self._way]()
        assert self._problem is not None
        LOGGER.debug("The sign-in failed: %s", self._problem)
        words = placeholders(self._problem)
        return self.async_show_form(
            step_id="failed_with_cure" if words.get("link") else "failed",
            errors={"base": error_key(self._problem)},
            description_placeholders=words,
        )

    async_step_failed_with_cure = async_step_failed

    async def async_step_finish(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep the sign-in, for a new entry or for the one that needed it."""
        assert self._credentials is not None
        assert self._credentials.xsts is not None
        xsts = self._credentials.xsts
        if self.source not in _AGAIN:
            await self.async_set_unique_id(xsts.xuid)
            self._abort_if_unique_id_configured()
            return self.async_create_entry(
                title=xsts.gamertag or "Xbox", data=dict(self._kept(1))
            )
        entry = self._entry()
        if xsts.xuid != entry.unique_id:
            # Ending here would leave the entry without a sign-in, and nobody asked for one.
            return self._wrong_account(entry.title, xsts.gamertag or "?")
        journal = TokenJournal(self.hass, entry.entry_id)
        newest = await journal.newest(entry.data)
        kept = self._kept(newest["sequence"] + 1)
        await journal.write(kept)
        return self.async_update_reload_and_abort(entry, data_updates=dict(kept))

    def _wrong_account(self, expected: str, actual: str) -> ConfigFlowResult:
        """Say who signed in instead of whom, and begin anew."""
        self._code = self._address = self._own_app = None
        return self.async_show_form(
            step_id="failed",
            errors={"base": "wrong_account"},
            description_placeholders={"expected": expected, "actual": actual},
        )

    def _kept(self, sequence: int) -> SignIn:
        assert self._credentials is not None
        return SignIn(credentials=self._credentials.stored(), sequence=sequence)

    def _entry(self) -> ConfigEntry:
        """The entry that is signed in again."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        return self._get_reconfigure_entry()

    async def _earlier(self) -> Credentials | None:
        """What the entry signed in with so far: the account's list of devices should not grow."""
        if self.source not in _AGAIN:
            return None
        entry = self._entry()
        newest = await TokenJournal(self.hass, entry.entry_id).newest(entry.data)
        try:
            return Credentials.restore(newest["credentials"])
        except SignInRequired:
            return None
