"""The certificate with which a console answers: it names the console and proves nothing."""

from datetime import UTC, datetime, timedelta
from functools import cache
import random

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ISSUER = "XBL Smart Glass Issuing CA"
LIFETIME = timedelta(days=30)
_CURVES: dict[str, ec.EllipticCurve] = {"p384": ec.SECP384R1()}


@cache
def _authority() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _key(curve: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(_CURVES.get(curve, ec.SECP256R1()))


def _named(name: str) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else []
    return x509.Name(attributes)


@cache
def certificate(name: str, ended: datetime, *, curve: str = "p256") -> bytes:
    """Return a certificate with a subject of that name (none if empty) that is or was valid for 30 days."""
    key_usage = x509.KeyUsage(
        key_agreement=True,
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    authority = _authority()
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(ISSUER))
        .public_key(_key(curve).public_key())
        .serial_number(random.Random(name).getrandbits(127) | 1)
        .not_valid_before(ended - LIFETIME)
        .not_valid_after(ended)
        .add_extension(key_usage, critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),
            critical=False,
        )
        .sign(authority, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


def presented(
    console_id: str, kind: str, now: float, *, expired: bool = False
) -> bytes:
    """Return what a console of that id presents, in one of the ways that a knob names."""
    today = datetime.fromtimestamp(now, UTC).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    ended = today + timedelta(days=-10 if expired or kind == "expired" else 20)
    match kind:
        case "none":
            return b""
        case "garbage":
            return random.Random(console_id).randbytes(588)
        case "short name":
            return certificate(console_id[:11], ended)
        case "lower case":
            return certificate(console_id.lower(), ended)
        case "no name":
            return certificate("", ended)
    return certificate(console_id, ended, curve=kind)
