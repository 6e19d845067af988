"""The content hosts: files of captures, for whoever has an address that still works."""

import asyncio
from collections.abc import Iterator
import math
import re

from aiohttp import web

from simulator.captures import gallery
from simulator.captures.files import TYPES, File
from simulator.captures.gallery import Capture
from simulator.knobs import Knobs
from simulator.network.failures import CUT, ConnectionDropped
from simulator.serving import world_of

KINDS = ("gameclips", "screenshots")
DOMAINS = ("media.xboxlive.com", "xboxlive.com")
PART = 262_144
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
                f"/{kind}content-t2001.{domain}/xuid-{{xuid}}-public/{{id}}_Thumbnail.{{suffix}}",
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


async def download(request: web.Request) -> web.StreamResponse:
    """Answer the file; 403, or what a knob says, for a wrong or expired signature."""
    world = world_of(request)
    path = "/" + request.path.lstrip("/").partition("/")[2]
    expires = gallery.expiry(path, request.query.get("sig", ""))
    if expires is None:
        raise web.HTTPForbidden(text="")
    if expires <= world.clock.now():
        return web.Response(status=world.knobs.expired_capture_status)
    capture, suffix = _capture(request), request.match_info["suffix"]
    file = await asyncio.to_thread(gallery.content, world, capture, suffix)
    return await _send(request, file, TYPES[suffix], expires)


async def thumbnail(request: web.Request) -> web.StreamResponse:
    """Answer the small picture; its address is public."""
    capture = _capture(request)
    file = await asyncio.to_thread(
        gallery.content, world_of(request), capture, "Thumbnail"
    )
    return await _send(request, file, TYPES[request.match_info["suffix"]], math.inf)


async def _send(
    request: web.Request, file: File, kind: str, expires: float
) -> web.StreamResponse:
    """Answer the whole, or the one range that was asked for (RFC 9110)."""
    knobs = world_of(request).knobs
    response = web.StreamResponse(headers={"ETag": f'"{file.size:x}"'})
    response.content_type = kind
    first, stop = 0, file.size
    asked = _asked(request, knobs)
    if knobs.capture_ranges:
        response.headers["Accept-Ranges"] = "bytes"
    if asked is not None:
        first = int(asked[1]) if asked[1] else max(0, file.size - int(asked[2]))
        last = int(asked[2]) if asked[1] and asked[2] else file.size - 1
        stop = min(last + 1, file.size)
        if first >= file.size or last < first:
            total = f"bytes */{file.size}"
            return web.Response(status=416, headers={"Content-Range": total})
        response.set_status(206)
        response.headers["Content-Range"] = f"bytes {first}-{stop - 1}/{file.size}"
    response.content_length = stop - first
    await response.prepare(request)
    if request.method != "HEAD":
        await _stream(request, response, _cut_up(file.parts(first, stop)), expires)
    return response


def _asked(request: web.Request, knobs: Knobs) -> re.Match[str] | None:
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    usable = knobs.capture_ranges and asked is not None and (asked[1] or asked[2])
    return asked if usable else None


def _cut_up(parts: Iterator[bytes]) -> Iterator[bytes]:
    return (
        part[place : place + PART]
        for part in parts
        for place in range(0, len(part), PART)
    )


async def _stream(
    request: web.Request,
    response: web.StreamResponse,
    parts: Iterator[bytes],
    expires: float,
) -> None:
    """Send at the pace of the knob, up to a cut, and only while the address works if the knob says so."""
    world, length = world_of(request), response.content_length or 0
    left = length // 2 if CUT in request else length
    for part in parts:
        knobs = world.knobs
        left -= len(part)
        if knobs.capture_cut_at_expiry and expires <= world.clock.now():
            left = -1
        if left < 0:
            raise ConnectionDropped
        if knobs.capture_bytes_per_second:
            await asyncio.sleep(len(part) / knobs.capture_bytes_per_second)
        await response.write(part)
    await response.write_eof()
