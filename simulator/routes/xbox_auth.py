"""user.auth, device.auth, title.auth, xsts.auth and title.mgt .xboxlive.com: the Xbox token chain."""

import re

from aiohttp import web

from simulator.accounts import xerr
from simulator.accounts.account import Account
from simulator.accounts.apps import APPS, App
from simulator.accounts.bodies import (
    DeviceProperties,
    DeviceRequest,
    TitleRequest,
    UserRequest,
    XstsProperties,
    XstsRequest,
)
from simulator.accounts.oauth import TITLE_SCOPE, AccessToken
from simulator.accounts.signature import ProofKey, require_signature
from simulator.accounts.tokens import XBOX_LIVE, TokenBook, XboxKind, XboxToken
from simulator.serving import world_of

SANDBOX = "RETAIL"
# The spelling is exact; a trailing slash counts.
RELYING_PARTIES = frozenset(
    {
        XBOX_LIVE,
        "http://gssv.xboxlive.com/",
        "http://mp.microsoft.com/",
        "http://accounts.xboxlive.com",
        "http://events.xboxlive.com",
        "http://licensing.xboxlive.com",
        "rp://api.minecraftservices.com/",
    }
)
PRIVILEGES = "188 191 192 193 194 195 198 199 200 201 203 204 205 206 207 208 211 217 220 224 227 228 235 238 245 247 249 252 254 255"
_LOWER = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_UPPER = _LOWER.replace("a-f", "A-F")
# How each device type writes its Id.
_DEVICE_IDS = {
    "Android": rf"\{{{_LOWER}\}}",
    "Nintendo": rf"\{{{_LOWER}\}}",
    "iOS": _UPPER,
    "PlayStation": rf"{_LOWER}|{_UPPER}",
    "Win32": rf"\{{{_UPPER}\}}",
    "Xbox": rf"\{{{_UPPER}\}}",
}
_SERIAL_NUMBER_NEEDED = frozenset({"Win32", "Xbox"})

routes = web.RouteTableDef()


class Refused(Exception):
    """An Xbox token service says no with a number (XErr)."""

    def __init__(self, number: int) -> None:
        """Keep the number."""
        super().__init__(number)
        self.number = number


def tokens_of(request: web.Request) -> TokenBook:
    """Return the book of tokens."""
    return world_of(request).tokens


async def check_signature(
    request: web.Request, key: ProofKey, *, window: float | None = None
) -> None:
    """Check the request's signature at server time. Raises HTTPBadRequest or HTTPForbidden."""
    book = tokens_of(request)
    if window is None:
        window = book.knobs.signature_window_seconds
    await require_signature(request, key, now=book.clock.now(), window=window)


def ticket(book: TokenBook, presented: str) -> tuple[AccessToken, Account]:
    """Return the Microsoft account token that a prefixed ticket carries, and whose it is.

    Raises an HTTP error with an empty body for a wrong prefix, an unknown or an expired token.
    """
    prefix, _, value = presented.partition("=")
    token = book.oauth.access.get(value)
    if token is None and book.knobs.compact_tickets:
        token = book.oauth.access.get(presented)
        prefix = token.ticket if token else prefix
    account = book.accounts.get(token.account) if token else None
    for_xbox = token is not None and (token.ticket == "d" or token.scope == TITLE_SCOPE)
    if token is None or account is None or token.dead or not for_xbox:
        raise _empty(book.knobs.bad_ticket_status)
    if prefix != token.ticket:
        raise web.HTTPBadRequest(text="")
    if not book.lives(token):
        raise _empty(book.knobs.expired_ticket_status)
    return token, account


def title_app(client_id: str, device: XboxToken, *, checked: bool) -> App:
    """Return the title app with this client id. Raises HTTPBadRequest or HTTPForbidden, empty."""
    app = APPS.get(client_id.lower())
    if app is None or app.policy != "title":
        raise web.HTTPBadRequest(text="")
    if checked and device.device_type not in app.device_types:
        raise web.HTTPForbidden(text="")
    return app


def usable(book: TokenBook, kind: XboxKind, value: str) -> XboxToken:
    """Return a token that was handed in. Raises Refused if it is unknown, revoked or expired."""
    token = book.find(kind, value)
    if token is None:
        raise Refused(
            book.knobs.invalid_user_xerr if kind == "user" else xerr.INVALID[kind]
        )
    if book.expired(token):
        raise Refused(xerr.EXPIRED[kind])
    return token


