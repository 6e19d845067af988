"""user.mgt.xboxlive.com and accounts.xboxlive.com: whether a gamertag is free, and taking it."""

import re

from aiohttp import web

from simulator.routes.shared.service import Call, refusal, service

RESERVE_HOST = "user.mgt.xboxlive.com"
CHANGE_HOST = "accounts.xboxlive.com"
NO_FREE_CHANGE = 1020
_GAMERTAG = re.compile(r"[A-Za-z][A-Za-z0-9 ]{0,14}")

routes = web.RouteTableDef()


def _wanted(call: Call, name: object) -> str:
    """Return a gamertag that may be had. Raises HTTPBadRequest, or HTTPConflict when somebody has it."""
    if not isinstance(name, str) or not _GAMERTAG.fullmatch(name):
        raise refusal(400)
    holder = call.world.by_gamertag(name)
    if holder not in (None, call.account):
        raise refusal(409)
    return name


@routes.post(f"/{RESERVE_HOST}/gamertags/reserve")
@service("1")
async def reserve(call: Call) -> web.Response:
    """Tell whether a gamertag is free: 200, or 409 when it is taken."""
    body = await call.json()
    if "ReservationId" not in body:
        raise refusal(400)
    _wanted(call, body.get("Gamertag"))
    return web.Response()


@routes.post(f"/{CHANGE_HOST}/users/current/profile/gamertag")
@service("2")
async def change(call: Call) -> web.Response:
    """Change the caller's gamertag, or with `preview` tell whether it could be; code 1020: not for nothing."""
    body = await call.json()
    if "reservationId" not in body:
        raise refusal(400)
    name = _wanted(call, body.get("gamertag"))
    if not call.world.knobs.free_gamertag_change:
        # No number of HTTP has four digits: it can only be the code in the body.
        refused = {"code": NO_FREE_CHANGE, "description": "No free change"}
        return call.answer(refused, call.world.knobs.no_free_change_status)
    if body.get("preview") is not True:
        account = call.account
        account.gamertag = account.modern_gamertag = name
        account.gamertag_suffix = ""
        call.world.knobs.free_gamertag_change = False
        call.world.publish()
    return web.Response()
