"""What a signed-in account holds, and how it is stored. No repr() shows a secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import uuid4

from ..clock import Clock
from ..errors import SignInRequired
from ..model import Json
from .apps import App
from .platforms import ANDROID, PLATFORMS, Platform
from .signing import ProofKey

_MARGIN = timedelta(seconds=60)
_DEFAULT_LIFETIME = 3600.0
"""Seconds; what Microsoft gives to app registrations, the shorter of its two lifetimes."""
_LONGEST_LIFETIME = 90 * 86400.0
_LONG_AGO = datetime.fromtimestamp(0, UTC)


def _moment(text: str) -> datetime:
    """ISO 8601 with 0 to 7 fractional digits as aware moment. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return (
        moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    )


@dataclass(frozen=True, slots=True)
class MicrosoftToken:
    """What Microsoft gave an app: `access_token` until `expires_at`, `refresh_token` for long."""

    refresh_token: str = field(repr=False)
    access_token: str = field(repr=False)
    expires_at: datetime
    scope: str = ""

    @classmethod
    def received(
        cls, answer: Mapping[str, object], clock: Clock, previous: str = ""
    ) -> Self:
        """Read an OAuth token answer that has just arrived.

        `previous` is the refresh token to keep if the answer has none. Raises ValueError if it is
        not a token answer.
        """
        access, refresh = answer.get("access_token"), answer.get("refresh_token")
        if not isinstance(access, str) or not access:
            raise ValueError("no access token")
        scope = answer.get("scope")
        return cls(
            refresh_token=refresh if isinstance(refresh, str) and refresh else previous,
            access_token=access,
            expires_at=clock.after(
                seconds(answer.get("expires_in"), _DEFAULT_LIFETIME)
            ),
            scope=scope if isinstance(scope, str) else "",
        )

    def fresh(self, now: datetime) -> bool:
        """Whether the access token can still be used."""
        return bool(self.access_token) and now < self.expires_at - _MARGIN

    def spent(self) -> Self:
        """The same without its access token."""
        return replace(self, access_token="", expires_at=_LONG_AGO)

    def stored(self) -> dict[str, Json]:
        """The token for storage."""
        return {
            "refresh_token": self.refresh_token,
            "access_token": self.access_token,
            "expires_at": self.expires_at.isoformat(),
            "scope": self.scope,
        }

    @classmethod
    def restore(cls, stored: Json) -> Self:
        """A token from `stored()`, to be refreshed if only its access token is damaged.

        Raises SignInRequired without a refresh token.
        """
        members = stored if isinstance(stored, dict) else {}
        refresh, access, scope = (
            value if isinstance(value := members.get(name), str) else ""
            for name in ("refresh_token", "access_token", "scope")
        )
        if not refresh:
            raise SignInRequired("There is no refresh token")
        try:
            expires_at = _moment(str(members.get("expires_at")))
        except ValueError:
            access, expires_at = "", _LONG_AGO
        return cls(refresh, access, expires_at, scope)


