"""The proof key and the request signature, against vectors and an independent implementation."""

from base64 import b64decode, b64encode, urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TypedDict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from hypothesis import given, strategies as st
import pytest

from custom_components.xbox_console.xboxlive.auth.signing import (
    ProofKey,
    SignaturePolicy,
    filetime,
    signed_stream,
)

KEY = (
    "MHcCAQEEIObr5IVtB+DQcn25+R9n4K/EyUUSbVvxIJY7WhVeELUuoAoGCCqGSM49AwEHoUQDQgAE"
    "OKyCQ9qH5U4lZcS0c5/LxIyKvOpKe0l3x4Eg5OgDbzezKNLRgT28fd4Fq3rU/1OQKmx6jSq0vTB5"
    "Ao/48m0iGg=="
)
MOMENT = datetime.fromtimestamp(1586999965, UTC)
LARGE_BODY = bytes(range(256)) * 40
UNLIMITED = SignaturePolicy(max_body_bytes=2**32 - 1)


class Options(TypedDict, total=False):
    """What not every request has."""

    authorization: str
    policy: SignaturePolicy


type Vector = tuple[tuple[str, str, bytes], Options, str, str]
"""Method, target and body; options; SHA-256 of the stream; header."""

VECTORS: dict[str, Vector] = {
    "with everything": (
        ("POST", "/path?query=1", b"thebodygoeshere"),
        {"authorization": "XBL3.0 x=userid;jsonwebtoken"},
        "f7d61b6f8d4dcd86da1aa8553f0ee7c15450811e7cd2759364e22f67d853ff50",
        "AAAAAQHWE40Q98yA7m+8q9G9JwEg9aIyK7yadd3P1nUG10lTF/FcV+y87bUVOUJoihhLSTcJCg4UvOR/aDj46lb6Le82PrsSXHoMOw==",
    ),
    "with nothing": (
        ("GET", "/path?query=1", b""),
        {},
        "9db1a3fbf3401648455ee9fd3d2333cf032008320b2f1880f8ec7132caa1f15c",
        "AAAAAQHWE40Q98yAXRogPyv8hLyHLYpMMoG2zKVRuE0zkhNa7NfCJh0/g3gqc5dFwbYt2ySJoS3uXeqFLeHF5YaUUCi98u+Mfdq/gA==",
    ),
    "body cut": (
        ("POST", "/big", LARGE_BODY),
        {},
        "6c84c691ac3ddcfd857bb0a3f290ca464764721430bfb724ad6c4218476826fa",
        "AAAAAQHWE40Q98yAv90UgXRqn8DqimJvtZ3Vn/42CGALEHWvTpL5F1UIOM3ZC3RD7R6DK3yhPLK2dVoXzW00wLT+3IXmXQ0tLkyebQ==",
    ),
    "body whole": (
        ("POST", "/big", LARGE_BODY),
        {"policy": UNLIMITED},
        "df20e14ff3f828f821240acddd23ac96626831912854714b906ef90ebe0bd0a7",
        "AAAAAQHWE40Q98yAR1al5wfCHXCmyhIl8/8Se8PpnLiCx328Wqit7RX6Q4NBIvOCT5hMZTk13czhQMDgp4F2FP3QdMVwvFmVrTwxqg==",
    ),
}
vectors = pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)


