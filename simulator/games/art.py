"""Pictures for titles, drawn here: PNG in pure Python, fast because it paints runs of pixels, not single ones."""

from collections.abc import Callable, Sequence
from functools import lru_cache
import math
import random
import struct
import zlib

type Color = tuple[int, int, int]
type Point = tuple[float, float]


def rgb(text: str) -> Color:
    """Return `#rrggbb` as numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(first: Color, second: Color, share: float) -> Color:
    """Return a color between two; `share` is how much of the second."""
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(first, second, strict=True)
    )
    return red, green, blue


class Canvas:
    """A picture; places are fractions of width and height, radii fractions of the shorter side."""

    def __init__(self, width: int, height: int, top: Color, bottom: Color) -> None:
        """Start with a gradient from top to bottom."""
        self.width, self.height = width, height
        self.side = min(width, height)
        self._ground = [
            mix(top, bottom, row / max(1, height - 1)) for row in range(height)
        ]
        self._rows = [bytearray(bytes(color) * width) for color in self._ground]

    def _run(
        self, row: int, start: float, end: float, color: Color, alpha: float
    ) -> None:
        """Paint pixels of one row; partly covered ones at the ends are blended."""
        start, end = max(0.0, start), min(float(self.width), end)
        if end <= start:
            return
        pixels = self._rows[row]
        paint = mix(self._ground[row], color, alpha)
        first, last = math.ceil(start), math.floor(end)
        if last > first:
            pixels[3 * first : 3 * last] = bytes(paint) * (last - first)
        for column, share in ((first - 1, first - start), (last, end - last)):
            if share > 0 and 0 <= column < self.width:
                place = slice(3 * column, 3 * column + 3)
                red, green, blue = pixels[place]
                pixels[place] = bytes(mix((red, green, blue), paint, min(1.0, share)))

    def disc(self, at: Point, radius: float, color: Color, alpha: float = 1.0) -> None:
        """Paint a disc."""
        x, y, r = at[0] * self.width, at[1] * self.height, radius * self.side
        for row in range(max(0, math.floor(y - r)), min(self.height, math.ceil(y + r))):
            half = math.sqrt(max(0.0, r * r - (row + 0.5 - y) ** 2))
            self._run(row, x - half, x + half, color, alpha)

    def ring(
        self,
        at: Point,
        radius: float,
        thickness: float,
        color: Color,
        tilt: float = 1.0,
    ) -> None:
        """Paint a ring; `tilt` below 1 flattens it."""
        x, y = at[0] * self.width, at[1] * self.height
        outer, inner = radius * self.side, (radius - thickness) * self.side
        for row in range(
            max(0, math.floor(y - outer * tilt)),
            min(self.height, math.ceil(y + outer * tilt)),
        ):
            offset = (row + 0.5 - y) / tilt
            far = math.sqrt(max(0.0, outer * outer - offset * offset))
            near = math.sqrt(max(0.0, inner * inner - offset * offset))
            self._run(row, x - far, x - near, color, 1.0)
            self._run(row, x + near, x + far, color, 1.0)

    def polygon(
        self, points: Sequence[Point], color: Color, alpha: float = 1.0
    ) -> None:
        """Paint a polygon."""
        places = [(x * self.width, y * self.height) for x, y in points]
        edges = list(zip(places, [*places[1:], places[0]], strict=True))
        low = max(0, math.floor(min(y for _, y in places)))
        high = min(self.height, math.ceil(max(y for _, y in places)))
        for row in range(low, high):
            y = row + 0.5
            crossings = sorted(
                x1 + (y - y1) * (x2 - x1) / (y2 - y1)
                for (x1, y1), (x2, y2) in edges
                if (y1 <= y) != (y2 <= y)
            )
            for start, end in zip(crossings[::2], crossings[1::2], strict=False):
                self._run(row, start, end, color, alpha)

    def skyline(
        self, height: Callable[[float], float], color: Color, alpha: float = 1.0
    ) -> None:
        """Paint everything below a curve: `height(x)` is where it begins."""
        steps = 96
        curve = [(step / steps, height(step / steps)) for step in range(steps + 1)]
        self.polygon([*curve, (1.0, 1.01), (0.0, 1.01)], color, alpha)

    def rows(self) -> list[bytes]:
        """Return the picture's rows, three bytes a pixel."""
        return [bytes(row) for row in self._rows]

    def png(self) -> bytes:
        """Return the picture as PNG."""
        raw = b"".join(b"\0" + bytes(row) for row in self._rows)
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )


type Scene = Callable[[Canvas, Color, Color, Color, random.Random], None]


