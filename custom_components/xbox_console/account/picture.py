"""A picture that a service named: small enough, of a kind that holds no script, from nowhere else."""

from collections.abc import AsyncIterator
from http import HTTPStatus

from aiohttp import ClientError, ClientTimeout
from homeassistant.components.image import Image, infer_image_type
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from ..const import LOGGER

_TIMEOUT = ClientTimeout(total=10)
_LARGEST = 16 * 2**20
"""Bytes: a screenshot in full size is about half of that."""
_PIECE = 2**16
KINDS = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
"""Home Assistant serves it under its own address, where the script of an SVG would run as one of its pages."""


async def fetch(hass: HomeAssistant, address: str) -> Image | None:
    """Get a picture; None if there is none to be had, or something else came."""
    try:
        # Whoever redirects could lead into the house's own network.
        async with async_get_clientsession(hass).get(
            address, timeout=_TIMEOUT, allow_redirects=False
        ) as response:
            if response.status != HTTPStatus.OK:
                LOGGER.debug("A picture was answered with %s", response.status)
                return None
            content = await _limited(response.content.iter_chunked(_PIECE))
            kind = response.content_type
    except (ClientError, TimeoutError) as error:
        LOGGER.debug("A picture cannot be fetched: %s", type(error).__name__)
        return None
    if kind not in KINDS:
        kind = infer_image_type(content) or ""
    return Image(kind, content) if kind and content else None


async def _limited(pieces: AsyncIterator[bytes]) -> bytes:
    """All of it, or nothing as soon as it is larger than any honest picture."""
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) > _LARGEST:
            LOGGER.debug("A picture is larger than %s bytes", _LARGEST)
            return b""
    return bytes(content)
