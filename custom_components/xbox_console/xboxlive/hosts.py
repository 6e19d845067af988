"""Where the services live: each under its own name, or all behind one address."""

from dataclasses import dataclass
from ipaddress import ip_address

from yarl import URL

_WITHOUT_CERTIFICATE = "images-eds.xboxlive.com"
_WITH_CERTIFICATE = "images-eds-ssl.xboxlive.com"


def secure(address: str) -> str:
    """An address that a service gave, as https and on a host whose certificate is valid.

    Some are without scheme, some http. Gamer pictures on the secure host refuse `mode=Padding`.
    """
    scheme, separator, rest = address.partition("//")
    host, slash, path = (rest if separator else address).partition("/")
    if host == _WITHOUT_CERTIFICATE:
        host, path = _WITH_CERTIFICATE, path.replace("&mode=Padding", "")
    # An address with a port was not made by Microsoft's services and is left alone.
    kept = scheme if separator and ":" in host else ""
    return f"{kept or 'https:'}//{host}{slash}{path}"


@dataclass(frozen=True, slots=True)
class Hosts:
    """Turns the name of a service into its address."""

    base: URL | None = None

    @classmethod
    def behind(cls, address: str) -> Hosts:
        """All services behind one loopback address, each under its own name as path prefix.

        Raises ValueError, with the reason, for an address that is malformed or not on this machine.
        """
        try:
            base = URL(address)
            port = base.port
        except ValueError as error:
            raise ValueError(f"not an address: {error}") from error
        if base.scheme not in ("http", "https") or not base.host or port is None:
            raise ValueError("not an address of the form http://127.0.0.1:8099")
        if (
            base.raw_path not in ("", "/")
            or base.query_string
            or base.fragment
            or base.user
        ):
            raise ValueError("the address must have no path, query, fragment or user")
        if not _is_loopback(base.host):
            raise ValueError("the address is not a loopback address such as 127.0.0.1")
        return cls(base.origin())

    def url(self, host: str, path: str) -> URL:
        """The address of an (already percent-encoded) path of a service."""
        target = (
            URL.build(scheme="https", host=host)
            if self.base is None
            else self.base / host
        )
        return URL(f"{str(target).rstrip('/')}{path}", encoded=True)

    def locate(self, address: str) -> URL:
        """An address that a service gave, made https (or reached behind the base)."""
        url = URL(secure(address), encoded=True)
        if url.host is None or (self.base is not None and url.origin() == self.base):
            return url
        return self.url(url.host, url.raw_path_qs)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


PRODUCTION = Hosts()
