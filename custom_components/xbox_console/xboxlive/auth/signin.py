"""The three ways in, as a configuration flow drives them; each ends in Credentials."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from secrets import token_urlsafe
from urllib.parse import SplitResult, parse_qs, urlsplit

from ..errors import (
    AuthError,
    CodeExpired,
    ConnectionFailed,
    RateLimited,
    ServiceUnavailable,
    SignInPending,
    UnexpectedResponse,
    XboxError,
)
from ..transport import Transport
from .apps import XBOX_APP, App
from .chain import Chain
from .microsoft import DeviceCode, Microsoft, Pkce, oauth_error
from .tokens import Credentials, Device, MicrosoftToken
from .xbox import SisuSession, Xbox

type Sleep = Callable[[float], Awaitable[object]]

_SLOWER: Mapping[str, Callable[[float], float]] = {
    "slow_down": lambda interval: interval + 5,
    "timeout": lambda interval: interval * 2,
}
"""What a word of the service does to the interval (RFC 8628, section 3.5)."""


def _device_of(app: App, keep: Credentials | None) -> Device | None:
    """The device to sign in as: the one of an earlier sign-in, if there is one."""
    if app.title_id is None:
        return None
    # Its token is minted anew: with an old one a refusal could not be told from a dead token.
    return replace(keep.device, token=None) if keep and keep.device else Device.new()


async def _complete(transport: Transport, credentials: Credentials) -> Credentials:
    """Get the tokens that are missing; nobody has to store what is handed to the caller anyway."""

    async def save(_: Credentials) -> None:
        pass

    chain = Chain(transport, credentials, save)
    try:
        await chain.authorization()
    finally:
        await chain.close()
    return chain.credentials


class DeviceCodeSignIn:
    """Sign in by entering a code at microsoft.com/link, on any device.

    `keep` is what an earlier sign-in of the same installation left: its device is used again.
    """

    def __init__(
        self,
        transport: Transport,
        app: App = XBOX_APP,
        keep: Credentials | None = None,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Prepare; nothing is sent yet."""
        self._transport = transport
        self._app = app
        self._microsoft = Microsoft(transport, app)
        self._device = _device_of(app, keep)
        self._sleep = sleep
        self._code: DeviceCode | None = None
        self._credentials: Credentials | None = None

    async def start(self) -> DeviceCode:
        """A (new) code to show to the user. Raises SignInMisconfigured and passing faults."""
        self._credentials = None
        self._code = await self._microsoft.start_device_code()
        return self._code

    async def wait(self) -> Credentials:
        """Wait until the user has finished, then get all tokens.

        Raises SignInDeclined, CodeExpired, SignInRequired (the page could not sign the user in),
        SignInRefused, SignInMisconfigured, and passing faults. After SignInRefused and passing
        faults, calling again goes on with what Microsoft gave, without a new code.
        """
        if self._credentials is None:
            await self._mint_device_token()
            token = await self._approved()
            self._credentials = Credentials(self._app, token, self._device)
        return await _complete(self._transport, self._credentials)

    async def _mint_device_token(self) -> None:
        """Use the time in which the user types; a failure is left to the end, which tries again."""
        if self._device:
            with suppress(XboxError):
                self._device, _ = await Xbox(self._transport).with_token(self._device)

    async def _approved(self) -> MicrosoftToken:
        if (code := self._code) is None:
            raise CodeExpired("There is no code")
        clock, interval = self._transport.clock, code.interval
        pause = interval
        while (left := (code.expires_at - clock.now()).total_seconds()) > 0:
            await self._sleep(min(pause, left))
            pause = interval
            try:
                return await self._microsoft.poll(code)
            except SignInPending as pending:
                if slower := _SLOWER.get(pending.error):
                    pause = interval = slower(interval)
            except RateLimited as limit:
                pause = max(interval, limit.retry_after)
            except ConnectionFailed, ServiceUnavailable, UnexpectedResponse:
                # RFC 8628 wants fewer questions after a fault, and the code still lives.
                pause = interval * 2
        raise CodeExpired("The code was not entered in time")


class AddressProblem(StrEnum):
    """What is wrong with a pasted address."""

    NOT_AN_ADDRESS = "not_an_address"
    OTHER_ADDRESS = "other_address"
    NO_CODE = "no_code"
    OTHER_SIGN_IN = "other_sign_in"


