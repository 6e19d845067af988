"""mediahub.xboxlive.com: captures, found by a query, with freshly signed addresses."""

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
import re

from aiohttp import web

from simulator.captures import gallery
from simulator.captures.gallery import Capture
from simulator.routes.shared.service import Call, refusal, service

HOST = "mediahub.xboxlive.com"
DOMAIN = "media.xboxlive.com"
CAPTURES_TITLE_ID = 49312658
_KINDS = "{kind:gameclips|screenshots}"
_TERM = re.compile(r"\s*(\w+)\s+eq\s+'?([\w-]+)'?\s*", re.IGNORECASE)
_LAST: dict[str, dict[str, object]] = {
    "absent": {},
    "null": {"continuationToken": None},
    "empty": {"continuationToken": ""},
}

routes = web.RouteTableDef()


def _kind(call: Call) -> gallery.Kind:
    return "gameclip" if call.path("kind") == "gameclips" else "screenshot"


def _terms(query: object) -> dict[str, str]:
    """Return what a query asks for: `OwnerXuid`, and perhaps `localId`; nothing else can be asked."""
    if not isinstance(query, str):
        raise refusal(400)
    parts = [_TERM.fullmatch(part) for part in re.split(r"\band\b", query)]
    terms = {part[1].lower(): part[2] for part in parts if part is not None}
    if len(terms) != len(parts) or "ownerxuid" not in terms:
        raise refusal(400)
    if terms.keys() - {"ownerxuid", "localid", "titleid"}:
        raise refusal(400)
    return terms


def _matching(call: Call, terms: dict[str, str]) -> list[Capture]:
    owner = call.world.by_xuid(terms["ownerxuid"])
    told = call.world.knobs.own_app_captures if call.own_app else "all"
    if owner is None or not call.sees(owner) or told == "empty":
        return []
    return [
        capture
        for capture in gallery.of_person(call.world, owner, _kind(call))
        if terms.get("localid", capture.local_id) == capture.local_id
        and (told != "gaps" or capture.number % 4 < 2)
        and terms.get("titleid", str(capture.title_id)) == str(capture.title_id)
    ]


def _let_in(call: Call) -> None:
    """Refuse apps that users registered, if they are refused. Raises HTTPException."""
    knobs = call.world.knobs
    if call.own_app and knobs.own_app_captures == "refused":
        raise refusal(knobs.own_app_refusal_status)


def _token(capture: Capture) -> str:
    """Return a place in the list that stays where it is when captures go."""
    place = f"{capture.time!r} {capture.id}"
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _start(found: list[Capture], token: object) -> int:
    """Return where the page after a token begins. Raises HTTPBadRequest for a token that is not ours."""
    if not token:
        return 0
    try:
        time, last = urlsafe_b64decode(f"{token}===").decode().split(" ")
        place = float(time), last
    except ValueError as error:
        raise refusal(400) from error
    return sum((one.time, one.id) >= place for one in found)


@routes.post(f"/{HOST}/{_KINDS}/search")
@service("2", "3")
async def search(call: Call) -> web.Response:
    """Answer a page of captures, the latest first; `max` is ignored, `maxPageSize` is not."""
    _let_in(call)
    body = await call.json()
    found = _matching(call, _terms(body.get("query")))
    size = body.get("maxPageSize", call.world.knobs.capture_page_size)
    skip = body.get("skip", 0)
    if not isinstance(size, int) or size < 1 or not isinstance(skip, int) or skip < 0:
        raise refusal(400)
    token = body.get("continuationToken")
    start = _start(found, token) if token else skip
    page = found[start : start + size]
    # Sizes are those of the files, which have to be drawn first.
    values = await asyncio.to_thread(lambda: [_body(call, item) for item in page])
    more = start + size < len(found)
    last = _LAST[call.world.knobs.last_page_token]
    paging = {"continuationToken": _token(page[-1])} if more else last
    return call.answer({"values": values, **paging})


