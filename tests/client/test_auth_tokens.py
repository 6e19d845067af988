"""What is kept of a sign-in, how it survives storage and damage, and that nobody sees it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json
import logging
import traceback
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.xbox_console.xboxlive.auth.apps import ENTRA, XBOX_APP, own_app
from custom_components.xbox_console.xboxlive.auth.microsoft import DeviceCode, Pkce
from custom_components.xbox_console.xboxlive.auth.signing import ProofKey
from custom_components.xbox_console.xboxlive.auth.tokens import (
    Credentials,
    Device,
    MicrosoftToken,
    XboxToken,
)
from custom_components.xbox_console.xboxlive.auth.xbox import SisuSession
from custom_components.xbox_console.xboxlive.clock import Clock
from custom_components.xbox_console.xboxlive.errors import (
    Refusal,
    SignInMisconfigured,
    SignInRefused,
    SignInRequired,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DEVICE = Device(
    "{secret-device-id}", ProofKey.generate(), XboxToken("secret-device", NOON)
)
CLAIMS = {"uhs": "secret-hash", "xid": "secret-xuid", "gtg": "QuietHarbor77"}
CREDENTIALS = Credentials(
    app=replace(XBOX_APP, secret="secret-app"),
    microsoft=MicrosoftToken("secret-refresh", "secret-access", NOON, XBOX_APP.scope),
    device=DEVICE,
    title=XboxToken("secret-title", NOON, {"tid": "328178078"}),
    user=XboxToken("secret-user", NOON, {"uhs": "secret-hash"}),
    xsts=XboxToken("secret-xsts", NOON, CLAIMS),
)


def stored() -> dict[str, Any]:
    """The credentials as they come back from storage."""
    return dict(json.loads(json.dumps(CREDENTIALS.stored())))


def test_credentials_survive_storage() -> None:
    """Everything comes back; a key equals by what it signs."""
    again = Credentials.restore(stored())
    assert again.device is not None
    assert again.device.key.stored() == DEVICE.key.stored()
    assert replace(again, device=DEVICE) == CREDENTIALS
    assert again.stored() == CREDENTIALS.stored()


def test_an_own_app_survives_storage() -> None:
    """With host and secret, and without a device."""
    app = own_app("5d1c7a30", "secret-app", ENTRA)
    credentials = replace(CREDENTIALS, app=app, device=None, title=None)
    assert Credentials.restore(credentials.stored()) == credentials


@pytest.mark.parametrize("name", ["title", "user", "xsts"])
@pytest.mark.parametrize(
    "damage",
    [
        None,
        "text",
        {},
        {"Token": ""},
        {"Token": "t", "NotAfter": "soon"},
        {"Token": 5, "NotAfter": "2026-11-20T12:00:00Z"},
    ],
)
def test_a_damaged_token_is_just_missing(name: str, damage: object) -> None:
    """It will be renewed; the others are kept."""
    again = Credentials.restore(stored() | {name: damage})
    assert getattr(again, name) is None
    for other in {"title", "user", "xsts"} - {name}:
        assert getattr(again, other) == getattr(CREDENTIALS, other)


def test_an_xsts_token_without_user_hash_is_missing() -> None:
    """No header could be made of it."""
    damaged = stored()
    del damaged["xsts"]["DisplayClaims"]["xui"][0]["uhs"]
    assert Credentials.restore(damaged).xsts is None


@pytest.mark.parametrize("damage", [None, {}, {"id": "x", "key": "AAAA"}, {"id": 5}])
def test_a_damaged_device_is_replaced(damage: object) -> None:
    """Tokens that are bound to the lost key go with it."""
    again = Credentials.restore(stored() | {"device": damage})
    assert again.device is not None
    assert again.device.token is None
    assert (again.title, again.user, again.xsts) == (None, None, None)
    assert again.microsoft == CREDENTIALS.microsoft


def test_a_damaged_device_token_is_just_missing() -> None:
    """The device itself stays."""
    damaged = stored()
    damaged["device"]["token"] = "?"
    again = Credentials.restore(damaged)
    assert again.device is not None
    assert (again.device.id, again.device.token) == (DEVICE.id, None)
    assert again.title == CREDENTIALS.title


@pytest.mark.parametrize("damage", [None, 5, "", "soon"])
def test_a_damaged_expiry_makes_the_access_token_spent(damage: object) -> None:
    """It is refreshed rather than trusted."""
    damaged = stored()
    damaged["microsoft"]["expires_at"] = damage
    microsoft = Credentials.restore(damaged).microsoft
    assert not microsoft.fresh(NOON - timedelta(days=9))
    assert microsoft.refresh_token == "secret-refresh"


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("microsoft", None),
        ("microsoft", {}),
        ("microsoft", {"refresh_token": ""}),
        ("microsoft", {"refresh_token": 5}),
        ("app", None),
        ("app", {}),
        ("app", XBOX_APP.stored() | {"host": "example.org"}),
    ],
)
def test_without_refresh_token_or_its_app_the_user_must_sign_in(
    name: str, damage: object
) -> None:
    """A refresh token is good for the app that got it alone."""
    with pytest.raises(SignInRequired):
        Credentials.restore(stored() | {name: damage})


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.data())
def test_no_damage_breaks_restoring(data: st.DataObject) -> None:
    """Any member of any depth may be anything."""
    damaged = stored()
    member = damaged
    while True:
        name = data.draw(st.sampled_from(sorted(member)))
        if not isinstance(member[name], dict) or not data.draw(st.booleans()):
            break
        member = member[name] or {"": None}
    member[name] = data.draw(JUNK)
    try:
        again = Credentials.restore(damaged)
    except SignInRequired:
        return
    assert Credentials.restore(again.stored()).stored() == again.stored()


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2026-11-20T12:00:00Z", 0),
        ("2026-11-20T12:00:00.1Z", 100000),
        ("2026-11-20T12:00:00.31115Z", 311150),
        ("2026-11-20T12:00:00.123456Z", 123456),
        ("2026-11-20T12:00:00.1234567Z", 123456),
        ("2026-11-20T12:00:00.1234567", 123456),
        ("2026-11-20T14:00:00.1234567+02:00", 123456),
    ],
)
def test_times_have_up_to_seven_digits(text: str, microsecond: int) -> None:
    """Trailing zeros are trimmed by the services."""
    token = XboxToken.parse({"Token": "t", "NotAfter": text})
    assert token.not_after == NOON.replace(microsecond=microsecond)
    assert token.not_after.utcoffset() == timedelta()


def test_a_token_is_fresh_until_a_minute_before_its_end() -> None:
    """So that it does not die on its way."""
    token = XboxToken("t", NOON)
    microsoft = MicrosoftToken("r", "a", NOON)
    for either in (token, microsoft):
        assert either.fresh(NOON - timedelta(seconds=61))
        assert not either.fresh(NOON - timedelta(seconds=60))
    assert not microsoft.spent().fresh(NOON - timedelta(days=9))


@pytest.mark.parametrize(
    ("claims", "gamertag"),
    [
        ({"gtg": "PocketComet4821", "umg": "PocketComet#4821"}, "PocketComet#4821"),
        ({"gtg": "PocketComet4821"}, "PocketComet4821"),
        ({}, None),
    ],
)
def test_gamertag(claims: dict[str, str], gamertag: str | None) -> None:
    """The unique modern one if there is one."""
    assert XboxToken("t", NOON, claims).gamertag == gamertag


def test_authorization_header() -> None:
    """User hash and token."""
    assert CREDENTIALS.xsts is not None
    assert CREDENTIALS.xsts.authorization == "XBL3.0 x=secret-hash;secret-xsts"
    with pytest.raises(ValueError, match="no user hash"):
        _ = XboxToken("t", NOON).authorization


@pytest.mark.parametrize(
    ("expires_in", "lifetime"),
    [
        (86400, 86400),
        ("3599", 3599),
        (None, 3600),
        ("soon", 3600),
        (-5, 3600),
        (float("nan"), 3600),
        (1e300, 90 * 86400),
        ([], 3600),
    ],
)
def test_expiry_is_stamped_at_receipt(expires_in: object, lifetime: float) -> None:
    """From a clock that knows the services' time."""
    clock = Clock(NOON.timestamp)
    answer = {"access_token": "a", "refresh_token": "r", "expires_in": expires_in}
    token = MicrosoftToken.received(answer, clock)
    assert token.expires_at == NOON + timedelta(seconds=lifetime)


