"""User, device and title tokens, what comes with each answer, and which host wants what."""

from datetime import datetime

import pytest

from simulator.accounts.knobs import AuthKnobs
from simulator.world import World
from tests.simulator.sign_in_client import (
    SWITCH_APP,
    XBOX_APP,
    Device,
    SignInClient,
    auth_request,
    empty,
    xerr,
)

NSAL = "/title.mgt.xboxlive.com/titles/default/endpoints?type=1"

# Device tokens


@pytest.mark.parametrize(
    ("kind", "device_id", "serial_number"),
    [
        ("Android", "{0f3c1d52-8a41-4f6e-9b7d-5c2e1a908f11}", None),
        ("Nintendo", "{0f3c1d52-8a41-4f6e-9b7d-5c2e1a908f11}", None),
        ("iOS", "0F3C1D52-8A41-4F6E-9B7D-5C2E1A908F11", None),
        ("PlayStation", "0f3c1d52-8a41-4f6e-9b7d-5c2e1a908f11", None),
        (
            "Win32",
            "{0F3C1D52-8A41-4F6E-9B7D-5C2E1A908F11}",
            "{0F3C1D52-8A41-4F6E-9B7D-5C2E1A908F11}",
        ),
    ],
)
async def test_each_device_type_writes_its_id_its_own_way(
    caller: SignInClient,
    auth_knobs: AuthKnobs,
    kind: str,
    device_id: str,
    serial_number: str | None,
) -> None:
    """Only that way is accepted, unless the check is off."""
    device = Device(id=device_id, type=kind)
    accepted = await caller.authenticate_device(device, SerialNumber=serial_number)
    token = await accepted.json()
    assert accepted.status == 200
    assert set(token) == {"IssueInstant", "NotAfter", "Token", "DisplayClaims"}
    assert len(token["DisplayClaims"]["xdi"]["did"]) == 16
    device.id = device_id.swapcase().strip("{}") + "0"
    assert await empty(await caller.authenticate_device(device)) == 400
    auth_knobs.device_id_checked = False
    assert (await caller.authenticate_device(device)).status == 200


async def test_device_has_to_prove_its_key(caller: SignInClient) -> None:
    """Missing signature 400, wrong signature 403, malformed key 400; never a body."""
    device, other = Device(), Device()
    assert await empty(await caller.authenticate_device(device, signed=False)) == 400
    assert (
        await empty(await caller.authenticate_device(device, ProofKey=other.jwk)) == 403
    )
    for member, value in (
        ("kty", "RSA"),
        ("alg", "ES384"),
        ("use", "enc"),
        ("x", "AAAA"),
        ("y", f"{device.jwk['y']}="),
    ):
        broken = device.jwk | {member: value}
        assert (
            await empty(await caller.authenticate_device(device, ProofKey=broken))
            == 400
        )
    for member in device.jwk:
        missing = {name: value for name, value in device.jwk.items() if name != member}
        assert (
            await empty(await caller.authenticate_device(device, ProofKey=missing))
            == 400
        )


