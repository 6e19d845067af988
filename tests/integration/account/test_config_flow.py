"""Signing in by code: every way it can end, and what the user then sees."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.xboxlive.auth.xerr import REFUSALS
from custom_components.xbox_console.xboxlive.errors import Treatment
from simulator.accounts.account import REFUSALS as SIMULATED_REFUSALS
from tests.integration.entries import approve_code, signed_in_entry
from tests.integration.house import House
from tests.integration.sign_in_flow import SignInFlow

PARENT_XUID = "2533274790010001"


@pytest.fixture
def flow(house: House) -> SignInFlow:
    """A sign-in that has not begun."""
    return SignInFlow(house)


async def test_a_code_signs_in(house: House, flow: SignInFlow) -> None:
    """Code shown, entered, entry created, consoles there."""
    await flow.start()
    assert flow.page["type"] == "progress"
    words = flow.page["description_placeholders"]
    (code,) = house.simulator.world.tokens.oauth.pending()
    assert words["code"] == code.user_code
    assert code.user_code in words["link"]
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"
    assert flow.page["title"] == "QuietHarbor77"
    entry = flow.page["result"]
    assert entry.unique_id == PARENT_XUID
    assert entry.state is ConfigEntryState.LOADED
    assert house.shows("media_player.living_room") == "playing"


async def test_the_flow_waits_as_long_as_the_code_lives(flow: SignInFlow) -> None:
    """Somebody who looks for a browser first is in time."""
    await flow.start()
    await flow.wait(600)
    assert flow.page["type"] == "progress"
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"


async def test_the_same_account_twice(
    flow: SignInFlow, loaded: MockConfigEntry
) -> None:
    """It is already there."""
    await (await flow.start()).enter_code()
    assert flow.page["type"] == "abort"
    assert flow.page["reason"] == "already_configured"


async def test_a_declined_sign_in_can_be_tried_again(
    house: House, flow: SignInFlow
) -> None:
    """The page says so, and gives a new code."""
    await flow.start()
    (code,) = house.simulator.world.tokens.oauth.pending()
    code.state = "declined"
    await flow.wait(6)
    assert flow.problem == "sign_in_declined"
    await flow.submit()
    assert flow.page["type"] == "progress"
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"


async def test_an_expired_code_can_be_replaced(house: House, flow: SignInFlow) -> None:
    """After 15 minutes the page says so, and gives a new code."""
    await flow.start()
    first = flow.page["description_placeholders"]["code"]
    await flow.wait(905)
    assert flow.problem == "code_expired"
    await flow.submit()
    assert flow.page["description_placeholders"]["code"] != first
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"


async def test_a_code_that_dies_early_can_be_replaced(
    house: House, flow: SignInFlow
) -> None:
    """Users report five minutes of the fifteen."""
    house.simulator.world.tokens.knobs.device_code_dies_early_seconds = 600
    await flow.start()
    await flow.wait(320)
    assert flow.problem == "code_expired"


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ({"kind": "outage"}, "cannot_connect"),
        ({"kind": "status"}, "service_unavailable"),
        ({"kind": "status", "status": 429, "retry_after": 20}, "rate_limited"),
        ({"kind": "html", "status": 200}, "unexpected_response"),
        ({"kind": "malformed"}, "unexpected_response"),
        ({"kind": "huge"}, "unexpected_response"),
    ],
)
async def test_trouble_at_the_start(
    house: House, flow: SignInFlow, fault: dict[str, Any], problem: str
) -> None:
    """The page says what happened; trying again goes on."""
    house.fail(**fault)
    await flow.start()
    assert flow.page["type"] == "form"
    assert flow.problem == problem
    house.simulator.world.faults.clear()
    await flow.submit()
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"


async def test_a_network_that_fails_while_the_user_types(
    house: House, flow: SignInFlow
) -> None:
    """The code goes on living; nobody has to begin again."""
    await flow.start()
    house.fail(kind="outage")
    await flow.wait(40)
    assert flow.page["type"] == "progress"
    house.simulator.world.faults.clear()
    approve_code(house.simulator, "parent")
    await flow.wait(15)
    assert flow.page["type"] == "create_entry"


async def test_a_network_that_fails_after_the_user_typed(
    house: House, flow: SignInFlow
) -> None:
    """The page says so; trying again needs no new code."""
    await flow.start()
    house.fail(kind="drop", host="sisu.xboxlive.com")
    await flow.enter_code()
    assert flow.problem == "cannot_connect"
    house.simulator.world.faults.clear()
    await flow.submit()
    await flow.wait(5)
    assert flow.page["type"] == "create_entry"


@pytest.mark.parametrize(
    "xerr",
    [xerr for xerr in SIMULATED_REFUSALS if REFUSALS[xerr].treatment is Treatment.USER],
)
async def test_each_refusal_has_its_own_words(flow: SignInFlow, xerr: int) -> None:
    """The page says why the account may not, and what to do."""
    await flow.start()
    await flow.enter_code(f"refused-{xerr}")
    assert flow.problem == REFUSALS[xerr].name


async def test_another_account_may(flow: SignInFlow) -> None:
    """After a refusal the same dialog takes it, with a new code."""
    await flow.start()
    await flow.enter_code("refused-2148916234")
    assert flow.problem
    await flow.submit()
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"


async def test_a_childs_refusal_links_to_the_cure(flow: SignInFlow) -> None:
    """A parent can open it."""
    await flow.start()
    await flow.enter_code("child")
    assert flow.problem == "child_not_in_family"
    assert flow.page["description_placeholders"]["link"].startswith("https://")


@pytest.mark.parametrize("xerr", [2148916273, 2148916274])
async def test_an_outage_of_the_sign_in_is_not_the_users_fault(
    house: House, flow: SignInFlow, xerr: int
) -> None:
    """Trying again later works without a new code."""
    house.simulator.world.tokens.knobs.xsts_outage = xerr
    await flow.start()
    await flow.enter_code()
    assert flow.problem == "service_unavailable"
    house.simulator.world.tokens.knobs.xsts_outage = 0
    await flow.wait(60)
    await flow.submit()
    await flow.wait(5)
    assert flow.page["type"] == "create_entry"


async def test_an_abandoned_flow_stops_asking(house: House, flow: SignInFlow) -> None:
    """Closing the dialog ends it."""
    await flow.start()
    house.hass.config_entries.flow.async_abort(flow.page["flow_id"])
    await house.clock.settle()
    house.forget_requests()
    await house.clock.pass_by(60)
    assert list(house.simulator.world.requests) == []


@pytest.mark.parametrize("address", ["http://192.0.2.7:8099", "nonsense"])
async def test_a_bad_simulator_address(
    flow: SignInFlow, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """The flow ends with the reason; there is nothing to try again."""
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR", address)
    await flow.start()
    assert flow.page["type"] == "abort"
    assert flow.page["reason"] == "bad_simulator_address"
    assert flow.page["description_placeholders"]["variable"] == "XBOX_CONSOLE_SIMULATOR"


async def _dead(house: House, entry: MockConfigEntry) -> None:
    """Let the account's password be changed, and a day pass."""
    tokens = house.simulator.world.tokens
    tokens.revoke_refresh("parent")
    for kind in ("access", "user", "title", "device", "xsts"):
        tokens.expire(kind, "parent" if kind != "device" else None)
    await house.clock.pass_by(57700)


