"""gameclipsmetadata.xboxlive.com and screenshotsmetadata.xboxlive.com: the older services for captures."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator.captures import gallery
from simulator.captures.gallery import Capture, Kind
from simulator.routes.shared.service import Call, refusal, service

CLIPS_HOST = "gameclipsmetadata.xboxlive.com"
SCREENSHOTS_HOST = "screenshotsmetadata.xboxlive.com"
DOMAIN = "xboxlive.com"
PAGE = 25

# Names that became numbers on the wire.
NUMBERS = {
    "Published": 6,
    "UserGenerated": 8,
    "Small": 1,
    "Large": 2,
    "Download": 2,
    "None": 0,
}


@dataclass(frozen=True)
class _Family:
    """What differs between the two services."""

    kind: Kind
    host: str
    contract: str
    segment: str
    """In paths."""
    members: str
    """The list in answers."""
    prefix: str
    """Of members' names."""


CLIPS = _Family("gameclip", CLIPS_HOST, "1", "clips", "gameClips", "gameClip")
SCREENSHOTS = _Family(
    "screenshot", SCREENSHOTS_HOST, "5", "screenshots", "screenshots", "screenshot"
)


def add_routes(app: web.Application) -> None:
    """Serve both services: of a person, of everybody, by title, saved, one, and its deletion."""
    for family in (CLIPS, SCREENSHOTS):
        handler = _handler(family)
        for scope in (
            "/users/{who}",
            "/users/{who}/titles/{title_id}",
            "/public/titles/{title_id}",
        ):
            for saved in ("", "/{saved:saved}"):
                path = f"/{family.host}{scope}/{family.segment}{saved}"
                app.router.add_get(path, handler)
        owned = f"/{family.host}/users/{{who}}/scids/{{scid}}/{family.segment}"
        app.router.add_get(owned, handler)
        app.router.add_get(f"{owned}/{{id}}", _one(family))
        app.router.add_delete(f"{owned}/{{id}}", _deleter(family))


def _chosen(call: Call, family: _Family) -> list[Capture]:
    """Return the captures in question, the latest first."""
    ids = call.request.match_info
    if "who" in ids:
        owner = call.person()
        found = gallery.of_person(call.world, owner, family.kind)
        found = found if call.sees(owner) else []
    else:
        order = call.request.query.get("qualifier", "created")
        if order not in ("created", "views", "rating"):
            raise refusal(400)
        found = [one for one in call.world.captures if one.kind == family.kind]
        found.sort(
            key=lambda one: one.views if order == "views" else one.time, reverse=True
        )
    return [
        capture
        for capture in found
        if ids.get("title_id", str(capture.title_id)) == str(capture.title_id)
        and ids.get("scid", _scid(call, capture)) == _scid(call, capture)
        and (capture.saved or "saved" not in ids)
    ]


def _scid(call: Call, capture: Capture) -> str:
    return gallery.title_of(call.world, capture).scid


def _handler(family: _Family) -> Handler:
    @service(family.contract)
    async def listed(call: Call) -> web.Response:
        """Answer a page."""
        found = _chosen(call, family)
        token = call.request.query.get("continuationToken", "")
        if token and not token.isdecimal():
            raise refusal(400)
        start = int(token) if token else call.number("skipItems", 0)
        end = start + call.number("maxItems", PAGE)
        page = found[start:end]
        bodies = await asyncio.to_thread(
            lambda: [_body(call, family, capture) for capture in page]
        )
        following = str(end) if end < len(found) else None
        return call.answer(
            {family.members: bodies, "pagingInfo": {"continuationToken": following}}
        )

    return listed


def _wanted(call: Call, family: _Family) -> Capture:
    for capture in _chosen(call, family):
        if capture.id == call.path("id"):
            return capture
    raise refusal(404)


def _one(family: _Family) -> Handler:
    @service(family.contract)
    async def one(call: Call) -> web.Response:
        """Answer one capture."""
        capture = _wanted(call, family)
        body = await asyncio.to_thread(_body, call, family, capture)
        return call.answer({family.prefix: body})

    return one


def _deleter(family: _Family) -> Handler:
    @service(family.contract)
    async def delete(call: Call) -> web.Response:
        """Delete one of the caller's own captures; the second time it is unknown."""
        call.own()
        call.world.captures.remove(_wanted(call, family))
        call.world.publish()
        return web.Response(status=204)

    return delete


type _Word = Callable[[str], str | int]


def _files(
    call: Call, family: _Family, capture: Capture, word: _Word
) -> dict[str, object]:
    suffix = gallery.suffix_of(call.world, capture)
    uri, expires = gallery.signed_uri(call.world, capture, suffix, DOMAIN)
    small = gallery.thumbnail_uri(call.world, capture, DOMAIN)
    return {
        "thumbnails": [
            {"uri": small, "fileSize": 0, "thumbnailType": word(size)}
            for size in ("Small", "Large")
        ],
        f"{family.prefix}Uris": [
            {
                "uri": uri,
                **gallery.said_size(call.world, gallery.weight(call.world, capture)),
                "uriType": word("Download"),
                "expiration": call.time(expires),
            }
        ],
    }


def _body(call: Call, family: _Family, capture: Capture) -> dict[str, object]:
    world, prefix, clip = call.world, family.prefix, family is CLIPS

    def word(name: str) -> str | int:
        return NUMBERS[name] if world.knobs.enums_as_integers else name

    body: dict[str, object] = {
        f"{prefix}Id": capture.id,
        "state": word("Published"),
        "datePublished": call.time(capture.uploaded),
        "dateRecorded" if clip else "dateTaken": world.clock.iso(capture.time, 0),
        "lastModified": call.time(capture.uploaded),
        "userCaption": capture.caption,
        "type": word("UserGenerated"),
        "scid": _scid(call, capture),
        "titleId": capture.title_id,
        "rating": 0.0,
        "ratingCount": 0,
        "views": capture.views,
        "titleData": "",
        "systemProperties": f"{capture.local_id};",
        "savedByUser": capture.saved,
        "achievementId": "",
        "greatestMomentId": "" if clip else None,
        **_files(call, family, capture, word),
        "xuid": world.people[capture.account].xuid,
        "clipName" if clip else "screenshotName": "",
        "titleName": gallery.title_of(world, capture).name,
        f"{prefix}Locale": "en-US",
        f"{family.segment.rstrip('s')}ContentAttributes": word("None"),
        "deviceType": capture.device,
    }
    if not clip:
        width, height = capture.size
        return body | {"resolutionHeight": height, "resolutionWidth": width}
    counts = ("commentCount", "likeCount", "shareCount", "partialViews")
    return body | {"durationInSeconds": capture.seconds} | dict.fromkeys(counts, 0)
