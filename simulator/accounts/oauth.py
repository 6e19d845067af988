"""Codes, access tokens and refresh tokens of Microsoft accounts: the part that login.live.com and Entra share."""

import base64
from dataclasses import dataclass, field
import hashlib
from typing import Literal

from simulator.accounts import token_strings
from simulator.accounts.account import Account
from simulator.accounts.apps import App
from simulator.accounts.ledger import Ledger

TITLE_SCOPE = "service::user.auth.xboxlive.com::MBI_SSL"
SIGN_IN_SCOPE = "xboxlive.signin"
OFFLINE_SCOPE = "offline_access"
NO_PROFILE = 2148916233

type CodeState = Literal["pending", "approved", "declined"]
type Ticket = Literal["d", "t"]


class OAuthError(Exception):
    """A refused OAuth request (RFC 6749 section 5.2)."""

    def __init__(self, error: str, description: str, *, number: int = 70000) -> None:
        """Name the error; `number` is Entra's (AADSTS)."""
        super().__init__(error)
        self.error = error
        self.description = description
        self.number = number


@dataclass(kw_only=True)
class Grant:
    """Something that stands for an account's consent to an app."""

    value: str = field(repr=False)
    account: str
    client_id: str
    scope: str
    expires: float
    dead: bool = False


@dataclass(kw_only=True)
class AccessToken(Grant):
    """The ticket for user.auth and sisu."""

    @property
    def ticket(self) -> Ticket:
        """The prefix that it has to be sent with."""
        return ticket_of(self.scope)


@dataclass(kw_only=True)
class RefreshToken(Grant):
    """Buys a new access token."""

    predecessor: RefreshToken | None = field(default=None, repr=False)
    used: bool = False


@dataclass(kw_only=True)
class AuthorizationCode(Grant):
    """What a browser brings back to the app."""

    redirect_uri: str
    challenge: str | None = field(repr=False)


@dataclass(kw_only=True)
class DeviceCode(Grant):
    """A sign-in that waits for somebody with a browser."""

    user_code: str = field(repr=False)
    interval: float
    state: CodeState = "pending"
    last_poll: float | None = None

    def approve(self, account: Account) -> None:
        """Let the app in as this account."""
        self.account, self.state = account.key, "approved"


def ticket_of(scope: str) -> Ticket:
    """Return `t` for tickets of title apps, `d` for those of own apps."""
    return "t" if scope.startswith("service::") else "d"


def check_scope(app: App, scope: str) -> str:
    """Return the scope. Raises OAuthError (invalid_scope) if the app cannot have it."""
    words = scope.lower().split()
    fits = (
        scope.startswith("service::")
        if app.policy == "title"
        else SIGN_IN_SCOPE in words
    )
    if not fits:
        raise OAuthError(
            "invalid_scope",
            "The provided value for the input parameter 'scope' is not valid for this application.",
            number=70011,
        )
    return scope


def _invalid_grant(what: str, number: int = 70000) -> OAuthError:
    return OAuthError(
        "invalid_grant",
        f"The provided value for the '{what}' parameter is not valid.",
        number=number,
    )


