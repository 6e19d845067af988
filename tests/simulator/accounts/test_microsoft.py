"""login.live.com: codes, device codes and tokens of Microsoft accounts."""

import pytest

from simulator.accounts.knobs import AuthKnobs
from simulator.world import World
from tests.simulator.accounts.microsoft import redirected, refused
from tests.simulator.sign_in_client import (
    CALLBACK,
    DEVICE_GRANT,
    OWN_SCOPE,
    PUBLIC_APP,
    SWITCH_APP,
    TITLE_SCOPE,
    WEB_APP,
    WEB_APP_WITHOUT_SECRET,
    WEB_SECRET,
    XBOX_APP,
    SignInClient,
)

AUTHORIZE = "/login.live.com/oauth20_authorize.srf"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


async def test_device_code_starts_as_documented(caller: SignInClient) -> None:
    """The members, a short code, and an address that a browser here can open."""
    started = await caller.start_device_code()
    assert started["interval"] == 5
    assert started["expires_in"] == 900
    assert len(started["user_code"]) == 8
    assert set(started) == {
        "user_code",
        "device_code",
        "verification_uri",
        "interval",
        "expires_in",
    }
    page = await caller.http.get(
        started["verification_uri"], params={"otc": started["user_code"]}
    )
    assert page.status == 200
    assert started["user_code"] in await page.text()


async def test_real_address_of_the_page_can_be_asked_for(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """Faithful to the letter, or behind another address."""
    auth_knobs.public_address = "http://simulator.example:8099/"
    started = await caller.start_device_code()
    assert (
        started["verification_uri"]
        == "http://simulator.example:8099/www.microsoft.com/link"
    )
    auth_knobs.faithful_addresses = True
    started = await caller.start_device_code()
    assert started["verification_uri"] == "https://www.microsoft.com/link"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"client_id": "0000000000000001"}, "invalid_client"),
        ({"client_id": PUBLIC_APP}, "invalid_client"),
        ({"client_id": ""}, "invalid_request"),
        ({"scope": OWN_SCOPE}, "invalid_scope"),
        ({"response_type": "code"}, "unsupported_response_type"),
        ({"client_secret": "x"}, "invalid_client"),
    ],
)
async def test_device_code_is_refused_to_whom_it_is_not_for(
    caller: SignInClient, fields: dict[str, str], error: str
) -> None:
    """Only title apps, only their scope, no secret."""
    asked = {
        "client_id": XBOX_APP,
        "scope": TITLE_SCOPE,
        "response_type": "device_code",
    } | fields
    assert (
        await refused(await caller.form("/login.live.com/oauth20_connect.srf", **asked))
        == error
    )


@pytest.mark.parametrize("grant", [DEVICE_GRANT, "device_code"])
async def test_approved_code_is_redeemed_once(caller: SignInClient, grant: str) -> None:
    """Long and short name of the grant; a day's access token and a refresh token."""
    started = await caller.start_device_code()
    await caller.approve(started["user_code"])
    fields = {
        "client_id": XBOX_APP,
        "device_code": started["device_code"],
        "grant_type": grant,
    }

    response = await caller.token(**fields)

    body = await response.json()
    assert response.status == 200
    assert set(body) == {
        "token_type",
        "expires_in",
        "scope",
        "access_token",
        "refresh_token",
        "user_id",
    }
    assert (body["token_type"], body["expires_in"], body["scope"]) == (
        "bearer",
        86400,
        TITLE_SCOPE,
    )
    assert await refused(await caller.token(**fields)) == "invalid_grant"