def test_an_absent_refresh_token_keeps_the_old_one() -> None:
    """Microsoft does not always send a new one."""
    clock = Clock(NOON.timestamp)
    for absent in ({}, {"refresh_token": None}, {"refresh_token": ""}):
        token = MicrosoftToken.received({"access_token": "a", **absent}, clock, "old")
        assert token.refresh_token == "old"
    with pytest.raises(ValueError, match="no access token"):
        MicrosoftToken.received({"refresh_token": "r"}, clock)


SECRETIVE = [
    CREDENTIALS,
    CREDENTIALS.app,
    CREDENTIALS.microsoft,
    CREDENTIALS.xsts,
    DEVICE,
    DEVICE.key,
    Pkce("secret-verifier"),
    SisuSession("secret-session", "https://example.org/?secret-state"),
    DeviceCode("secret-user-code", "secret-code", "https://example.org", NOON, 5),
    Refusal(1, "refused", link="https://example.org/?secret-sid"),
]


@pytest.mark.parametrize("thing", SECRETIVE, ids=lambda thing: type(thing).__name__)
def test_nothing_shows_a_secret(
    thing: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in repr(), not formatted, not in a log, not in a traceback."""
    key = DEVICE.key.stored()
    logging.getLogger(__name__).warning("%s %r", thing, [thing])
    trace = "".join(traceback.format_exception(RuntimeError(thing, [thing])))
    for shown in (repr(thing), str(thing), f"{thing}", caplog.text, trace):
        assert "secret-" not in shown
        assert key not in shown


def test_errors_show_no_secret() -> None:
    """What Microsoft says about an app, and where a refusal sends the user, is not repeated."""
    described = SignInMisconfigured(
        "invalid_client",
        "App 5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b001 of rowan@example.com is unknown. "
        "Trace ID: 0f8fad5b-d9cb-469f-a165-70867728950e",
    )
    refused = SignInRefused(Refusal(2148916233, "x", link="https://e.org/?secret"))
    for error in (described, refused):
        for shown in (str(error), repr(error)):
            for secret in ("5d1c7a30", "rowan", "0f8fad5b", "secret"):
                assert secret not in shown
    assert "2148916233" in str(refused)