def user_claims(
    account: Account, token: XboxToken, optional: list[str]
) -> dict[str, object]:
    """Return an XSTS token's DisplayClaims: only http://xboxlive.com is told who it is."""
    claims = {"uhs": token.uhs}
    if token.relying_party == XBOX_LIVE:
        more = {
            "mgt": account.modern_gamertag,
            "mgs": account.gamertag_suffix,
            "umg": account.unique_gamertag,
        }
        claims = {
            "gtg": account.gamertag,
            "xid": account.xuid,
            "uhs": token.uhs,
            "agg": account.age_group,
            "usr": "234",
            "utr": "190",
            "prv": PRIVILEGES,
            **{name: more[name] for name in optional if more.get(name)},
        }
    return {"xui": [claims]}


def check_contract(request: web.Request, *, required: bool = False) -> None:
    """Check the contract version header, which most clients send as 1. Raises HTTPBadRequest."""
    version = request.headers.get("x-xbl-contract-version")
    if version not in ({"1"} if required else {None, "0", "1", "2"}):
        raise web.HTTPBadRequest(text="")


@routes.post("/device.auth.xboxlive.com/device/authenticate")
async def authenticate_device(request: web.Request) -> web.Response:
    """Answer with a device token for whoever holds the key."""
    check_contract(request)
    book = tokens_of(request)
    properties = (await DeviceRequest.of(request)).properties
    await check_signature(
        request,
        properties.proof_key,
        window=book.knobs.device_signature_window_seconds,
    )
    if book.knobs.device_id_checked and not _well_formed(properties):
        raise web.HTTPBadRequest(text="")
    if book.knobs.banned_devices:
        return xerr.refusal(book.knobs, xerr.BANNED, identity="xdi")
    token = book.new_device(properties.id, properties.device_type, properties.proof_key)
    claims: dict[str, object] = {"xdi": {"did": token.device_id, "dcs": "0"}}
    return web.json_response(book.body(token, claims))


@routes.post("/user.auth.xboxlive.com/user/authenticate")
async def authenticate_user(request: web.Request) -> web.Response:
    """Answer with a user token for a Microsoft account's ticket."""
    check_contract(request)
    book = tokens_of(request)
    properties = (await UserRequest.of(request)).properties
    if properties.proof_key is not None:
        await check_signature(request, properties.proof_key)
    if book.knobs.ticket_refused_status:
        raise _empty(book.knobs.ticket_refused_status)
    _, account = ticket(book, properties.rps_ticket)
    token = book.new_user(account, key=properties.proof_key)
    return web.json_response(book.body(token, {"xui": [{"uhs": token.uhs}]}))


@routes.post("/title.auth.xboxlive.com/title/authenticate")
async def authenticate_title(request: web.Request) -> web.Response:
    """Answer with a title token, for the few titles that may ask here."""
    check_contract(request)
    book = tokens_of(request)
    properties = (await TitleRequest.of(request)).properties
    try:
        device = usable(book, "device", properties.device_token)
    except Refused as error:
        return xerr.refusal(book.knobs, error.number)
    await _check_keys(request, properties.proof_key, [device])
    access, _ = ticket(book, properties.rps_ticket)
    app = title_app(access.client_id, device, checked=book.knobs.device_types_checked)
    if not app.title_auth or app.title_id is None:
        raise web.HTTPForbidden(text="")
    token = book.new_title(app.title_id, device)
    return web.json_response(book.body(token, {"xti": {"tid": str(app.title_id)}}))


@routes.post("/xsts.auth.xboxlive.com/xsts/authorize")
async def authorize(request: web.Request) -> web.Response:
    """Answer with an XSTS token for one relying party."""
    check_contract(request)
    book = tokens_of(request)
    body = await XstsRequest.of(request)
    if body.relying_party not in RELYING_PARTIES:
        raise web.HTTPBadRequest(text="")
    try:
        user, title = await _underlying(request, body.properties)
        account = allowed(book, user, body.properties.sandbox_id)
    except Refused as error:
        outage = error.number == book.knobs.xsts_outage
        status = book.knobs.outage_status if outage else 401
        return xerr.refusal(book.knobs, error.number, status=status)
    token = book.new_xsts(user, body.relying_party, title=title)
    claims = user_claims(account, token, body.properties.optional_display_claims)
    return web.json_response(book.body(token, claims))


