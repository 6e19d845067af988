"""What Microsoft answers at sign-in, taken apart."""

from aiohttp import ClientResponse
from yarl import URL

from tests.simulator.sign_in_client import CALLBACK, OWN_SCOPE, PUBLIC_APP, SignInClient

AUTHORIZE = "/login.live.com/oauth20_authorize.srf"


async def refused(response: ClientResponse) -> str:
    """Return the error of a refused request, which has every member that the host sends."""
    body = await response.json()
    assert response.status == 400
    assert set(body) == {"error", "error_description", "correlation_id"}
    error: str = body["error"]
    return error


async def redirected(caller: SignInClient, **query: str) -> dict[str, str]:
    """Authorize without the page; return the parameters of the redirect."""
    asked = {
        "client_id": PUBLIC_APP,
        "response_type": "code",
        "scope": OWN_SCOPE,
        "redirect_uri": CALLBACK,
        "state": "s t&te",
        "simulator_account": "parent",
    }
    response = await caller.http.get(
        AUTHORIZE, params=asked | query, allow_redirects=False
    )
    assert response.status == 302
    location = URL(response.headers["Location"])
    assert str(location.with_query(None)) == (asked | query)["redirect_uri"]
    return dict(location.query)
