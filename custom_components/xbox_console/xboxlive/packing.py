"""JSON that is kept for later, compressed: there is much of it, and it is seldom read again."""

import zlib

from pydantic_core import from_json, to_json

from .model import Json

_QUICKLY = 1
"""How hard to compress: the names of members make up most of it."""
_LITTLE = 6
"""How much memory to compress in: to clear more takes longer than to compress what is short."""


def packed(json: object) -> bytes:
    """What can be written as JSON, in little space."""
    packer = zlib.compressobj(_QUICKLY, memLevel=_LITTLE)
    return packer.compress(to_json(json)) + packer.flush()


def unpacked(json: bytes) -> Json:
    """What was packed."""
    parsed: Json = from_json(zlib.decompress(json))
    return parsed