def verify(private_der: str, header: str, stream: bytes) -> None:
    """Check a signature header with `cryptography`. Raises InvalidSignature."""
    private = load_der_private_key(b64decode(private_der), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    proof = b64decode(header)[12:]
    assert len(proof) == 64
    r, s = (int.from_bytes(half) for half in (proof[:32], proof[32:]))
    private.public_key().verify(encode_dss_signature(r, s), stream, ec.ECDSA(SHA256()))


@vectors
def test_signature_is_the_known_one(vector: Vector) -> None:
    """The stream, its hash and the deterministic signature are exactly the known ones."""
    request_parts, options, digest, header = vector
    stream = signed_stream(*request_parts, MOMENT, **options)
    assert sha256(stream).hexdigest() == digest
    assert ProofKey.restore(KEY).signature(*request_parts, MOMENT, **options) == header


@vectors
def test_signature_is_what_cryptography_computes(vector: Vector) -> None:
    """An independent RFC 6979 implementation gives the same bytes."""
    request_parts, options, _, _ = vector
    private = load_der_private_key(b64decode(KEY), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    stream = signed_stream(*request_parts, MOMENT, **options)
    r, s = decode_dss_signature(
        private.sign(stream, ec.ECDSA(SHA256(), deterministic_signing=True))
    )
    signature = ProofKey.restore(KEY).signature(*request_parts, MOMENT, **options)
    assert b64decode(signature)[12:] == r.to_bytes(32) + s.to_bytes(32)
    verify(KEY, signature, stream)


def test_stream_byte_by_byte() -> None:
    """Two streams, as they are on the wire."""
    assert signed_stream(
        "POST",
        "/path?query=1",
        b"thebodygoeshere",
        MOMENT,
        authorization="XBL3.0 x=userid;jsonwebtoken",
    ).hex() == (
        "000000010001d6138d10f7cc8000504f5354002f706174683f71756572793d310058424c332e"
        "3020783d7573657269643b6a736f6e776562746f6b656e00746865626f6479676f6573686572"
        "6500"
    )
    assert signed_stream("get", "/path?query=1#top", b"", MOMENT).hex() == (
        "000000010001d6138d10f7cc8000474554002f706174683f71756572793d31000000"
    )


@pytest.mark.parametrize(
    ("options", "length"), [({}, 8218), ({"policy": UNLIMITED}, 10266)]
)
def test_stream_is_cut_at_the_policy(options: Options, length: int) -> None:
    """No more of the body than the policy says is signed."""
    assert len(signed_stream("POST", "/big", LARGE_BODY, MOMENT, **options)) == length


def test_an_empty_path_is_signed_as_a_slash() -> None:
    """A request to a bare host has the path that HTTP gives it."""
    assert signed_stream("GET", "", b"", MOMENT) == signed_stream(
        "GET", "/", b"", MOMENT
    )


def test_a_captured_request_verifies() -> None:
    """A device request of a real app fits what we sign, byte by byte."""
    key = (
        "MHcCAQEEIGIVtz0AIm4o6el+9VLmuGuOSqBx6UGWlCHn/oD3ljrtoAoGCCqGSM49AwEHoUQDQgAE"
        "GJS1AAhiPYw0ZSQJDCF8kcZkKAc2tRWXAN6Yw+o/hMRQBAkdRz/JUiFRCAi+gQPeS3QkPP8byOBf"
        "Kz9dHaz5dw=="
    )
    body = (
        b'{"RelyingParty":"http://auth.xboxlive.com","TokenType":"JWT","Properties":'
        b'{"AuthMethod":"ProofOfPossession","Id":"{e51d4344-196a-4550-9e27-f6c5006a9949}",'
        b'"DeviceType":"Android","Version":"8.0.0","ProofKey":{"kty":"EC","alg":"ES256",'
        b'"crv":"P-256","x":"GJS1AAhiPYw0ZSQJDCF8kcZkKAc2tRWXAN6Yw-o_hMQ",'
        b'"y":"UAQJHUc_yVIhUQgIvoED3kt0JDz_G8jgXys_XR2s-Xc","use":"sig"}}}'
    )
    header = (
        "AAAAAQHY4xgs5DyIujFG5E5MZ4D1xjd9Up+H4AKLoyBHd95MAUZcabUN//Y/gijed4vvKtlfp4Cd"
        "4dJzVhpK0m+sYZcYRqQjBEKAZw=="
    )
    assert len(body) == 360
    # A datetime counts microseconds; the last digit of the captured time is put in by hand.
    stamp = 133105881979305096
    moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=stamp // 10)
    stream = bytearray(signed_stream("POST", "/device/authenticate", body, moment))
    stream[5:13] = stamp.to_bytes(8)
    assert len(stream) == 402
    verify(key, header, bytes(stream))
    stream[-2] ^= 1
    with pytest.raises(InvalidSignature):
        verify(key, header, bytes(stream))


def test_filetime() -> None:
    """Windows counts 100 ns since 1601."""
    assert filetime(datetime(2009, 7, 25, 23, tzinfo=UTC)) == 128930364000000000
    assert filetime(datetime(1970, 1, 1, tzinfo=UTC)) == 116444736000000000
    assert filetime(MOMENT + timedelta(microseconds=1)) == 132314735650000010


def test_public_key_of_the_known_key() -> None:
    """The JWK has unpadded coordinates."""
    assert ProofKey.restore(KEY).jwk == {
        "kty": "EC",
        "alg": "ES256",
        "crv": "P-256",
        "use": "sig",
        "x": "OKyCQ9qH5U4lZcS0c5_LxIyKvOpKe0l3x4Eg5OgDbzc",
        "y": "syjS0YE9vH3eBat61P9TkCpseo0qtL0weQKP-PJtIho",
    }


def test_a_generated_key_survives_storage() -> None:
    """A new key is kept as text that other software reads too, and no two are the same."""
    key = ProofKey.generate()
    again = ProofKey.restore(key.stored())
    assert again.jwk == key.jwk != ProofKey.generate().jwk
    assert len(urlsafe_b64decode(key.jwk["x"] + "=")) == 32
    signature = key.signature("POST", "/", b"{}", MOMENT)
    assert again.signature("POST", "/", b"{}", MOMENT) == signature
    verify(key.stored(), signature, signed_stream("POST", "/", b"{}", MOMENT))
    assert ProofKey.restore(KEY).stored() == KEY


def key_on_another_curve() -> str:
    """A key that is well-formed, but not on P-256."""
    der = ec.generate_private_key(ec.SECP256K1()).private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    return b64encode(der).decode()


@pytest.mark.parametrize(
    "stored",
    ["", "not base64!", "AAAA", KEY[:60], key_on_another_curve()],
    ids=["empty", "not base64", "not a key", "cut short", "another curve"],
)
def test_a_damaged_key_is_told_without_showing_it(stored: str) -> None:
    """Damage is a ValueError that quotes nothing."""
    with pytest.raises(ValueError, match="not a") as problem:
        ProofKey.restore(stored)
    assert problem.value.__cause__ is None
    assert not stored or stored not in str(problem.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_key_or_a_value_error(data: bytes) -> None:
    """Whatever storage holds, nothing but ValueError comes out."""
    with pytest.raises(ValueError, match="not a"):
        ProofKey.restore(b64encode(data).decode())


def test_the_key_is_not_shown() -> None:
    """Neither repr() nor str() nor formatting tells the key."""
    key = ProofKey.restore(KEY)
    for shown in (repr(key), str(key), f"{key}", f"{key!r}", f"{[key]}"):
        assert shown.strip("[]") == "ProofKey(…)"