@routes.delete(f"/{HOST}/{_KINDS}/{{content_id}}")
@service("2", "3")
async def delete(call: Call) -> web.Response:
    """Delete one of the caller's captures; it is gone at once."""
    _let_in(call)
    for capture in call.world.captures:
        if capture.id == call.path("content_id") and capture.kind == _kind(call):
            if capture.account != call.account.key:
                raise refusal(403)
            call.world.captures.remove(capture)
            call.world.publish()
            return web.Response(status=call.world.knobs.delete_capture_status)
    raise refusal(404)


def _locators(call: Call, capture: Capture) -> list[dict[str, object]]:
    world, clip = call.world, capture.kind == "gameclip"
    suffix = gallery.suffix_of(world, capture)
    uri, expires = gallery.signed_uri(world, capture, suffix, DOMAIN)
    download: dict[str, object] = {
        **gallery.said_size(world, gallery.weight(world, capture)),
        "locatorType": "Download",
        "uri": uri,
    }
    if clip:
        download = {"expiration": call.time(expires)} | download
    small = gallery.thumbnail_uri(world, capture, DOMAIN)
    locators: list[dict[str, object]] = [
        download,
        {"locatorType": "Thumbnail_Small", "uri": small},
        {"locatorType": "Thumbnail_Large", "uri": small},
    ]
    if not clip and world.knobs.hdr_screenshots and capture.device == "Scarlett":
        bright = gallery.signed_uri(world, capture, "JXR", DOMAIN)[0]
        size = gallery.said_size(world, gallery.content(world, capture, "JXR").size)
        locators.append({**size, "locatorType": "Download_HDR", "uri": bright})
    return locators


def _common(call: Call, capture: Capture) -> dict[str, object]:
    """Return what is told of any capture, and says little."""
    return {
        "uploadLanguage": "en-US",
        "uploadRegion": "US",
        "uploadTitleId": CAPTURES_TITLE_ID,
        "uploadDeviceType": capture.device,
        "commentCount": 0,
        "likeCount": 0,
        "shareCount": 0,
        "viewCount": capture.views,
        "contentState": "Published",
        "enforcementState": "None",
        "safetyThreshold": "None",
        "sessions": [],
        "tournaments": [],
        **_optional(call, capture),
    }


def _body(call: Call, capture: Capture) -> dict[str, object]:
    title = gallery.title_of(call.world, capture)
    owner = int(call.world.people[capture.account].xuid)
    width, height = capture.size
    uploaded = call.time(capture.uploaded)
    common = _common(call, capture) | {
        "contentId": capture.id,
        "contentLocators": _locators(call, capture),
        "ownerXuid": owner,
        "resolutionHeight": height,
        "resolutionWidth": width,
        "sandboxId": "RETAIL",
        "sharedTo": [],
        "titleId": capture.title_id,
        "titleName": title.name,
    }
    taken = call.world.clock.iso(capture.time, 0)
    if capture.kind == "screenshot":
        # Only here the word begins with a capital letter.
        return common | {
            "captureDate": taken,
            "CreationType": "UserGenerated",
            "dateUploaded": uploaded,
        }
    return common | {
        "contentSegments": [_segment(capture, owner, taken)],
        "creationType": "UserGenerated",
        "durationInSeconds": capture.seconds,
        "frameRate": 10,
        "greatestMomentId": "",
        "titleData": "",
        "uploadDate": uploaded,
        "userCaption": capture.caption,
    }


def _optional(call: Call, capture: Capture) -> dict[str, object]:
    """Return what items may lack."""
    knobs, told = call.world.knobs, dict[str, object]()
    if knobs.capture_local_ids:
        told["localId"] = capture.local_id
    if knobs.capture_expiration and knobs.capture_days:
        told["expirationDate"] = call.time(gallery.expires(call.world, capture))
    return told


def _segment(capture: Capture, owner: int, taken: str) -> dict[str, object]:
    return {
        "segmentId": 1,
        "creationType": "UserGenerated",
        "creatorChannelId": None,
        "creatorXuid": owner,
        "recordDate": taken,
        "durationInSeconds": capture.seconds,
        "offset": 0,
        "secondaryTitleId": None,
        "titleId": capture.title_id,
    }
