"""userstats.xboxlive.com: minutes played and other numbers that games keep."""

from typing import cast

from aiohttp import web

from simulator.games.titles import Title
from simulator.people.person import Person
from simulator.people.stats import HERO, Statistic, heroes, known, value_of
from simulator.routes.shared.service import Call, refusal, service, strings

HOST = "userstats.xboxlive.com"

routes = web.RouteTableDef()


def _by_scid(call: Call, scid: object) -> Title | None:
    return next(
        (
            title
            for title in call.world.titles
            if title.title_id and title.scid == str(scid).lower()
        ),
        None,
    )


def _wanted_title(call: Call, item: dict[str, object]) -> Title | None:
    """Return the title that a part of the request names by `titleId` or `scid`."""
    title_id = str(item.get("titleId", ""))
    if title_id.isdecimal():
        return call.world.titles.by_title_id(int(title_id))
    return _by_scid(call, item.get("scid"))


def _value(
    call: Call, person: Person | None, title: Title, statistic: Statistic | None
) -> str | None:
    if person is None or statistic is None or not call.sees(person):
        return None
    return value_of(call.world, person, title, statistic)


def _stat(
    call: Call, person: Person | None, xuid: str, title: Title, name: str
) -> list[dict[str, object]]:
    """Return one statistic as a list: empty if it is left out."""
    statistic = known(title).get(name)
    value = _value(call, person, title, statistic)
    if value is None and call.world.knobs.valueless_stats == "omitted":
        return []
    body: dict[str, object] = {
        "groupproperties": {},
        "xuid": xuid,
        "scid": title.scid,
        "name": name,
        "type": statistic.type if statistic else "Integer",
    }
    if value is not None:
        body["value"] = value
    return [body | {"properties": {}}]


def _hero(
    call: Call, person: Person | None, xuid: str, title: Title
) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for number, statistic in enumerate(heroes(title), 1):
        shown = {"DisplayName": statistic.display_name}
        order = {"Ordinal": str(number), "SortOrder": "Descending"}
        form = {"DisplayFormat": "Integer", "DisplaySemantic": "Best"}
        found += [
            body | {"groupproperties": order | shown | form, "properties": shown}
            for body in _stat(call, person, xuid, title, statistic.name)
        ]
    return found


def _collection(xuid: str, stats: list[dict[str, object]]) -> dict[str, object]:
    return {"arrangebyfield": "xuid", "arrangebyfieldid": xuid, "stats": stats}


@routes.get(f"/{HOST}/users/{{who}}/scids/{{scid}}/stats/{{names}}")
@service("1", "2", "3")
async def single(call: Call) -> web.Response:
    """Tell statistics of one person; with `include=valuemetadata` (contract 3) what they are called too."""
    person, title = call.person(), _by_scid(call, call.path("scid"))
    if title is None:
        raise refusal(404)
    stats = [
        body
        for name in call.path("names").split(",")
        for body in _stat(call, person, person.xuid, title, name)
    ]
    for body in stats:
        del body["groupproperties"]
        statistic = known(title).get(str(body["name"]))
        if call.request.query.get("include") == "valuemetadata" and statistic:
            body["properties"] = {"DisplayName": statistic.display_name}
    return call.answer({"statlistscollection": [_collection(person.xuid, stats)]})


def _parts(body: dict[str, object], name: str) -> list[dict[str, object]]:
    value = body.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise refusal(400)
    return cast("list[dict[str, object]]", value)


@routes.post(f"/{HOST}/batch")
@service("1", "2", "")
async def batch(call: Call) -> web.Response:
    """Tell several statistics of several people; without a contract the documented first one is meant."""
    body = await call.json()
    return _documented(call, body) if "requestedusers" in body else _current(call, body)


def _current(call: Call, body: dict[str, object]) -> web.Response:
    if call.contract != "2" or body.get("arrangebyfield") != "xuid":
        raise refusal(400)
    everybody = call.world.people_by_xuid()
    xuids = strings(body.get("xuids"))
    groups = []
    for group in _parts(body, "groups"):
        title = _wanted_title(call, group)
        lists = [
            _collection(xuid, _hero(call, everybody.get(xuid), xuid, title))
            for xuid in xuids
            if title is not None and group.get("name") == HERO
        ]
        named = {"titleid": str(group["titleId"])} if "titleId" in group else {}
        groups.append(
            {"name": group.get("name"), **named, "statlistscollection": lists}
        )
    stats = [
        (title, str(item.get("name", "")))
        for item in _parts(body, "stats")
        if (title := _wanted_title(call, item)) is not None
    ]
    collections = [
        _collection(
            xuid,
            [
                body
                for title, name in stats
                for body in _stat(call, everybody.get(xuid), xuid, title, name)
            ],
        )
        for xuid in xuids
    ]
    return call.answer({"groups": groups, "statlistscollection": collections})


def _documented(call: Call, body: dict[str, object]) -> web.Response:
    if call.contract == "2":
        raise refusal(400)
    everybody = call.world.people_by_xuid()
    scids = [
        (scid, _by_scid(call, scid.get("scid")))
        for scid in _parts(body, "requestedscids")
    ]
    users = [
        {
            "xuid": xuid,
            "gamertag": everybody[xuid].gamertag,
            "scids": [
                {
                    "scid": scid.get("scid"),
                    "stats": _plain(call, everybody[xuid], title, scid),
                }
                for scid, title in scids
            ],
        }
        for xuid in strings(body["requestedusers"])
        if xuid in everybody
    ]
    return call.answer({"users": users})


def _plain(
    call: Call, person: Person, title: Title | None, scid: dict[str, object]
) -> list[dict[str, object]]:
    """Return statistics as the first contract writes them: numbers are numbers, none are left out."""
    if title is None:
        return []
    found: list[dict[str, object]] = []
    for name in strings(scid.get("requestedstats")):
        statistic = known(title).get(name)
        value = _value(call, person, title, statistic)
        if statistic is None or value is None:
            continue
        number = int(value) if statistic.type == "Integer" else float(value)
        found.append({"statname": name, "type": statistic.type, "value": number})
    return found