class BadAddress(AuthError):
    """The pasted address is not the one that this sign-in ended at."""

    def __init__(self, problem: AddressProblem) -> None:
        """Keep the problem, but not the address, which may hold a code."""
        super().__init__(f"The pasted address cannot be used: {problem}")
        self.problem = problem


class AddressSignIn:
    """Sign in with a browser, and paste the address of the page that it ends at."""

    def __init__(
        self, transport: Transport, app: App = XBOX_APP, keep: Credentials | None = None
    ) -> None:
        """Prepare for an app with a title id and a redirect; nothing is sent yet."""
        device = _device_of(app, keep)
        if device is None or app.redirect_uri is None:
            raise ValueError("the app has no title id or no redirect")
        self._transport = transport
        self._app = app
        self._redirect_uri = app.redirect_uri
        self._device = device
        self._xbox = Xbox(transport)
        self._pkce = Pkce.new()
        self._state = token_urlsafe(24)
        self._session: SisuSession | None = None
        self._redeemed: tuple[str, MicrosoftToken] | None = None

    async def start(self) -> str:
        """The address to open in a browser. Raises SignInRefused and passing faults."""
        self._device, device_token = await self._xbox.with_token(self._device)
        self._session = await self._xbox.sisu_authenticate(
            self._app, self._device, device_token, self._pkce, self._state
        )
        return str(self._transport.hosts.locate(self._session.address))

    async def finish(self, pasted: str) -> Credentials:
        """All tokens for the address that the browser ended at.

        Raises BadAddress, SignInDeclined, SignInRequired (the code is spent: start again),
        SignInRefused, SignInMisconfigured, and passing faults. After SignInRefused and passing
        faults the same address may be given again.
        """
        code = self._code_in(pasted)
        if self._redeemed is None or self._redeemed[0] != code:
            token = await Microsoft(self._transport, self._app).redeem(code, self._pkce)
            self._redeemed = (code, token)
        microsoft = self._redeemed[1]
        self._device, device_token = await self._xbox.with_token(self._device)
        sisu = await self._xbox.sisu_authorize(
            self._app, self._device, device_token, microsoft, self._session
        )
        return Credentials(
            self._app, microsoft, self._device, sisu.title, sisu.user, sisu.xsts
        )

    def _code_in(self, pasted: str) -> str:
        try:
            parts = urlsplit(pasted.strip().strip("\"'<>"))
        except ValueError:
            raise BadAddress(AddressProblem.NOT_AN_ADDRESS) from None
        if not parts.scheme or not parts.netloc:
            raise BadAddress(AddressProblem.NOT_AN_ADDRESS)
        redirects = (
            self._redirect_uri,
            str(self._transport.hosts.locate(self._redirect_uri)),
        )
        if _place(parts) not in [_place(urlsplit(redirect)) for redirect in redirects]:
            raise BadAddress(AddressProblem.OTHER_ADDRESS)
        answer = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if "code" not in answer and "error" not in answer:
            raise BadAddress(AddressProblem.NO_CODE)
        # An error is believed without the state, which protects codes.
        if answer.get("state", "" if "code" in answer else self._state) != self._state:
            raise BadAddress(AddressProblem.OTHER_SIGN_IN)
        if error := answer.get("error"):
            host = self._app.authority.host
            raise oauth_error(host, error, answer.get("error_description", ""))
        return answer["code"]


def _place(parts: SplitResult) -> tuple[str, str, str]:
    return parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/")


class OwnAppSignIn:
    """Sign in with an app registration of the user, from the code that its redirect got."""

    def __init__(self, transport: Transport, app: App, code: str) -> None:
        """Prepare for an app with a redirect; nothing is sent yet."""
        self._transport = transport
        self._app = app
        self._code = code
        self._token: MicrosoftToken | None = None

    async def finish(self) -> Credentials:
        """All tokens.

        Raises SignInRequired (the code is spent), SignInRefused, SignInMisconfigured, and passing
        faults, after which calling again goes on with what Microsoft gave.
        """
        if self._token is None:
            self._token = await Microsoft(self._transport, self._app).redeem(self._code)
        return await _complete(self._transport, Credentials(self._app, self._token))
