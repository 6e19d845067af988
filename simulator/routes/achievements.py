"""achievements.xboxlive.com: what there is to unlock, what somebody has unlocked, and how far the rest is.

Contracts 2 and 4 are about games of this generation and the last, 1 and 3 about those of the 360; 3 and 4 tell rarity.
"""

from collections.abc import Callable, Iterable

from aiohttp import web

from simulator.games.titles import Achievement, Title
from simulator.people import unlocks
from simulator.people.person import Person
from simulator.people.state import played_by
from simulator.people.unlocks import Unlock
from simulator.routes.art import EDS_IMAGES
from simulator.routes.shared.service import Call, refusal, service

HOST = "achievements.xboxlive.com"
_USER = f"/{HOST}/users/{{who}}"
OLD, NEW = ("1", "3"), ("2", "4")
WITH_RARITY = ("3", "4")
NEVER = "0001-01-01T00:00:00.0000000Z"
NEVER_360 = "2002-11-15T00:00:00.0000000Z"
STEPS = 20

type _Entry = tuple[Title, Achievement, Unlock | None]

routes = web.RouteTableDef()


def _generation(call: Call) -> str:
    return "360" if call.contract in OLD else "One"


def _titles(call: Call, person: Person) -> list[tuple[Title, float]]:
    """Return the played titles of the contract's generation that have achievements, the latest first."""
    asked = call.request.query.get("titleId", "")
    only = {item.strip() for item in asked.split(",") if item.strip()}
    if not call.sees(person):
        return []
    played = {key: one.last for key, one in played_by(call.world, person).items()}
    known = call.world.titles
    # A title that is named is told about even to who never played it.
    for item in only:
        if item.isdecimal():
            played.setdefault(int(item), 0.0)
    return [
        (title, last)
        for title_id, last in played.items()
        if (title := known.by_title_id(title_id)) is not None
        and title.generation == _generation(call)
        and title.achievements
        and (not only or str(title_id) in only)
    ]


def _entries(call: Call, person: Person) -> Iterable[_Entry]:
    for title, _ in _titles(call, person):
        have = unlocks.earned(call.world, person, title)
        for item in title.achievements:
            yield title, item, have.get(item.id)


_ORDERS: dict[str, Callable[[_Entry], tuple[object, ...]]] = {
    "title": lambda entry: (entry[0].name or "",),
    "unlocktime": lambda entry: (-(entry[2].time if entry[2] else 0.0),),
    # Nothing here ends, so this order changes nothing.
    "endingsoon": lambda entry: (),
    "unordered": lambda entry: (),
}


def _flag(call: Call, name: str) -> bool:
    return call.request.query.get(name, "false").lower() == "true"


def _chosen(call: Call, person: Person) -> list[_Entry]:
    order = _ORDERS.get(call.request.query.get("orderBy", "Unordered").lower())
    if order is None:
        raise refusal(400)
    types = set(call.request.query.get("types", "All").lower().split(","))
    if not types & {"persistent", "all"}:
        return []
    entries = [
        entry
        for entry in _entries(call, person)
        if not (_flag(call, "unlockedOnly") and entry[2] is None)
        and not (_flag(call, "possibleOnly") and entry[2] is not None)
    ]
    return sorted(entries, key=order)


def _page[T](call: Call, items: list[T]) -> tuple[list[T], dict[str, object]]:
    """Return a page and its pagingInfo; the token is an offset, followed by a time for the 360."""
    token = call.request.query.get("continuationToken", "").partition(",")[0]
    if token and not token.isdecimal():
        raise refusal(400)
    start = int(token) if token else call.number("skipItems", 0)
    size = call.number("maxItems", call.world.knobs.achievements_page_size)
    end = start + max(1, size)
    following: str | None = str(end) if end < len(items) else None
    if following and call.contract in OLD:
        following += f",{call.time(call.world.clock.now())}"
    return items[start:end], {
        "continuationToken": following,
        "totalRecords": len(items),
    }


def _listed(call: Call, person: Person, entries: list[_Entry]) -> web.Response:
    page, paging = _page(call, entries)
    old = call.contract in OLD
    body: dict[str, object] = {
        "achievements": [
            (_old_body if old else _new_body)(call, person, *entry) for entry in page
        ],
        "pagingInfo": paging,
    }
    return call.answer(body | ({"version": NEVER} if old else {}))


@routes.get(f"{_USER}/achievements")
@service(*OLD, *NEW)
async def achievements(call: Call) -> web.Response:
    """List achievements; of 360 games only those unlocked."""
    person = call.person()
    entries = _chosen(call, person)
    if call.contract in OLD:
        entries = [entry for entry in entries if entry[2] is not None]
    return _listed(call, person, entries)


@routes.get(f"{_USER}/titleachievements")
@service(*OLD)
async def title_achievements(call: Call) -> web.Response:
    """List all achievements of a 360 game."""
    person = call.person()
    if "titleId" not in call.request.query:
        raise refusal(400)
    return _listed(call, person, _chosen(call, person))


