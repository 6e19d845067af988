"""The tokens of the Xbox network: device, user, title, XSTS, and SISU, which gives several at once.

Requests that concern a device are signed with its proof key.
"""

from dataclasses import dataclass, field, replace
from http import HTTPStatus

from pydantic_core import to_json

from ..errors import (
    ServiceUnavailable,
    SignInRefused,
    TokenKind,
    Treatment,
    UnexpectedResponse,
    XboxError,
)
from ..model import Json
from ..transport import Reply, Transport
from .apps import App
from .microsoft import Pkce
from .platforms import ANDROID
from .tokens import Device, MicrosoftToken, XboxToken
from .xerr import refusal_of

RELYING_PARTY = "http://xboxlive.com"
"""Who the XSTS tokens are for: nearly all services. The spelling counts to the last slash."""

AUTH_RELYING_PARTY = "http://auth.xboxlive.com"
"""Who all other tokens are for: the token services themselves."""

USER_AUTH = "user.auth.xboxlive.com"
DEVICE_AUTH = "device.auth.xboxlive.com"
TITLE_AUTH = "title.auth.xboxlive.com"
XSTS_AUTH = "xsts.auth.xboxlive.com"
SISU = "sisu.xboxlive.com"

_SANDBOX = "RETAIL"
_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    "x-xbl-contract-version": "1",
}
_REJECTIONS = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
)


class TokenRejected(UnexpectedResponse):
    """A token that was handed in is dead; `kind` tells which, if the service did."""

    def __init__(self, reply: Reply, kind: TokenKind | None = None) -> None:
        """Keep which token to renew."""
        super().__init__(
            reply.host, reply.status, f"the {kind or 'given'} token is refused"
        )
        self.kind = kind


@dataclass(frozen=True, slots=True)
class SisuSession:
    """A sign-in begun at SISU: `address` is Microsoft's page for the user."""

    id: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SisuTokens:
    """All that SISU gives a signed-in user of a title app."""

    title: XboxToken
    user: XboxToken
    xsts: XboxToken


