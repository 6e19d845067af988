"""XSTS tokens: for whom, for which relying party, and the many ways to be refused."""

from aiohttp import ClientResponse
import pytest

from simulator.accounts.account import REFUSALS
from simulator.accounts.knobs import AuthKnobs
from simulator.network.faults import Fault
from tests.simulator.sign_in_client import SWITCH_APP, SignInClient, empty, xerr


async def test_xsts_says_who_it_is_only_to_the_xbox_network(
    caller: SignInClient,
) -> None:
    """Claims, and a user hash that stays the same through the chain."""
    user = await caller.user_token()
    parent = caller.world.accounts["parent"]
    response = await caller.xsts(user, OptionalDisplayClaims=["mgt", "umg"])
    (claims,) = (await response.json())["DisplayClaims"]["xui"]
    assert set(claims) == {
        "gtg",
        "xid",
        "uhs",
        "agg",
        "usr",
        "utr",
        "prv",
        "mgt",
        "umg",
    }
    assert (claims["xid"], claims["gtg"], claims["agg"]) == (
        parent.xuid,
        parent.gamertag,
        "Adult",
    )
    response = await caller.xsts(user, relying_party="http://gssv.xboxlive.com/")
    assert (await response.json())["DisplayClaims"] == {"xui": [{"uhs": claims["uhs"]}]}


@pytest.mark.parametrize(
    "relying_party",
    ["http://xboxlive.com/", "http://gssv.xboxlive.com", "https://xboxlive.com"],
)
async def test_relying_party_is_spelled_exactly(
    caller: SignInClient, relying_party: str
) -> None:
    """A slash counts."""
    assert (
        await empty(
            await caller.xsts(await caller.user_token(), relying_party=relying_party)
        )
        == 400
    )


@pytest.mark.parametrize("number", REFUSALS)
async def test_each_refusal_has_an_account(caller: SignInClient, number: int) -> None:
    """With where to go, for the few that have a place to go to."""
    response = await caller.xsts(await caller.user_token(f"refused-{number}"))
    assert await xerr(response) == number
    redirects = {
        2148916227: "/enforcement",
        2148916233: "/CreateAccount",
        2148916238: "/AddChildToFamily",
    }
    body = await response.json()
    assert body.get("Redirect", "").endswith(redirects.get(number, ""))
    assert ("Redirect" in body) == (number in redirects)


@pytest.mark.parametrize(
    ("place", "in_body", "in_header"),
    [("body", True, False), ("header", False, True), ("both", True, True)],
)
async def test_number_can_be_in_either_place(
    caller: SignInClient,
    auth_knobs: AuthKnobs,
    place: str,
    in_body: bool,
    in_header: bool,
) -> None:
    """And message and redirect may be missing."""
    auth_knobs.xerr_place, auth_knobs.xerr_details = place, False
    response = await caller.xsts(await caller.user_token("child"))
    assert response.status == 401
    assert ("X-Err" in response.headers) == in_header
    expected = b'{"Identity": "0", "XErr": 2148916238}' if in_body else b""
    assert await response.read() == expected


async def test_expired_and_unknown_tokens_are_told_apart(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """By number, for each kind."""
    ticket = f"t={(await caller.sign_in(client_id=SWITCH_APP))['access_token']}"
    device = await caller.device("Nintendo")
    title = (await (await caller.authenticate_title(device, ticket)).json())["Token"]
    user = await caller.user_token()

    async def ask() -> ClientResponse:
        return await caller.xsts(
            user, signer=device, DeviceToken=device.token, TitleToken=title
        )

    assert (await ask()).status == 200
    caller.world.tokens.expire("title")
    assert await xerr(await ask()) == 2148916257
    caller.world.tokens.revoke("title")
    assert await xerr(await ask()) == 2148916260
    caller.world.tokens.expire("device")
    assert await xerr(await ask()) == 2148916256
    caller.world.tokens.revoke("device")
    assert await xerr(await ask()) == 2148916259
    caller.world.tokens.expire("user")
    assert await xerr(await ask()) == 2148916258
    caller.world.tokens.revoke("user")
    assert await xerr(await ask()) == 2148916262
    auth_knobs.invalid_user_xerr = 2148916261
    assert await xerr(await ask()) == 2148916261


async def test_tokens_of_two_devices_do_not_mix(caller: SignInClient) -> None:
    """The number and the word for it."""
    ticket = f"t={(await caller.sign_in(client_id=SWITCH_APP))['access_token']}"
    one, two = await caller.device("Nintendo"), await caller.device("Nintendo")
    title = (await (await caller.authenticate_title(one, ticket)).json())["Token"]
    response = await caller.xsts(
        await caller.user_token(), signer=two, DeviceToken=two.token, TitleToken=title
    )
    assert await xerr(response) == 2148916254
    assert (
        response.headers["WWW-Authenticate"]
        == 'XSTS error="title_usage_by_device_exceeded"'
    )


@pytest.mark.parametrize("number", [2148916273, 2148916274])
async def test_outage_hits_everybody(
    caller: SignInClient, auth_knobs: AuthKnobs, number: int
) -> None:
    """With an adjustable status."""
    user = await caller.user_token()
    auth_knobs.xsts_outage = number
    assert await xerr(await caller.xsts(user)) == number
    auth_knobs.outage_status = 503
    assert (await caller.xsts(user)).status == 503


async def test_wrong_sandbox_is_content_isolation(caller: SignInClient) -> None:
    """Only RETAIL is open to everybody."""
    assert (
        await xerr(await caller.xsts(await caller.user_token(), SandboxId="XDKS.1"))
        == 2148916242
    )


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (Fault(kind="status", status=429, retry_after=7, times=1), 429, "7"),
        (Fault(kind="empty", status=503, times=1), 503, None),
        (Fault(kind="empty", status=408, times=1), 408, None),
        (Fault(kind="empty", status=200, times=1), 200, None),
        (Fault(kind="empty", status=403, times=1), 403, None),
        (Fault(kind="html", status=502, times=1), 502, None),
    ],
)
async def test_faults_strike_the_sign_in_hosts(
    caller: SignInClient, fault: Fault, status: int, header: str | None
) -> None:
    """Once, then all is well again."""
    user = await caller.user_token()
    fault.host = "xsts.auth.xboxlive.com"
    caller.world.faults.add(fault)
    response = await caller.xsts(user)
    assert (response.status, response.headers.get("Retry-After")) == (status, header)
    assert (await response.read() == b"") == (fault.kind == "empty")
    response = await caller.xsts(user)
    assert (response.status, "Token" in await response.json()) == (200, True)
