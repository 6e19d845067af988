"""Sign-in: first set-up, again after a dead token, and on request."""

import asyncio
from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
)

from .account import BadSimulatorAddress, SignIn, TokenJournal, open_transport
from .const import DOMAIN, LOGGER
from .errors import error_key, placeholders
from .xboxlive.auth.microsoft import DeviceCode
from .xboxlive.auth.signin import DeviceCodeSignIn
from .xboxlive.auth.tokens import Credentials
from .xboxlive.errors import SignInRequired, XboxError


class XboxConsoleConfigFlow(ConfigFlow, domain=DOMAIN):
    """Sign an account in by a code that the user enters at Microsoft's page."""

    VERSION = 1

    def __init__(self) -> None:
        """Start with nothing."""
        self._sign_in: DeviceCodeSignIn | None = None
        self._code: DeviceCode | None = None
        self._waiting: asyncio.Task[Credentials] | None = None
        self._credentials: Credentials | None = None
        self._problem: XboxError | None = None

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Begin."""
        return await self.async_step_device_code()

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Begin again because the tokens are dead."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say why before a code starts to run out."""
        return await self._confirmed(
            "reauth_confirm", self._get_reauth_entry(), user_input
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Begin again because the user wants to."""
        return await self._confirmed(
            "reconfigure", self._get_reconfigure_entry(), user_input
        )

    async def _confirmed(
        self, step_id: str, entry: ConfigEntry, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        if user_input is not None:
            return await self.async_step_device_code()
        return self.async_show_form(
            step_id=step_id, description_placeholders={"gamertag": entry.title}
        )

    async def async_step_device_code(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show a code and wait until it has been entered."""
        if self._waiting is None:
            try:
                await self._start()
            except BadSimulatorAddress as error:
                return self.async_abort(
                    reason="bad_simulator_address",
                    description_placeholders=error.translation_placeholders,
                )
            except XboxError as error:
                self._problem = error
                return await self.async_step_failed()
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
            },
            progress_task=self._waiting,
        )

    async def _start(self) -> None:
        """Get a code. Raises BadSimulatorAddress, XboxError."""
        self._sign_in = self._sign_in or DeviceCodeSignIn(
            open_transport(self.hass), keep=await self._earlier_credentials()
        )
        self._code = await self._sign_in.start()
        self._waiting = self.hass.async_create_task(
            self._sign_in.wait(), f"{DOMAIN} sign-in", eager_start=False
        )

    def _outcome(self, waited: asyncio.Task[Credentials]) -> str:
        """The step that follows from how the waiting ended."""
        self._waiting = None
        try:
            self._credentials = waited.result()
        except XboxError as error:
            LOGGER.debug("The sign-in failed: %s", error)
            self._problem = error
            return "failed"
        return "finish"

    async def async_step_failed(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what happened, and let the user try again."""
        if user_input is not None:
            return await self.async_step_device_code()
        assert self._problem is not None
        return self.async_show_form(
            step_id="failed",
            errors={"base": error_key(self._problem)},
            description_placeholders=placeholders(self._problem),
        )

    async def async_step_finish(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep the sign-in, for a new entry or for the one that needed it."""
        assert self._credentials is not None
        assert self._credentials.xsts is not None
        xsts = self._credentials.xsts
        await self.async_set_unique_id(xsts.xuid)
        if self.source in (SOURCE_REAUTH, SOURCE_RECONFIGURE):
            entry = self._entry()
            self._abort_if_unique_id_mismatch(
                reason="wrong_account",
                description_placeholders={
                    "expected": entry.title,
                    "actual": xsts.gamertag or "",
                },
            )
            newest = await TokenJournal(self.hass, entry.entry_id).newest(entry.data)
            return self.async_update_reload_and_abort(
                entry, data_updates=dict(self._kept(newest["sequence"] + 1))
            )
        self._abort_if_unique_id_configured()
        return self.async_create_entry(
            title=xsts.gamertag or "Xbox", data=dict(self._kept(1))
        )

    def _entry(self) -> ConfigEntry:
        """The entry that is signed in again."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        return self._get_reconfigure_entry()

    def _kept(self, sequence: int) -> SignIn:
        assert self._credentials is not None
        return SignIn(credentials=self._credentials.stored(), sequence=sequence)

    async def _earlier_credentials(self) -> Credentials | None:
        """What the entry signed in with so far: the account's list of devices should not grow."""
        if self.source not in (SOURCE_REAUTH, SOURCE_RECONFIGURE):
            return None
        entry = self._entry()
        newest = await TokenJournal(self.hass, entry.entry_id).newest(entry.data)
        try:
            return Credentials.restore(newest["credentials"])
        except SignInRequired:
            return None
