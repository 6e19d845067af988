"""The apps that a user can sign in with, and where Microsoft hands out their tokens."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..model import Json


@dataclass(frozen=True, slots=True)
class Authority:
    """A Microsoft host that hands out OAuth tokens."""

    host: str
    authorize_path: str
    token_path: str
    device_code_path: str


LIVE = Authority(
    "login.live.com",
    "/oauth20_authorize.srf",
    "/oauth20_token.srf",
    "/oauth20_connect.srf",
)
ENTRA = Authority(
    "login.microsoftonline.com",
    "/consumers/oauth2/v2.0/authorize",
    "/consumers/oauth2/v2.0/token",
    "/consumers/oauth2/v2.0/devicecode",
)
_AUTHORITIES = {authority.host: authority for authority in (LIVE, ENTRA)}


@dataclass(frozen=True, slots=True)
class App:
    """An app as Microsoft knows it; a refresh token is good for the app that got it alone.

    An app with `title_id` is one of the Xbox network's own: it signs in as a device (SISU). One
    without is an app registration of the user: its requests need no signature.
    """

    client_id: str
    scope: str
    ticket_prefix: str
    """What Xbox wants before the access token: `t=` for MBI_SSL, `d=` for app registrations."""
    authority: Authority = LIVE
    redirect_uri: str | None = None
    title_id: str | None = None
    secret: str | None = field(default=None, repr=False)

    def stored(self) -> dict[str, Json]:
        """The app for storage."""
        return {
            "client_id": self.client_id,
            "scope": self.scope,
            "ticket_prefix": self.ticket_prefix,
            "host": self.authority.host,
            "redirect_uri": self.redirect_uri,
            "title_id": self.title_id,
            "secret": self.secret,
        }

    @classmethod
    def restore(cls, stored: Json) -> App:
        """An app from `stored()`. Raises ValueError if it is damaged."""
        members = stored if isinstance(stored, dict) else {}
        texts = {
            name: value for name, value in members.items() if isinstance(value, str)
        }
        try:
            return cls(
                client_id=texts["client_id"],
                scope=texts["scope"],
                ticket_prefix=texts["ticket_prefix"],
                authority=_AUTHORITIES[texts["host"]],
                redirect_uri=texts.get("redirect_uri"),
                title_id=texts.get("title_id"),
                secret=texts.get("secret"),
            )
        except KeyError as missing:
            raise ValueError(f"the app lacks {missing}") from None


VISIBLE_REDIRECT = "https://login.live.com/oauth20_desktop.srf"
"""The one whose address stays visible in a browser; all others here only a phone can open."""


def _title_app(client_id: str, title_id: str, redirect_uri: str) -> App:
    return App(
        client_id=client_id,
        scope="service::user.auth.xboxlive.com::MBI_SSL",
        ticket_prefix="t=",
        redirect_uri=redirect_uri,
        title_id=title_id,
    )


XBOX_APP = _title_app("000000004c12ae6f", "328178078", VISIBLE_REDIRECT)
"""The Xbox app for phones; it takes `ms-xal-000000004c12ae6f://auth` as redirect, too."""
XBOX_BETA_APP = _title_app(
    "000000004415494b", "177887386", "ms-xal-000000004415494b://auth"
)
GAME_PASS_APP = _title_app(
    "000000004c20a908", "1016898439", "ms-xal-000000004c20a908://auth"
)
GAME_PASS_BETA_APP = _title_app(
    "000000004c20a908", "1016898439", "ms-xal-public-beta-000000004c20a908://auth"
)
FAMILY_SETTINGS_APP = _title_app("00000000482C8F49", "1618633878", VISIBLE_REDIRECT)

OWN_APP_SCOPES = ("XboxLive.signin", "XboxLive.offline_access")
OWN_APP_SCOPE = " ".join(OWN_APP_SCOPES)


def own_app(
    client_id: str,
    secret: str | None = None,
    authority: Authority = LIVE,
    redirect_uri: str | None = None,
    scopes: Iterable[str] = OWN_APP_SCOPES,
) -> App:
    """An app registration of the user; `secret` only if it is of the platform "Web"."""
    return App(
        client_id=client_id,
        scope=" ".join(scopes),
        ticket_prefix="d=",
        authority=authority,
        redirect_uri=redirect_uri,
        secret=secret or None,
    )
