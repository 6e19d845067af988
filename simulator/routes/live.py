"""login.live.com: tokens and device codes of Microsoft accounts."""

import hashlib
import uuid

from aiohttp import web

from simulator.accounts.apps import Policy
from simulator.accounts.oauth import DeviceCode, OAuthError, check_scope
from simulator.routes.link import LINK
from simulator.routes.shared import pages
from simulator.routes.shared.addresses import public_url
from simulator.routes.shared.oauth_requests import (
    Form,
    app_of,
    check_secret,
    device_code_body,
    form_of,
    grant,
    needed,
)
from simulator.serving import world_of

_OWN_APPS = frozenset[Policy]({"public", "web"})

routes = web.RouteTableDef()


@routes.post("/login.live.com/oauth20_token.srf")
async def token(request: web.Request) -> web.Response:
    """Answer with tokens for a code, a refresh token or an approved device code."""
    form = await form_of(request)
    try:
        granted = grant(request, form, app_of(form))
    except OAuthError as error:
        return _refusal(error)
    book = world_of(request).tokens
    user_id = hashlib.sha256(granted.account.key.encode()).hexdigest()[:16]
    return web.json_response(granted.body(book, "bearer") | {"user_id": user_id})


@routes.post("/login.live.com/oauth20_connect.srf")
async def connect(request: web.Request) -> web.Response:
    """Start a device-code sign-in; only title apps can here."""
    form = await form_of(request)
    try:
        code = _start(request, form)
    except OAuthError as error:
        return _refusal(error)
    book = world_of(request).tokens
    answer = web.json_response(device_code_body(book, code, public_url(request, LINK)))
    # Some clients send it back with each poll, others ignore it: it has no meaning here.
    answer.set_cookie("uaid", uuid.uuid4().hex, path="/", httponly=True)
    return answer


@routes.get("/login.live.com/oauth20_desktop.srf")
async def desktop(request: web.Request) -> web.Response:
    """Show the page on which a browser sign-in of a title app ends: its address carries the code."""
    if "error" in request.query:
        return pages.result("You declined. Nothing was shared.")
    return pages.result(
        "You’re signed in. Copy this page’s address into Home Assistant."
    )


def _start(request: web.Request, form: Form) -> DeviceCode:
    app = app_of(form, excluded=_OWN_APPS)
    if needed(form, "response_type") != "device_code":
        raise OAuthError(
            "unsupported_response_type",
            "The provided value for the input parameter 'response_type' is not valid.",
        )
    check_secret(app, form)
    scope = check_scope(app, needed(form, "scope"))
    return world_of(request).tokens.oauth.new_device_code(app, scope)


def _refusal(error: OAuthError) -> web.Response:
    names = {"bad_verification_code": "invalid_grant"}
    body = {
        "error": names.get(error.error, error.error),
        "error_description": error.description,
        "correlation_id": str(uuid.uuid4()),
    }
    return web.json_response(body, status=400)
