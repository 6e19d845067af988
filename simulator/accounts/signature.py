"""Checks that a request was signed by whoever holds a key (GDK: "Xbox services title service calls").

Shares no code with any client and uses another library, so that a misreading shows on one side.
"""

import base64
import binascii
from dataclasses import dataclass
import struct
from typing import Literal

from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pydantic import BaseModel, ConfigDict, field_validator

POLICY_VERSION = 1
COORDINATE_BYTES = 32
# Microsoft's documents hash the whole body at the sign-in hosts, several clients its first 8192 bytes.
BODY_LIMITS = (8192, 2**32 - 1)
# 1601-01-01 to 1970-01-01, and 100 ns ticks, as in FILETIME.
FILETIME_EPOCH_SECONDS = 11_644_473_600
TICKS = 10_000_000

_HEADER = struct.Struct(f">IQ{COORDINATE_BYTES}s{COORDINATE_BYTES}s")
_PREFIX = struct.Struct(">IxQx")


class SignatureRefused(Exception):
    """The signature does not prove what it has to; the message says why."""


def _base64url(text: str) -> bytes:
    """Decode unpadded base64url. Raises ValueError."""
    if "=" in text:
        raise ValueError("padded")
    return base64.b64decode(
        text + "=" * (-len(text) % 4), altchars=b"-_", validate=True
    )


class ProofKey(BaseModel):
    """A public key as clients send it: a JSON Web Key (RFC 7517) for ES256 on P-256."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kty: Literal["EC"]
    alg: Literal["ES256"]
    crv: Literal["P-256"]
    use: Literal["sig"]
    x: str
    y: str

    @field_validator("x", "y")
    @classmethod
    def _is_coordinate(cls, value: str) -> str:
        if len(_base64url(value)) != COORDINATE_BYTES:
            raise ValueError("not 32 bytes")
        return value

    def public_key(self) -> EllipticCurvePublicKey:
        """Return the key. Raises ValueError for a point that is not on the curve."""
        x, y = (int.from_bytes(_base64url(part)) for part in (self.x, self.y))
        return EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()


@dataclass(frozen=True)
class SignedRequest:
    """What of a request is covered by its signature."""

    method: str
    path: str
    """Path and query as on the wire, without the host."""
    authorization: str
    body: bytes

    def stream(self, filetime: int, body_limit: int) -> bytes:
        """Return the bytes that are hashed and signed."""
        texts = (self.method.upper(), self.path or "/", self.authorization)
        return (
            _PREFIX.pack(POLICY_VERSION, filetime)
            + b"".join(text.encode() + b"\0" for text in texts)
            + self.body[:body_limit]
            + b"\0"
        )


def filetime(unix_seconds: float) -> int:
    """Return a time as FILETIME: 100 ns ticks since 1601."""
    return int((unix_seconds + FILETIME_EPOCH_SECONDS) * TICKS)


def verify(
    header: str, request: SignedRequest, key: ProofKey, *, now: float, window: float
) -> None:
    """Check a `Signature` header.

    `window` is how many seconds the signature's time may be away from `now`; 0 accepts any time.
    Raises SignatureRefused.
    """
    try:
        version, ticks, r, s = _HEADER.unpack(base64.b64decode(header, validate=True))
    except (binascii.Error, struct.error) as error:
        raise SignatureRefused("malformed") from error
    if version != POLICY_VERSION:
        raise SignatureRefused("policy version")
    if window and abs(ticks - filetime(now)) > window * TICKS:
        raise SignatureRefused("time")
    try:
        public_key = key.public_key()
    except ValueError as error:
        raise SignatureRefused("key") from error
    signature = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    for limit in BODY_LIMITS:
        try:
            public_key.verify(signature, request.stream(ticks, limit), ECDSA(SHA256()))
        except InvalidSignature:
            continue
        return
    raise SignatureRefused("signature")


async def require_signature(
    request: web.Request, key: ProofKey, *, now: float, window: float
) -> None:
    """Check that `key` signed this request. Raises HTTPBadRequest (missing) or HTTPForbidden, both empty."""
    header = request.headers.get("Signature")
    if header is None:
        raise web.HTTPBadRequest(text="")
    # The host is the first part of the path here; the real service does not see it there.
    host = request.raw_path.split("/", 2)[1]
    covered = SignedRequest(
        method=request.method,
        path=request.raw_path.removeprefix(f"/{host}"),
        authorization=request.headers.get("Authorization", ""),
        body=await request.read(),
    )
    try:
        verify(header, covered, key, now=now, window=window)
    except SignatureRefused as error:
        raise web.HTTPForbidden(text="") from error
