"""One table: what went wrong in the Xbox network -> what Home Assistant tells its user."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryNotReady,
    HomeAssistantError,
)
from homeassistant.helpers.update_coordinator import UpdateFailed

from ..const import DOMAIN
from ..xboxlive import errors as xbox
from ..xboxlive.auth.redirect import BadAddress

_KEYS: dict[type[xbox.XboxError], str] = {
    xbox.Timeout: "timeout",
    xbox.ConnectionFailed: "cannot_connect",
    xbox.RateLimited: "rate_limited",
    xbox.ServiceUnavailable: "service_unavailable",
    xbox.UnexpectedResponse: "unexpected_response",
    xbox.AccessDenied: "access_denied",
    xbox.NotFound: "not_found",
    xbox.SignInRequired: "sign_in_required",
    xbox.SignInRefused: "refused",
    xbox.SignInDeclined: "sign_in_declined",
    xbox.CodeExpired: "code_expired",
    xbox.ConsoleTemporarilyUnreachable: "console_temporarily_unreachable",
    xbox.ConsoleUnreachable: "console_unreachable",
    xbox.ConsoleOff: "console_off",
    xbox.RemoteFeaturesDisabled: "remote_features_disabled",
    xbox.ConsoleNotFound: "console_not_found",
    xbox.ConsoleNotPaired: "console_not_paired",
    xbox.CommandFailed: "command_failed",
    xbox.CommandReplaced: "command_replaced",
    xbox.ConsoleDidNotWake: "console_did_not_wake",
    xbox.CommandUnanswered: "command_unanswered",
    xbox.ConsoleError: "console_error",
    xbox.AuthError: "sign_in_failed",
    xbox.XboxError: "xbox_error",
}

_NEEDS_USER = (xbox.SignInRequired, xbox.SignInMisconfigured)
"""Trying again is no use: the user signs in anew, with an app that was mended, or in another way."""


class Translation(TypedDict):
    """What every Home Assistant exception takes."""

    translation_domain: str
    translation_key: str
    translation_placeholders: dict[str, str]


def error_key(error: xbox.XboxError) -> str:
    """The translation key of an error: its own, or that of the nearest class that has one."""
    if (
        isinstance(error, xbox.SignInRefused)
        and error.refusal.treatment is xbox.Treatment.USER
    ):
        return error.refusal.name
    if isinstance(error, xbox.SignInMisconfigured | BadAddress):
        return error.problem
    return next(_KEYS[kind] for kind in type(error).__mro__ if kind in _KEYS)


def placeholders(error: xbox.XboxError, console: str = "") -> dict[str, str]:
    """What the text of an error mentions; texts use what they need."""
    values = {
        "console": console,
        "host": getattr(error, "host", ""),
        "code": getattr(error, "code", ""),
        "seconds": f"{getattr(error, 'retry_after', None) or 0:.0f}",
    }
    if isinstance(error, xbox.SignInRefused):
        values |= {
            "xerr": str(error.refusal.xerr),
            "link": error.refusal.link or "",
        }
    if isinstance(error, xbox.SignInMisconfigured):
        values |= {"error": error.error}
    return values


def translation(error: xbox.XboxError, console: str = "") -> Translation:
    """The keywords with which any Home Assistant exception says what went wrong."""
    return {
        "translation_domain": DOMAIN,
        "translation_key": error_key(error),
        "translation_placeholders": placeholders(error, console),
    }


def command_error(error: xbox.XboxError, console: str) -> HomeAssistantError:
    """The error of an action."""
    return HomeAssistantError(**translation(error, console))


@contextmanager
def explained(subject: str) -> Iterator[None]:
    """Say in the user's words what the Xbox network did not do for a console or person."""
    try:
        yield
    except xbox.XboxError as error:
        raise command_error(error, subject) from error


def update_error(error: xbox.XboxError, console: str = "") -> Exception:
    """The error of a poll: sign in again, or later."""
    if isinstance(error, _NEEDS_USER):
        return ConfigEntryAuthFailed(**translation(error))
    return UpdateFailed(**translation(error, console))


def setup_error(error: xbox.XboxError) -> Exception:
    """The error of setting up the entry: sign in again, or later."""
    if isinstance(error, _NEEDS_USER):
        return ConfigEntryAuthFailed(**translation(error))
    return ConfigEntryNotReady(**translation(error))
