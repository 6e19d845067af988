"""What can go wrong with the Xbox network, as a caller can act on it.

No message holds a token, a key, a code, an XUID, an e-mail address or a console id.
"""

from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
import re

_EXCERPT_LENGTH = 120
_REVEALING = re.compile(
    r"[\w.+-]+@[\w.-]+|[A-Za-z0-9_\-+/=.]*\d[A-Za-z0-9_\-+/=.]{7,}|[\w+/=-]{20,}"
)


def redacted(text: str) -> str:
    """The beginning of a text without what might identify a person, a device or a sign-in."""
    return _REVEALING.sub("[…]", " ".join(text.split()))[:_EXCERPT_LENGTH]


class XboxError(Exception):
    """Anything that the Xbox network or the way to it did wrong."""

    asked = True
    """Whether the network was asked at all; if not, it is too early to ask again."""


class ConnectionFailed(XboxError):
    """The service could not be reached; try again later."""

    def __init__(self, host: str) -> None:
        """Keep the host, which tells a dead network from one dead service."""
        super().__init__(f"{host} could not be reached")
        self.host = host


class Timeout(ConnectionFailed):
    """The service did not answer in time; try again later."""


class ServiceUnavailable(XboxError):
    """The service says that it is ill (5xx, 408 or its own word); try again later."""

    def __init__(
        self,
        host: str,
        reason: str,
        retry_after: float | None = None,
        *,
        asked: bool = True,
    ) -> None:
        """Keep the service's own wish for a pause, in seconds, if it had one."""
        super().__init__(f"{host} is unavailable: {reason}")
        self.host = host
        self.retry_after = retry_after
        self.asked = asked


class RateLimited(XboxError):
    """Too many requests; wait `retry_after` seconds."""

    def __init__(self, host: str, retry_after: float, *, asked: bool = True) -> None:
        """Keep how long to wait, in seconds."""
        super().__init__(
            f"{host} allows no further request for {retry_after:.1f} seconds"
        )
        self.host = host
        self.retry_after = retry_after
        self.asked = asked


class UnexpectedResponse(XboxError):
    """An answer that could not be understood, or that nobody asked for."""

    def __init__(self, host: str, status: int, problem: str, body: str = "") -> None:
        """Keep the HTTP status and a redacted excerpt of the body."""
        self.host = host
        self.status = status
        self.excerpt = redacted(body)
        super().__init__(
            f"{host} answered {status}: {problem}"
            + (f" ({self.excerpt})" if body else "")
        )


class NotModified(UnexpectedResponse):
    """What is already there is still current (304): the answer to a conditional request."""


class ContractNotSupported(UnexpectedResponse):
    """The service does not speak this contract version (406)."""


class AccessDenied(XboxError):
    """The service refuses this to the account although it is signed in (privacy, rights)."""

    def __init__(self, host: str, status: int) -> None:
        """Keep which service refused."""
        super().__init__(f"{host} refuses this to the account (HTTP {status})")
        self.host = host


class NotFound(XboxError):
    """The gamertag, title, capture or other thing asked for does not exist."""


class GamertagNotFound(NotFound):
    """Nobody has that gamertag or XUID."""


class ClipNotFound(NotFound):
    """There is no such clip, or no longer."""


class AuthError(XboxError):
    """The account could not be signed in."""


class SignInRequired(AuthError):
    """The refresh token is dead: the user must sign in again."""


class Treatment(Enum):
    """What can be done about a refusal."""

    USER = auto()
    """Only the user can help, mostly at `Refusal.link`; trying again does not."""
    REMINT = auto()
    """A token (`Refusal.token`) is refused: get another one."""
    TRANSIENT = auto()
    """The Xbox network is ill: try again later."""


class TokenKind(StrEnum):
    """The tokens that the Xbox network tells apart."""

    SERVICE = "service"
    DEVICE = "device"
    TITLE = "title"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the Xbox network said; `name` is stable, `link` is a page of Microsoft's that helps."""

    xerr: int
    name: str
    treatment: Treatment = Treatment.USER
    link: str | None = field(default=None, repr=False)
    token: TokenKind | None = None


