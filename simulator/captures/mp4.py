"""An MP4 file (ISO/IEC 14496-12 and -15) around H.264 pictures."""

import struct

_MATRIX = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def mp4(
    samples: list[bytes],
    keys: list[int],
    size: tuple[int, int],
    rate: int,
    parameters: tuple[bytes, bytes],
) -> bytes:
    """Return a file that plays at once while it loads.

    `samples`: one NAL unit a picture. `keys`: indexes of key pictures. `size`: visible width and height.
    `rate`: pictures a second. `parameters`: SPS and PPS.
    """
    framed = [_numbers(len(unit)) + unit for unit in samples]
    data = _box(b"mdat", *framed)
    head = _box(b"ftyp", b"isom", _numbers(512), b"isomiso2avc1mp41")
    # The table of places has the same length whatever they are: measure first, then write.
    length = len(_movie(framed, keys, size, rate, parameters, 0))
    start = len(head) + length + 8
    return head + _movie(framed, keys, size, rate, parameters, start) + data


def _movie(
    framed: list[bytes],
    keys: list[int],
    size: tuple[int, int],
    rate: int,
    parameters: tuple[bytes, bytes],
    start: int,
) -> bytes:
    count = len(framed)
    track_head = (
        _numbers(7, 0, 0, 1, 0, count, 0, 0, 0, 0)
        + _MATRIX
        + _numbers(*(side << 16 for side in size))
    )
    media = _box(
        b"mdia",
        _box(b"mdhd", _numbers(0, 0, 0, rate, count, 0x55C40000)),
        _box(b"hdlr", _numbers(0, 0), b"vide", bytes(12), b"Simulated\0"),
        _box(
            b"minf",
            _box(b"vmhd", _numbers(1, 0, 0)),
            _box(b"dinf", _box(b"dref", _numbers(0, 1), _box(b"url ", _numbers(1)))),
            _table(framed, keys, size, parameters, start),
        ),
    )
    movie_head = (
        _numbers(0, 0, 0, rate, count, 1 << 16, 0x01000000, 0, 0)
        + _MATRIX
        + bytes(24)
        + _numbers(2)
    )
    track = _box(b"trak", _box(b"tkhd", track_head), media)
    return _box(b"moov", _box(b"mvhd", movie_head), track)


def _table(
    framed: list[bytes],
    keys: list[int],
    size: tuple[int, int],
    parameters: tuple[bytes, bytes],
    start: int,
) -> bytes:
    sequence, picture = parameters
    config = (
        bytes([1, *sequence[1:4], 0xFF, 0xE1])
        + struct.pack(">H", len(sequence))
        + sequence
        + b"\x01"
        + struct.pack(">H", len(picture))
        + picture
    )
    entry = _box(
        b"avc1",
        bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">2H", *size),
        _numbers(0x480000, 0x480000, 0) + struct.pack(">H", 1) + bytes(32),
        struct.pack(">Hh", 24, -1),
        _box(b"avcC", config),
    )
    return _box(
        b"stbl",
        _box(b"stsd", _numbers(0, 1), entry),
        _box(b"stts", _numbers(0, 1, len(framed), 1)),
        _box(b"stss", _numbers(0, len(keys), *(key + 1 for key in keys))),
        _box(b"stsc", _numbers(0, 1, 1, len(framed), 1)),
        _box(b"stsz", _numbers(0, 0, len(framed), *map(len, framed))),
        _box(b"stco", _numbers(0, 1, start)),
    )
