"""The files of captures for any player in the house: authenticated, with ranges, in constant memory."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import ClientConnectionResetError, hdrs, web
from homeassistant.components.http import HomeAssistantView
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant

from ..const import DOMAIN, LOGGER
from ..xboxlive.captures.capture import Capture, Part
from ..xboxlive.captures.content import WHOLE, OutOfRange, Span, Stream
from ..xboxlive.errors import NotFound, XboxError
from .shelves import Shelves

_PATH = f"/api/{DOMAIN}/captures"
_KINDS = {
    Part.VIDEO: ("video/mp4",),
    Part.PICTURE: ("image/png", "image/jpeg"),
    Part.HDR: ("image/vnd.ms-photo",),
    Part.THUMBNAIL: ("image/png", "image/jpeg"),
    Part.THUMBNAIL_SMALL: ("image/png", "image/jpeg"),
}
"""Media types that are passed on; the first stands for any other: a page must never come from here."""
_KEPT_FOR = "private, max-age=604800, immutable"

type ShelvesOf = Callable[[ConfigEntry], Shelves]


def path(entry_id: str, capture: Capture, part: Part) -> str | None:
    """Where Home Assistant serves a file of a capture; None if it has no such file."""
    if part not in capture.places:
        return None
    return f"{_PATH}/{entry_id}/{quote(capture.content_id, safe='')}/{part}"


class CaptureView(HomeAssistantView):
    """Passes on what the content hosts send."""

    url = f"{_PATH}/{{entry_id}}/{{content_id}}/{{part}}"
    name = f"api:{DOMAIN}:captures"

    def __init__(self, hass: HomeAssistant, shelves_of: ShelvesOf) -> None:
        """`shelves_of` gives the captures that a loaded entry knows."""
        self._hass = hass
        self._shelves_of = shelves_of

    async def head(
        self, request: web.Request, entry_id: str, content_id: str, part: str
    ) -> web.StreamResponse:
        """Tell what a file is, without sending it."""
        return await self.get(request, entry_id, content_id, part)

    async def get(
        self, request: web.Request, entry_id: str, content_id: str, part: str
    ) -> web.StreamResponse:
        """Send a file, or a part of it."""
        shelves, capture = self._found(entry_id, content_id)
        if part not in capture.places:
            raise web.HTTPNotFound
        tag = f'"{capture.content_id}-{part}"'
        if request.headers.get(hdrs.IF_NONE_MATCH) == tag:
            return web.Response(
                status=HTTPStatus.NOT_MODIFIED, headers={hdrs.ETAG: tag}
            )
        span = _span(request, tag)
        try:
            async with shelves.contents.open(
                capture, Part(part), span or WHOLE
            ) as stream:
                response = _response(stream, Part(part), tag, partial=span is not None)
                return await _send(request, response, stream)
        except OutOfRange as error:
            total = "*" if error.total is None else error.total
            raise web.HTTPRequestRangeNotSatisfiable(
                headers={hdrs.CONTENT_RANGE: f"bytes */{total}"}
            ) from error
        except NotFound as error:
            raise web.HTTPNotFound from error
        except XboxError as error:
            LOGGER.debug("A capture cannot be shown: %s", error)
            raise web.HTTPBadGateway from error

    def _found(self, entry_id: str, content_id: str) -> tuple[Shelves, Capture]:
        entry = self._hass.config_entries.async_get_entry(entry_id)
        if (
            entry is None
            or entry.domain != DOMAIN
            or entry.state is not ConfigEntryState.LOADED
        ):
            raise web.HTTPNotFound
        shelves = self._shelves_of(entry)
        capture = shelves.of_id(content_id)
        if capture is None:
            raise web.HTTPNotFound
        return shelves, capture


def _span(request: web.Request, tag: str) -> Span | None:
    """Which bytes are asked for; None for all of them, and for ranges that are not understood."""
    if request.headers.get(hdrs.IF_RANGE, tag) != tag:
        return None
    try:
        asked = request.http_range
    except ValueError:
        return None
    if asked.start is None and asked.stop is None:
        return None
    return Span(asked.start or 0, asked.stop)


def _response(
    stream: Stream, part: Part, tag: str, *, partial: bool
) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={
            hdrs.ACCEPT_RANGES: "bytes",
            hdrs.CACHE_CONTROL: _KEPT_FOR,
            hdrs.ETAG: tag,
            "X-Content-Type-Options": "nosniff",
        }
    )
    kinds = _KINDS[part]
    response.content_type = stream.kind if stream.kind in kinds else kinds[0]
    start, stop = stream.span.start, stream.span.stop
    if stop is not None:
        response.content_length = stop - start
    if partial and stop is not None:
        response.set_status(HTTPStatus.PARTIAL_CONTENT)
        total = "*" if stream.total is None else stream.total
        response.headers[hdrs.CONTENT_RANGE] = f"bytes {start}-{stop - 1}/{total}"
    return response


async def _send(
    request: web.Request, response: web.StreamResponse, stream: Stream
) -> web.StreamResponse:
    await response.prepare(request)
    if request.method == hdrs.METH_HEAD:
        return response
    # Players close the connection when they have enough.
    with suppress(ClientConnectionResetError):
        try:
            async for chunk in stream.chunks():
                await response.write(chunk)
        except XboxError as error:
            LOGGER.debug("A capture ends in the middle: %s", error)
            if request.transport is not None:
                request.transport.abort()
            return response
        await response.write_eof()
    return response
