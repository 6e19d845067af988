"""profile.xboxlive.com: gamertag, gamerscore, picture and other settings that a profile shows."""

from collections.abc import Callable

from aiohttp import web

from simulator.people.person import Person
from simulator.routes.shared.people_bodies import gamerpic
from simulator.routes.shared.service import Call, refusal, service, strings
from simulator.serving import world_of

HOST = "profile.xboxlive.com"
COLORS_HOST = "dlassets-ssl.xboxlive.com"

routes = web.RouteTableDef()

type _Reader = Callable[[Call, Person], str]


def _shown(read: _Reader) -> _Reader:
    """Return a reader that privacy makes empty."""
    return lambda call, person: read(call, person) if call.sees(person) else ""


SETTINGS: dict[str, _Reader] = {
    "GameDisplayName": lambda call, person: person.gamertag,
    "AppDisplayName": lambda call, person: person.gamertag,
    "AppDisplayPicRaw": gamerpic,
    "GameDisplayPicRaw": gamerpic,
    "PublicGamerpic": gamerpic,
    "ShowUserAsAvatar": lambda call, person: "1",
    "Gamerscore": _shown(lambda call, person: str(person.gamerscore)),
    "Gamertag": lambda call, person: person.gamertag,
    "ModernGamertag": lambda call, person: person.modern_gamertag,
    "ModernGamertagSuffix": lambda call, person: person.gamertag_suffix,
    "UniqueModernGamertag": lambda call, person: person.unique_gamertag,
    "AccountTier": lambda call, person: person.tier,
    "TenureLevel": _shown(lambda call, person: str(person.tenure)),
    "XboxOneRep": lambda call, person: person.reputation,
    "PreferredColor": lambda call, person: (
        ""
        if person.bare
        else f"https://{COLORS_HOST}/public/content/ppl/colors/{person.xuid}.json"
    ),
    "Location": _shown(lambda call, person: person.location),
    "Bio": _shown(lambda call, person: person.bio),
    "Watermarks": lambda call, person: "",
    "RealName": lambda call, person: "",
    "RealNameOverride": lambda call, person: "",
    "IsQuarantined": lambda call, person: "0",
}
_BY_NAME = {name.lower(): (name, read) for name, read in SETTINGS.items()}


def _user(call: Call, person: Person, names: list[str]) -> dict[str, object]:
    found = [_BY_NAME[name.lower()] for name in names if name.lower() in _BY_NAME]
    return {
        "id": person.xuid,
        "hostId": person.xuid,
        "settings": [{"id": name, "value": read(call, person)} for name, read in found],
        "isSponsoredUser": False,
    }


@routes.get(f"/{HOST}/users/{{who}}/profile/settings")
@service("2", "3")
async def one(call: Call) -> web.Response:
    """Tell somebody's settings; 404 for an unknown gamertag."""
    names = call.request.query.get("settings", "").split(",")
    return call.answer({"profileUsers": [_user(call, call.person(), names)]})


@routes.post(f"/{HOST}/users/batch/profile/settings")
@service("2", "3")
async def batch(call: Call) -> web.Response:
    """Tell settings of many; unknown people are left out."""
    body = await call.json()
    names, xuids = strings(body.get("settings")), strings(body.get("userIds"))
    if not xuids:
        raise refusal(400)
    everybody = call.world.people_by_xuid()
    users = [_user(call, everybody[xuid], names) for xuid in xuids if xuid in everybody]
    return call.answer({"profileUsers": users})


@routes.get(f"/{COLORS_HOST}/public/content/ppl/colors/{{xuid}}.json")
async def colors(request: web.Request) -> web.Response:
    """Tell the colours that PreferredColor points to."""
    person = world_of(request).by_xuid(request.match_info["xuid"])
    if person is None or person.bare:
        raise refusal(404)
    names = ("primaryColor", "secondaryColor", "tertiaryColor")
    return web.json_response(dict(zip(names, person.colors, strict=True)))
