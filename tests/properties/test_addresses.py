"""Whatever is pasted where the address of a finished sign-in is due, it is that address or refused."""

from urllib.parse import quote

from hypothesis import example, given, strategies as st
import pytest

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP
from custom_components.xbox_console.xboxlive.auth.redirect import (
    AddressProblem,
    BadAddress,
    Redirect,
)
from custom_components.xbox_console.xboxlive.errors import AuthError
from custom_components.xbox_console.xboxlive.hosts import PRODUCTION

PLACE = XBOX_APP.redirect_uri or ""
CODES = st.text(min_size=1, max_size=40).filter(str.strip)
WRAPPING = st.text(" \n\t\"'<>“”\u00a0", max_size=4)
PIECES = st.sampled_from(
    [
        PLACE,
        "https://",
        "http://",
        "login.live.com",
        "@",
        ":",
        "/",
        "?",
        "#",
        "&",
        "=",
        "code",
        "state",
        "error",
        "%",
        "[",
        "]",
        "..",
        "\\",
        "\x00",
    ]
)


def _redirect() -> Redirect:
    return Redirect(PRODUCTION, XBOX_APP)


def _query(**members: str) -> str:
    return "&".join(f"{name}={quote(word, safe='')}" for name, word in members.items())


@example("M.C507", "< <", " <", True)
@given(CODES, WRAPPING, WRAPPING, st.booleans())
def test_the_code_is_found(
    code: str, before: str, after: str, code_first: bool
) -> None:
    """However it was copied, and in whatever order its members are."""
    redirect = _redirect()
    members = {"code": code, "state": redirect.state}
    if not code_first:
        members = dict(reversed(members.items()))
    pasted = f"{before}{PLACE}?{_query(**members)}{after}"
    assert redirect.code_in(pasted) == code


@given(CODES, st.text(max_size=40))
def test_the_code_of_another_sign_in_is_refused(code: str, state: str) -> None:
    """Nobody can have a user sign in with somebody else's code."""
    redirect = _redirect()
    with pytest.raises(BadAddress) as refused:
        redirect.code_in(f"{PLACE}?{_query(code=code, state=state)}")
    assert refused.value.problem is AddressProblem.OTHER_SIGN_IN


@example("https://[", "")
@example("https://login.live.com:port/", "")
@example(f"{PLACE}@elsewhere.example/", "")
@given(st.lists(PIECES | st.text(max_size=6), max_size=10).map("".join), CODES)
def test_anything_else_is_refused_without_being_repeated(start: str, code: str) -> None:
    """No text is an unexpected error, no code comes from elsewhere, and none gets into a message."""
    redirect = _redirect()
    pasted = f"{start}?{_query(code=f'secret{code}', state=redirect.state)}"
    try:
        found = redirect.code_in(pasted)
    except AuthError as error:
        told = str(error)
    else:
        assert PLACE.casefold() in pasted.casefold()
        told = found.replace("secret", "")
    assert "secret" not in told
