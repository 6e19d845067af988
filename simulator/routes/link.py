"""www.microsoft.com/link: type the code, pick an account, allow or decline."""

from aiohttp import web

from simulator.accounts.account import Account
from simulator.accounts.apps import APPS
from simulator.accounts.oauth import DeviceCode
from simulator.routes.shared import pages
from simulator.routes.shared.oauth_requests import form_of
from simulator.serving import world_of

LINK = "https://www.microsoft.com/link"
_PATH = LINK.removeprefix("https:/")

routes = web.RouteTableDef()


class CodeRefusedError(Exception):
    """The code that was typed cannot be used; the message says why and what to do."""


@routes.get(_PATH)
@routes.get("/login.live.com/oauth20_remoteconnect.srf")
async def start(request: web.Request) -> web.Response:
    """Ask for the code, filled in from `?otc=`."""
    return pages.enter_code(_PATH, request.query.get("otc", ""))


@routes.post(_PATH)
async def typed(request: web.Request) -> web.Response:
    """Ask who signs in with this code."""
    form = await form_of(request)
    try:
        code = _code(request, form.get("code", ""))
    except CodeRefusedError as error:
        return pages.enter_code(_PATH, form.get("code", ""), str(error))
    accounts = world_of(request).accounts.values()
    fields = {"code": code.user_code}
    return pages.pick_account(f"{_PATH}/account", "post", accounts, fields)


@routes.post(f"{_PATH}/account")
async def picked(request: web.Request) -> web.Response:
    """Ask whether the app may use the account."""
    form = await form_of(request)
    try:
        code = _code(request, form.get("code", ""))
    except CodeRefusedError as error:
        return pages.enter_code(_PATH, "", str(error))
    account = _account(request, form.get("account"))
    fields = {"code": code.user_code, "account": account.key}
    name = APPS[code.client_id].name
    return pages.consent(f"{_PATH}/decision", account, name, fields)


@routes.post(f"{_PATH}/decision")
async def decided(request: web.Request) -> web.Response:
    """Finish the sign-in as decided."""
    form = await form_of(request)
    try:
        code = _code(request, form.get("code", ""))
    except CodeRefusedError as error:
        return pages.enter_code(_PATH, "", str(error))
    account = _account(request, form.get("account"))
    if form.get("decision") != "allow":
        code.state = "declined"
        return pages.result("You declined. Nothing was shared.")
    code.approve(account)
    return pages.result("You’re signed in, go back to Home Assistant.")


@routes.get(pages.STYLE)
async def style(request: web.Request) -> web.FileResponse:
    """Send the look of the pages."""
    return web.FileResponse(pages.STYLE_FILE)


def _code(request: web.Request, user_code: str) -> DeviceCode:
    """Return the waiting code that was typed. Raises CodeRefusedError."""
    oauth = world_of(request).tokens.oauth
    code = oauth.by_user_code(user_code)
    if code is None:
        raise CodeRefusedError("That code is not known. Check it and type it again.")
    if code.state != "pending":
        raise CodeRefusedError(
            "That code was used already. Start again in Home Assistant to get a new one."
        )
    if not oauth.waits(code):
        raise CodeRefusedError(
            "That code has expired. Start again in Home Assistant to get a new one."
        )
    return code


def _account(request: web.Request, key: str | None) -> Account:
    account = world_of(request).accounts.get(key or "")
    if account is None:
        raise web.HTTPBadRequest(text="No such account.")
    return account
