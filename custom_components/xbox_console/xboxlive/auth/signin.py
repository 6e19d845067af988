"""The three ways in, as a configuration flow drives them; each ends in Credentials."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from ..errors import (
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
from .microsoft import DeviceCode, Microsoft, Pkce
from .platforms import ANDROID, Platform
from .redirect import Redirect
from .tokens import Credentials, Device, MicrosoftToken
from .xbox import SisuSession, Xbox

type Sleep = Callable[[float], Awaitable[object]]

_SLOWER: Mapping[str, Callable[[float], float]] = {
    "slow_down": lambda interval: interval + 5,
    "timeout": lambda interval: interval * 2,
}
"""What a word of the service does to the interval (RFC 8628, section 3.5)."""


def _device_of(app: App, keep: Credentials | None, platform: Platform) -> Device | None:
    """The device to sign in as: the one of an earlier sign-in, if there is one."""
    if app.title_id is None:
        return None
    # Its token is minted anew: with an old one a refusal could not be told from a dead token.
    if keep and keep.device:
        return replace(keep.device, token=None)
    return Device.new(platform)


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
        platform: Platform = ANDROID,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Prepare; nothing is sent yet."""
        self._transport = transport
        self._app = app
        self._microsoft = Microsoft(transport, app)
        self._device = _device_of(app, keep, platform)
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


class AddressSignIn:
    """Sign in with a browser, and paste the address of the page that it ends at."""

    def __init__(
        self,
        transport: Transport,
        app: App = XBOX_APP,
        keep: Credentials | None = None,
        *,
        platform: Platform = ANDROID,
    ) -> None:
        """Prepare for an app with a title id and a redirect; nothing is sent yet."""
        device = _device_of(app, keep, platform)
        if device is None:
            raise ValueError("the app has no title id")
        self._transport = transport
        self._app = app
        self._device = device
        self._xbox = Xbox(transport)
        self._pkce = Pkce.new()
        self._redirect = Redirect(transport.hosts, app)
        self._session: SisuSession | None = None
        self._redeemed: tuple[str, MicrosoftToken] | None = None

    async def start(self) -> str:
        """The address to open in a browser. Raises SignInRefused and passing faults."""
        self._device, device_token = await self._xbox.with_token(self._device)
        self._session = await self._xbox.sisu_authenticate(
            self._app, self._device, device_token, self._pkce, self._redirect.state
        )
        return str(self._transport.hosts.locate(self._session.address))

    async def finish(self, pasted: str) -> Credentials:
        """All tokens for the address that the browser ended at.

        Raises BadAddress, SignInDeclined, SignInRequired (the code is spent: start again),
        SignInRefused, SignInMisconfigured, and passing faults. After SignInRefused and passing
        faults the same address may be given again.
        """
        code = self._redirect.code_in(pasted)
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


class OwnAppSignIn:
    """Sign in with an app registration of the user, from the code that its redirect got."""

    def __init__(
        self, transport: Transport, app: App, code: str, pkce: Pkce | None = None
    ) -> None:
        """Prepare for an app with a redirect; nothing is sent yet."""
        self._transport = transport
        self._app = app
        self._code = code
        self._pkce = pkce
        self._token: MicrosoftToken | None = None

    async def finish(self) -> Credentials:
        """All tokens.

        Raises SignInRequired (the code is spent), SignInRefused, SignInMisconfigured, and passing
        faults, after which calling again goes on with what Microsoft gave.
        """
        if self._token is None:
            microsoft = Microsoft(self._transport, self._app)
            self._token = await microsoft.redeem(self._code, self._pkce)
        return await _complete(self._transport, Credentials(self._app, self._token))


class OwnAppAddressSignIn:
    """The same without anybody at the redirect: the user pastes the address that the browser ended at."""

    def __init__(self, transport: Transport, app: App) -> None:
        """Prepare for an app with a redirect; nothing is sent yet."""
        self._transport = transport
        self._app = app
        self._pkce = Pkce.new()
        self._redirect = Redirect(transport.hosts, app)
        self._redeemed: tuple[str, OwnAppSignIn] | None = None

    def start(self) -> str:
        """The address to open in a browser."""
        microsoft = Microsoft(self._transport, self._app)
        return microsoft.authorization_address(self._redirect.state, self._pkce)

    async def finish(self, pasted: str) -> Credentials:
        """All tokens for the address that the browser ended at.

        Raises BadAddress, SignInDeclined, and what `OwnAppSignIn.finish` raises. After passing
        faults the same address may be given again.
        """
        code = self._redirect.code_in(pasted)
        if self._redeemed is None or self._redeemed[0] != code:
            sign_in = OwnAppSignIn(self._transport, self._app, code, self._pkce)
            self._redeemed = (code, sign_in)
        return await self._redeemed[1].finish()