class OAuthBook:
    """Which codes and Microsoft account tokens are out there."""

    def __init__(self, ledger: Ledger) -> None:
        """Start with nothing issued."""
        self._ledger = ledger
        self.codes: dict[str, AuthorizationCode] = {}
        self.device_codes: dict[str, DeviceCode] = {}
        self.access: dict[str, AccessToken] = {}
        self.refresh: dict[str, RefreshToken] = {}
        self.superseded_uses = 0
        """How often a refresh token was used although its successor had been issued."""

    def new_code(
        self,
        account: Account,
        app: App,
        *,
        scope: str,
        redirect_uri: str,
        challenge: str | None,
    ) -> AuthorizationCode:
        """Issue the code that goes back in the redirect."""
        code = AuthorizationCode(
            value=self._ledger.secret(token_strings.authorization_code()),
            account=account.key,
            client_id=app.client_id,
            scope=scope,
            expires=self._in(self._ledger.knobs.code_seconds),
            redirect_uri=redirect_uri,
            challenge=challenge,
        )
        self.codes[code.value] = code
        return code

    def new_device_code(self, app: App, scope: str) -> DeviceCode:
        """Start a sign-in that somebody finishes in a browser."""
        knobs = self._ledger.knobs
        code = DeviceCode(
            value=self._ledger.secret(token_strings.device_code()),
            user_code=self._ledger.secret(token_strings.user_code()),
            account="",
            client_id=app.client_id,
            scope=scope,
            expires=self._in(
                knobs.device_code_seconds - knobs.device_code_dies_early_seconds
            ),
            interval=knobs.device_code_interval,
        )
        self.device_codes[code.value] = code
        return code

    def by_user_code(self, user_code: str) -> DeviceCode | None:
        """Return the device code that shows this user code, however it was typed."""
        wanted = "".join(filter(str.isalnum, user_code)).upper()
        codes = self.device_codes.values()
        return next((code for code in codes if code.user_code == wanted), None)

    def waits(self, code: DeviceCode) -> bool:
        """Tell whether somebody may still approve or decline this device code."""
        return code.state == "pending" and self._ledger.lives(code)

    def pending(self) -> list[DeviceCode]:
        """Return the device codes that wait for somebody."""
        return list(filter(self.waits, self.device_codes.values()))

    def redeem_code(
        self, app: App, value: str, redirect_uri: str, verifier: str | None
    ) -> tuple[Account, str]:
        """Use a code up; return whose it is, and its scope. Raises OAuthError."""
        code = self.codes.get(value)
        if (
            code is None
            or not self._ledger.lives(code)
            or code.client_id != app.client_id
        ):
            raise _invalid_grant("code", 70008 if code else 70000)
        code.dead = True
        if code.redirect_uri != redirect_uri:
            raise _invalid_grant("redirect_uri")
        if code.challenge is not None and code.challenge != challenge_for(
            verifier or ""
        ):
            raise _invalid_grant("code_verifier")
        return self._account(code), code.scope

    def poll(self, app: App, value: str) -> tuple[Account, str]:
        """Ask whether the sign-in is finished; return whose it is, and its scope. Raises OAuthError."""
        code = self.device_codes.get(value)
        if code is None or code.client_id != app.client_id:
            raise OAuthError(
                "bad_verification_code",
                "The provided value for 'device_code' is not valid.",
                number=70018,
            )
        if code.dead:
            raise _invalid_grant("device_code")
        if not self._ledger.lives(code):
            raise OAuthError(
                "expired_token",
                "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
                number=70020,
            )
        self._check_pace(code)
        if code.state == "pending":
            raise OAuthError(
                "authorization_pending",
                "The user has not yet finished signing in. Poll again after the interval.",
                number=70016,
            )
        code.dead = True
        if code.state == "declined":
            raise OAuthError(
                self._ledger.knobs.declined_error, "The user declined the request."
            )
        account = self._account(code)
        if (
            account.refusal == NO_PROFILE
            and self._ledger.knobs.profileless_invalid_grant
        ):
            raise OAuthError(
                "invalid_grant",
                "The user could not be authenticated or user interaction is required. The user must sign in again.",
            )
        return account, code.scope

    def use_refresh(self, app: App, value: str) -> RefreshToken:
        """Use a refresh token, which may end it or an older one. Raises OAuthError (invalid_grant)."""
        token = self.refresh.get(value)
        if token is None or token.client_id != app.client_id:
            raise _invalid_grant("refresh_token")
        if token.used:
            self.superseded_uses += 1
        if not self._ledger.lives(token):
            raise _invalid_grant("refresh_token", 70000 if token.dead else 700082)
        self._account(token)
        policy = self._ledger.knobs.refresh_policy
        if policy == "immediate" and self._ledger.knobs.rotate_refresh:
            token.dead = True
        older = token.predecessor
        while policy == "reuse_detection" and older is not None and not older.dead:
            older.dead = True
            older = older.predecessor
        return token

    def new_access(self, account: Account, app: App, scope: str) -> AccessToken:
        """Issue an access token; how long it lives depends on the scope."""
        knobs = self._ledger.knobs
        seconds = (
            knobs.long_access_seconds
            if ticket_of(scope) == "t"
            else knobs.short_access_seconds
        )
        token = AccessToken(
            value=self._ledger.secret(token_strings.access_token()),
            account=account.key,
            client_id=app.client_id,
            scope=scope,
            expires=self._in(seconds),
        )
        self.access[token.value] = token
        return token

    def new_refresh(
        self, account: Account, app: App, scope: str, used: RefreshToken | None
    ) -> RefreshToken | None:
        """Issue a refresh token in place of the `used` one, unless the scope or a knob says no."""
        offline = ticket_of(scope) == "t" or any(
            word.endswith(OFFLINE_SCOPE) for word in scope.lower().split()
        )
        if not offline or (used is not None and not self._ledger.knobs.rotate_refresh):
            return None
        if used is not None:
            used.used = True
        token = RefreshToken(
            value=self._ledger.secret(token_strings.refresh_token()),
            account=account.key,
            client_id=app.client_id,
            scope=scope,
            expires=self._in(self._ledger.knobs.refresh_seconds),
            predecessor=used,
        )
        self.refresh[token.value] = token
        return token

    def _check_pace(self, code: DeviceCode) -> None:
        """Raises OAuthError (slow_down, RFC 8628) for a poll that comes too early; the interval then grows by 5 s."""
        knobs, now = self._ledger.knobs, self._ledger.clock.elapsed()
        early = (
            code.last_poll is not None
            and now - code.last_poll < code.interval - knobs.poll_tolerance_seconds
        )
        code.last_poll = now
        if early and knobs.slow_down:
            code.interval += 5
            raise OAuthError(
                "slow_down",
                "The device polls too often. Wait longer between polls.",
                number=70016,
            )

    def _account(self, grant: Grant) -> Account:
        account = self._ledger.accounts.get(grant.account)
        if account is None:
            raise OAuthError("invalid_grant", "The user account does not exist.")
        return account

    def _in(self, seconds: float) -> float:
        return self._ledger.clock.now() + seconds


def challenge_for(verifier: str) -> str:
    """Return the S256 code challenge of a PKCE verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
