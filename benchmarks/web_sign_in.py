"""The sign-in of Home Assistant's own `xbox`: an app with a secret, and a token that it was given."""

from benchmarks.houses import ACCOUNT
from simulator.accounts.apps import APPS, App
from simulator.world import World

_SCOPE = "Xboxlive.signin Xboxlive.offline_access"


def web_app() -> App:
    """The app whose credentials the user has entered."""
    return next(app for app in APPS.values() if app.secret)


def web_token(world: World) -> dict[str, object]:
    """What a config entry keeps after the account has let the app in."""
    account, app, book = world.accounts[ACCOUNT], web_app(), world.tokens.oauth
    access = book.new_access(account, app, _SCOPE)
    refresh = book.new_refresh(account, app, _SCOPE, None)
    assert refresh is not None
    return {
        "token_type": "bearer",
        "scope": _SCOPE,
        "access_token": access.value,
        "refresh_token": refresh.value,
        "expires_in": round(access.expires - world.clock.now()),
        "expires_at": access.expires,
        "user_id": account.key,
    }
