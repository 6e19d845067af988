"""What only the user can mend is said once, and taken back when it is mended."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS, repairs_flow_manager
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import Event
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.xbox_console.const import DOMAIN
from simulator.consoles import answers as xccs_answers
from simulator.consoles.console import PowerState
from tests.integration.house import House
from tests.integration.issues import issues

BEDROOM = "media_player.bedroom"
FEED = "xnotify.xboxlive.com"
TITLES = "titlehub.xboxlive.com"


@pytest.fixture(autouse=True)
async def repairs(house: House) -> None:
    """Load what shows issues."""
    house.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    assert await house.clock.result(
        async_setup_component(house.hass, REPAIRS, {}), within=5
    )


async def _shut_down(house: House) -> None:
    """Let the bedroom be shut down, and learn of it by trying to wake it."""
    house.console("bedroom").power = PowerState.OFF
    await house.clock.pass_by(15)
    with pytest.raises(HomeAssistantError):
        await house.act("media_player.turn_on", BEDROOM)


async def _begin_fix(house: House, key: str) -> Mapping[str, Any]:
    """Press Fix."""
    manager = repairs_flow_manager(house.hass)
    assert manager is not None
    issue = issues(house.hass)[key]
    result: Mapping[str, Any] = await house.clock.result(
        manager.async_init(DOMAIN, context={"issue_id": issue.issue_id}), within=5
    )
    return result


async def _submit(house: House, form: Mapping[str, Any]) -> Mapping[str, Any]:
    """Say that it is done."""
    manager = repairs_flow_manager(house.hass)
    assert manager is not None
    result: Mapping[str, Any] = await house.clock.result(
        manager.async_configure(form["flow_id"], {}), within=20
    )
    await house.clock.settle()
    return result


async def test_remote_features_off(house: House, loaded: MockConfigEntry) -> None:
    """Only the console concerned has the issue, and it goes as soon as the list says on."""
    issue = issues(house.hass)["remote_features_off"]
    assert issue.is_fixable
    assert issue.translation_placeholders == {"console": "Playroom"}
    house.console("playroom").remote_features = True
    await house.clock.pass_by(15)
    assert not issues(house.hass)


async def test_fixing_remote_features(house: House, loaded: MockConfigEntry) -> None:
    """The dialog looks at once, and stays until it is true."""
    form = await _begin_fix(house, "remote_features_off")
    assert form["type"] is FlowResultType.FORM
    assert form["description_placeholders"] == {"console": "Playroom"}
    form = await _submit(house, form)
    assert form["errors"] == {"base": "unchanged"}
    assert "remote_features_off" in issues(house.hass)
    house.console("playroom").remote_features = True
    done = await _submit(house, form)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert not issues(house.hass)


async def test_fixing_without_network(house: House, loaded: MockConfigEntry) -> None:
    """Nobody is told that it is done when nobody can look."""
    form = await _begin_fix(house, "remote_features_off")
    house.console("playroom").remote_features = True
    fault = house.fail(kind="outage")
    form = await _submit(house, form)
    assert form["errors"] == {"base": "not_checked"}
    house.simulator.world.faults.remove(fault.id)
    done = await _submit(house, form)
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_fixing_a_console_that_went(
    house: House, loaded: MockConfigEntry
) -> None:
    """The dialog ends in words."""
    form = await _begin_fix(house, "remote_features_off")
    await house.unload(loaded)
    ended = await _submit(house, form)
    assert ended["type"] is FlowResultType.ABORT
    assert ended["reason"] == "console_gone"


async def test_a_list_that_does_not_say_changes_nothing(
    house: House, loaded: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An issue neither goes nor comes because a member is missing."""
    body = xccs_answers.device_body

    def silent(*args: Any, **options: Any) -> dict[str, object]:
        said = body(*args, **options)
        del said["remoteManagementEnabled"]
        return said

    monkeypatch.setattr(xccs_answers, "device_body", silent)
    await house.clock.pass_by(60)
    assert issues(house.hass).keys() == {"remote_features_off"}


async def test_a_console_that_left_has_no_issues(
    house: House, loaded: MockConfigEntry
) -> None:
    """What is not here cannot be mended here; that one list lacks it does not mean it has left."""
    account = house.simulator.world.accounts["parent"]
    account.console_ids.remove(house.console("playroom").id)
    await house.clock.pass_by(15)
    assert issues(house.hass).keys() == {"remote_features_off"}
    await house.clock.pass_by(300)
    assert not issues(house.hass)


async def test_a_console_that_cannot_be_woken(
    house: House, loaded: MockConfigEntry
) -> None:
    """Being shut down is no issue until somebody wants to wake it."""
    house.console("bedroom").power = PowerState.OFF
    await house.clock.pass_by(15)
    assert "cannot_wake" not in issues(house.hass)
    await _shut_down(house)
    issue = issues(house.hass)["cannot_wake"]
    assert issue.translation_placeholders == {"console": "Bedroom"}
    await house.clock.pass_by(600)
    assert "cannot_wake" in issues(house.hass)


@pytest.mark.parametrize("power", [PowerState.STANDBY, PowerState.ON])
async def test_a_console_that_can_be_woken_again(
    house: House, loaded: MockConfigEntry, power: PowerState
) -> None:
    """Seeing it asleep or on is enough."""
    await _shut_down(house)
    house.console("bedroom").power = power
    await house.clock.pass_by(15)
    assert "cannot_wake" not in issues(house.hass)


async def test_fixing_a_console_that_cannot_be_woken(
    house: House, loaded: MockConfigEntry
) -> None:
    """The dialog looks at once."""
    await _shut_down(house)
    form = await _submit(house, await _begin_fix(house, "cannot_wake"))
    assert form["errors"] == {"base": "unchanged"}
    house.console("bedroom").power = PowerState.ON
    done = await _submit(house, form)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert "cannot_wake" not in issues(house.hass)


async def test_a_sleeping_console_that_is_lost_for_a_moment_is_no_issue(
    house: House, loaded: MockConfigEntry
) -> None:
    """It sleeps as it should; that it could not be reached is said by the error."""
    house.fail(kind="xccs", path="/commands")
    with pytest.raises(HomeAssistantError):
        await house.act("media_player.turn_on", BEDROOM)
    assert "cannot_wake" not in issues(house.hass)


async def test_no_issue_flaps(house: House, loaded: MockConfigEntry) -> None:
    """While nothing changes, nothing is said again."""
    await _shut_down(house)
    events: list[Event[Any]] = async_capture_events(
        house.hass, ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED
    )
    await house.clock.pass_by(1800)
    assert events == []


async def test_a_disabled_account_has_no_issues(
    house: House, loaded: MockConfigEntry
) -> None:
    """Nor has one that is removed; one that is merely reloaded keeps what the user ignored."""
    issue = issues(house.hass)["remote_features_off"]
    ir.async_ignore_issue(house.hass, DOMAIN, issue.issue_id, True)
    await house.unload(loaded)
    assert await house.set_up(loaded)
    assert issues(house.hass)["remote_features_off"].dismissed_version is not None
    await house.clock.result(
        house.hass.config_entries.async_set_disabled_by(
            loaded.entry_id, ConfigEntryDisabler.USER
        ),
        within=10,
    )
    assert not issues(house.hass)