async def test_a_dead_sign_in_asks_for_a_new_one(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """One flow, which says whose sign-in it is; a new sign-in repairs everything."""
    await _dead(house, loaded)
    (started,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert started["context"]["source"] == "reauth"
    assert house.shows("media_player.living_room") == "unavailable"
    flow = SignInFlow(house, started)
    await flow.submit()
    assert flow.page["description_placeholders"]["gamertag"] == "QuietHarbor77"
    await flow.choose("device_code")
    await flow.enter_code()
    await house.clock.pass_by(5)
    assert flow.page["reason"] == "reauth_successful"
    assert loaded.state is ConfigEntryState.LOADED
    assert house.shows("media_player.living_room") == "playing"


async def test_a_dead_sign_in_at_start(
    hass: HomeAssistant, house: House, entry: MockConfigEntry
) -> None:
    """Set-up asks for a new one, even if Home Assistant was off meanwhile."""
    await _dead(house, entry)
    assert not await house.set_up(entry)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert hass.config_entries.flow.async_progress_by_handler(DOMAIN)


async def test_damaged_tokens_ask_for_a_new_sign_in(
    hass: HomeAssistant, house: House, entry: MockConfigEntry
) -> None:
    """Rather than failing for ever."""
    hass.config_entries.async_update_entry(entry, data={"credentials": {"x": 1}})
    assert not await house.set_up(entry)
    (started,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    flow = SignInFlow(house, started)
    await (await flow.submit()).choose("device_code")
    await flow.enter_code()
    assert flow.page["reason"] == "reauth_successful"
    await house.clock.pass_by(5)
    assert entry.state is ConfigEntryState.LOADED


async def test_reconfigure_signs_in_anew(house: House, loaded: MockConfigEntry) -> None:
    """The entry goes on with the new tokens, as the same device."""
    before = loaded.data["credentials"]
    result = await loaded.start_reconfigure_flow(house.hass)
    flow = await SignInFlow(house, result).choose("device_code")
    await flow.enter_code()
    assert flow.page["reason"] == "reconfigure_successful"
    after = loaded.data["credentials"]
    assert after["microsoft"] != before["microsoft"]
    assert after["device"]["id"] == before["device"]["id"]
    await house.clock.pass_by(5)
    assert house.shows("media_player.living_room") == "playing"


@pytest.mark.parametrize("source", ["reauth", "reconfigure"])
async def test_the_wrong_account(
    house: House, loaded: MockConfigEntry, source: str
) -> None:
    """Case D10: it is named, the entry keeps its own sign-in, and the page lets the right one sign in."""
    house.simulator.world.accounts["child"].refusal = None
    data = dict(loaded.data)
    result = await getattr(loaded, f"start_{source}_flow")(house.hass)
    flow = await SignInFlow(house, result).choose("device_code")
    first = flow.page["description_placeholders"]["code"]
    await flow.enter_code("child")
    assert flow.page["type"] == "form"
    assert flow.problem == "wrong_account"
    words = flow.page["description_placeholders"]
    assert words["expected"] == "QuietHarbor77"
    assert words["actual"] == "PocketComet4821"
    assert dict(loaded.data) == data
    await flow.submit()
    assert flow.page["description_placeholders"]["code"] != first
    await flow.enter_code("child")
    assert flow.problem == "wrong_account"
    await flow.submit()
    await flow.enter_code()
    assert flow.page["reason"] == f"{source}_successful"
    await house.clock.pass_by(5)
    assert house.shows("media_player.living_room") == "playing"


async def test_the_wrong_account_may_be_added_meanwhile(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Case D10: the prompt stays until it is followed, and is in nobody's way."""
    house.simulator.world.accounts["child"].refusal = None
    await _dead(house, loaded)
    (started,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    flow = SignInFlow(house, started)
    await (await flow.submit()).choose("device_code")
    await flow.enter_code("child")
    assert flow.problem == "wrong_account"
    added = await SignInFlow(house).start()
    await added.enter_code("child")
    assert added.page["type"] == "create_entry"
    (waiting,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert waiting["flow_id"] == started["flow_id"]


async def test_two_accounts(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Each has an entry of its own; one without consoles is no error."""
    house.simulator.world.accounts["child"].refusal = None
    other = await signed_in_entry(hass, house.simulator, "child")
    assert await house.set_up(other)
    assert other.state is ConfigEntryState.LOADED
    assert loaded.state is ConfigEntryState.LOADED
