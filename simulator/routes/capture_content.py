"""The content hosts: files of captures, for whoever has an address that still works."""

import asyncio
import re

from aiohttp import web

from simulator.captures import gallery
from simulator.captures.gallery import Capture
from simulator.serving import world_of

KINDS = ("gameclips", "screenshots")
DOMAINS = ("media.xboxlive.com", "xboxlive.com")
TYPES = {"PNG": "image/png", "MP4": "video/mp4", "JXR": "image/vnd.ms-photo"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def add_routes(app: web.Application) -> None:
    """Serve downloads and small pictures of both kinds on all their hosts."""
    for kind in KINDS:
        for domain in DOMAINS:
            app.router.add_get(
                f"/{kind}content-d2001.{domain}/xuid-{{xuid}}-private/{{id}}.{{suffix}}",
                download,
            )
            app.router.add_get(
                f"/{kind}content-t2001.{domain}/xuid-{{xuid}}-public/{{id}}_Thumbnail.PNG",
                thumbnail,
            )


def _capture(request: web.Request) -> Capture:
    """Return the capture in the path. Raises HTTPNotFound."""
    world, wanted = world_of(request), request.match_info["id"]
    owner = world.by_xuid(request.match_info["xuid"])
    for capture in world.captures:
        if owner and capture.id == wanted and capture.account == owner.key:
            return capture
    raise web.HTTPNotFound(text="")


async def download(request: web.Request) -> web.Response:
    """Answer the file; 403, or what a knob says, for a wrong or expired signature."""
    world = world_of(request)
    path = "/" + request.path.lstrip("/").partition("/")[2]
    expires = gallery.expiry(path, request.query.get("sig", ""))
    if expires is None:
        raise web.HTTPForbidden(text="")
    if expires <= world.clock.now():
        return web.Response(status=world.knobs.expired_capture_status)
    capture, suffix = _capture(request), request.match_info["suffix"]
    body = await asyncio.to_thread(gallery.content, world, capture, suffix)
    return _part(request, body, TYPES[suffix])


async def thumbnail(request: web.Request) -> web.Response:
    """Answer the small picture; its address is public."""
    body = await asyncio.to_thread(
        gallery.content, world_of(request), _capture(request), "Thumbnail"
    )
    return _part(request, body, TYPES["PNG"])


def _part(request: web.Request, body: bytes, kind: str) -> web.Response:
    """Answer the whole, or the one range that was asked for (RFC 9110)."""
    headers = {"Accept-Ranges": "bytes", "ETag": f'"{len(body):x}"'}
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not (asked[1] or asked[2]):
        return web.Response(body=body, content_type=kind, headers=headers)
    first = int(asked[1]) if asked[1] else max(0, len(body) - int(asked[2]))
    last = int(asked[2]) if asked[1] and asked[2] else len(body) - 1
    if first >= len(body) or last < first:
        headers["Content-Range"] = f"bytes */{len(body)}"
        return web.Response(status=416, headers=headers)
    last = min(last, len(body) - 1)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return web.Response(
        status=206, body=body[first : last + 1], content_type=kind, headers=headers
    )
