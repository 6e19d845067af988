"""Where the ways to services lead: to the simulator, or to nobody."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
import socket
import ssl

from aiohttp import web
from aiohttp.resolver import AsyncResolver
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
import pytest
from yarl import URL

from custom_components.xbox_console.xboxlive.hosts import Hosts
from simulator.clock import Clock
from tests.endurance.matrix.faults import Way

_NOBODY = "nobody.invalid"
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsewhere.example")])


@dataclass
class Lines:
    """The ways that are cut, by host."""

    ends: dict[Way, URL]
    asked: Counter[str] = field(default_factory=Counter)
    """How often each way was taken that is cut."""
    _cut: dict[str, URL] = field(default_factory=dict)

    def cut(self, host: str, way: Way) -> None:
        """Let the way to a host fail from now on."""
        self._cut[host] = self.ends[way]

    def mend(self) -> None:
        """Let all ways lead where they should."""
        self._cut.clear()

    def url(self, true: Callable[[Hosts, str, str], URL]) -> Callable[..., URL]:
        """The address of a service, as long as there is a way to it."""

        def url(hosts: Hosts, host: str, path: str) -> URL:
            if (end := self._cut.get(host)) is None:
                return true(hosts, host, path)
            self.asked[host] += 1
            return true(Hosts(end), host, path)

        return url


@asynccontextmanager
async def lines(monkeypatch: pytest.MonkeyPatch, folder: Path) -> AsyncIterator[Lines]:
    """The ways to all services; one end refuses, one has no name, one is somebody else."""

    async def resolve(resolver: AsyncResolver, host: str, *_: object, **__: object):  # type: ignore[no-untyped-def] # it never returns
        assert host == _NOBODY
        raise OSError(None, "Name or service not known")

    monkeypatch.setattr(AsyncResolver, "resolve", resolve)
    impostor = TestServer(web.Application(), host="127.0.0.1", scheme="https")
    await impostor.start_server(ssl=_impostor(folder), access_log=None)
    with socket.socket() as closed:
        # It is bound, so that nobody else listens there.
        closed.bind(("127.0.0.1", 0))
        ways = Lines(
            {
                "refused": URL(f"http://127.0.0.1:{closed.getsockname()[1]}"),
                "no name": URL(f"http://{_NOBODY}"),
                "wrong certificate": impostor.make_url(""),
            }
        )
        monkeypatch.setattr(Hosts, "url", ways.url(Hosts.url))
        yield ways
    await impostor.close()


def _impostor(folder: Path) -> ssl.SSLContext:
    path = folder / "impostor.pem"
    path.write_bytes(_certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@cache
def _certificate() -> bytes:
    """A certificate that nobody trusts, for another name, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    began = Clock().datetime().replace(year=2026, month=1, day=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(began)
        .not_valid_after(began.replace(year=2036))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
