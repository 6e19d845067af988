"""What captures show: real PNG and MP4 files, drawn from the art of the game."""

from functools import lru_cache

from simulator.captures.h264 import (
    Planes,
    key_picture,
    picture_parameters,
    repeated_picture,
    sequence_parameters,
)
from simulator.captures.mp4 import mp4
from simulator.games.art import draw, paint
from simulator.games.titles import Title

SCREENSHOT_SIZE = (960, 540)
THUMBNAIL_SIZE = (320, 180)
CLIP_SIZE = (128, 72)
CLIP_RATE = 10
_CODED_HEIGHT = 80
_PANORAMA = 256
_KEY_EVERY = 5
_STEP = 4
# Files begin like an image of JPEG XR; nothing here can draw one.
_JPEG_XR = b"II\xbc\x01\x20\x00\x00\x00"


def screenshot(
    title: Title, variant: int, size: tuple[int, int] = SCREENSHOT_SIZE
) -> bytes:
    """Return a PNG."""
    return draw(title.scene, title.colors, *size, f"{title.key}{variant}")


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
