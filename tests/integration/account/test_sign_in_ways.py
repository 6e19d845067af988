"""Signing in by a pasted address, and with the user's own app: all three ways give the same entry."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.integration.house import House
from tests.integration.sign_in_flow import SignInFlow

PUBLIC_APP = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b001"
WEB_APP = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b002"
WEB_SECRET = "invented~web-app-secret"


@pytest.fixture
def flow(house: House) -> SignInFlow:
    """A sign-in that has not begun."""
    return SignInFlow(house)


async def _paste(flow: SignInFlow, account: str = "parent", **words: str) -> None:
    """Sign in behind the link, and paste where the browser ended."""
    link = flow.page["description_placeholders"]["link"]
    ended = await flow.browse(link, account, **words)
    await flow.submit({"address": f" {ended} "})


async def test_an_address_signs_in(house: House, flow: SignInFlow) -> None:
    """Link opened, signed in, address pasted, consoles there."""
    await _paste(await flow.start("address"))
    assert flow.page["type"] == "create_entry"
    assert flow.page["result"].state is ConfigEntryState.LOADED
    assert house.shows("media_player.living_room") == "playing"


@pytest.mark.parametrize(
    "pasted",
    [
        "nonsense",
        "https://www.xbox.com/",
        "https://login.live.com/oauth20_desktop.srf?lc=1033",
        "ms-xal-000000004c12ae6f://auth/?code=stolen&state=another",
        "http://[half",
    ],
)
async def test_a_wrong_address_can_be_corrected(flow: SignInFlow, pasted: str) -> None:
    """The page keeps what was pasted, says what is wrong, and goes on with the same sign-in."""
    await flow.start("address")
    link = flow.page["description_placeholders"]["link"]
    await flow.submit({"address": pasted})
    assert flow.page["step_id"] == "address"
    assert flow.problem
    assert flow.page["description_placeholders"]["link"] == link
    await _paste(flow)
    assert flow.page["type"] == "create_entry"


async def test_a_declined_address_starts_anew(flow: SignInFlow) -> None:
    """With a new link."""
    await flow.start("address")
    link = flow.page["description_placeholders"]["link"]
    await _paste(flow, simulator_decision="deny")
    assert flow.problem == "sign_in_declined"
    assert flow.page["description_placeholders"]["link"] != link
    await _paste(flow)
    assert flow.page["type"] == "create_entry"


async def test_a_refused_account_by_address(flow: SignInFlow) -> None:
    """The refusal has its own words, and another account may sign in."""
    await _paste(await flow.start("address"), "child")
    assert flow.problem == "child_not_in_family"
    await _paste(flow)
    assert flow.page["type"] == "create_entry"


async def test_no_network_at_the_start_of_an_address(
    house: House, flow: SignInFlow
) -> None:
    """The page says so; trying again shows the link."""
    house.fail(kind="outage")
    await flow.start("address")
    assert flow.problem == "cannot_connect"
    house.simulator.world.faults.clear()
    await flow.submit()
    assert flow.page["step_id"] == "address"


@pytest.mark.usefixtures("current_request_with_host")
@pytest.mark.parametrize(
    ("client_id", "secret"), [(PUBLIC_APP, ""), (WEB_APP, WEB_SECRET)]
)
async def test_an_own_app_signs_in(
    hass: HomeAssistant,
    house: House,
    flow: SignInFlow,
    hass_client_no_auth: ClientSessionGenerator,
    client_id: str,
    secret: str,
) -> None:
    """With and without a secret; the entry lives on when the token has to be renewed."""
    await flow.start_own_app(client_id, secret)
    await flow.come_back(hass_client_no_auth)
    assert flow.page["type"] == "create_entry"
    assert house.shows("media_player.living_room") == "playing"
    house.simulator.world.tokens.expire("xsts")
    house.simulator.world.tokens.expire("user")
    await house.clock.pass_by(4000)
    assert house.shows("media_player.living_room") == "playing"


@pytest.mark.usefixtures("current_request_with_host")
@pytest.mark.parametrize(
    ("client_id", "secret", "problem"),
    [
        (PUBLIC_APP, "none-needed", "app_secret_not_allowed"),
        (WEB_APP, "", "app_secret_missing"),
    ],
)
async def test_a_misconfigured_own_app_is_explained(
    house: House,
    flow: SignInFlow,
    hass_client_no_auth: ClientSessionGenerator,
    client_id: str,
    secret: str,
    problem: str,
) -> None:
    """Each mistake in its own words."""
    await flow.start_own_app(client_id, secret)
    await flow.come_back(hass_client_no_auth)
    assert flow.page["step_id"] == "failed"
    assert flow.problem == problem


@pytest.mark.usefixtures("current_request_with_host")
async def test_an_own_app_that_the_user_declines(
    house: House, flow: SignInFlow, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """The page says so."""
    await flow.start_own_app(PUBLIC_APP, "")
    await flow.come_back(hass_client_no_auth, simulator_decision="deny")
    assert flow.problem == "sign_in_declined"


@pytest.mark.usefixtures("current_request_with_host")
async def test_an_own_app_goes_on_after_an_outage(
    house: House, flow: SignInFlow, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """Microsoft has said yes; trying again does not ask the user again."""
    await flow.start_own_app(PUBLIC_APP, "")
    house.fail(kind="drop", host="xsts.auth.xboxlive.com")
    await flow.come_back(hass_client_no_auth)
    assert flow.problem == "cannot_connect"
    house.simulator.world.faults.clear()
    await house.clock.pass_by(10)
    await flow.submit()
    assert flow.page["type"] == "create_entry"


async def test_no_own_app_is_known(flow: SignInFlow, hass: HomeAssistant) -> None:
    """Home Assistant asks for the credentials first."""
    assert await async_setup_component(hass, "application_credentials", {})
    await flow.start("own_app")
    assert flow.page["type"] == "abort"
    assert flow.page["reason"] == "missing_credentials"


async def test_the_wrong_account_by_address(
    house: House, loaded: MockConfigEntry
) -> None:
    """Case D10: the page says so, and gives a new link."""
    house.simulator.world.accounts["child"].refusal = None
    page = await loaded.start_reauth_flow(house.hass)
    flow = SignInFlow(house, page)
    await (await flow.submit()).choose("address")
    link = flow.page["description_placeholders"]["link"]
    await _paste(flow, "child")
    assert flow.problem == "wrong_account"
    await flow.submit()
    assert flow.page["description_placeholders"]["link"] != link
    await _paste(flow)
    assert flow.page["reason"] == "reauth_successful"
