"""sisu: sign-in in a browser, and every token in one call."""

import uuid

from aiohttp import ClientResponse
import pytest
from yarl import URL

from simulator.accounts.knobs import AuthKnobs
from simulator.accounts.oauth import challenge_for
from tests.simulator.sign_in_client import (
    PUBLIC_APP,
    SWITCH_APP,
    TITLE_SCOPE,
    XBOX_APP,
    Device,
    Json,
    SignInClient,
)

REDIRECT = f"ms-xal-{XBOX_APP}://auth"
DESKTOP = "https://login.live.com/oauth20_desktop.srf"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-"


async def authenticate(
    caller: SignInClient,
    device: Device,
    *,
    signer: Device | None = None,
    contract: str = "1",
    **members: object,
) -> ClientResponse:
    """Ask for the address of the sign-in page."""
    body: Json = {
        "AppId": XBOX_APP,
        "TitleId": "328178078",
        "RedirectUri": REDIRECT,
        "DeviceToken": device.token,
        "Sandbox": "RETAIL",
        "TokenType": "code",
        "Offers": [TITLE_SCOPE],
        "Query": {
            "display": "android_phone",
            "code_challenge": challenge_for(VERIFIER),
            "code_challenge_method": "S256",
            "state": "c3RhdGU+/=",
        },
    }
    return await caller.post(
        "/sisu.xboxlive.com/authenticate",
        body | members,
        signer=signer or device,
        headers={"x-xbl-contract-version": contract},
    )


@pytest.mark.parametrize("redirect_uri", [REDIRECT, DESKTOP])
async def test_browser_sign_in_leads_to_tokens(
    caller: SignInClient, redirect_uri: str
) -> None:
    """Address of the page, redirect with the code, Microsoft account token, Xbox tokens."""
    device = await caller.device()
    response = await authenticate(caller, device, RedirectUri=redirect_uri)
    session = response.headers["X-SessionId"]
    page = URL((await response.json())["MsaOauthRedirect"])
    assert page.query["state"] == "c3RhdGU+/="
    assert page.query["code_challenge"] == challenge_for(VERIFIER)
    assert page.query["redirect_uri"] == redirect_uri

    response = await caller.http.get(
        page.update_query(simulator_account="parent"), allow_redirects=False
    )
    location = URL(response.headers["Location"])
    assert location.query["state"] == "c3RhdGU+/="
    if redirect_uri == DESKTOP:
        assert 'id="result"' in await (await caller.http.get(location)).text()

    response = await caller.token(
        client_id=XBOX_APP,
        code=location.query["code"],
        code_verifier=VERIFIER,
        grant_type="authorization_code",
        redirect_uri=redirect_uri,
        scope=TITLE_SCOPE,
    )
    body = await response.json()
    assert (response.status, body["expires_in"]) == (200, 86400)
    assert (
        await caller.sisu(device, body["access_token"], SessionId=session)
    ).status == 200


