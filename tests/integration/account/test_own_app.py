"""The user's own app after the sign-in: Microsoft ends its secrets after two years at most."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account.account import SignIn
from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.xboxlive.hosts import Hosts
from simulator.accounts.apps import APPS
from tests.client.network import WEB_APP, Network
from tests.integration.house import House


@pytest.fixture
async def own_app_entry(hass: HomeAssistant, house: House) -> MockConfigEntry:
    """The parent's account, let into an app of the platform Web."""
    simulator = house.simulator
    http = async_get_clientsession(hass)
    network = Network(simulator.world, http, Hosts.behind(simulator.url))
    stored = network.credentials(WEB_APP).stored()
    entry = MockConfigEntry(
        domain=DOMAIN,
        unique_id=simulator.world.accounts["parent"].xuid,
        data=dict(SignIn(credentials=stored, sequence=1)),
    )
    entry.add_to_hass(hass)
    return entry


async def test_an_expired_secret_asks_for_a_new_sign_in(
    hass: HomeAssistant,
    house: House,
    own_app_entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Trying again would never help; the user can enter a new secret or take another way."""
    assert await house.set_up(own_app_entry)
    app = APPS[WEB_APP.client_id]
    monkeypatch.setitem(APPS, app.client_id, replace(app, secret="another"))
    for kind in ("access", "user", "xsts"):
        house.simulator.world.tokens.revoke(kind)
    # A token that has just been minted is not doubted for five minutes.
    await house.clock.pass_by(1200)
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == "reauth"
