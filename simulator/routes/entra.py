"""login.microsoftonline.com: the same for own apps, in Entra's words."""

import hashlib
import uuid

from aiohttp import web

from simulator.accounts import token_strings
from simulator.accounts.apps import Policy
from simulator.accounts.oauth import DeviceCode, OAuthError, check_scope
from simulator.accounts.tokens import TokenBook
from simulator.routes.link import LINK
from simulator.routes.shared.addresses import public_url
from simulator.routes.shared.oauth_requests import (
    Form,
    Granted,
    app_of,
    check_secret,
    device_code_body,
    form_of,
    grant,
    needed,
)
from simulator.serving import world_of

_TENANT = "/login.microsoftonline.com/{tenant}/oauth2/v2.0"
_TITLE_APPS = frozenset[Policy]({"title"})

routes = web.RouteTableDef()


@routes.post(f"{_TENANT}/token")
async def token(request: web.Request) -> web.Response:
    """Answer with tokens for a code, a refresh token or an approved device code."""
    form = await form_of(request)
    try:
        _check_tenant(request)
        granted = grant(request, form, app_of(form, excluded=_TITLE_APPS))
    except OAuthError as error:
        return _refusal(request, error)
    return web.json_response(_body(world_of(request).tokens, granted))


@routes.post(f"{_TENANT}/devicecode")
async def start_device_code(request: web.Request) -> web.Response:
    """Start a device-code sign-in; only own apps that allow public client flows can here."""
    form = await form_of(request)
    try:
        _check_tenant(request)
        code = _start(request, form)
    except OAuthError as error:
        return _refusal(request, error)
    address = public_url(request, LINK)
    body = device_code_body(world_of(request).tokens, code, address)
    body["message"] = (
        f"To sign in, use a web browser to open the page {address} and enter the code {code.user_code} to authenticate."
    )
    return web.json_response(body)


def _start(request: web.Request, form: Form) -> DeviceCode:
    app = app_of(form, excluded=_TITLE_APPS)
    check_secret(app, form)
    scope = check_scope(app, needed(form, "scope"))
    return world_of(request).tokens.oauth.new_device_code(app, scope)


def _check_tenant(request: web.Request) -> None:
    if request.match_info["tenant"] != "consumers":
        raise OAuthError(
            "invalid_request",
            "The application is configured for use by Microsoft Account users only. "
            "Please use the /consumers endpoint to serve this request.",
            number=9002331,
        )


def _body(book: TokenBook, granted: Granted) -> dict[str, object]:
    body = granted.body(book, "Bearer")
    body["ext_expires_in"] = body["expires_in"]
    if "openid" in granted.access.scope.lower().split():
        claims: dict[str, object] = {
            "aud": granted.app.client_id,
            "sub": hashlib.sha256(granted.account.key.encode()).hexdigest(),
            "preferred_username": granted.account.email,
        }
        body["id_token"] = book.secret(token_strings.id_token(claims))
    return body


def _refusal(request: web.Request, error: OAuthError) -> web.Response:
    """Answer with Entra's error object; clients are told to look at `error` alone."""
    world = world_of(request)
    name = error.error
    if error.number == 700016:
        name = "unauthorized_client"
    at = world.clock.iso(digits=0).replace("T", " ")
    trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
    status = 400
    if name == "invalid_client":
        status = world.tokens.knobs.entra_invalid_client_status
    body = {
        "error": name,
        "error_description": f"AADSTS{error.number}: {error.description} "
        f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}",
        "error_codes": [error.number],
        "timestamp": at,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": f"https://login.microsoftonline.com/error?code={error.number}",
    }
    return web.json_response(body, status=status)
