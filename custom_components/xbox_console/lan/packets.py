"""The three packets of the local network. Pure: bytes in, bytes out; all integers are big endian."""

import re
import struct

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import NameOID

PORT = 5050
PROBE = bytes.fromhex("dd00 000a 0000 00000000 0008 0000 0002")
"""Who is there? Sent to one address or to all; only a running system answers."""

_ANSWER = 0xDD01
_POWER_ON = bytes.fromhex("dd02 0013 0000")
_CONSOLE_ID = re.compile(r"[0-9A-F]{16}")
_SHORTEST, _LONGEST = 60, 2048
_NAME_AT = 12
"""Behind the header, the flags and the type."""
_LAST_ERROR = 4
_COMMON_NAME = bytes.fromhex("06 03 55 04 03")
_TEXTS = (0x0C, 0x13)
"""UTF8String and PrintableString."""


def power_on(console_id: str) -> bytes:
    """What wakes a console that sleeps; nothing answers. Raises ValueError for what is no id."""
    plain = console_id.upper()
    if not _CONSOLE_ID.fullmatch(plain):
        raise ValueError("not a console id")
    return _POWER_ON + struct.pack(">H", len(plain)) + plain.encode() + b"\0"


def who_answers(data: bytes) -> str | None:
    """The console id that an answer names; None for anything that is no answer."""
    if not _SHORTEST <= len(data) <= _LONGEST:
        return None
    if int.from_bytes(data[:2]) != _ANSWER:
        return None
    try:
        # The header's length is not always right: each string has its own.
        at = _behind_string(data, _behind_string(data, _NAME_AT)) + _LAST_ERROR
        (length,) = struct.unpack_from(">H", data, at)
    except struct.error:
        return None
    certificate = data[at + 2 : at + 2 + length]
    if not length or len(certificate) < length:
        return None
    name = _subject(certificate)
    return name if name is not None and _CONSOLE_ID.fullmatch(name) else None


def _behind_string(data: bytes, at: int) -> int:
    (length,) = struct.unpack_from(">H", data, at)
    return at + 2 + int(length) + 1


def _subject(certificate: bytes) -> str | None:
    """The name in a certificate: it names a console and proves nothing, so nothing else is checked."""
    try:
        subject = x509.load_der_x509_certificate(certificate).subject
        names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm:
        return _last_name(certificate)
    return str(names[-1].value) if names else None


def _last_name(certificate: bytes) -> str | None:
    """The last name in bytes that are no certificate to a strict reader: the issuer's comes before."""
    at = certificate.rfind(_COMMON_NAME)
    kind, length = at + len(_COMMON_NAME), at + len(_COMMON_NAME) + 1
    if at < 0 or length >= len(certificate) or certificate[kind] not in _TEXTS:
        return None
    text = certificate[length + 1 : length + 1 + certificate[length]]
    return text.decode("ascii", "replace")