@dataclass(frozen=True, slots=True)
class XboxToken:
    """A token of the Xbox network: device, title, user or XSTS."""

    token: str = field(repr=False)
    not_after: datetime
    claims: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the token says about its first subject: `uhs`, `xid`, `gtg` …"""

    @classmethod
    def parse(cls, members: Json) -> Self:
        """Read a token as the services send it and `stored()` keeps it. Raises ValueError."""
        found = members if isinstance(members, dict) else {}
        token, not_after = found.get("Token"), found.get("NotAfter")
        if not isinstance(token, str) or not token or not isinstance(not_after, str):
            raise ValueError("no token")
        return cls(token, _moment(not_after), _first_claims(found.get("DisplayClaims")))

    def stored(self) -> dict[str, Json]:
        """The token for storage, in the form of the services."""
        return {
            "Token": self.token,
            "NotAfter": self.not_after.isoformat(),
            "DisplayClaims": {"xui": [dict(self.claims)]},
        }

    def fresh(self, now: datetime) -> bool:
        """Whether the token can still be used for a while."""
        return now < self.not_after - _MARGIN

    @property
    def authorization(self) -> str:
        """The header `Authorization` for a service. Raises ValueError without a user hash."""
        if not (user_hash := self.claims.get("uhs")):
            raise ValueError("no user hash")
        return f"XBL3.0 x={user_hash};{self.token}"

    @property
    def xuid(self) -> str | None:
        """The Xbox user id of the account, a decimal number; only in XSTS tokens."""
        return self.claims.get("xid")

    @property
    def gamertag(self) -> str | None:
        """The unique modern gamertag, else the classic one; only in XSTS tokens."""
        return self.claims.get("umg") or self.claims.get("gtg")


@dataclass(frozen=True, slots=True)
class Device:
    """What the Xbox network takes this installation for: made once, kept for good.

    Tokens are bound to it, and the number of devices an account may use is limited.
    """

    id: str = field(repr=False)
    key: ProofKey = field(repr=False)
    token: XboxToken | None = None
    platform: Platform = ANDROID

    @classmethod
    def new(cls, platform: Platform = ANDROID) -> Self:
        """A new device."""
        device_id = platform.device_id(uuid4())
        return cls(device_id, ProofKey.generate(), platform=platform)

    def stored(self) -> dict[str, Json]:
        """The device for storage."""
        return {
            "id": self.id,
            "key": self.key.stored(),
            "token": _stored(self.token),
            "platform": self.platform.device_type,
        }

    @classmethod
    def restore(cls, stored: Json) -> Self:
        """A device from `stored()`. Raises ValueError if its id or its key is damaged."""
        members = stored if isinstance(stored, dict) else {}
        device_id, key = members.get("id"), members.get("key")
        if not isinstance(device_id, str) or not device_id or not isinstance(key, str):
            raise ValueError("no device")
        return cls(
            device_id,
            ProofKey.restore(key),
            _restored(members.get("token")),
            PLATFORMS.get(str(members.get("platform")), ANDROID),
        )


@dataclass(frozen=True, slots=True)
class Credentials:
    """All that must be kept to stay signed in; `device` is None for the user's own app."""

    app: App
    microsoft: MicrosoftToken
    device: Device | None = None
    title: XboxToken | None = None
    user: XboxToken | None = None
    xsts: XboxToken | None = None

    def stored(self) -> dict[str, Json]:
        """One JSON object with everything, secrets included."""
        return {
            "app": self.app.stored(),
            "microsoft": self.microsoft.stored(),
            "device": self.device.stored() if self.device else None,
            "title": _stored(self.title),
            "user": _stored(self.user),
            "xsts": _stored(self.xsts),
        }

    @classmethod
    def restore(cls, stored: Mapping[str, Json]) -> Self:
        """Credentials from `stored()`; what is damaged or missing will be renewed.

        Raises SignInRequired if the app or its refresh token cannot be read.
        """
        try:
            app = App.restore(stored.get("app"))
        except ValueError:
            raise SignInRequired("The app that signed in is not known") from None
        microsoft = MicrosoftToken.restore(stored.get("microsoft"))
        title, user, xsts = (
            _restored(stored.get(name)) for name in ("title", "user", "xsts")
        )
        if xsts and "uhs" not in xsts.claims:
            xsts = None
        if app.title_id is None:
            return cls(app, microsoft, None, None, user, xsts)
        try:
            device = Device.restore(stored.get("device"))
        except ValueError:
            # Tokens of another device are of no use to the new one.
            return cls(app, microsoft, Device.new())
        return cls(app, microsoft, device, title, user, xsts)


def seconds(value: object, default: float) -> float:
    """A positive number of seconds as the services write it: number or digits."""
    try:
        number = float(value) if isinstance(value, int | float | str) else default
    except ValueError, OverflowError:
        number = default
    return min(number, _LONGEST_LIFETIME) if number > 0 else default


def _first_claims(display: Json) -> dict[str, str]:
    """The claims about the first subject, whatever its kind (`xui`, `xdi`, `xti`)."""
    if not isinstance(display, dict):
        return {}
    for subjects in display.values():
        subject = subjects[0] if isinstance(subjects, list) and subjects else subjects
        if isinstance(subject, dict):
            return {
                name: value for name, value in subject.items() if isinstance(value, str)
            }
    return {}


def _stored(token: XboxToken | None) -> Json:
    return token.stored() if token else None


def _restored(stored: Json) -> XboxToken | None:
    try:
        return XboxToken.parse(stored)
    except ValueError:
        return None
