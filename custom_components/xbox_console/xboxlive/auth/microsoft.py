"""OAuth at Microsoft: device code (RFC 8628), authorization code with PKCE (RFC 7636), refresh."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from secrets import token_urlsafe
from types import MappingProxyType
from typing import Self
from urllib.parse import urlencode

from yarl import URL

from ..errors import (
    CodeExpired,
    ServiceUnavailable,
    SignInDeclined,
    SignInMisconfigured,
    SignInPending,
    SignInRequired,
    UnexpectedResponse,
    XboxError,
)
from ..transport import Reply, Transport
from .apps import App
from .tokens import MicrosoftToken, seconds

_DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_DEFAULT_INTERVAL = 5.0
_DEFAULT_CODE_LIFETIME = 900.0
_VERIFICATION_URI = "https://www.microsoft.com/link"


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A code that the user enters at Microsoft's page on any device."""

    user_code: str = field(repr=False)
    device_code: str = field(repr=False)
    verification_uri: str
    expires_at: datetime
    interval: float
    """Seconds to wait between two questions whether the user has finished."""

    @property
    def link(self) -> str:
        """The page with the code already filled in."""
        return str(URL(self.verification_uri).update_query(otc=self.user_code))


@dataclass(frozen=True, slots=True)
class Pkce:
    """Proof that the one who redeems a code is the one who asked for it (RFC 7636, S256)."""

    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A new random secret of 43 characters."""
        return cls(token_urlsafe(32))

    @property
    def challenge(self) -> str:
        """What is told beforehand."""
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


_ERRORS: Mapping[str, Callable[[], XboxError]] = MappingProxyType(
    {
        "authorization_pending": SignInPending,
        "slow_down": lambda: SignInPending("slow_down"),
        "timeout": lambda: SignInPending("timeout"),
        "authorization_declined": lambda: SignInDeclined("The sign-in was declined"),
        "access_denied": lambda: SignInDeclined("The sign-in was declined"),
        "expired_token": lambda: CodeExpired("The code was not entered in time"),
        "bad_verification_code": lambda: CodeExpired("The code is not known any more"),
        "invalid_grant": lambda: SignInRequired("Microsoft wants a new sign-in"),
        "interaction_required": lambda: SignInRequired("Microsoft wants a new sign-in"),
        "login_required": lambda: SignInRequired("Microsoft wants a new sign-in"),
    }
)
"""The OAuth errors that do not blame the app; any other word does."""

_TRANSIENT = frozenset({"server_error", "temporarily_unavailable"})


def oauth_error(host: str, word: str, description: str = "") -> XboxError:
    """The error for the OAuth word that Microsoft gave, in a body or in a redirect address."""
    if word in _TRANSIENT:
        return ServiceUnavailable(host, word)
    known = _ERRORS.get(word)
    return known() if known else SignInMisconfigured(word, description)


class Microsoft:
    """The tokens that Microsoft hands out to one app.

    Every method raises ConnectionFailed, ServiceUnavailable, RateLimited and UnexpectedResponse
    for passing faults, and SignInMisconfigured if the app is refused.
    """

    def __init__(self, transport: Transport, app: App) -> None:
        """Act for an app."""
        self._transport = transport
        self._app = app

    async def start_device_code(self) -> DeviceCode:
        """A new code for the user."""
        reply = await self._post(
            self._app.authority.device_code_path,
            scope=self._app.scope,
            response_type="device_code",
        )
        members = reply.members
        user_code, device_code = members.get("user_code"), members.get("device_code")
        if not (isinstance(user_code, str) and isinstance(device_code, str)):
            raise UnexpectedResponse(reply.host, reply.status, "it has no code")
        address = members.get("verification_uri") or members.get("verification_url")
        lifetime = seconds(members.get("expires_in"), _DEFAULT_CODE_LIFETIME)
        return DeviceCode(
            user_code=user_code,
            device_code=device_code,
            verification_uri=address if isinstance(address, str) else _VERIFICATION_URI,
            expires_at=self._transport.clock.after(lifetime),
            interval=seconds(members.get("interval"), _DEFAULT_INTERVAL),
        )

    async def poll(self, code: DeviceCode) -> MicrosoftToken:
        """The token, once the user has finished.

        Raises SignInPending until then, and SignInDeclined, CodeExpired or SignInRequired if it
        will never be.
        """
        return await self._token(
            grant_type=_DEVICE_CODE_GRANT, device_code=code.device_code
        )

    def authorization_address(self, state: str, pkce: Pkce | None = None) -> str:
        """The page on which a user lets the app in; the browser ends at its redirect, with a code.

        The code comes with `state`, by which the sign-in that it belongs to is known again.
        """
        proof = (
            {"code_challenge": pkce.challenge, "code_challenge_method": "S256"}
            if pkce
            else {}
        )
        query = {
            "client_id": self._app.client_id,
            "response_type": "code",
            "approval_prompt": "auto",
            "scope": self._app.scope,
            "redirect_uri": self._app.redirect_uri or "",
            "state": state,
            **proof,
        }
        authority = self._app.authority
        target = f"{authority.authorize_path}?{urlencode(query)}"
        return str(self._transport.hosts.url(authority.host, target))

    async def redeem(self, code: str, pkce: Pkce | None = None) -> MicrosoftToken:
        """The token for the code in a redirect address. Raises SignInRequired for a spent code."""
        proof = {"code_verifier": pkce.verifier} if pkce else {}
        return await self._token(
            grant_type="authorization_code",
            code=code,
            redirect_uri=self._app.redirect_uri or "",
            scope=self._app.scope,
            **proof,
        )

    async def refresh(self, token: MicrosoftToken) -> MicrosoftToken:
        """A new token; it must be stored before it is used. Raises SignInRequired."""
        return await self._token(
            previous=token.refresh_token,
            grant_type="refresh_token",
            refresh_token=token.refresh_token,
            scope=self._app.scope,
        )

    async def _token(self, previous: str = "", **form: str) -> MicrosoftToken:
        if self._app.secret:
            form["client_secret"] = self._app.secret
        reply = await self._post(self._app.authority.token_path, **form)
        try:
            token = MicrosoftToken.received(
                reply.members, self._transport.clock, previous
            )
        except ValueError:
            raise UnexpectedResponse(
                reply.host, reply.status, "it has no token"
            ) from None
        if not token.refresh_token:
            # The sign-in would end with the access token, in an hour.
            raise SignInMisconfigured("invalid_scope", "no refresh token was granted")
        return token

    async def _post(self, path: str, **form: str) -> Reply:
        host = self._app.authority.host
        reply = await self._transport.exchange(
            "POST",
            host,
            path,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            },
            urlencode({"client_id": self._app.client_id, **form}).encode(),
        )
        reply.raise_for_load()
        if reply.status == HTTPStatus.OK:
            return reply
        word, description = (
            reply.members.get("error"),
            reply.members.get("error_description"),
        )
        if not isinstance(word, str):
            raise reply.unexpected()
        raise oauth_error(
            host, word, description if isinstance(description, str) else ""
        )
