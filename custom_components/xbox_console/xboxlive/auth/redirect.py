"""The address that a browser ends at when a sign-in is done, and the code in it."""

from enum import StrEnum
import re
from secrets import token_urlsafe
from urllib.parse import SplitResult, parse_qs, urlsplit

from ..errors import AuthError
from ..hosts import Hosts
from .apps import App
from .microsoft import oauth_error

_AROUND = re.compile(r"""^[\s"'<>“”„‘’«»]+|[\s"'<>“”„‘’«»]+$""")
"""What an address may be copied with."""


class AddressProblem(StrEnum):
    """What is wrong with a pasted address."""

    NOT_AN_ADDRESS = "not_an_address"
    OTHER_ADDRESS = "other_address"
    NO_CODE = "no_code"
    OTHER_SIGN_IN = "other_sign_in"


class BadAddress(AuthError):
    """The pasted address is not the one that this sign-in ended at."""

    def __init__(self, problem: AddressProblem) -> None:
        """Keep the problem, but not the address, which may hold a code."""
        super().__init__(f"The pasted address cannot be used: {problem}")
        self.problem = problem


class Redirect:
    """Where an app has the browser sent to, for one sign-in, which `state` tells from others."""

    def __init__(self, hosts: Hosts, app: App) -> None:
        """Prepare. Raises ValueError for an app without a redirect."""
        if app.redirect_uri is None:
            raise ValueError("the app has no redirect")
        redirects = (app.redirect_uri, str(hosts.locate(app.redirect_uri)))
        self._places = [_place(urlsplit(redirect)) for redirect in redirects]
        self._host = app.authority.host
        self.state = token_urlsafe(24)

    def code_in(self, pasted: str) -> str:
        """The code in a pasted address. Raises BadAddress, and what Microsoft says instead of a code."""
        try:
            parts = urlsplit(_AROUND.sub("", pasted))
        except ValueError:
            raise BadAddress(AddressProblem.NOT_AN_ADDRESS) from None
        if not parts.scheme or not parts.netloc:
            raise BadAddress(AddressProblem.NOT_AN_ADDRESS)
        if _place(parts) not in self._places:
            raise BadAddress(AddressProblem.OTHER_ADDRESS)
        answer = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if "code" not in answer and "error" not in answer:
            raise BadAddress(AddressProblem.NO_CODE)
        # An error is believed without the state, which protects codes.
        if answer.get("state", "" if "code" in answer else self.state) != self.state:
            raise BadAddress(AddressProblem.OTHER_SIGN_IN)
        if error := answer.get("error"):
            raise oauth_error(self._host, error, answer.get("error_description", ""))
        return answer["code"]


def _place(parts: SplitResult) -> tuple[str, str, str]:
    return parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/")
