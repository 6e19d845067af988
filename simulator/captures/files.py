"""What captures show: real PNG, JPEG and MP4 files, drawn from the art of the game."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
import random
import struct

from simulator.captures.h264 import (
    Planes,
    key_picture,
    picture_parameters,
    repeated_picture,
    sequence_parameters,
)
from simulator.captures.jpeg import jpeg
from simulator.captures.mp4 import mp4
from simulator.games.art import draw, paint
from simulator.games.titles import Title

SCREENSHOT_SIZE = (960, 540)
THUMBNAIL_SIZE = (320, 180)
CLIP_SIZE = (128, 72)
CLIP_RATE = 10
TYPES = {
    "PNG": "image/png",
    "JPG": "image/jpeg",
    "MP4": "video/mp4",
    "JXR": "image/vnd.ms-photo",
}
"""Media types by suffix."""
_CODED_HEIGHT = 80
_PANORAMA = 256
_KEY_EVERY = 5
_STEP = 4
_BOX = 16
_NOISE = 1_048_573
# Files begin like an image of JPEG XR; nothing here can draw one.
_JPEG_XR = b"II\xbc\x01\x20\x00\x00\x00"


@dataclass(frozen=True)
class File:
    """A file that need not be in memory: what it shows, and then, if it is to be larger, noise."""

    head: bytes
    padding: int = 0
    noise: bytes = b""

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.head) + self.padding

    def parts(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`."""
        while start < stop:
            if start < len(self.head):
                part = self.head[start:stop]
            else:
                place = (start - len(self.head)) % len(self.noise)
                part = self.noise[place : place + stop - start]
            start += len(part)
            yield part


def padded(content: bytes, size: int, seed: str) -> File:
    """Return a file of that size, at least, which players still read: no two seeds give the same."""
    missing = size - len(content)
    if missing < _BOX:
        return File(content)
    if content[4:8] == b"ftyp":
        content += struct.pack(">I4sQ", 1, b"free", missing)
    # A picture ends where it says; what follows is not looked at.
    noise = random.Random(seed).randbytes(_NOISE)
    return File(content, size - len(content), noise)


def screenshot(
    title: Title,
    variant: int,
    size: tuple[int, int] = SCREENSHOT_SIZE,
    kind: str = "PNG",
) -> bytes:
    """Return a PNG, or a JPEG if `kind` is `JPG`."""
    if kind == "JPG":
        return _jpeg(title, variant, size)
    return draw(title.scene, title.colors, *size, f"{title.key}{variant}")


@lru_cache(maxsize=64)
def _jpeg(title: Title, variant: int, size: tuple[int, int]) -> bytes:
    canvas = paint(title.scene, title.colors, *size, f"{title.key}{variant}")
    return jpeg(canvas.rows())


def high_dynamic_range(title: Title, variant: int) -> bytes:
    """Return what stands for the JPEG XR file of a screenshot: right beginning, no picture."""
    return _JPEG_XR + screenshot(title, variant)


@lru_cache(maxsize=128)
def game_clip(title: Title, variant: int, seconds: int) -> bytes:
    """Return an MP4 in which the picture moves."""
    picture = paint(
        title.scene, title.colors, _PANORAMA, _CODED_HEIGHT, f"{title.key}{variant}"
    )
    planes = Planes(picture.rows())
    width, shown = CLIP_SIZE
    count = (width // 16) * (_CODED_HEIGHT // 16)
    samples = [
        repeated_picture(count, number % _KEY_EVERY)
        if number % _KEY_EVERY
        else key_picture(
            planes.blocks(number // _KEY_EVERY * _STEP % _PANORAMA, width),
            number // _KEY_EVERY,
        )
        for number in range(seconds * CLIP_RATE)
    ]
    return mp4(
        samples,
        list(range(0, len(samples), _KEY_EVERY)),
        CLIP_SIZE,
        CLIP_RATE,
        (sequence_parameters(width, _CODED_HEIGHT, shown), picture_parameters()),
    )