async def test_banned_device_is_told_so(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """As happens to ids that many people share."""
    auth_knobs.banned_devices = True
    response = await caller.authenticate_device(Device())
    assert (await response.json())["Identity"] == "xdi"
    assert await xerr(response) == 2148916227


# User tokens


async def test_ticket_needs_the_prefix_of_its_kind(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """`d=` for own apps, `t=` for title apps; anything else is 400 with an empty body."""
    own, title = await caller.own_app_sign_in(), await caller.sign_in()
    for prefix, tokens, status in (
        ("d=", own, 200),
        ("t=", title, 200),
        ("t=", own, 400),
        ("d=", title, 400),
    ):
        assert (
            await caller.authenticate_user(prefix + tokens["access_token"])
        ).status == status
    assert await empty(await caller.authenticate_user("d=EwAunknown")) == 400
    assert await empty(await caller.authenticate_user(own["access_token"])) == 400
    auth_knobs.compact_tickets = True
    assert (await caller.authenticate_user(own["access_token"])).status == 200


async def test_refused_tickets_have_adjustable_answers(
    caller: SignInClient, auth_knobs: AuthKnobs, world: World
) -> None:
    """What the facts leave open: unknown, expired and simply unwelcome tickets."""
    ticket = f"d={(await caller.own_app_sign_in())['access_token']}"
    auth_knobs.ticket_refused_status = 403
    assert await empty(await caller.authenticate_user(ticket)) == 403
    auth_knobs.ticket_refused_status = 0
    for status in (401, 400):
        auth_knobs.expired_ticket_status = status
        world.tokens.expire("access")
        assert await empty(await caller.authenticate_user(ticket)) == status
    auth_knobs.bad_ticket_status = 403
    assert await empty(await caller.authenticate_user("d=EwAunknown")) == 403


async def test_user_token_is_bound_to_a_key_if_one_is_sent(
    caller: SignInClient,
) -> None:
    """Then the request has to be signed."""
    ticket = f"d={(await caller.own_app_sign_in())['access_token']}"
    device = Device()
    assert (
        await empty(await caller.authenticate_user(ticket, ProofKey=device.jwk)) == 400
    )
    properties = {
        "AuthMethod": "RPS",
        "SiteName": "user.auth.xboxlive.com",
        "RpsTicket": ticket,
        "ProofKey": device.jwk,
    }
    response = await caller.post(
        "/user.auth.xboxlive.com/user/authenticate",
        auth_request({**properties}),
        signer=device,
    )
    assert response.status == 200
    token = (await response.json())["Token"]
    assert await empty(await caller.xsts(token)) == 400
    assert await empty(await caller.xsts(token, signer=Device())) == 403
    assert (await caller.xsts(token, signer=device)).status == 200


@pytest.mark.parametrize(
    "change",
    [
        {"RelyingParty": "http://xboxlive.com"},
        {"TokenType": "SAML"},
        {"Properties": {}},
        {
            "Properties": {
                "AuthMethod": "RPS",
                "SiteName": "login.live.com",
                "RpsTicket": "d=x",
            }
        },
    ],
)
async def test_malformed_requests_get_400_and_nothing_else(
    caller: SignInClient, change: dict[str, object]
) -> None:
    """Not a word about what was wrong."""
    properties = {
        "AuthMethod": "RPS",
        "SiteName": "user.auth.xboxlive.com",
        "RpsTicket": "d=x",
    }
    path = "/user.auth.xboxlive.com/user/authenticate"
    assert (
        await empty(await caller.post(path, auth_request({**properties}) | change))
        == 400
    )
    assert await empty(await caller.http.post(path, data=b"{")) == 400


# Title tokens


async def test_title_tokens_are_for_few_titles(caller: SignInClient) -> None:
    """And only on a device that the title exists for."""
    ticket = f"t={(await caller.sign_in(client_id=SWITCH_APP))['access_token']}"
    switch, phone = await caller.device("Nintendo"), await caller.device("Android")
    response = await caller.authenticate_title(switch, ticket)
    assert response.status == 200
    assert (await response.json())["DisplayClaims"] == {"xti": {"tid": "2047319603"}}
    assert await empty(await caller.authenticate_title(phone, ticket)) == 403
    xbox_ticket = f"t={(await caller.sign_in(client_id=XBOX_APP))['access_token']}"
    assert await empty(await caller.authenticate_title(phone, xbox_ticket)) == 403
    assert (
        await empty(await caller.authenticate_title(switch, ticket, signer=phone))
        == 403
    )
    caller.world.tokens.expire("device")
    assert await xerr(await caller.authenticate_title(switch, ticket)) == 2148916256


# What the services send with each answer


async def test_times_have_seven_digits_or_fewer(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """And tell how long the token lives."""
    user = await caller.user_token()
    tokens = [await (await caller.xsts(user)).json() for _ in range(8)]
    fractions = {
        len(token["NotAfter"].rstrip("Z").partition(".")[2]) for token in tokens
    }
    assert {7, 0} < fractions
    auth_knobs.timestamp_digits = 6
    token = await (await caller.xsts(user)).json()
    issued, expires = (
        datetime.fromisoformat(token[name]) for name in ("IssueInstant", "NotAfter")
    )
    assert (expires - issued).total_seconds() == pytest.approx(16 * 3600)
    token = await (
        await caller.xsts(user, relying_party="http://mp.microsoft.com/")
    ).json()
    issued, expires = (
        datetime.fromisoformat(token[name]) for name in ("IssueInstant", "NotAfter")
    )
    assert (expires - issued).total_seconds() == pytest.approx(4 * 3600)


async def test_every_answer_carries_date_and_correlation(caller: SignInClient) -> None:
    """Errors too."""
    for response in (
        await caller.authenticate_user("d=x"),
        await caller.authenticate_device(Device()),
    ):
        assert {"Date", "MS-CV", "X-XblCorrelationId"} <= set(response.headers)


async def test_services_accept_the_header_until_it_ends(
    caller: SignInClient, world: World
) -> None:
    """Missing, mismatched, expired, revoked: 401 and nothing else."""
    path = "/xccs.xboxlive.com/lists/devices"
    header = world.tokens.authorization(world.accounts["parent"])
    scheme, _, value = header.partition(";")
    foreign = world.tokens.authorization(
        world.accounts["parent"], "http://gssv.xboxlive.com/"
    )
    sent = {"x-xbl-contract-version": "4", "skillplatform": "RemoteManagement"}

    async def status(authorization: str | None) -> int:
        headers = sent | (
            {} if authorization is None else {"Authorization": authorization}
        )
        response = await caller.http.get(path, headers=headers)
        if response.status == 401:
            assert await response.read() == b""
        return response.status

    assert await status(header) == 200
    for bad in (
        None,
        "",
        value,
        f"Bearer {value}",
        f"XBL3.0 x=12345;{value}",
        f"{scheme};x",
        foreign,
    ):
        assert await status(bad) == 401
    world.tokens.expire("xsts")
    assert await status(header) == 401
    header = world.tokens.authorization(world.accounts["parent"])
    world.tokens.revoke("xsts", "child")
    assert await status(header) == 200
    world.tokens.revoke("xsts", "parent")
    assert await status(header) == 401


# Which host wants what


async def test_endpoints_name_the_relying_party_of_the_services(
    caller: SignInClient,
) -> None:
    """Without a token; with a token that is bound to a key only if signed."""
    headers = {"x-xbl-contract-version": "1"}
    response = await caller.http.get(NSAL, headers=headers)
    body = await response.json()
    wildcard = next(one for one in body["EndPoints"] if one["Host"] == "*.xboxlive.com")
    assert (wildcard["RelyingParty"], wildcard["HostType"]) == (
        "http://xboxlive.com",
        "wildcard",
    )
    limits = [policy["MaxBodyBytes"] for policy in body["SignaturePolicies"]]
    assert limits == [8192, 4294967295]
    assert (await caller.http.get(NSAL)).status == 400

    device = await caller.device()
    response = await caller.sisu(device, (await caller.sign_in())["access_token"])
    token = (await response.json())["AuthorizationToken"]
    headers["Authorization"] = (
        f"XBL3.0 x={token['DisplayClaims']['xui'][0]['uhs']};{token['Token']}"
    )
    response = await caller.http.get(NSAL, headers=headers)
    assert response.status == 401
    assert "invalid_request_signature" in response.headers["WWW-Authenticate"]
    path = "/" + NSAL.split("/", 2)[2]
    headers["Signature"] = device.sign(
        path, b"", method="GET", authorization=headers["Authorization"]
    )
    assert (await caller.http.get(NSAL, headers=headers)).status == 200
