"""titlehub.xboxlive.com: what somebody has played."""

from datetime import UTC, datetime

from aiohttp import web

from simulator.people_state import consoles_of
from simulator.routes.art import PURPOSES, image_uri
from simulator.serving import signed_in, world_of
from simulator.titles import Title
from simulator.world import Account, World

HOST = "titlehub.xboxlive.com"
_HISTORY = (
    f"/{HOST}/users/xuid({{xuid}})/titles/titlehistory/decoration/{{decorations}}"
)
_BY_ID = f"/{HOST}/users/xuid({{xuid}})/titles/titleid({{title_id}})/decoration/{{decorations}}"
_BY_PFN = f"/{HOST}/users/xuid({{xuid}})/titles/pfn({{pfn}})/decoration/{{decorations}}"

routes = web.RouteTableDef()


def _caller(request: web.Request) -> World:
    """Return the world. Raises HTTPUnauthorized, or HTTPBadRequest for a wrong contract or no language."""
    signed_in(request)
    if (
        request.headers.get("x-xbl-contract-version") != "2"
        or "Accept-Language" not in request.headers
    ):
        raise web.HTTPBadRequest(text="")
    return world_of(request)


def _played(world: World, xuid: str) -> dict[str, float]:
    """Return when each title was last used by somebody, by key, the latest first."""
    account = next(
        (item for item in world.accounts.values() if item.xuid == xuid), None
    )
    if account is None:
        return {}
    now, times = world.clock.now(), dict[str, float]()
    for console in (
        world.consoles[key] for key in account.console_ids if key in world.consoles
    ):
        for entry in console.installed:
            if (
                entry.last_active_at is not None
                and entry.title.title_id
                and entry.title.kind != "Dlc"
            ):
                times[entry.title.key] = max(
                    entry.last_active_at, times.get(entry.title.key, 0.0)
                )
    for console in consoles_of(world, account):
        if console.shell.running is not None and console.shell.running.title_id:
            times[console.shell.running.key] = now
    return dict(sorted(times.items(), key=lambda item: item[1], reverse=True))


@routes.get(_HISTORY)
async def history(request: web.Request) -> web.Response:
    """List what somebody has played, the latest first."""
    world, xuid = _caller(request), request.match_info["xuid"]
    limit = request.query.get("maxItems", "")
    played = list(_played(world, xuid).items())[
        : int(limit) if limit.isdecimal() else None
    ]
    return _answer(
        request, world, xuid, [(world.titles[key], at) for key, at in played]
    )


@routes.get(_BY_ID)
@routes.get(_BY_PFN)
async def title(request: web.Request) -> web.Response:
    """Tell about one title; 404 when this person never had it."""
    world, xuid = _caller(request), request.match_info["xuid"]
    wanted = request.match_info.get("title_id"), request.match_info.get("pfn")
    found = [
        (item, at)
        for key, at in _played(world, xuid).items()
        if (item := world.titles[key])
        and (str(item.title_id) == wanted[0] or item.package_family_name == wanted[1])
    ]
    if not found:
        raise web.HTTPNotFound(text="")
    return _answer(request, world, xuid, found)


def _answer(
    request: web.Request, world: World, xuid: str, found: list[tuple[Title, float]]
) -> web.Response:
    wanted = {name.lower() for name in request.match_info["decorations"].split(",")}
    account = next(
        (item for item in world.accounts.values() if item.xuid == xuid), None
    )
    titles = [_title(world, account, item, at, wanted) for item, at in found]
    return web.json_response({"xuid": xuid, "titles": titles})


def _title(
    world: World, account: Account | None, title: Title, at: float, wanted: set[str]
) -> dict[str, object]:
    box = next(purpose for purpose in PURPOSES if purpose.name == "BoxArt")
    body: dict[str, object] = {
        "titleId": str(title.title_id),
        "pfn": title.package_family_name,
        "bingId": None,
        "windowsPhoneProductId": None,
        "name": title.name,
        "type": "Application" if title.kind == "App" else "Game",
        "devices": ["XboxOne", "XboxSeries"],
        # Plain http, as the service still sends it.
        "displayImage": f"http:{image_uri(title, box)}",
        "mediaItemType": "Application",
        "modernTitleId": str(title.title_id),
        "isBundle": False,
        "achievement": _achievement(world, account, title)
        if "achievement" in wanted
        else None,
        "stats": {"sourceVersion": 2} if "stats" in wanted else None,
        "gamePass": {"isGamePass": False} if "gamepass" in wanted else None,
        "images": [
            {"url": f"http:{image_uri(title, one)}", "type": one.name}
            for one in PURPOSES
        ]
        if "image" in wanted
        else None,
        "titleHistory": {
            "lastTimePlayed": world.clock.iso(at),
            "visible": True,
            "canHide": False,
        },
        "detail": _detail(title) if "detail" in wanted else None,
        "friendsWhoPlayed": None,
        "alternateTitleIds": [],
        "contentBoards": None,
        "xboxLiveTier": "Full",
    }
    if "scid" in wanted:
        body["serviceConfigId"] = title.scid
    if "productid" in wanted:
        body["productId"] = title.product_id
    return body


def _achievement(
    world: World, account: Account | None, title: Title
) -> dict[str, object]:
    mine = [
        unlock
        for unlock in world.unlocks
        if account is not None
        and unlock.account == account.key
        and unlock.title_id == title.title_id
    ]
    total = sum(item.gamerscore for item in title.achievements)
    earned = sum(unlock.gamerscore for unlock in mine)
    return {
        "currentAchievements": len(mine),
        # Always 0 for titles of this generation once played.
        "totalAchievements": 0,
        "currentGamerscore": earned,
        "totalGamerscore": total,
        "progressPercentage": round(100 * earned / total, 0) if total else 0.0,
        "sourceVersion": 2,
    }


def _detail(title: Title) -> dict[str, object]:
    released = datetime.fromisoformat(title.released).astimezone(UTC)
    return {
        "attributes": [],
        "availabilities": [],
        "capabilities": [],
        "description": title.description,
        "developerName": title.publisher,
        "publisherName": title.publisher,
        "minAge": 12,
        "releaseDate": released.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "shortDescription": title.description,
        "vuiDisplayName": None,
        "xboxLiveGoldRequired": False,
    }
