"""A very small H.264 encoder (ITU-T H.264): pictures of raw macroblocks, and pictures that repeat the last one.

Large for what it shows, but any player decodes it, and it needs no library.
"""

import re

BLOCK = 16
_ESCAPE = re.compile(rb"\x00\x00(?=[\x00-\x03])")


class _Bits:
    """Writes bits, the most significant first."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._value = self._used = 0

    def put(self, value: int, width: int) -> None:
        """Write an unsigned number of `width` bits."""
        self._value = self._value << width | value
        self._used += width
        while self._used >= 8:
            self._used -= 8
            self._bytes.append(self._value >> self._used & 255)
        self._value &= (1 << self._used) - 1

    def golomb(self, *values: int) -> None:
        """Write unsigned Exp-Golomb codes; zero is the same code for signed ones."""
        for value in values:
            self.put(value + 1, 2 * (value + 1).bit_length() - 1)

    def align(self) -> None:
        """Fill the byte with zeros."""
        if self._used:
            self.put(0, 8 - self._used)

    def raw(self, data: bytes) -> None:
        """Write whole bytes; the position has to be aligned."""
        self._bytes += data

    def unit(self, header: int) -> bytes:
        """End a NAL unit and return it."""
        self.put(1, 1)
        self.align()
        return bytes([header]) + _ESCAPE.sub(b"\0\0\x03", bytes(self._bytes))


class Planes:
    """A picture in YCbCr 4:2:0, wide enough to show a part of it."""

    def __init__(self, rows: list[bytes]) -> None:
        """Convert rows of RGB bytes; their number and length in pixels have to be even."""
        self.width, self.height = len(rows[0]) // 3, len(rows)
        self.luma = [_luma(row) for row in rows]
        self.blue = [_chroma(row, (-38, -74, 112)) for row in rows[::2]]
        self.red = [_chroma(row, (112, -94, -18)) for row in rows[::2]]

    def blocks(self, left: int, width: int) -> list[bytes]:
        """Return the macroblocks of a part that begins at `left` and goes round at the right edge."""
        planes = ((self.luma, BLOCK), (self.blue, BLOCK // 2), (self.red, BLOCK // 2))
        turned = [
            [_turn(row, left * size // BLOCK) for row in plane]
            for plane, size in planes
        ]
        return [
            b"".join(
                line[column * size : (column + 1) * size]
                for plane, (_, size) in zip(turned, planes, strict=True)
                for line in plane[row * size : (row + 1) * size]
            )
            for row in range(self.height // BLOCK)
            for column in range(width // BLOCK)
        ]


def _turn(row: bytes, left: int) -> bytes:
    return row[left:] + row[:left]


def _luma(row: bytes) -> bytes:
    return bytes(
        16 + (66 * red + 129 * green + 25 * blue + 128 >> 8)
        for red, green, blue in zip(row[::3], row[1::3], row[2::3], strict=True)
    )


def _chroma(row: bytes, weights: tuple[int, int, int]) -> bytes:
    a, b, c = weights
    return bytes(
        128 + (a * red + b * green + c * blue + 128 >> 8)
        for red, green, blue in zip(row[::6], row[1::6], row[2::6], strict=True)
    )


def sequence_parameters(width: int, height: int, shown_height: int) -> bytes:
    """Return the SPS: Constrained Baseline, level 3, `shown_height` of `height` rows visible."""
    bits = _Bits()
    bits.raw(bytes([66, 0xC0, 30]))
    # Id 0, four bits of frame number, pictures shown in the order of decoding, one reference.
    bits.golomb(0, 0, 2, 1)
    bits.put(0, 1)
    bits.golomb(width // BLOCK - 1, height // BLOCK - 1)
    bits.put(0b11, 2)
    bits.put(1, 1)
    bits.golomb(0, 0, 0, (height - shown_height) // 2)
    bits.put(0, 1)
    return bits.unit(0x67)


def picture_parameters() -> bytes:
    """Return the PPS: CAVLC, deblocking under control of each slice."""
    bits = _Bits()
    bits.golomb(0, 0)
    bits.put(0, 2)
    bits.golomb(0, 0, 0)
    bits.put(0, 3)
    bits.golomb(0, 0, 0)
    bits.put(0b100, 3)
    return bits.unit(0x68)


def key_picture(blocks: list[bytes], number: int) -> bytes:
    """Return a picture of raw macroblocks (I_PCM); `number` differs from the key picture before."""
    bits = _Bits()
    bits.golomb(0, 7, 0)
    bits.put(0, 4)
    bits.golomb(number % 2)
    bits.put(0, 2)
    bits.golomb(0, 1)
    for block in blocks:
        bits.golomb(25)
        bits.align()
        bits.raw(block)
    return bits.unit(0x65)


def repeated_picture(count: int, since_key: int) -> bytes:
    """Return a picture that repeats the one before, all of its `count` macroblocks."""
    bits = _Bits()
    bits.golomb(0, 5, 0)
    bits.put(since_key % 16, 4)
    bits.put(0, 3)
    bits.golomb(0, 1, count)
    return bits.unit(0x41)
