"""JSON that is kept for later, compressed: there is much of it, and it is seldom read again."""

import zlib

from pydantic_core import from_json, to_json

from .model import Json

_QUICKLY = 1
"""How hard to compress: the names of members make up most of it."""


def packed(json: object) -> bytes:
    """What can be written as JSON, in little space."""
    return zlib.compress(to_json(json), _QUICKLY)


def unpacked(json: bytes) -> Json:
    """What was packed."""
    parsed: Json = from_json(zlib.decompress(json))
    return parsed