async def test_patient_polls_are_pending_and_hasty_ones_slow_down(
    caller: SignInClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being told to slow down adds five seconds to the interval (RFC 8628)."""
    started = await caller.start_device_code()
    now = 0.0
    monkeypatch.setattr(caller.world.clock, "elapsed", lambda: now)

    async def poll_at(seconds: float) -> str:
        nonlocal now
        now = seconds
        return await refused(await caller.poll(started["device_code"]))

    answers = [await poll_at(seconds) for seconds in (0, 5, 7, 14, 25, 45)]
    pending, slow = "authorization_pending", "slow_down"
    assert answers == [pending, pending, slow, slow, slow, pending]


async def test_slow_down_can_be_switched_off(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """For a network that tolerates haste."""
    auth_knobs.slow_down = False
    started = await caller.start_device_code()
    assert [
        await refused(await caller.poll(started["device_code"])) for _ in range(3)
    ] == ["authorization_pending"] * 3


async def test_declined_and_expired_codes_say_so(
    caller: SignInClient, world: World
) -> None:
    """Both are final."""
    declined, expired = (
        await caller.start_device_code(),
        await caller.start_device_code(),
    )
    await caller.post(
        "/_simulator/device-codes/decline", {"user_code": declined["user_code"]}
    )
    assert (
        await refused(await caller.poll(declined["device_code"]))
        == "authorization_declined"
    )
    world.clock.offset += 901
    assert await refused(await caller.poll(expired["device_code"])) == "expired_token"
    assert (await caller.approve(expired["user_code"])).status == 404


async def test_codes_may_die_earlier_than_announced(
    caller: SignInClient, auth_knobs: AuthKnobs, world: World
) -> None:
    """As users report."""
    auth_knobs.device_code_dies_early_seconds = 600
    started = await caller.start_device_code()
    assert started["expires_in"] == 900
    world.clock.offset += 301
    assert await refused(await caller.poll(started["device_code"])) == "expired_token"


async def test_unknown_code_and_other_apps_code_are_refused(
    caller: SignInClient,
) -> None:
    """A device code belongs to the app that started it."""
    started = await caller.start_device_code()
    assert (
        await refused(await caller.poll(started["device_code"], SWITCH_APP))
        == "invalid_grant"
    )
    assert await refused(await caller.poll("unheard of")) == "invalid_grant"


async def test_account_without_profile_can_fail_already_here(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """By knob; otherwise the Xbox services refuse it."""
    for profileless, status in ((False, 200), (True, 400)):
        auth_knobs.profileless_invalid_grant = profileless
        started = await caller.start_device_code()
        await caller.approve(started["user_code"], "refused-2148916233")
        assert (await caller.poll(started["device_code"])).status == status


async def test_code_from_a_redirect_is_redeemed_with_pkce(caller: SignInClient) -> None:
    """An hour's access token; the code works once and only with the verifier."""
    back = await redirected(
        caller, code_challenge=CHALLENGE, code_challenge_method="S256"
    )
    assert back["state"] == "s t&te"
    fields = {
        "grant_type": "authorization_code",
        "client_id": PUBLIC_APP,
        "code": back["code"],
        "redirect_uri": CALLBACK,
        "scope": OWN_SCOPE,
    }
    response = await caller.token(**fields, code_verifier=VERIFIER)
    body = await response.json()
    assert (response.status, body["expires_in"], body["scope"]) == (
        200,
        3600,
        OWN_SCOPE,
    )
    assert (
        await refused(await caller.token(**fields, code_verifier=VERIFIER))
        == "invalid_grant"
    )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_verifier": "another"}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"code": "M.C500_BAY.2.U.unknown"}, "invalid_grant"),
        ({"redirect_uri": "http://localhost/auth/callback"}, "invalid_grant"),
        ({"client_id": XBOX_APP}, "invalid_grant"),
        ({"client_secret": "x"}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"code": ""}, "invalid_request"),
    ],
)
async def test_code_is_refused_when_anything_differs(
    caller: SignInClient, change: dict[str, str], error: str
) -> None:
    """The same app, address and proof key as it was asked for with."""
    back = await redirected(
        caller, code_challenge=CHALLENGE, code_challenge_method="S256"
    )
    fields = {
        "grant_type": "authorization_code",
        "client_id": PUBLIC_APP,
        "code": back["code"],
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    assert await refused(await caller.token(**fields | change)) == error


async def test_code_is_short_lived(caller: SignInClient, world: World) -> None:
    """Minutes, not hours."""
    back = await redirected(caller)
    world.clock.offset += 301
    fields = {
        "grant_type": "authorization_code",
        "code": back["code"],
        "redirect_uri": CALLBACK,
    }
    assert (
        await refused(await caller.token(client_id=PUBLIC_APP, **fields))
        == "invalid_grant"
    )


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"simulator_decision": "deny"}, "access_denied"),
        ({"scope": "User.Read"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        (
            {"code_challenge": "plain", "code_challenge_method": "plain"},
            "invalid_request",
        ),
    ],
)
async def test_authorize_sends_errors_back(
    caller: SignInClient, query: dict[str, str], error: str
) -> None:
    """With the state, so that the app knows which sign-in failed."""
    back = await redirected(caller, **query)
    assert (back["error"], back["state"], "code" in back) == (error, "s t&te", False)


async def test_web_app_without_a_secret_fails_at_authorize(
    caller: SignInClient,
) -> None:
    """The way it was captured."""
    back = await redirected(caller, client_id=WEB_APP_WITHOUT_SECRET)
    assert (back["error"], back["sermeta"]) == (
        "unauthorized_client",
        "0x80045AA0|0x0|m",
    )


@pytest.mark.parametrize(
    "query", [{"client_id": "nobody"}, {"redirect_uri": "http://elsewhere.example/"}]
)
async def test_authorize_sends_nobody_to_an_unregistered_address(
    caller: SignInClient, query: dict[str, str]
) -> None:
    """The page itself says so."""
    asked = {
        "client_id": PUBLIC_APP,
        "response_type": "code",
        "scope": OWN_SCOPE,
        "redirect_uri": CALLBACK,
    }
    response = await caller.http.get(
        AUTHORIZE, params=asked | query, allow_redirects=False
    )
    assert response.status == 400
    assert 'id="error"' in await response.text()


@pytest.mark.parametrize(
    ("secret", "status"),
    [
        ({}, 400),
        ({"client_secret": "wrong"}, 400),
        ({"client_secret": WEB_SECRET}, 200),
    ],
)
async def test_web_app_needs_its_secret(
    caller: SignInClient, secret: dict[str, str], status: int
) -> None:
    """Unlike a public app, which must not send one."""
    back = await redirected(caller, client_id=WEB_APP)
    fields = {
        "grant_type": "authorization_code",
        "code": back["code"],
        "redirect_uri": CALLBACK,
    }
    assert (await caller.token(client_id=WEB_APP, **fields, **secret)).status == status


async def test_no_refresh_token_without_offline_access(caller: SignInClient) -> None:
    """Own apps have to ask for it."""
    assert "refresh_token" not in await caller.own_app_sign_in(scope="XboxLive.signin")
    assert "refresh_token" in await caller.own_app_sign_in(
        scope="xboxlive.SIGNIN xboxlive.OFFLINE_access"
    )
