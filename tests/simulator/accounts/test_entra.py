"""login.microsoftonline.com/consumers: the same for own apps, in Entra's words."""

from aiohttp import ClientResponse
import pytest
from yarl import URL

from simulator.world import World
from tests.simulator.sign_in_client import (
    CALLBACK,
    DEVICE_GRANT,
    ENTRA,
    OWN_SCOPE,
    PUBLIC_APP,
    WEB_APP,
    XBOX_APP,
    SignInClient,
)


async def refused(response: ClientResponse, status: int = 400) -> tuple[str, int]:
    """Return error and AADSTS number of a refused request, which has every member that Entra sends."""
    body = await response.json()
    assert response.status == status
    assert set(body) == {
        "error",
        "error_description",
        "error_codes",
        "timestamp",
        "trace_id",
        "correlation_id",
        "error_uri",
    }
    (number,) = body["error_codes"]
    assert body["error_description"].startswith(f"AADSTS{number}: ")
    assert body["error_uri"].endswith(f"?code={number}")
    assert body["correlation_id"] in body["error_description"]
    return body["error"], number


async def start(caller: SignInClient, **fields: str) -> ClientResponse:
    """Begin a sign-in by code."""
    asked = {"client_id": PUBLIC_APP, "scope": OWN_SCOPE} | fields
    return await caller.form(f"{ENTRA}/devicecode", **asked)


async def poll(caller: SignInClient, device_code: str, **fields: str) -> ClientResponse:
    """Ask whether the sign-in is finished."""
    asked = {
        "client_id": PUBLIC_APP,
        "device_code": device_code,
        "grant_type": DEVICE_GRANT,
    } | fields
    return await caller.form(f"{ENTRA}/token", **asked)


async def test_device_code_gives_tokens_of_an_hour(caller: SignInClient) -> None:
    """With a message for people, and an id token if one was asked for."""
    started = await (await start(caller, scope=f"{OWN_SCOPE} openid")).json()
    assert started["user_code"] in started["message"]
    assert started["verification_uri"] in started["message"]
    assert await refused(await poll(caller, started["device_code"])) == (
        "authorization_pending",
        70016,
    )
    caller.world.tokens.knobs.slow_down = False
    await caller.approve(started["user_code"])
    response = await poll(caller, started["device_code"])
    body = await response.json()
    assert response.status == 200
    assert (body["token_type"], body["expires_in"], body["ext_expires_in"]) == (
        "Bearer",
        3600,
        3600,
    )
    assert body["id_token"].startswith("eyJ")
    assert (await caller.authenticate_user(f"d={body['access_token']}")).status == 200


async def test_polls_say_what_happened(caller: SignInClient, world: World) -> None:
    """Declined, expired, unheard of."""
    declined = await (await start(caller)).json()
    expired = await (await start(caller)).json()
    await caller.post(
        "/_simulator/device-codes/decline", {"user_code": declined["user_code"]}
    )
    assert (await refused(await poll(caller, declined["device_code"])))[
        0
    ] == "authorization_declined"
    world.clock.offset += 901
    assert await refused(await poll(caller, expired["device_code"])) == (
        "expired_token",
        70020,
    )
    assert (await refused(await poll(caller, "unheard of")))[
        0
    ] == "bad_verification_code"


@pytest.mark.parametrize(
    ("fields", "status", "expected"),
    [
        ({"client_id": XBOX_APP}, 400, ("unauthorized_client", 700016)),
        ({"client_id": ""}, 400, ("invalid_request", 900144)),
        ({"client_id": WEB_APP}, 401, ("invalid_client", 7000218)),
        (
            {"client_id": WEB_APP, "client_secret": "wrong"},
            401,
            ("invalid_client", 7000215),
        ),
        ({"scope": "User.Read"}, 400, ("invalid_scope", 70011)),
    ],
)
async def test_device_code_is_refused_to_whom_it_is_not_for(
    caller: SignInClient, fields: dict[str, str], status: int, expected: tuple[str, int]
) -> None:
    """Only own apps, only their scopes."""
    assert await refused(await start(caller, **fields), status) == expected


async def test_only_the_consumers_tenant_will_do(caller: SignInClient) -> None:
    """Not `common`, not a tenant's id."""
    common = ENTRA.replace("consumers", "common")
    for path in ("devicecode", "token"):
        response = await caller.form(
            f"{common}/{path}", client_id=PUBLIC_APP, scope=OWN_SCOPE
        )
        assert (await refused(response))[0] == "invalid_request"


async def test_redirect_and_refresh_work_here_too(
    caller: SignInClient, world: World
) -> None:
    """Code from the browser, then a new token for the refresh token, until it has expired."""
    query = {
        "client_id": PUBLIC_APP,
        "response_type": "code",
        "scope": OWN_SCOPE,
        "redirect_uri": CALLBACK,
        "simulator_account": "parent",
    }
    response = await caller.http.get(
        f"{ENTRA}/authorize", params=query, allow_redirects=False
    )
    code = URL(response.headers["Location"]).query["code"]
    fields = {
        "grant_type": "authorization_code",
        "client_id": PUBLIC_APP,
        "code": code,
        "redirect_uri": CALLBACK,
    }
    response = await caller.form(f"{ENTRA}/token", **fields)
    token = (await response.json())["refresh_token"]
    assert (await refused(await caller.form(f"{ENTRA}/token", **fields))) == (
        "invalid_grant",
        70008,
    )

    fields = {
        "grant_type": "refresh_token",
        "client_id": PUBLIC_APP,
        "refresh_token": token,
    }
    assert (await caller.form(f"{ENTRA}/token", **fields)).status == 200
    world.clock.offset += 91 * 86400
    assert await refused(await caller.form(f"{ENTRA}/token", **fields)) == (
        "invalid_grant",
        700082,
    )
