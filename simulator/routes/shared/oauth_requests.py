"""What login.live.com and Entra do alike: who asks, and what is granted."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from simulator.accounts.account import Account
from simulator.accounts.apps import App, Policy, find_app
from simulator.accounts.oauth import (
    AccessToken,
    DeviceCode,
    OAuthError,
    RefreshToken,
    check_scope,
)
from simulator.accounts.tokens import TokenBook
from simulator.serving import world_of

DEVICE_CODE_GRANTS = frozenset(
    {"urn:ietf:params:oauth:grant-type:device_code", "device_code"}
)
NEVER = frozenset[Policy]()

type Form = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What an app gets for a code or a refresh token."""

    account: Account
    app: App
    access: AccessToken
    refresh: RefreshToken | None

    def body(self, book: TokenBook, token_type: str) -> dict[str, object]:
        """Return the members that both hosts send."""
        seconds = self.access.expires - book.clock.now()
        body: dict[str, object] = {
            "token_type": token_type,
            "expires_in": round(seconds),
            "scope": self.access.scope,
            "access_token": self.access.value,
        }
        if self.refresh is not None:
            body["refresh_token"] = self.refresh.value
        return body


async def form_of(request: web.Request) -> Form:
    """Return the form fields of a request."""
    return {
        name: value
        for name, value in (await request.post()).items()
        if isinstance(value, str)
    }


def needed(form: Form, name: str) -> str:
    """Return a form field. Raises OAuthError (invalid_request) if it is missing."""
    value = form.get(name)
    if not value:
        raise OAuthError(
            "invalid_request",
            f"The provided request must include a '{name}' input parameter.",
            number=900144,
        )
    return value


def app_of(form: Form, *, excluded: frozenset[Policy] = NEVER) -> App:
    """Return the app that asks, without looking at its secret. Raises OAuthError."""
    app = find_app(needed(form, "client_id"))
    if app is None or app.policy in excluded:
        raise OAuthError(
            "invalid_client",
            "The client does not exist or is not enabled for consumers. If you are the application developer, "
            "configure a new application through the App Registrations in the Azure Portal.",
            number=700016,
        )
    return app


def check_secret(app: App, form: Form) -> None:
    """Check that a web app sends its secret and that no other app sends one. Raises OAuthError (invalid_client)."""
    secret = form.get("client_secret")
    if app.policy != "web":
        if secret is not None:
            raise OAuthError(
                "invalid_client",
                "Public clients can't send a client secret.",
                number=700025,
            )
        return
    if secret is None:
        raise OAuthError(
            "invalid_client",
            "The request must include a 'client_secret' input parameter.",
            number=7000218,
        )
    if secret != app.secret:
        raise OAuthError(
            "invalid_client", "The provided client secret is wrong.", number=7000215
        )


def grant(request: web.Request, form: Form, app: App) -> Granted:
    """Answer a request at a token endpoint. Raises OAuthError."""
    book = world_of(request).tokens
    check_secret(app, form)
    kind = needed(form, "grant_type")
    used = None
    if kind == "authorization_code":
        account, scope = book.oauth.redeem_code(
            app,
            needed(form, "code"),
            needed(form, "redirect_uri"),
            form.get("code_verifier"),
        )
    elif kind in DEVICE_CODE_GRANTS:
        account, scope = book.oauth.poll(app, needed(form, "device_code"))
    elif kind == "refresh_token":
        scope = check_scope(app, form["scope"]) if form.get("scope") else ""
        used = book.oauth.use_refresh(app, needed(form, "refresh_token"))
        account, scope = book.accounts[used.account], scope or used.scope
    else:
        raise OAuthError(
            "unsupported_grant_type",
            "The provided value for the input parameter 'grant_type' is not valid.",
            number=70003,
        )
    return Granted(
        account=account,
        app=app,
        access=book.oauth.new_access(account, app, scope),
        refresh=book.oauth.new_refresh(account, app, scope, used),
    )


def device_code_body(
    book: TokenBook, code: DeviceCode, verification_uri: str
) -> dict[str, object]:
    """Return a started device-code sign-in (RFC 8628 section 3.2)."""
    return {
        "user_code": code.user_code,
        "device_code": code.value,
        "verification_uri": verification_uri,
        "interval": round(code.interval),
        "expires_in": round(book.knobs.device_code_seconds),
    }