async def test_real_address_of_the_page_can_be_asked_for(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """For a browser that is not here."""
    auth_knobs.faithful_addresses = True
    response = await authenticate(caller, await caller.device())
    page = (await response.json())["MsaOauthRedirect"]
    assert page.startswith(
        "https://login.live.com/oauth20_authorize.srf?lw=1&fl=dob%2Ceasi2&xsup=1&"
    )


async def test_start_needs_contract_signature_device_and_registered_address(
    caller: SignInClient,
) -> None:
    """Each one is missed in turn."""
    device, other = await caller.device(), await caller.device()
    assert (await authenticate(caller, device, contract="2")).status == 400
    assert (await authenticate(caller, device, signer=other)).status == 403
    assert (
        await authenticate(caller, device, RedirectUri="https://elsewhere.example/")
    ).status == 400
    assert (await authenticate(caller, device, AppId=PUBLIC_APP)).status == 400
    assert (await authenticate(caller, device, TitleId=328178078)).status == 400
    assert (await authenticate(caller, device, Query={"display": "x"})).status == 400
    assert (await authenticate(caller, await caller.device("Nintendo"))).status == 403
    caller.world.tokens.expire("device")
    assert (await authenticate(caller, device)).headers["X-Err"] == "2148916256"


async def test_all_tokens_come_at_once(caller: SignInClient) -> None:
    """Title, user and XSTS token, and modern names only when asked for."""
    access = (await caller.sign_in())["access_token"]
    device = await caller.device()
    body = await (await caller.sisu(device, access)).json()
    assert body["DeviceToken"] == device.token
    assert body["TitleToken"]["DisplayClaims"] == {"xti": {"tid": "328178078"}}
    (user,) = body["UserToken"]["DisplayClaims"]["xui"]
    (claims,) = body["AuthorizationToken"]["DisplayClaims"]["xui"]
    assert user == {"uhs": claims["uhs"]}
    assert "mgt" not in claims
    modern = await (await caller.sisu(device, access, UseModernGamertag=True)).json()
    assert (
        modern["AuthorizationToken"]["DisplayClaims"]["xui"][0]["mgt"]
        == "QuietHarbor77"
    )

    response = await caller.xsts(
        body["UserToken"]["Token"],
        relying_party="http://mp.microsoft.com/",
        signer=device,
        DeviceToken=device.token,
        TitleToken=body["TitleToken"]["Token"],
        ProofKey=device.jwk,
    )
    assert response.status == 200


async def test_key_device_ticket_app_and_session_have_to_fit(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """Each one is wrong in turn."""
    access = (await caller.sign_in())["access_token"]
    device, other = await caller.device(), await caller.device()

    async def status(**members: object) -> int:
        response = await caller.sisu(device, access, **members)
        assert response.status != 200
        return response.status

    assert await status(ProofKey=other.jwk) == 403
    assert await status(DeviceToken=other.token) == 403
    auth_knobs.unbound_device_status = 401
    assert await status(DeviceToken=other.token) == 401
    assert await status(AccessToken=f"d={access}") == 400
    assert await status(AccessToken="t=EwAunknown") == 400
    assert await status(AppId="000000004c20a908") == 400
    assert await status(AppId=PUBLIC_APP) == 400
    assert await status(RelyingParty="http://xboxlive.com/") == 400
    assert await status(SessionId=str(uuid.uuid4())) == 400
    session = (await authenticate(caller, other)).headers["X-SessionId"]
    assert await status(SessionId=session) == 400
    caller.world.tokens.expire("access")
    assert await status() == 401


async def test_title_has_to_exist_on_the_device(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """403, unless the check is off."""
    access = (await caller.sign_in(client_id=SWITCH_APP))["access_token"]
    phone = await caller.device("Android")
    response = await caller.sisu(phone, access, AppId=SWITCH_APP)
    assert (response.status, await response.read()) == (403, b"")
    auth_knobs.device_types_checked = False
    assert (await caller.sisu(phone, access, AppId=SWITCH_APP)).status == 200


@pytest.mark.parametrize(
    "number", [2148916227, 2148916229, 2148916233, 2148916235, 2148916236, 2148916238]
)
async def test_refused_accounts_get_their_number(
    caller: SignInClient, number: int
) -> None:
    """Without a profile the answer says where to make one."""
    access = (await caller.sign_in(f"refused-{number}"))["access_token"]
    response = await caller.sisu(await caller.device(), access)
    assert (response.status, response.headers["X-Err"]) == (401, str(number))
    body = await response.json()
    if number == 2148916233:
        assert body["WebPage"].startswith("https://sisu.xboxlive.com/client/")
        assert "X-SessionId" in response.headers
    else:
        assert body["XErr"] == number


async def test_device_token_that_ended_is_named(caller: SignInClient) -> None:
    """Expired and unknown are told apart."""
    access = (await caller.sign_in())["access_token"]
    device = await caller.device()
    caller.world.tokens.expire("device")
    assert (await caller.sisu(device, access)).headers["X-Err"] == "2148916256"
    caller.world.tokens.revoke("device")
    assert (await caller.sisu(device, access)).headers["X-Err"] == "2148916259"


async def test_outage_hits_sisu_too(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """As it hits XSTS."""
    access = (await caller.sign_in())["access_token"]
    auth_knobs.xsts_outage = 2148916273
    assert (await caller.sisu(await caller.device(), access)).headers[
        "X-Err"
    ] == "2148916273"