class Xbox:
    """The token services of the Xbox network.

    Every method raises ConnectionFailed, ServiceUnavailable, RateLimited and UnexpectedResponse
    for passing faults, TokenRejected for a dead token, SignInRefused if the account may not.
    """

    def __init__(self, transport: Transport) -> None:
        """Use the transport's clock for signatures."""
        self._transport = transport

    async def device(self, device: Device) -> XboxToken:
        """A token for this installation; the service limits how often."""
        properties: dict[str, Json] = {
            "AuthMethod": "ProofOfPossession",
            "Id": device.id,
            "DeviceType": device.platform.device_type,
            "Version": device.platform.version,
            "ProofKey": {**device.key.jwk},
        }
        return await self._authenticate(
            DEVICE_AUTH, "/device/authenticate", properties, device=device
        )

    async def with_token(self, device: Device) -> tuple[Device, XboxToken]:
        """The device with a token that can be used for a while, and that token."""
        token = device.token
        if token is None or not token.fresh(self._transport.clock.now()):
            token = await self.device(device)
            device = replace(device, token=token)
        return device, token

    async def user(
        self,
        app: App,
        microsoft: MicrosoftToken,
        relying_party: str = AUTH_RELYING_PARTY,
    ) -> XboxToken:
        """A user token for a Microsoft token, unsigned."""
        properties: dict[str, Json] = {
            "AuthMethod": "RPS",
            "SiteName": USER_AUTH,
            "RpsTicket": app.ticket_prefix + microsoft.access_token,
        }
        return await self._authenticate(
            USER_AUTH, "/user/authenticate", properties, relying_party
        )

    async def xsts(
        self,
        user: XboxToken,
        device: Device | None = None,
        title: XboxToken | None = None,
        relying_party: str = RELYING_PARTY,
    ) -> XboxToken:
        """The token that the services of a relying party want; signed if the user token belongs to a device."""
        properties: dict[str, Json] = {
            "UserTokens": [user.token],
            "SandboxId": _SANDBOX,
        }
        if device and device.token and title:
            properties["DeviceToken"] = device.token.token
            properties["TitleToken"] = title.token
            properties["ProofKey"] = {**device.key.jwk}
        members: dict[str, Json] = {
            "RelyingParty": relying_party,
            "TokenType": "JWT",
            "Properties": properties,
        }
        reply = await self._post(XSTS_AUTH, "/xsts/authorize", members, device)
        return _with_user_hash(reply, reply.members)

    async def sisu_authenticate(
        self, app: App, device: Device, device_token: XboxToken, pkce: Pkce, state: str
    ) -> SisuSession:
        """Begin a sign-in in a browser."""
        members: dict[str, Json] = {
            "AppId": app.client_id,
            "TitleId": app.title_id,
            "RedirectUri": app.redirect_uri,
            "DeviceToken": device_token.token,
            "Sandbox": _SANDBOX,
            "TokenType": "code",
            "Offers": [app.scope],
            "Query": {
                "display": device.platform.display,
                "code_challenge": pkce.challenge,
                "code_challenge_method": "S256",
                "state": state,
            },
        }
        reply = await self._post(SISU, "/authenticate", members, device)
        session_id = reply.headers.get("X-SessionId")
        address = reply.members.get("MsaOauthRedirect")
        if not session_id or not isinstance(address, str):
            raise UnexpectedResponse(
                SISU, reply.status, "it has no session or no address"
            )
        return SisuSession(session_id, address)

    async def sisu_authorize(
        self,
        app: App,
        device: Device,
        device_token: XboxToken,
        microsoft: MicrosoftToken,
        session: SisuSession | None = None,
        relying_party: str = RELYING_PARTY,
    ) -> SisuTokens:
        """Title, user and XSTS token in one; `session` only right after `sisu_authenticate`."""
        members: dict[str, Json] = {
            "AccessToken": app.ticket_prefix + microsoft.access_token,
            "AppId": app.client_id,
            "DeviceToken": device_token.token,
            "Sandbox": _SANDBOX,
            "SiteName": USER_AUTH,
            "RelyingParty": relying_party,
            "ProofKey": {**device.key.jwk},
        }
        if session:
            members["SessionId"] = session.id
        reply = await self._post(SISU, "/authorize", members, device)
        answer = reply.members
        return SisuTokens(
            title=_token(reply, answer.get("TitleToken")),
            user=_token(reply, answer.get("UserToken")),
            xsts=_with_user_hash(reply, answer.get("AuthorizationToken")),
        )

    async def _authenticate(
        self,
        host: str,
        path: str,
        properties: dict[str, Json],
        relying_party: str = AUTH_RELYING_PARTY,
        device: Device | None = None,
    ) -> XboxToken:
        members: dict[str, Json] = {
            "RelyingParty": relying_party,
            "TokenType": "JWT",
            "Properties": properties,
        }
        reply = await self._post(host, path, members, device)
        return _token(reply, reply.members)

    async def _post(
        self,
        host: str,
        path: str,
        members: dict[str, Json],
        device: Device | None = None,
    ) -> Reply:
        """Send, once more if the answer taught that the signature had a wrong time."""
        clock, body = self._transport.clock, to_json(members)
        skew = clock.skew
        reply = await self._send(host, path, body, device)
        if device and _is_silent_refusal(reply) and clock.skew != skew:
            reply = await self._send(host, path, body, device)
        if reply.status != HTTPStatus.OK:
            raise _problem(reply)
        return reply

    async def _send(
        self, host: str, path: str, body: bytes, device: Device | None
    ) -> Reply:
        platform = device.platform if device else ANDROID
        headers = {"User-Agent": platform.user_agent, **_HEADERS}
        if device:
            headers["Signature"] = device.key.signature(
                "POST", path, body, self._transport.clock.now()
            )
        return await self._transport.exchange("POST", host, path, headers, body)


def _is_silent_refusal(reply: Reply) -> bool:
    """Whether this is how a signed route answers a signature that it does not accept."""
    return (
        reply.status == HTTPStatus.FORBIDDEN
        and not reply.members
        and refusal_of(reply) is None
    )


def _problem(reply: Reply) -> XboxError:
    """The error for an answer that is no success. Raises RateLimited and ServiceUnavailable."""
    reply.raise_for_load()
    refusal = refusal_of(reply)
    if refusal is None:
        return (
            TokenRejected(reply) if reply.status in _REJECTIONS else reply.unexpected()
        )
    if refusal.treatment is Treatment.TRANSIENT:
        return ServiceUnavailable(reply.host, refusal.name, reply.retry_after)
    if refusal.treatment is Treatment.REMINT:
        return TokenRejected(reply, refusal.token)
    return SignInRefused(refusal)


def _token(reply: Reply, members: Json) -> XboxToken:
    try:
        return XboxToken.parse(members)
    except ValueError:
        # Without the body, which may hold other tokens.
        raise UnexpectedResponse(reply.host, reply.status, "it lacks a token") from None


def _with_user_hash(reply: Reply, members: Json) -> XboxToken:
    token = _token(reply, members)
    if "uhs" not in token.claims:
        raise UnexpectedResponse(reply.host, reply.status, "it lacks the user hash")
    return token
