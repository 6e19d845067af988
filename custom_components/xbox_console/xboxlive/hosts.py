"""Where the services live: each under its own name, or all behind one address."""

from dataclasses import dataclass
from ipaddress import ip_address

from yarl import URL

_STORE_IMAGES = ("store-images.s-microsoft.com", "store-images.microsoft.com")
_QUALITY = 90
"""Percent: nobody sees the difference, and it takes half the time."""
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


def sized(picture: URL, side: int) -> URL:
    """The same picture, as high as that many pixels, if its host makes it smaller; gamer pictures are square."""
    if picture.host in _STORE_IMAGES:
        # One side alone keeps the proportions.
        wanted = {"h": side, "q": _QUALITY}
    elif picture.host == _WITH_CERTIFICATE:
        wanted = {"h": side, "w": side}
    else:
        return picture
    # What is there already may be signed: it stays as it is written.
    kept = [
        part
        for part in picture.raw_query_string.split("&")
        if part and part.partition("=")[0] not in ("h", "w", "q")
    ]
    query = "&".join([*kept, *(f"{name}={value}" for name, value in wanted.items())])
    return URL(f"{picture.with_query(None)}?{query}", encoded=True)


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

    def locate(self, address: str, side: int | None = None) -> URL:
        """An address that a service gave, made https (or reached behind the base); a picture in the size that is shown."""
        url = URL(secure(address), encoded=True)
        if side is not None:
            url = sized(url, side)
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
