"""sisu.xboxlive.com: sign-in in a browser, and title, user and XSTS token in one call."""

from urllib.parse import urlencode

from aiohttp import web

from simulator.accounts import xerr
from simulator.accounts.account import Account
from simulator.accounts.bodies import SisuAuthenticate, SisuAuthorize
from simulator.accounts.oauth import TITLE_SCOPE
from simulator.accounts.tokens import TokenBook, XboxToken
from simulator.routes.shared.addresses import public_url
from simulator.routes.xbox_auth import (
    RELYING_PARTIES,
    SANDBOX,
    Refused,
    allowed,
    check_contract,
    check_signature,
    ticket,
    title_app,
    tokens_of,
    usable,
    user_claims,
)

AUTHORIZE_PAGE = "https://login.live.com/oauth20_authorize.srf"
MODERN_CLAIMS = ["mgt", "mgs", "umg"]

routes = web.RouteTableDef()


@routes.post("/sisu.xboxlive.com/authenticate")
async def authenticate(request: web.Request) -> web.Response:
    """Answer with the address of the page on which somebody signs in."""
    check_contract(request, required=True)
    book = tokens_of(request)
    body = await SisuAuthenticate.of(request)
    try:
        device = usable(book, "device", body.device_token)
    except Refused as error:
        return xerr.refusal(book.knobs, error.number)
    if device.key is not None:
        await check_signature(request, device.key)
    app = title_app(body.app_id, device, checked=book.knobs.device_types_checked)
    if not app.allows_redirect(body.redirect_uri) or body.sandbox != SANDBOX:
        raise web.HTTPBadRequest(text="")
    query = {
        "lw": "1",
        "fl": "dob,easi2",
        "xsup": "1",
        "display": body.query.display,
        "code_challenge": body.query.code_challenge,
        "code_challenge_method": body.query.code_challenge_method,
        "state": body.query.state,
        "client_id": app.client_id.upper(),
        "response_type": "code",
        "scope": TITLE_SCOPE,
        "redirect_uri": body.redirect_uri,
        "nopa": "2",
        **({"prompt": body.query.prompt} if body.query.prompt else {}),
    }
    page = f"{public_url(request, AUTHORIZE_PAGE)}?{urlencode(query)}"
    session = book.new_session(device)
    return web.json_response(
        {"MsaOauthRedirect": page, "MsaRequestParameters": {}},
        headers={"X-SessionId": session},
    )


@routes.post("/sisu.xboxlive.com/authorize")
async def authorize(request: web.Request) -> web.Response:
    """Answer with every token that a signed-in title needs."""
    check_contract(request)
    book = tokens_of(request)
    body = await SisuAuthorize.of(request)
    await check_signature(request, body.proof_key)
    if body.relying_party not in RELYING_PARTIES:
        raise web.HTTPBadRequest(text="")
    try:
        device = usable(book, "device", body.device_token)
    except Refused as error:
        return xerr.refusal(book.knobs, error.number)
    if device.key != body.proof_key:
        return web.Response(status=book.knobs.unbound_device_status)
    if body.session_id is not None and not book.is_session(body.session_id, device):
        raise web.HTTPBadRequest(text="")
    access, account = ticket(book, body.access_token)
    app = title_app(body.app_id, device, checked=book.knobs.device_types_checked)
    if access.client_id != app.client_id or app.title_id is None:
        raise web.HTTPBadRequest(text="")
    page = f"https://sisu.xboxlive.com/client/v33/{app.client_id}/view/index.html"
    user = book.new_user(account, device=device)
    try:
        allowed(book, user, body.sandbox)
    except Refused as error:
        return _refusal(book, error.number, page, device)
    title = book.new_title(app.title_id, device)
    return web.json_response(
        _tokens(book, body, account, user, title) | {"WebPage": page}
    )


def _refusal(
    book: TokenBook, number: int, page: str, device: XboxToken
) -> web.Response:
    """Answer with an XErr; somebody without a profile is also told where to make one."""
    if number == xerr.NO_PROFILE:
        body: dict[str, object] = {
            "DeviceToken": device.value,
            "WebPage": page,
            "Sandbox": SANDBOX,
        }
        headers = {"X-SessionId": book.new_session(device)}
        return xerr.refusal(book.knobs, number, body=body, headers=headers)
    status = book.knobs.outage_status if number == book.knobs.xsts_outage else 401
    return xerr.refusal(book.knobs, number, status=status)


def _tokens(
    book: TokenBook,
    body: SisuAuthorize,
    account: Account,
    user: XboxToken,
    title: XboxToken,
) -> dict[str, object]:
    xsts = book.new_xsts(user, body.relying_party, title=title)
    claims = user_claims(
        account, xsts, MODERN_CLAIMS if body.use_modern_gamertag else []
    )
    answer: dict[str, object] = {
        "DeviceToken": body.device_token,
        "TitleToken": book.body(title, {"xti": {"tid": str(title.title_id)}}),
        "UserToken": book.body(user, {"xui": [{"uhs": user.uhs}]}),
        "AuthorizationToken": book.body(xsts, claims),
        "Sandbox": body.sandbox,
        "Flow": "",
    }
    if body.use_modern_gamertag:
        answer["UseModernGamertag"] = True
    return answer