def _swell(
    level: float, size: float, count: float, shift: float
) -> Callable[[float], float]:
    """Return a wavy curve around a level."""
    return lambda x: level + size * math.sin(count * x + shift)


def _stars(canvas: Canvas, color: Color, dice: random.Random, count: int = 70) -> None:
    for _ in range(count):
        canvas.disc(
            (dice.random(), dice.random() * 0.7),
            dice.uniform(0.0012, 0.004),
            color,
            dice.uniform(0.35, 0.95),
        )


def _planet(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    _stars(canvas, accent, dice)
    canvas.disc((0.66, 0.36), 0.27, mix(bottom, accent, 0.35))
    canvas.disc((0.645, 0.345), 0.235, mix(bottom, accent, 0.62))
    canvas.ring((0.66, 0.36), 0.42, 0.025, accent, tilt=0.24)
    canvas.disc((0.2, 0.2), 0.05, accent, 0.8)
    canvas.skyline(_swell(0.76, 0.07, 5, 0.6), mix(top, bottom, 0.35))
    canvas.skyline(_swell(0.86, 0.05, 7, 2.4), mix(top, (0, 0, 0), 0.35))


def _speed(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    _stars(canvas, accent, dice, 40)
    for lane in range(-7, 8):
        canvas.polygon(
            [
                (0.5 + lane * 0.012, 0.45),
                (0.5 + lane * 0.012 + 0.003, 0.45),
                (0.53 + lane * 0.24, 1.0),
                (0.5 + lane * 0.24, 1.0),
            ],
            accent,
            0.45,
        )
    canvas.disc((0.5, 0.4), 0.2, accent, 0.55)
    canvas.disc((0.5, 0.4), 0.15, mix(accent, (255, 255, 255), 0.5), 0.9)
    canvas.polygon(
        [(0.5, 0.56), (0.69, 0.83), (0.5, 0.77), (0.31, 0.83)], mix(top, (0, 0, 0), 0.3)
    )
    canvas.polygon([(0.5, 0.6), (0.56, 0.77), (0.5, 0.755), (0.44, 0.77)], accent)


def _waves(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    canvas.disc((0.7, 0.4), 0.17, mix(top, (255, 255, 255), 0.75))
    canvas.polygon(
        [(0.24, 0.6), (0.44, 0.6), (0.4, 0.67), (0.28, 0.67)],
        mix(accent, (0, 0, 0), 0.3),
    )
    canvas.polygon([(0.335, 0.58), (0.335, 0.28), (0.43, 0.56)], (255, 250, 240))
    for layer in range(4):
        height = _swell(0.64 + 0.09 * layer, 0.018, 13, 1.9 * layer)
        canvas.skyline(height, mix(accent, bottom, 0.55 - 0.17 * layer))


def _city(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    canvas.disc((0.3, 0.3), 0.13, mix(accent, (255, 255, 255), 0.4))
    for depth in range(2):
        wall = mix(top, bottom, 0.45 - 0.4 * depth)
        left = -0.02
        while left < 1.0:
            width = dice.uniform(0.06, 0.13)
            roof = dice.uniform(0.4, 0.66) + 0.14 * depth
            canvas.polygon(
                [
                    (left, roof),
                    (left + width, roof),
                    (left + width, 1.01),
                    (left, 1.01),
                ],
                wall,
            )
            for _ in range(5 * depth):
                x, y = (
                    left + width * dice.uniform(0.15, 0.75),
                    dice.uniform(roof + 0.03, 0.95),
                )
                canvas.polygon(
                    [(x, y), (x + 0.012, y), (x + 0.012, y + 0.018), (x, y + 0.018)],
                    accent,
                )
            left += width + 0.008


def _hills(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    for x, y, size in (
        (0.2, 0.25, 0.07),
        (0.29, 0.23, 0.09),
        (0.37, 0.26, 0.06),
        (0.74, 0.36, 0.06),
        (0.82, 0.35, 0.08),
    ):
        canvas.disc((x, y), size, (255, 255, 255), 0.85)
    for layer in range(3):
        height = _swell(0.6 + 0.12 * layer, 0.06, 4 + layer, 2 * layer)
        canvas.skyline(height, mix(bottom, accent, 0.4 + 0.3 * layer))


def _beam(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    _stars(canvas, accent, dice, 50)
    canvas.polygon([(0.5, 0.34), (1.05, 0.1), (1.05, 0.42)], accent, 0.4)
    canvas.polygon([(0.5, 0.34), (-0.05, 0.2), (-0.05, 0.46)], accent, 0.25)
    canvas.polygon(
        [(0.46, 0.38), (0.54, 0.38), (0.58, 0.86), (0.42, 0.86)],
        mix(accent, (255, 255, 255), 0.7),
    )
    for stripe in range(3):
        y = 0.45 + 0.14 * stripe
        canvas.polygon(
            [(0.45, y), (0.55, y), (0.56, y + 0.06), (0.44, y + 0.06)], (190, 60, 50)
        )
    canvas.disc((0.5, 0.35), 0.05, accent)
    canvas.skyline(_swell(0.84, 0.02, 16, 0), mix(top, (0, 0, 0), 0.2))


def _hexes(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    across, down = canvas.side / canvas.width, canvas.side / canvas.height
    size = 0.12
    for row in range(round(1 / (size * 1.5 * down)) + 2):
        for column in range(round(1 / (size * 1.732 * across)) + 2):
            x = (column + 0.5 * (row % 2)) * size * 1.732 * across
            y = row * size * 1.5 * down
            corners = [
                (
                    x + 0.92 * size * across * math.sin(k * math.pi / 3),
                    y + 0.92 * size * down * math.cos(k * math.pi / 3),
                )
                for k in range(6)
            ]
            canvas.polygon(
                corners,
                mix(bottom, accent, dice.choice((0.0, 0.12, 0.3, 0.6, 0.9))),
                0.8,
            )


def _rings(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    for index in range(9):
        canvas.polygon(
            [
                (index / 9, 0),
                ((index + 0.5) / 9, 0),
                ((index + 0.5) / 9, 1),
                (index / 9, 1),
            ],
            bottom,
            0.5,
        )
    canvas.ring((0.5, 0.5), 0.36, 0.03, accent)
    canvas.disc((0.5, 0.5), 0.24, accent)
    canvas.disc((0.5, 0.5), 0.2, mix(top, bottom, 0.5))
    canvas.disc((0.5, 0.5), 0.07, accent)


def _forest(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    canvas.disc((0.5, 0.42), 0.3, accent, 0.35)
    canvas.disc((0.5, 0.42), 0.2, accent, 0.6)
    canvas.disc((0.5, 0.42), 0.1, mix(accent, (255, 255, 255), 0.6))
    for depth in range(3):
        shade = mix(bottom, top, 0.35 * depth + 0.2)
        for tree in range(9 - depth):
            x, tip = (
                (tree + dice.random()) / (9 - depth),
                0.42 + 0.14 * depth + dice.uniform(0, 0.12),
            )
            canvas.polygon([(x, tip), (x + 0.075, 1.01), (x - 0.075, 1.01)], shade)


def _play(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    canvas.disc((0.5, 0.5), 0.34, accent, 0.16)
    canvas.disc((0.5, 0.5), 0.27, accent)
    across, down = canvas.side / canvas.width, canvas.side / canvas.height
    canvas.polygon(
        [
            (0.5 - 0.09 * across, 0.5 - 0.14 * down),
            (0.5 + 0.16 * across, 0.5),
            (0.5 - 0.09 * across, 0.5 + 0.14 * down),
        ],
        bottom,
    )


def _note(
    canvas: Canvas, top: Color, bottom: Color, accent: Color, dice: random.Random
) -> None:
    for bar in range(13):
        x, size = 0.1 + bar * 0.062, 0.08 + 0.3 * abs(math.sin(bar * 1.7))
        canvas.polygon(
            [
                (x, 0.5 - size),
                (x + 0.034, 0.5 - size),
                (x + 0.034, 0.5 + size),
                (x, 0.5 + size),
            ],
            accent,
            0.9,
        )


SCENES: dict[str, Scene] = {
    "planet": _planet,
    "speed": _speed,
    "waves": _waves,
    "city": _city,
    "hills": _hills,
    "beam": _beam,
    "hexes": _hexes,
    "rings": _rings,
    "forest": _forest,
    "play": _play,
    "note": _note,
}


def paint(
    scene: str, colors: tuple[str, str, str], width: int, height: int, seed: str
) -> Canvas:
    """Return a painted picture; the same arguments give the same one."""
    top, bottom, accent = (rgb(color) for color in colors)
    canvas = Canvas(width, height, top, bottom)
    SCENES[scene](canvas, top, bottom, accent, random.Random(seed))
    return canvas


@lru_cache(maxsize=256)
def draw(
    scene: str, colors: tuple[str, str, str], width: int, height: int, seed: str
) -> bytes:
    """Return a picture as PNG."""
    return paint(scene, colors, width, height, seed).png()
