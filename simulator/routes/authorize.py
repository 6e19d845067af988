"""The page on which somebody lets an app in, and is sent back to it with a code (RFC 6749 section 4.1)."""

from urllib.parse import urlencode, urlsplit

from aiohttp import web

from simulator.accounts.apps import DESKTOP_REDIRECT, App, find_app
from simulator.accounts.oauth import OAuthError, check_scope
from simulator.routes.shared import pages
from simulator.routes.shared.addresses import public_url
from simulator.serving import world_of

# Tests add these to the address: no page is shown, the answer is the redirect.
AUTOMATIC_ACCOUNT = "simulator_account"
AUTOMATIC_DECISION = "simulator_decision"
# What the real page adds for a web app that has no secret.
_SERMETA = "0x80045AA0|0x0|m"

routes = web.RouteTableDef()
_PATHS = (
    "/login.live.com/oauth20_authorize.srf",
    "/login.microsoftonline.com/consumers/oauth2/v2.0/authorize",
)


async def show(request: web.Request) -> web.Response:
    """Ask who signs in and whether the app may use the account."""
    app = _app(request)
    if isinstance(app, web.Response):
        return app
    try:
        _check(app, request)
    except OAuthError as error:
        return _back(request, _error(error))
    automatic = request.query.get(AUTOMATIC_ACCOUNT)
    if automatic is not None:
        return _decide(
            request, app, automatic, request.query.get(AUTOMATIC_DECISION, "allow")
        )
    account = world_of(request).accounts.get(request.query.get("account", ""))
    if account is None:
        accounts = world_of(request).accounts.values()
        return pages.pick_account(request.path, "get", accounts, request.query)
    return pages.consent(str(request.rel_url), account, app.name, {})


async def decided(request: web.Request) -> web.Response:
    """Send the browser back to the app, with a code or an error."""
    app = _app(request)
    if isinstance(app, web.Response):
        return app
    try:
        _check(app, request)
    except OAuthError as error:
        return _back(request, _error(error))
    decision = (await request.post()).get("decision")
    return _decide(request, app, request.query.get("account", ""), str(decision))


def _decide(
    request: web.Request, app: App, account_key: str, decision: str
) -> web.Response:
    if decision != "allow":
        denied = OAuthError(
            "access_denied",
            "The user has denied access to the scope requested by the client application.",
        )
        return _back(request, _error(denied))
    account = world_of(request).accounts.get(account_key)
    if account is None:
        return pages.problem("There is no such account.")
    code = world_of(request).tokens.oauth.new_code(
        account,
        app,
        scope=request.query["scope"],
        redirect_uri=request.query["redirect_uri"],
        challenge=request.query.get("code_challenge"),
    )
    return _back(request, {"code": code.value})


def _app(request: web.Request) -> App | web.Response:
    """Return the app that asks, or the page that says why nobody can be sent back to it."""
    app = find_app(request.query.get("client_id"))
    if app is None:
        return pages.problem("The app that sent you here is not known.")
    if not app.allows_redirect(request.query.get("redirect_uri", "")):
        return pages.problem(
            "The address that the app wants you to return to is not registered for it."
        )
    return app


def _check(app: App, request: web.Request) -> None:
    """Check what the app asks for. Raises OAuthError."""
    query = request.query
    if query.get("response_type") != "code":
        raise OAuthError(
            "unsupported_response_type",
            "The provided value for 'response_type' is not valid.",
        )
    if app.policy == "web" and app.secret is None:
        raise OAuthError(
            "unauthorized_client",
            "The client does not have a secret configured. If you are the client application developer, "
            "configure a secret through the application management site.",
        )
    check_scope(app, query.get("scope", ""))
    if query.get("code_challenge") and query.get("code_challenge_method") != "S256":
        raise OAuthError(
            "invalid_request",
            "The provided value for 'code_challenge_method' is not valid.",
        )


def _error(error: OAuthError) -> dict[str, str]:
    sermeta = {"sermeta": _SERMETA} if error.error == "unauthorized_client" else {}
    return {"error": error.error, "error_description": error.description, **sermeta}


def _back(request: web.Request, answer: dict[str, str]) -> web.Response:
    """Redirect to the app, also where its address is not one that a browser can open."""
    target = request.query["redirect_uri"]
    if target == DESKTOP_REDIRECT:
        target = public_url(request, target)
    if "state" in request.query:
        answer["state"] = request.query["state"]
    joined = "&" if urlsplit(target).query else "?"
    return web.Response(
        status=302, headers={"Location": f"{target}{joined}{urlencode(answer)}"}
    )


for _path in _PATHS:
    routes.get(_path)(show)
    routes.post(_path)(decided)
