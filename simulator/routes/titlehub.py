"""titlehub.xboxlive.com: titles, and what somebody has played."""

from collections.abc import Iterable
from datetime import UTC, datetime

from aiohttp import web

from simulator.games.titles import Title
from simulator.people.person import Person, are_friends
from simulator.people.state import played_by, presence_of
from simulator.people.unlocks import score
from simulator.routes.art import PURPOSES, image_uri
from simulator.routes.shared.people_bodies import gamerpic
from simulator.routes.shared.service import Call, refusal, service, strings

HOST = "titlehub.xboxlive.com"
_PERSON = f"/{HOST}/users/{{who}}/titles"

routes = web.RouteTableDef()


def _answer(
    call: Call, person: Person | None, found: Iterable[tuple[Title, float | None]]
) -> web.Response:
    wanted = {name.lower() for name in call.path("decorations").split(",")}
    titles = [_title(call, person, title, at, wanted) for title, at in found]
    return call.answer({"xuid": person.xuid if person else None, "titles": titles})


def _history(call: Call, person: Person) -> list[tuple[Title, float | None]]:
    """Return what somebody has played and when, the latest first; privacy empties it."""
    if not call.sees(person):
        return []
    return [
        (title, played.last)
        for title_id, played in played_by(call.world, person).items()
        if (title := call.world.titles.by_title_id(title_id)) is not None
    ]


@routes.get(f"{_PERSON}/titlehistory/decoration/{{decorations}}")
@service("2", language=True)
async def history(call: Call) -> web.Response:
    """List what somebody has played, the latest first; nobody known has played nothing."""
    person = call.find(call.path("who"))
    if person is None:
        return call.answer({"xuid": call.path("who")[5:-1], "titles": []})
    return _answer(
        call, person, _history(call, person)[: call.number("maxItems", 1000)]
    )


@routes.get(f"{_PERSON}/titleid({{title_id}})/decoration/{{decorations}}")
@routes.get(f"{_PERSON}/pfn({{pfn}})/decoration/{{decorations}}")
@service("2", language=True)
async def title(call: Call) -> web.Response:
    """Tell about one title; 404 when this person never had it."""
    ids, person = call.request.match_info, call.person()
    found = [
        (item, at)
        for item, at in _history(call, person)
        if str(item.title_id) == ids.get("title_id")
        or item.package_family_name == ids.get("pfn")
    ]
    if not found:
        raise refusal(404)
    return _answer(call, person, found)


@routes.post(f"/{HOST}/titles/{{batch:batch|storeBatch}}/decoration/{{decorations}}")
@service("2", language=True)
async def batch(call: Call) -> web.Response:
    """Tell about many titles, whoever has them; unknown ones are left out."""
    body = await call.json()
    names = set(strings(body.get("pfns") or []))
    ids = set(strings(body.get("titleIds") or []))
    products = set(strings(body.get("windowsPhoneProductIds") or []))
    if not names | ids | products:
        raise refusal(400)
    found = [
        (item, None)
        for item in call.world.titles
        if item.title_id
        and (
            item.package_family_name in names
            or str(item.title_id) in ids
            or item.legacy_product_id in products
        )
    ]
    return _answer(call, None, found)


def _images(title: Title) -> list[dict[str, str]]:
    return [
        {"url": f"http:{image_uri(title, one)}", "type": one.name} for one in PURPOSES
    ]


def _title(
    call: Call, person: Person | None, title: Title, at: float | None, wanted: set[str]
) -> dict[str, object]:
    box = next(purpose for purpose in PURPOSES if purpose.name == "BoxArt")
    body: dict[str, object] = {
        "titleId": str(title.title_id),
        "pfn": title.package_family_name,
        "bingId": None,
        "windowsPhoneProductId": None,
        "name": title.name,
        "type": "Application" if title.kind == "App" else "Game",
        "devices": list(title.devices),
        # Plain http, as the service still sends it.
        "displayImage": f"http:{image_uri(title, box)}",
        "mediaItemType": "Application",
        "modernTitleId": str(title.title_id),
        "isBundle": False,
        "achievement": _achievement(call, person, title)
        if "achievement" in wanted
        else None,
        "stats": {"sourceVersion": 2} if "stats" in wanted else None,
        "gamePass": {"isGamePass": title.game_pass} if "gamepass" in wanted else None,
        "images": _images(title) if "image" in wanted else None,
        "titleHistory": None
        if at is None
        else {"lastTimePlayed": call.time(at), "visible": True, "canHide": False},
        "detail": _detail(title) if "detail" in wanted else None,
        "friendsWhoPlayed": _friends(call, title)
        if "friendswhoplayed" in wanted
        else None,
        "alternateTitleIds": [],
        "contentBoards": None,
        "xboxLiveTier": "Full",
    }
    if "scid" in wanted:
        body["serviceConfigId"] = title.scid
    if "productid" in wanted:
        body["productId"] = title.product_id
    return body


def _achievement(call: Call, person: Person | None, title: Title) -> dict[str, object]:
    if person is None:
        have, count, earned, total = 0, 0, 0, 0
    else:
        have, count, earned, total = score(call.world, person, title)
    older = title.generation == "360"
    return {
        "currentAchievements": have,
        # Always 0 for titles of this generation once played.
        "totalAchievements": count if older else 0,
        "currentGamerscore": earned,
        "totalGamerscore": total,
        "progressPercentage": round(100 * earned / total, 0) if total else 0.0,
        "sourceVersion": 1 if older else 2,
    }


def _friends(call: Call, title: Title) -> dict[str, object]:
    """Return which of the caller's friends know a title."""
    found = [
        (person, played)
        for person in call.world.people.values()
        if are_friends(call.account, person) and call.sees(person)
        if (played := played_by(call.world, person).get(title.title_id or 0))
        is not None
    ]
    people = [
        {
            "xuid": person.xuid,
            "isFavorite": person.key in call.account.favorites,
            "displayPicRaw": gamerpic(call, person),
            "useAvatar": True,
            "isCurrentlyPlaying": _is_playing(call, person, title),
            "gamertag": person.gamertag,
            "lastTimePlayed": call.time(played.last),
            "presenceState": presence_of(call.world, person, call.account)[0],
            "preferredColor": None,
        }
        for person, played in found
    ]
    playing = sum(person["isCurrentlyPlaying"] is True for person in people)
    return {
        "people": people,
        "currentlyPlayingCount": playing,
        "havePlayedCount": len(people),
    }


def _is_playing(call: Call, person: Person, title: Title) -> bool:
    return any(
        device.front.title_id == title.title_id
        for device in presence_of(call.world, person, call.account)[1]
    )


def _detail(title: Title) -> dict[str, object]:
    released = datetime.fromisoformat(title.released).astimezone(UTC)
    return {
        "attributes": [],
        "availabilities": [],
        "capabilities": [],
        "description": title.description,
        "developerName": title.publisher,
        "genres": [title.category],
        "publisherName": title.publisher,
        "minAge": 12,
        "releaseDate": released.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "shortDescription": title.description,
        "vuiDisplayName": None,
        "xboxLiveGoldRequired": False,
    }
