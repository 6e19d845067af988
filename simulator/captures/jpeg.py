"""A very small JPEG encoder (ITU-T T.81, baseline): of each block its color and its two gentlest waves.

Soft for what it shows, but any program decodes it, and it needs no library.
"""

from collections.abc import Iterator, Sequence
import math
import struct

_SIDE = 8
_WAVE = [math.cos((2 * place + 1) * math.pi / 16) for place in range(_SIDE)]
_STEP = 8
"""How wide the steps of every number are."""
_COMPONENTS = (
    (0.299, 0.587, 0.114, -128.0),
    (-0.168736, -0.331264, 0.5, 0.0),
    (0.5, -0.418688, -0.081312, 0.0),
)
"""Shares of red, green and blue, and an offset: luma, and how much bluer and redder."""
_ENDED = 0x00
# Codes are the places in these lists; all codes of a list have the same width.
_LENGTHS, _LENGTH_WIDTH = list(range(12)), 4
_WAVES = [_ENDED, *range(0x01, 0x0B), *range(0x11, 0x1B)]
_WAVES_WIDTH = 5

type _Numbers = tuple[int, int, int]
"""Of a block and a component: mean, wave across, wave down."""


class _Bits:
    """Writes bits, the most significant first, with a zero after each byte of ones."""

    def __init__(self) -> None:
        self._value = self._used = 0
        self._bytes = bytearray()

    def put(self, value: int, width: int) -> None:
        self._value = self._value << width | value
        self._used += width
        while self._used >= 8:
            self._used -= 8
            byte = self._value >> self._used & 255
            self._bytes += b"\xff\0" if byte == 255 else bytes([byte])
        self._value &= (1 << self._used) - 1

    def number(self, value: int) -> None:
        """Write a number whose length was written before."""
        width = abs(value).bit_length()
        self.put(value if value >= 0 else value + (1 << width) - 1, width)

    def end(self) -> bytes:
        """Fill the byte with ones, and return everything."""
        missing = -self._used % 8
        self.put((1 << missing) - 1, missing)
        return bytes(self._bytes)


def _product(these: Sequence[float], those: Sequence[float]) -> float:
    return sum(this * that for this, that in zip(these, those, strict=True))


def _components(rows: list[bytes], top: int, left: int) -> Iterator[_Numbers]:
    """Yield the numbers of a block, component by component; the edges are drawn on."""
    height, width = len(rows), len(rows[0]) // 3
    lines = [rows[min(top + y, height - 1)] for y in range(_SIDE)]
    places = [3 * min(left + x, width - 1) for x in range(_SIDE)]
    across = [[sum(row[at + c] for row in lines) for c in range(3)] for at in places]
    down = [[sum(row[at + c] for at in places) for c in range(3)] for row in lines]
    for *shares, offset in _COMPONENTS:
        columns, levels = (
            [_product(shares, each) / _SIDE + offset for each in sums]
            for sums in (across, down)
        )
        yield (
            round(sum(columns) / _STEP),
            round(math.sqrt(2) * _product(columns, _WAVE) / _STEP),
            round(math.sqrt(2) * _product(levels, _WAVE) / _STEP),
        )


def _write(bits: _Bits, change: int, across: int, down: int) -> None:
    bits.put(_LENGTHS.index(abs(change).bit_length()), _LENGTH_WIDTH)
    bits.number(change)
    skipped = 0
    for wave in (across, down):
        if wave == 0:
            skipped = 0x10
            continue
        symbol = skipped | abs(wave).bit_length()
        bits.put(_WAVES.index(symbol), _WAVES_WIDTH)
        bits.number(wave)
    bits.put(_WAVES.index(_ENDED), _WAVES_WIDTH)


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _codes(kind: int, symbols: list[int], width: int) -> bytes:
    counts = bytes(len(symbols) if each == width else 0 for each in range(1, 17))
    return _segment(0xC4, bytes([kind]) + counts + bytes(symbols))


def jpeg(rows: list[bytes]) -> bytes:
    """Return rows of RGB bytes as JPEG."""
    height, width = len(rows), len(rows[0]) // 3
    parts = b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    bits, means = _Bits(), [0, 0, 0]
    for top in range(0, height, _SIDE):
        for left in range(0, width, _SIDE):
            for number, found in enumerate(_components(rows, top, left)):
                mean, across, down = found
                _write(bits, mean - means[number], across, down)
                means[number] = mean
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            _segment(0xDB, b"\0" + bytes([_STEP] * 64)),
            _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + parts),
            _codes(0x00, _LENGTHS, _LENGTH_WIDTH),
            _codes(0x10, _WAVES, _WAVES_WIDTH),
            _segment(0xDA, b"\3\1\0\2\0\3\0\0\x3f\0"),
            bits.end(),
            b"\xff\xd9",
        )
    )
