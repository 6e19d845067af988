"""user.mgt.xboxlive.com and accounts.xboxlive.com: whether a gamertag is free, and taking it; the family."""

import re

from aiohttp import web

from simulator.people.person import Person
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


def _as_member(shape: str, person: Person, *, child: bool) -> dict[str, object]:
    """Return somebody in one of the shapes that are possible."""
    role = "Child" if child else "Organizer"
    match shape:
        case "nested":
            profile = {"xuid": person.xuid, "gamertag": person.gamertag}
            return {"profile": {**profile, "isChild": child}, "status": "Active"}
        case "numbers":
            xuid = int(person.xuid)
            return {"Xuid": xuid, "Gamertag": person.gamertag, "AgeGroup": role}
        case "bare":
            return {"xuid": person.xuid, "gamertag": person.gamertag}
        case _:
            return {"xuid": person.xuid, "gamertag": person.gamertag, "role": role}


@routes.get(f"/{CHANGE_HOST}/family/memberXuid({{xuid}})")
@service("3")
async def family(call: Call) -> web.Response:
    """List the family of the caller, who cannot ask for that of others."""
    if call.path("xuid") != call.account.xuid:
        raise refusal(403)
    knobs, people = call.world.knobs, call.world.people
    keys = [key for key in knobs.family.split(",") if key in people]
    if call.account.key not in keys:
        raise refusal(404)
    members = [
        _as_member(
            knobs.family_shape,
            people[key],
            child=key in knobs.family_children.split(","),
        )
        for key in keys
    ]
    if knobs.family_shape == "list":
        return call.answer(members)
    return call.answer({"familyId": "1", "familyUsers": members})