def allowed(book: TokenBook, user: XboxToken, sandbox: str) -> Account:
    """Return the account of a user token. Raises Refused if it may not use the Xbox network now."""
    if book.knobs.xsts_outage:
        raise Refused(book.knobs.xsts_outage)
    if sandbox != SANDBOX:
        raise Refused(xerr.WRONG_SANDBOX)
    account = book.accounts.get(user.account or "")
    if account is None:
        raise Refused(book.knobs.invalid_user_xerr)
    if account.refusal is not None:
        raise Refused(account.refusal)
    return account


@routes.get("/title.mgt.xboxlive.com/titles/default/endpoints")
async def endpoints(request: web.Request) -> web.Response:
    """Answer with which host wants which token and signature (NSAL). Needs no token.

    A token that is bound to a key still has to come with a signature.
    """
    check_contract(request, required=True)
    token = tokens_of(request).presented(request.headers.get("Authorization"))
    if token is not None and token.key is not None:
        try:
            await check_signature(request, token.key)
        except web.HTTPException as error:
            challenge = {"WWW-Authenticate": 'error="invalid_request_signature"'}
            raise web.HTTPUnauthorized(text="", headers=challenge) from error
    return web.json_response(_ENDPOINTS)


async def _underlying(
    request: web.Request, properties: XstsProperties
) -> tuple[XboxToken, XboxToken | None]:
    """Return the user and the title token of a request for an XSTS token. Raises Refused."""
    book = tokens_of(request)
    values: list[tuple[XboxKind, str | None]] = [
        ("user", properties.user_tokens[0]),
        ("device", properties.device_token),
        ("title", properties.title_token),
    ]
    given = [(kind, value) for kind, value in values if value is not None]
    known = [token for kind, value in given if (token := book.find(kind, value))]
    await _check_keys(request, properties.proof_key, known)
    tokens = {kind: usable(book, kind, value) for kind, value in given}
    if len({token.device_id for token in tokens.values()} - {""}) > 1:
        raise Refused(xerr.TITLE_USAGE)
    return tokens["user"], tokens.get("title")


async def _check_keys(
    request: web.Request, proof_key: ProofKey | None, tokens: list[XboxToken]
) -> None:
    """Check the signature where a key was given or a token is bound to one.

    Tokens of several devices are told apart later: the signature has to fit one of their keys.
    """
    bound = [token.key for token in tokens if token.key is not None]
    if proof_key is None and not bound:
        return
    key = proof_key or bound[0]
    await check_signature(request, key)
    if bound and key not in bound:
        raise web.HTTPForbidden(text="")


def _well_formed(properties: DeviceProperties) -> bool:
    pattern = _DEVICE_IDS.get(properties.device_type)
    if pattern is None or not re.fullmatch(pattern, properties.id):
        return False
    serial = properties.serial_number
    return (
        properties.device_type not in _SERIAL_NUMBER_NEEDED or serial == properties.id
    )


def _empty(status: int) -> web.HTTPException:
    for error in (web.HTTPBadRequest, web.HTTPUnauthorized, web.HTTPForbidden):
        if error.status_code == status:
            return error(text="")
    return web.HTTPServiceUnavailable(text="")


def _endpoint(
    host: str, relying_party: str, *, policy: int = 0, host_type: str = "fqdn"
) -> dict[str, object]:
    return {
        "Protocol": "https",
        "Host": host,
        "HostType": host_type,
        "RelyingParty": relying_party,
        "TokenType": "JWT",
        "SignaturePolicyIndex": policy,
    }


_ENDPOINTS: dict[str, object] = {
    "EndPoints": [
        _endpoint("*.xboxlive.com", XBOX_LIVE, host_type="wildcard"),
        _endpoint(
            "*.gssv-play-prod.xboxlive.com",
            "http://gssv.xboxlive.com/",
            host_type="wildcard",
        ),
        _endpoint("accounts.xboxlive.com", "http://accounts.xboxlive.com"),
        _endpoint("licensing.xboxlive.com", "http://licensing.xboxlive.com"),
        _endpoint("vortex.data.microsoft.com", "http://events.xboxlive.com"),
        *(
            {
                "Protocol": "https",
                "Host": f"{name}.xboxlive.com",
                "HostType": "fqdn",
                "SignaturePolicyIndex": 1,
            }
            for name in ("device.auth", "sisu", "title.auth", "user.auth", "xsts.auth")
        ),
    ],
    "SignaturePolicies": [
        {"Version": 1, "SupportedAlgorithms": ["ES256"], "MaxBodyBytes": limit}
        for limit in (8192, 4294967295)
    ],
    "Certs": [],
    "RootCerts": [],
}
