"""Sign-ins for tests: made through the client, approved by a person of the simulated world."""

from collections.abc import Iterable

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account.account import SignIn
from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.people.roster import PERSON
from custom_components.xbox_console.xboxlive.auth.signin import DeviceCodeSignIn
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.transport import Transport
from simulator.people.person import Person
from tests.running_simulator import RunningSimulator


def approve_code(simulator: RunningSimulator, account: str) -> None:
    """Do what a person does at the sign-in page, for every code that waits."""
    for code in simulator.world.tokens.oauth.pending():
        code.approve(simulator.world.accounts[account])


async def signed_in_entry(
    hass: HomeAssistant,
    simulator: RunningSimulator,
    account: str = "parent",
    follows: Iterable[Person] = (),
) -> MockConfigEntry:
    """A config entry with a fresh sign-in, not set up yet, and people to follow."""

    async def approve(_: float) -> None:
        approve_code(simulator, account)

    transport = Transport(async_get_clientsession(hass), Hosts.behind(simulator.url))
    sign_in = DeviceCodeSignIn(transport, sleep=approve)
    await sign_in.start()
    credentials = await sign_in.wait()
    assert credentials.xsts is not None
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=credentials.xsts.gamertag or "",
        unique_id=credentials.xsts.xuid,
        data=dict(SignIn(credentials=credentials.stored(), sequence=1)),
        subentries_data=[
            ConfigSubentryData(
                data={},
                subentry_type=PERSON,
                title=person.gamertag,
                unique_id=person.xuid,
            )
            for person in follows
        ],
    )
    entry.add_to_hass(hass)
    return entry
