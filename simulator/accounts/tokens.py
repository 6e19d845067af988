"""Every token that the simulated network has issued."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import hashlib
import itertools
from typing import Literal, override
import uuid

from aiohttp import web

from simulator.accounts import token_strings
from simulator.accounts.account import Account
from simulator.accounts.knobs import AuthKnobs
from simulator.accounts.ledger import Ledger
from simulator.accounts.oauth import Grant, OAuthBook
from simulator.accounts.signature import ProofKey
from simulator.clock import Clock

XBOX_LIVE = "http://xboxlive.com"
AUTHORIZATION_SCHEME = "XBL3.0 x="
XBOX_APP_TITLE_ID = 328178078

type XboxKind = Literal["user", "device", "title", "xsts"]

XBOX_KINDS: tuple[XboxKind, ...] = ("user", "device", "title", "xsts")
KINDS = ("access", "refresh", "code", "device_code", *XBOX_KINDS)

# Mostly seven fractional digits, sometimes fewer: trailing zeros are trimmed by the real services.
_DIGITS = (7, 7, 5, 7, 0, 7, 6)


@dataclass(kw_only=True)
class XboxToken:
    """A token of user.auth, device.auth, title.auth, sisu or xsts."""

    kind: XboxKind
    value: str = field(default="", repr=False)
    issued: float = 0.0
    expires: float = 0.0
    account: str | None = None
    uhs: str = field(default="", repr=False)
    key: ProofKey | None = field(default=None, repr=False)
    """Who presents the token has to sign with this key."""
    device_id: str = field(default="", repr=False)
    device_type: str = ""
    title_id: int | None = None
    relying_party: str = ""
    dead: bool = False


type Issued = Grant | XboxToken


class TokenBook(Ledger):
    """Issues and checks tokens."""

    @override
    def __init__(self, clock: Clock, accounts: Mapping[str, Account]) -> None:
        """Start with no token issued."""
        super().__init__(clock, accounts)
        self.oauth = OAuthBook(self)
        self._xbox: dict[str, dict[str, XboxToken]] = {kind: {} for kind in XBOX_KINDS}
        self._sessions: dict[str, str] = {}
        self._digits = itertools.cycle(_DIGITS)

    def reset(self) -> None:
        """Put the knobs back; what was issued stays valid."""
        self.knobs = AuthKnobs()

    def new_user(
        self,
        account: Account,
        *,
        device: XboxToken | None = None,
        key: ProofKey | None = None,
    ) -> XboxToken:
        """Issue a user token, bound to a device's key or to `key` if given."""
        token = XboxToken(
            kind="user", account=account.key, uhs=token_strings.user_hash(), key=key
        )
        if device is not None:
            token.key, token.device_id = device.key, device.device_id
        return self._issue(token, self.knobs.user_seconds)

    def new_device(self, given_id: str, device_type: str, key: ProofKey) -> XboxToken:
        """Issue a device token; the same device keeps its id."""
        device_id = (
            hashlib.sha256(given_id.upper().strip("{}").encode())
            .hexdigest()[:16]
            .upper()
        )
        token = XboxToken(
            kind="device", key=key, device_id=device_id, device_type=device_type
        )
        return self._issue(token, self.knobs.device_seconds)

    def new_title(self, title_id: int, device: XboxToken) -> XboxToken:
        """Issue a title token for a device."""
        token = XboxToken(
            kind="title", key=device.key, device_id=device.device_id, title_id=title_id
        )
        return self._issue(token, self.knobs.title_seconds)

    def new_xsts(
        self,
        user: XboxToken,
        relying_party: str = XBOX_LIVE,
        *,
        title: XboxToken | None = None,
    ) -> XboxToken:
        """Issue an XSTS token for one relying party, with the user token's hash."""
        token = XboxToken(
            kind="xsts",
            account=user.account,
            uhs=user.uhs,
            key=user.key,
            relying_party=relying_party,
        )
        if title is not None:
            token.key, token.title_id = title.key, title.title_id
        own = relying_party == XBOX_LIVE
        return self._issue(
            token, self.knobs.xsts_seconds if own else self.knobs.other_xsts_seconds
        )

    def adopt(self, token: XboxToken) -> XboxToken:
        """Honour a token as it is: one that a simulator of an earlier start issued, say."""
        self._xbox[token.kind][self.secret(token.value)] = token
        return token

    def new_session(self, device: XboxToken) -> str:
        """Begin a sisu sign-in on a device and return its id."""
        session = str(uuid.uuid4())
        self._sessions[session] = device.device_id
        return session

    def is_session(self, session: str, device: XboxToken) -> bool:
        """Tell whether a sisu sign-in was begun on this device."""
        return self._sessions.get(session) == device.device_id

    def authorization(
        self,
        account: Account,
        relying_party: str = XBOX_LIVE,
        *,
        title_id: int | None = XBOX_APP_TITLE_ID,
    ) -> str:
        """Issue an XSTS token and return the `Authorization` header that carries it.

        Without a title it is that of an app which a user registered.
        """
        token = self.new_xsts(self.new_user(account), relying_party)
        token.title_id = title_id
        return f"{AUTHORIZATION_SCHEME}{token.uhs};{token.value}"

    def authenticate(
        self, header: str | None, relying_party: str = XBOX_LIVE
    ) -> Account:
        """Return the account that an `Authorization` header stands for.

        Raises HTTPUnauthorized with an empty body if it is missing or malformed, if its token is unknown, expired,
        revoked or for another relying party, or if its user hash is not the token's.
        """
        token = self.presented(header)
        account = self.accounts.get(token.account or "") if token else None
        if token is None or account is None or token.relying_party != relying_party:
            raise web.HTTPUnauthorized(text="")
        return account

    def presented(self, header: str | None) -> XboxToken | None:
        """Return the valid XSTS token in an `Authorization` header, or None."""
        scheme, found, rest = (header or "").partition(AUTHORIZATION_SCHEME)
        uhs, _, value = rest.partition(";")
        token = self.find("xsts", value)
        if (
            scheme
            or not found
            or token is None
            or token.uhs != uhs
            or self.expired(token)
        ):
            return None
        return token

    def find(self, kind: XboxKind, value: str) -> XboxToken | None:
        """Return the token of this kind, also if it has expired; None if it is unknown or revoked."""
        token = self._xbox[kind].get(value)
        return None if token is None or token.dead else token

    def body(self, token: XboxToken, claims: dict[str, object]) -> dict[str, object]:
        """Return the token as the services send it."""
        digits = self.knobs.timestamp_digits
        if digits < 0:
            digits = next(self._digits)
        issued, expires = (
            self.clock.iso(at, digits) for at in (token.issued, token.expires)
        )
        return {
            "IssueInstant": issued,
            "NotAfter": expires,
            "Token": token.value,
            "DisplayClaims": claims,
        }

    def expire(self, kind: str, account: str | None = None) -> int:
        """Let the tokens or codes of a kind expire now (of one account, by key); return how many did.

        Raises ValueError for an unknown kind.
        """
        ended = [one for one in self._all(kind, account) if self.lives(one)]
        for one in ended:
            one.expires = self.clock.now()
        return len(ended)

    def revoke(self, kind: str, account: str | None = None) -> int:
        """Make the tokens or codes of a kind invalid (of one account, by key); return how many were made so.

        Raises ValueError for an unknown kind.
        """
        ended = [one for one in self._all(kind, account) if not one.dead]
        for one in ended:
            one.dead = True
        return len(ended)

    def revoke_refresh(self, account: str | None = None) -> int:
        """End all refresh tokens, as when the password was changed: the user has to sign in again."""
        return self.revoke("refresh", account)

    def summary(self) -> dict[str, object]:
        """Return counts of what is valid now and of what was ever issued."""
        everything = {kind: self._all(kind) for kind in KINDS}
        return {
            "valid": {
                kind: sum(map(self.lives, ones)) for kind, ones in everything.items()
            },
            "issued": {kind: len(ones) for kind, ones in everything.items()},
            "pending_device_codes": len(self.oauth.pending()),
            "superseded_refresh_uses": self.oauth.superseded_uses,
        }

    def _all(self, kind: str, account: str | None = None) -> list[Issued]:
        tables: dict[str, Mapping[str, Issued]] = {
            "access": self.oauth.access,
            "refresh": self.oauth.refresh,
            "code": self.oauth.codes,
            "device_code": self.oauth.device_codes,
            **self._xbox,
        }
        if kind not in tables:
            raise ValueError(f"kind: one of {', '.join(KINDS)}")
        return [one for one in tables[kind].values() if account in {None, one.account}]

    def _issue(self, token: XboxToken, seconds: float) -> XboxToken:
        token.value = token_strings.xbox_token()
        token.issued = self.clock.now()
        token.expires = token.issued + seconds
        return self.adopt(token)
