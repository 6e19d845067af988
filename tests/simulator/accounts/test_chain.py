"""The whole way from a typed code to a header that the services accept."""

from tests.simulator.sign_in_client import SignInClient


async def test_a_typed_code_leads_to_an_accepted_header(caller: SignInClient) -> None:
    """Device code, device token, sisu: the header that comes out stands for the account."""
    access = (await caller.sign_in())["access_token"]
    device = await caller.device()

    response = await caller.sisu(device, access, UseModernGamertag=True)

    assert response.status == 200
    token = (await response.json())["AuthorizationToken"]
    (claims,) = token["DisplayClaims"]["xui"]
    header = f"XBL3.0 x={claims['uhs']};{token['Token']}"
    assert caller.world.tokens.authenticate(header).key == "parent"
    assert claims["xid"] == caller.world.accounts["parent"].xuid