@routes.get(f"{_USER}/achievements/{{scid}}/{{id}}")
@service(*NEW)
async def achievement(call: Call) -> web.Response:
    """Tell about one achievement, in a list of one."""
    person = call.person()
    for title in call.world.titles:
        if title.scid != call.path("scid").lower() or title.generation == "360":
            continue
        have = unlocks.earned(call.world, person, title) if call.sees(person) else {}
        for item in title.achievements:
            if item.id == call.path("id"):
                return _listed(call, person, [(title, item, have.get(item.id))])
    raise refusal(404)


@routes.get(f"{_USER}/history/titles")
@service(*OLD, *NEW)
async def history(call: Call) -> web.Response:
    """List titles with the progress in each, the latest first."""
    person = call.person()
    page, paging = _page(call, _titles(call, person))
    old = call.contract in OLD
    body: dict[str, object] = {
        "titles": [
            (_old_title if old else _new_title)(call, person, title, last)
            for title, last in page
        ],
        "pagingInfo": paging,
    }
    now = call.time(call.world.clock.now())
    return call.answer(body | ({"version": now} if old else {}))


def _rarity(call: Call, title: Title, item: Achievement) -> dict[str, object]:
    if call.contract not in WITH_RARITY:
        return {}
    percent = unlocks.rarity(title, item)
    category = "Rare" if percent < unlocks.RARE_BELOW else "Common"
    return {"rarity": {"currentCategory": category, "currentPercentage": percent}}


def _progress(
    call: Call, person: Person, title: Title, item: Achievement, unlock: Unlock | None
) -> dict[str, object]:
    percent = 100 if unlock else unlocks.progress(person, title, item)
    states = ("NotStarted", "InProgress", "Achieved")
    return {
        "progressState": states[2 if unlock else min(1, percent)],
        "progression": {
            "requirements": [
                {
                    "id": title.legacy_product_id,
                    "current": str(percent * STEPS // 100) if percent else None,
                    "target": str(STEPS),
                    "operationType": "Sum",
                    "valueType": "Integer",
                    "ruleParticipationType": "Individual",
                }
            ],
            "timeUnlocked": call.time(unlock.time) if unlock else NEVER,
        },
    }


def _new_body(
    call: Call, person: Person, title: Title, item: Achievement, unlock: Unlock | None
) -> dict[str, object]:
    return {
        "id": item.id,
        "serviceConfigId": title.scid,
        "name": item.name,
        "titleAssociations": [{"name": title.name, "id": title.title_id}],
        **_progress(call, person, title, item, unlock),
        "mediaAssets": [
            {
                "name": f"{title.key}-{item.id}.png",
                "type": "Icon",
                "url": f"https://{EDS_IMAGES}/image?url={title.key}-{item.id}&format=png",
            }
        ],
        "platforms": list(title.devices),
        "isSecret": False,
        "description": item.description,
        "lockedDescription": item.description,
        "productId": title.legacy_product_id,
        "achievementType": "Persistent",
        "participationType": "Individual",
        "timeWindow": None,
        "rewards": [
            {
                "name": None,
                "description": None,
                "value": str(item.gamerscore),
                "type": "Gamerscore",
                "mediaAsset": None,
                "valueType": "Int",
            }
        ],
        "estimatedTime": "00:00:00",
        "deeplink": None,
        "isRevoked": False,
        **_rarity(call, title, item),
    }


def _old_body(
    call: Call, person: Person, title: Title, item: Achievement, unlock: Unlock | None
) -> dict[str, object]:
    return {
        "id": int(item.id),
        "titleId": title.title_id,
        "name": item.name,
        "sequence": 0,
        "flags": 3342345 if unlock else 9,
        "unlockedOnline": unlock is not None,
        "unlocked": unlock is not None,
        "isSecret": False,
        "platform": 15 if unlock else 255,
        "gamerscore": item.gamerscore,
        "imageId": int(item.id) + 2,
        "description": item.description,
        "lockedDescription": item.description,
        "type": 1,
        "isRevoked": False,
        "timeUnlocked": call.time(unlock.time) if unlock else NEVER_360,
        **_rarity(call, title, item),
    }


def _new_title(
    call: Call, person: Person, title: Title, last: float
) -> dict[str, object]:
    have = unlocks.earned(call.world, person, title).values()
    earned, _, points, total = unlocks.score(call.world, person, title)
    latest = max((unlock.time for unlock in have), default=None)
    return {
        "lastUnlock": call.time(latest) if latest else NEVER,
        "titleId": title.title_id,
        "serviceConfigId": title.scid,
        "titleType": "LiveApp" if title.kind == "App" else "DGame",
        "platform": "Durango",
        "name": title.name,
        "earnedAchievements": earned,
        "currentGamerscore": points,
        "maxGamerscore": total,
    }


def _old_title(
    call: Call, person: Person, title: Title, last: float
) -> dict[str, object]:
    earned, count, points, total = unlocks.score(call.world, person, title)
    return {
        "lastPlayed": call.time(last),
        "currentAchievements": earned,
        "currentGamerscore": points,
        "sequence": earned,
        "titleId": title.title_id,
        "titleType": 1,
        "platforms": [1],
        "name": title.name,
        "totalAchievements": count,
        "totalGamerscore": total,
    }
