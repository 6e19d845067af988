"""The packets of discovery and waking, as the known facts describe them. All integers are big endian."""

from dataclasses import dataclass
import struct

DISCOVERY_REQUEST = 0xDD00
DISCOVERY_RESPONSE = 0xDD01
POWER_ON = 0xDD02

_HEADER = struct.Struct(">HHH")
_REQUEST = struct.Struct(">IHHH")
_ID_LENGTH = 16
_STRING_FRAME = 3
"""Length and final NUL of a string."""


class NotForUs(Exception):
    """A packet that a console does not understand; the message says why."""


@dataclass(frozen=True)
class Request:
    """Who is there?"""

    client_type: int


@dataclass(frozen=True)
class PowerOn:
    """Wake up, if this is your id."""

    console_id: str


def parse(data: bytes) -> Request | PowerOn:
    """Read a packet as strictly as a console may. Raises NotForUs."""
    if len(data) < _HEADER.size:
        raise NotForUs("no header")
    kind, length, version = _HEADER.unpack_from(data)
    payload = data[_HEADER.size :]
    if version != 0 or length != len(payload):
        raise NotForUs("version or length")
    if kind == DISCOVERY_REQUEST:
        return _request(payload)
    if kind == POWER_ON:
        return _power_on(payload)
    raise NotForUs(f"type {kind:04x}")


def _request(payload: bytes) -> Request:
    if len(payload) != _REQUEST.size:
        raise NotForUs("length of a request")
    _, client_type, lowest, highest = _REQUEST.unpack(payload)
    if lowest > highest:
        raise NotForUs("versions")
    return Request(client_type)


def _power_on(payload: bytes) -> PowerOn:
    if len(payload) != _ID_LENGTH + _STRING_FRAME or payload[-1] != 0:
        raise NotForUs("length of an id")
    (length,) = struct.unpack_from(">H", payload)
    text = payload[2:-1]
    if length != _ID_LENGTH or not text.isascii():
        raise NotForUs("an id")
    return PowerOn(text.decode("ascii"))


def string(text: str) -> bytes:
    """Return a text as packets carry it: its length, itself, and a NUL that does not count."""
    data = text.encode()
    return struct.pack(">H", len(data)) + data + b"\0"


def response(
    *,
    flags: int,
    device_type: int,
    name: str,
    uuid: str,
    last_error: int,
    certificate: bytes,
    version: int = 2,
    wrong_length: int = 0,
) -> bytes:
    """Return the answer to a request; its header's length is off by `wrong_length`."""
    payload = (
        struct.pack(">IH", flags, device_type)
        + string(name)
        + string(uuid)
        + struct.pack(">IH", last_error, len(certificate))
        + certificate
    )
    header = _HEADER.pack(
        DISCOVERY_RESPONSE, len(payload) + wrong_length & 0xFFFF, version
    )
    return header + payload
