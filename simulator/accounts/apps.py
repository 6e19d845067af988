"""The apps that may ask people to sign in."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

type Policy = Literal["title", "public", "web"]

DESKTOP_REDIRECT = "https://login.live.com/oauth20_desktop.srf"
MOBILE = frozenset({"Android", "iOS"})
ANY_HOST_PATHS = ("/auth/external/callback", "/auth/callback")


@dataclass(frozen=True, kw_only=True)
class App:
    """An app registration, or one of Microsoft's own title apps."""

    client_id: str
    name: str
    policy: Policy
    """`title`: 16 hex digits, no secret; `public`: own app, no secret; `web`: own app, secret required."""
    secret: str | None = field(default=None, repr=False)
    redirects: tuple[str, ...] = ()
    title_id: int | None = None
    device_types: frozenset[str] = frozenset()
    """Devices that the title exists for."""
    title_auth: bool = False
    """title.auth issues title tokens for it; otherwise only sisu does."""

    def allows_redirect(self, redirect_uri: str) -> bool:
        """Tell whether the address is registered; own apps are registered for a path on any host."""
        if redirect_uri in self.redirects:
            return True
        address = urlsplit(redirect_uri)
        return (
            self.policy != "title"
            and address.scheme in {"http", "https"}
            and address.path in ANY_HOST_PATHS
        )


def _title(
    client_id: str,
    name: str,
    title_id: int,
    device_types: frozenset[str],
    *,
    title_auth: bool = False,
) -> App:
    return App(
        client_id=client_id,
        name=name,
        policy="title",
        redirects=(
            f"ms-xal-{client_id}://auth",
            f"ms-xal-public-beta-{client_id}://auth",
            DESKTOP_REDIRECT,
        ),
        title_id=title_id,
        device_types=device_types,
        title_auth=title_auth,
    )


OWN_REDIRECTS = ("https://my.home-assistant.io/redirect/oauth",)

_APPS = (
    _title("000000004c12ae6f", "Xbox", 328178078, MOBILE),
    _title("000000004415494b", "Xbox beta", 177887386, MOBILE),
    _title("000000004c20a908", "Game Pass", 1016898439, MOBILE),
    _title("00000000482c8f49", "Family Settings", 1618633878, MOBILE),
    _title("00000000402b5328", "Minecraft: Java", 1794566092, frozenset({"Win32"})),
    _title(
        "0000000048183522", "Minecraft: Android", 1739947436, frozenset({"Android"})
    ),
    _title("000000004c17c01a", "Minecraft: iOS", 1810924247, frozenset({"iOS"})),
    _title(
        "00000000441cc96b",
        "Minecraft: Switch",
        2047319603,
        frozenset({"Nintendo"}),
        title_auth=True,
    ),
    _title(
        "000000004827c78e",
        "Minecraft: PlayStation",
        2044456598,
        frozenset({"PlayStation"}),
        title_auth=True,
    ),
    _title(
        "0000000040159362",
        "Minecraft: Windows",
        896928775,
        frozenset({"Win32"}),
        title_auth=True,
    ),
    App(
        client_id="5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b001",
        name="My public app",
        policy="public",
        redirects=OWN_REDIRECTS,
    ),
    App(
        client_id="5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b002",
        name="My web app",
        policy="web",
        secret="invented~web-app-secret",
        redirects=OWN_REDIRECTS,
    ),
    App(
        client_id="5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b003",
        name="My web app without a secret",
        policy="web",
        redirects=OWN_REDIRECTS,
    ),
)

APPS: dict[str, App] = {app.client_id: app for app in _APPS}
"""By client id, lower case."""


def find_app(client_id: str | None) -> App | None:
    """Return the app with this client id, in whatever case it is written."""
    return APPS.get((client_id or "").lower())