class SignInRefused(AuthError):
    """The account may not sign in: no profile, child, banned, region …; `refusal` has the cure."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep what the Xbox network said about the account."""
        super().__init__(
            f"The Xbox network refuses this account: {refusal.name} ({refusal.xerr})"
        )
        self.refusal = refusal


class AppProblem(StrEnum):
    """What is wrong with an app, as the one who registered it can mend it."""

    UNKNOWN = "app_unknown"
    NOT_ALLOWED = "app_not_allowed"
    SECRET_MISSING = "app_secret_missing"
    SECRET_NOT_ALLOWED = "app_secret_not_allowed"
    SECRET_WRONG = "app_secret_wrong"
    CONSENT_MISSING = "app_consent_missing"
    OTHER = "app_refused"


_APP_PROBLEMS = (
    ("", "does not have a secret configured", AppProblem.SECRET_MISSING),
    ("", "public clients can't send", AppProblem.SECRET_NOT_ALLOWED),
    ("", "public client", AppProblem.SECRET_NOT_ALLOWED),
    ("", "invalid client secret", AppProblem.SECRET_WRONG),
    ("", "client_secret' is not valid", AppProblem.SECRET_WRONG),
    ("", "client secret is", AppProblem.SECRET_WRONG),
    ("", "client_secret", AppProblem.SECRET_MISSING),
    ("invalid_client", "", AppProblem.UNKNOWN),
    ("unauthorized_client", "", AppProblem.NOT_ALLOWED),
    ("invalid_scope", "", AppProblem.CONSENT_MISSING),
    ("consent_required", "", AppProblem.CONSENT_MISSING),
)
"""OAuth word, part of Microsoft's explanation in lower case, problem; the first that fits counts."""


class SignInMisconfigured(AuthError):
    """Microsoft refuses the app, not the user: `error` is the OAuth word (`invalid_client` …)."""

    def __init__(self, error: str, description: str = "") -> None:
        """Keep the OAuth error and what Microsoft's explanation comes to."""
        self.error = error
        self.problem = next(
            (
                problem
                for word, part, problem in _APP_PROBLEMS
                if word in ("", error) and part in description.lower()
            ),
            AppProblem.OTHER,
        )
        super().__init__(f"Microsoft refuses the app: {error} ({self.problem})")


class SignInPending(AuthError):
    """The user has not finished yet; ask again after the interval."""

    def __init__(self, error: str = "authorization_pending") -> None:
        """Keep the OAuth word, which may ask for a longer interval (`slow_down`, `timeout`)."""
        super().__init__("The sign-in is not finished")
        self.error = error


class SignInDeclined(AuthError):
    """The user said no."""


class CodeExpired(AuthError):
    """The code was not entered in time."""


class ConsoleError(XboxError):
    """A console could not do what was asked; `code` is the service's own word."""

    def __init__(self, code: str) -> None:
        """Keep the service's word for what went wrong."""
        super().__init__(f"The console refused: {code}")
        self.code = code


class ConsoleUnreachable(ConsoleError):
    """The network has no way to the console: shut down, unplugged or asleep too deep."""

    def __init__(self, code: str, *, undelivered: bool = True) -> None:
        """Remember whether the service itself says that nothing was delivered."""
        super().__init__(code)
        self.undelivered = undelivered


class ConsoleTemporarilyUnreachable(ConsoleUnreachable):
    """The console lost its connection for a moment; trying again may help."""


class ConsoleOff(ConsoleError):
    """The console is not on, and what was asked needs it to be."""

    def __init__(self, code: str = "OffConsoleError") -> None:
        """Use the word with which opStatus says it."""
        super().__init__(code)


class CommandReplaced(ConsoleError):
    """Something else was asked for before the console did it; `code` names what."""


class CommandUnanswered(ConsoleError):
    """The service took the command, but the console has not done it in time; `code` names it."""

    def __init__(self, code: str = "Command") -> None:
        """Keep which command it was."""
        super().__init__(code)


class ConsoleDidNotWake(CommandUnanswered):
    """The console was told to wake, and nobody has seen it on."""


class RemoteFeaturesDisabled(ConsoleError):
    """Remote features are switched off on the console."""


class ConsoleNotFound(ConsoleError):
    """No such console on this account."""


class ConsoleNotPaired(ConsoleError):
    """The console belongs to another account."""


class CommandFailed(ConsoleError):
    """The console reported that the command did not work."""
