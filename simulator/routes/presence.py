"""userpresence.xboxlive.com: who is online, and with what."""

import json

from aiohttp import web

from simulator.people_state import consoles_of, presence_titles
from simulator.serving import signed_in, world_of
from simulator.world import Account, World

HOST = "userpresence.xboxlive.com"
LEVELS = ("user", "device", "title", "all")
BATCH_LIMIT = 1100

routes = web.RouteTableDef()


def _checked(request: web.Request) -> tuple[Account, World]:
    """Return who asks. Raises HTTPUnauthorized, or HTTPBadRequest for a wrong contract."""
    account = signed_in(request)
    if request.headers.get("x-xbl-contract-version") != "3":
        raise web.HTTPBadRequest(text="")
    return account, world_of(request)


def _level(value: object) -> str:
    if value not in LEVELS:
        raise web.HTTPBadRequest(text="")
    return str(value)


@routes.get(f"/{HOST}/users/me")
async def own(request: web.Request) -> web.Response:
    """Answer the caller's own record."""
    account, world = _checked(request)
    return web.json_response(
        _record(world, account.xuid, _level(request.query.get("level", "title")))
    )


@routes.get(f"/{HOST}/users/xuid({{xuid}})")
async def other(request: web.Request) -> web.Response:
    """Answer anybody's record."""
    _, world = _checked(request)
    level = _level(request.query.get("level", "title"))
    return web.json_response(_record(world, request.match_info["xuid"], level))


@routes.post(f"/{HOST}/users/batch")
async def batch(request: web.Request) -> web.Response:
    """Answer many records as a bare list."""
    _, world = _checked(request)
    try:
        body = json.loads(await request.text())
        users = body["users"]
    except (ValueError, KeyError, TypeError) as error:
        raise web.HTTPBadRequest(text="") from error
    if not isinstance(users, list) or len(users) > BATCH_LIMIT:
        raise web.HTTPBadRequest(text="")
    level = _level(body.get("level", "title"))
    records = [_record(world, str(xuid), level) for xuid in users]
    if body.get("onlineOnly"):
        records = [record for record in records if record["state"] != "Offline"]
    return web.json_response(records)


def _record(world: World, xuid: str, level: str) -> dict[str, object]:
    """Return a record; nobody known is simply offline, privacy and ignorance look the same."""
    account = next(
        (item for item in world.accounts.values() if item.xuid == xuid), None
    )
    consoles = consoles_of(world, account) if account else []
    record: dict[str, object] = {
        "xuid": xuid,
        "state": "Online" if consoles else "Offline",
    }
    if level == "user" or not consoles:
        return record
    modified = world.clock.iso()
    devices: list[dict[str, object]] = []
    for console in consoles:
        titles: list[dict[str, object]] = []
        for title_id, name, placement in presence_titles(console):
            item: dict[str, object] = {
                "id": str(title_id),
                "name": name,
                "placement": placement,
                "state": "Active",
                "lastModified": modified,
            }
            if level == "all" and placement == "Full" and name:
                item["activity"] = {"richPresence": f"In {name}"}
            titles.append(item)
        kind = world.knobs.presence_device_type if console.series else "XboxOne"
        devices.append(
            {"type": kind, "titles": titles}
            if level in ("title", "all")
            else {"type": kind}
        )
    return record | {"devices": devices}
