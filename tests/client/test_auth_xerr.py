"""Refusals of the Xbox network, read from every place where they can be."""

import json

from hypothesis import given, strategies as st
from multidict import CIMultiDict, CIMultiDictProxy
import pytest

from custom_components.xbox_console.xboxlive.auth.xerr import (
    REFUSALS,
    UNKNOWN,
    refusal_of,
)
from custom_components.xbox_console.xboxlive.errors import TokenKind, Treatment
from custom_components.xbox_console.xboxlive.transport import Reply

USER = {
    0x8015DBFE: "regional_age_verification_required",
    0x8015DC00: "dev_mode_not_authorized",
    0x8015DC01: "system_update_required",
    0x8015DC02: "content_update_required",
    0x8015DC03: "enforcement_ban",
    0x8015DC04: "third_party_ban",
    0x8015DC05: "parentally_restricted",
    0x8015DC06: "device_subscription_inactive",
    0x8015DC08: "billing_maintenance",
    0x8015DC09: "account_creation_required",
    0x8015DC0A: "terms_of_use_not_accepted",
    0x8015DC0B: "country_not_authorized",
    0x8015DC0C: "age_verification_required",
    0x8015DC0D: "account_curfew",
    0x8015DC0E: "child_not_in_family",
    0x8015DC0F: "csv_transition",
    0x8015DC10: "account_maintenance",
    0x8015DC11: "account_type_not_allowed",
    0x8015DC12: "content_isolation",
    0x8015DC13: "gamertag_must_change",
    0x8015DC14: "device_challenge",
    0x8015DC16: "too_many_sign_ins",
    0x8015DC17: "pin_challenge",
    0x8015DC18: "retail_account_not_allowed",
    0x8015DC19: "sandbox_not_allowed",
    0x8015DC1A: "account_service_unavailable",
    0x8015DC1B: "green_signed_content_not_authorized",
    0x8015DC1C: "content_not_authorized",
    0x8015DC1E: "title_device_usage_exceeded",
}
REMINT = {
    0x8015DC1F: ("expired_service_token", TokenKind.SERVICE),
    0x8015DC20: ("expired_device_token", TokenKind.DEVICE),
    0x8015DC21: ("expired_title_token", TokenKind.TITLE),
    0x8015DC22: ("expired_user_token", TokenKind.USER),
    0x8015DC23: ("invalid_device_token", TokenKind.DEVICE),
    0x8015DC24: ("invalid_title_token", TokenKind.TITLE),
    0x8015DC25: ("invalid_user_token", TokenKind.USER),
    0x8015DC26: ("invalid_user_token", TokenKind.USER),
    0x8015DC27: ("invalid_service_token", TokenKind.SERVICE),
}
OUTAGE = {0x8015DC31, 0x8015DC32}


def reply(body: object = None, x_err: str | None = None) -> Reply:
    """An answer of xsts.auth."""
    content = b"" if body is None else json.dumps(body).encode()
    headers = {} if x_err is None else {"X-Err": x_err}
    return Reply(
        "xsts.auth.xboxlive.com",
        401,
        CIMultiDictProxy(CIMultiDict(headers)),
        content,
    )


def test_the_table_is_complete() -> None:
    """Every documented number is known, and no other."""
    assert set(REFUSALS) == {*USER, *REMINT, *OUTAGE}
    assert all(refusal.xerr == xerr for xerr, refusal in REFUSALS.items())


@pytest.mark.parametrize(("xerr", "name"), USER.items())
def test_what_only_the_user_can_help(xerr: int, name: str) -> None:
    """Such a refusal has a stable name and is not tried again."""
    refusal = refusal_of(reply({"Identity": "0", "XErr": xerr, "Message": ""}))
    assert refusal is not None
    assert (refusal.xerr, refusal.name) == (xerr, name)
    assert refusal.treatment is Treatment.USER
    assert refusal.token is None


@pytest.mark.parametrize(("xerr", "expected"), REMINT.items())
def test_a_dead_token_is_named(xerr: int, expected: tuple[str, TokenKind]) -> None:
    """Such a refusal tells which token to mint anew."""
    refusal = refusal_of(reply({"XErr": xerr}))
    assert refusal is not None
    assert (refusal.name, refusal.token) == expected
    assert refusal.treatment is Treatment.REMINT


@pytest.mark.parametrize("xerr", OUTAGE)
def test_an_outage_is_transient(xerr: int) -> None:
    """Nothing is wrong with the account."""
    refusal = refusal_of(reply({"XErr": xerr}))
    assert refusal is not None
    assert refusal.treatment is Treatment.TRANSIENT


def test_the_number_is_found_wherever_it_is() -> None:
    """Body before header; number, digits or signed HRESULT."""
    number = 2148916233
    for answer in (
        reply({"XErr": number}),
        reply({"XErr": str(number)}),
        reply({"XErr": number - 2**32}),
        reply(None, str(number)),
        reply({"WebPage": "https://example.invalid"}, str(number)),
        reply({"XErr": number}, "2148916235"),
    ):
        refusal = refusal_of(answer)
        assert refusal is not None
        assert refusal.name == "account_creation_required"


@pytest.mark.parametrize(
    "answer",
    [
        reply(),
        reply([]),
        reply({"XErr": None}),
        reply({"XErr": 0}),
        reply({"XErr": {"number": 1}}),
        reply(None, "many"),
        reply("<html>"),
    ],
)
def test_no_number_is_no_refusal(answer: Reply) -> None:
    """Whatever else the answer says."""
    assert refusal_of(answer) is None


def test_an_unknown_number_is_kept() -> None:
    """The user can look it up."""
    refusal = refusal_of(reply({"XErr": 2148916999}))
    assert refusal is not None
    assert (refusal.xerr, refusal.name) == (2148916999, UNKNOWN)
    assert refusal.treatment is Treatment.USER


@pytest.mark.parametrize(
    ("redirect", "link"),
    [
        ("https://start.ui.xboxlive.com/AddChildToFamily?x=1", None),
        ("https://www.xbox.com/en-US/family", None),
        ("https://account.microsoft.com/family", None),
        ("http://start.ui.xboxlive.com/AddChildToFamily", "default"),
        ("https://xbox.com.example.org/", "default"),
        ("https://evilxbox.com/", "default"),
        ("https://xbox.com@example.org/", "default"),
        ("javascript:alert(1)", "default"),
        ("https://[", "default"),
        (42, "default"),
        (None, "default"),
    ],
)
def test_only_pages_of_microsoft_are_linked(redirect: object, link: str | None) -> None:
    """A user is never sent anywhere else; where Microsoft sends no page, the known one is used."""
    refusal = refusal_of(reply({"XErr": 0x8015DC0E, "Redirect": redirect}))
    assert refusal is not None
    if link == "default":
        assert refusal.link == "https://start.ui.xboxlive.com/AddChildToFamily"
    else:
        assert refusal.link == redirect


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"])),
)
def test_no_answer_breaks_the_reader(value: object, header: str) -> None:
    """Whatever the members hold."""
    refusal_of(reply({"XErr": value, "Redirect": value}, header))
