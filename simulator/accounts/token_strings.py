"""Random strings that look like the tokens of the real network. Nothing can be read out of them."""

import base64
import json
import secrets
import string
import uuid

_WORD = string.ascii_letters + string.digits
# Refresh tokens hold characters that break a client which does not encode its forms.
_REFRESH = _WORD + "!*$"
# No letters or digits that people mix up when they type them.
_USER_CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def _random(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def access_token() -> str:
    """Return an opaque Microsoft account access token."""
    return f"EwA{base64.b64encode(secrets.token_bytes(600)).decode()}"


def refresh_token() -> str:
    """Return an opaque Microsoft account refresh token."""
    return f"M.C5{secrets.randbelow(90) + 10}_BAY.0.U.-{_random(_REFRESH, 280)}"


def authorization_code() -> str:
    """Return a code as it comes back in a redirect."""
    return f"M.C5{secrets.randbelow(90) + 10}_BAY.2.U.{uuid.uuid4()}"


def device_code() -> str:
    """Return the secret half of a device code."""
    return f"G{_random(_WORD, 180)}"


def user_code() -> str:
    """Return the half of a device code that people type."""
    return _random(_USER_CODE, 8)


def user_hash() -> str:
    """Return a `uhs` claim."""
    return str(secrets.randbelow(9 * 10**18) + 10**18)


def xbox_token() -> str:
    """Return an opaque Xbox token, shaped like an encrypted JSON Web Token (RFC 7516)."""
    header = {
        "enc": "A128CBC-HS256",
        "alg": "RSA-OAEP",
        "cty": "JWT",
        "zip": "DEF",
        "x5t": _random(_WORD, 27),
    }
    parts = [
        json.dumps(header, separators=(",", ":")).encode(),
        *map(secrets.token_bytes, (256, 16, 700, 16)),
    ]
    return ".".join(map(_base64url, parts))


def id_token(claims: dict[str, object]) -> str:
    """Return an id token (OpenID Connect) whose signature is random."""
    header = {"typ": "JWT", "alg": "RS256", "kid": _random(_WORD, 27)}
    parts = [
        *(json.dumps(part).encode() for part in (header, claims)),
        secrets.token_bytes(256),
    ]
    return ".".join(map(_base64url, parts))
