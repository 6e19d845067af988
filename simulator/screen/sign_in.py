"""Control over signing in: what a person with a browser, time, or the network's owners would do.

Every body is a JSON object. Errors are 400 or 404 with the reason.
"""

from aiohttp import web

from simulator.accounts.oauth import DeviceCode
from simulator.accounts.tokens import KINDS, TokenBook
from simulator.serving import bad_request, json_object, world_of

routes = web.RouteTableDef()


@routes.get("/_simulator/sign-in")
async def summary(request: web.Request) -> web.Response:
    """Count what is valid and what was issued."""
    return web.json_response(_book(request).summary())


@routes.get("/_simulator/sign-in/knobs")
async def knobs(request: web.Request) -> web.Response:
    """List the knobs."""
    return web.json_response(_book(request).knobs.as_dict())


@routes.post("/_simulator/sign-in/knobs")
async def set_knobs(request: web.Request) -> web.Response:
    """Set knobs by name; answers with all of them."""
    try:
        _book(request).knobs.update(await json_object(request))
    except ValueError as error:
        raise bad_request(error) from error
    return web.json_response(_book(request).knobs.as_dict())


@routes.get("/_simulator/device-codes")
async def device_codes(request: web.Request) -> web.Response:
    """List the device codes that wait for somebody."""
    book = _book(request)
    now = book.clock.now()
    return web.json_response(
        [
            {
                "user_code": code.user_code,
                "client_id": code.client_id,
                "scope": code.scope,
                "expires_in": round(code.expires - now),
            }
            for code in book.oauth.pending()
        ]
    )


@routes.post("/_simulator/device-codes/approve")
async def approve(request: web.Request) -> web.Response:
    """Let an app in: `{"user_code", "account"}`, the account by its key."""
    body = await json_object(request)
    account = _book(request).accounts.get(str(body.get("account")))
    if account is None:
        raise web.HTTPNotFound(text="account: no such key")
    _waiting(request, body).approve(account)
    return web.json_response({})


@routes.post("/_simulator/device-codes/decline")
async def decline(request: web.Request) -> web.Response:
    """Keep an app out: `{"user_code"}`."""
    _waiting(request, await json_object(request)).state = "declined"
    return web.json_response({})


@routes.post("/_simulator/tokens/expire")
async def expire(request: web.Request) -> web.Response:
    """Let tokens of a kind expire now: `{"kind", "account"?}`."""
    return await _end(request, revoke=False)


@routes.post("/_simulator/tokens/revoke")
async def revoke(request: web.Request) -> web.Response:
    """Make tokens of a kind invalid now: `{"kind", "account"?}`."""
    return await _end(request, revoke=True)


async def _end(request: web.Request, *, revoke: bool) -> web.Response:
    body = await json_object(request)
    kind, account = body.get("kind"), body.get("account")
    if kind not in KINDS or not isinstance(account, str | None):
        raise bad_request(f"kind: one of {', '.join(KINDS)}; account: a key")
    end = _book(request).revoke if revoke else _book(request).expire
    return web.json_response({"ended": end(str(kind), account)})


def _book(request: web.Request) -> TokenBook:
    return world_of(request).tokens


def _waiting(request: web.Request, body: dict[str, object]) -> DeviceCode:
    oauth = _book(request).oauth
    code = oauth.by_user_code(str(body.get("user_code")))
    if code is None or not oauth.waits(code):
        raise web.HTTPNotFound(text="user_code: none is waiting under this code")
    return code
