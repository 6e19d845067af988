"""The proof key of a device and the `Signature` header that proves its possession.

Source: Microsoft GDK, "Live title service calls to Xbox services" (request signing). ECDSA P-256
through the package `ecdsa`, deterministic (RFC 6979); nothing else of the project knows of it.
"""

from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import pack
from typing import Self, override

from ecdsa import NIST256p, SigningKey  # type: ignore[import-untyped]  # the package has no types

_POLICY_VERSION = 1
_FILETIME_START = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SignaturePolicy:
    """What of a request a service has signed."""

    max_body_bytes: int = 8192


AUTH_POLICY = SignaturePolicy()
"""The policy of `*.xboxlive.com` in the list of endpoints (title.mgt.xboxlive.com)."""


def filetime(moment: datetime) -> int:
    """An aware moment in units of 100 ns since 1601, as Windows counts."""
    return (moment - _FILETIME_START) // timedelta(microseconds=1) * 10


def signed_stream(
    method: str,
    target: str,
    body: bytes,
    moment: datetime,
    *,
    authorization: str = "",
    policy: SignaturePolicy = AUTH_POLICY,
) -> bytes:
    """The bytes of a request that its signature covers; `target` is its path and query."""
    texts = (method.upper(), target.partition("#")[0] or "/", authorization)
    return b"".join(
        (
            pack(">Ix", _POLICY_VERSION),
            pack(">Qx", filetime(moment)),
            *(text.encode() + b"\0" for text in texts),
            body[: policy.max_body_bytes] + b"\0",
        )
    )


class ProofKey:
    """A private key that makes tokens useless to anyone who steals only the tokens."""

    __slots__ = ("_key",)

    def __init__(self, key: SigningKey) -> None:
        """Use `generate()` or `restore()` instead."""
        self._key = key

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls(SigningKey.generate(curve=NIST256p))

    @classmethod
    def restore(cls, stored: str) -> Self:
        """A key from `stored()`. Raises ValueError, without the text, if it is damaged."""
        try:
            key = SigningKey.from_der(b64decode(stored, validate=True))
        except Exception:  # noqa: BLE001  the package raises a dozen kinds for damaged bytes
            raise ValueError("not a private key") from None
        if key.curve != NIST256p:
            raise ValueError("not a key on P-256")
        return cls(key)

    def stored(self) -> str:
        """The private key for storage: base64 of the SEC 1 (RFC 5915) DER form."""
        return b64encode(self._key.to_der(format="ssleay")).decode()

    @property
    def jwk(self) -> dict[str, str]:
        """The public key as the services want it (RFC 7517)."""
        point: bytes = self._key.verifying_key.to_string("raw")
        return {
            "kty": "EC",
            "alg": "ES256",
            "crv": "P-256",
            "use": "sig",
            "x": _base64url(point[:32]),
            "y": _base64url(point[32:]),
        }

    def signature(
        self,
        method: str,
        target: str,
        body: bytes,
        moment: datetime,
        *,
        authorization: str = "",
        policy: SignaturePolicy = AUTH_POLICY,
    ) -> str:
        """The value of the header `Signature` for a request sent at an (aware) moment."""
        stream = signed_stream(
            method, target, body, moment, authorization=authorization, policy=policy
        )
        proof: bytes = self._key.sign_deterministic(stream, hashfunc=sha256)
        return b64encode(
            pack(">IQ", _POLICY_VERSION, filetime(moment)) + proof
        ).decode()

    @override
    def __repr__(self) -> str:
        return "ProofKey(…)"


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
