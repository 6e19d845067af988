"""A console that two accounts have belongs to one of them; the other is told."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS, repairs_flow_manager
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console import async_remove_config_entry_device
from custom_components.xbox_console.account import polling
from custom_components.xbox_console.const import DOMAIN
from simulator.demo.consoles import ONE_X_ID
from tests.integration.entries import signed_in_entry
from tests.integration.house import House

GONE = 90.0
"""Seconds after which a console that the list lacks is taken to have left."""


async def _add_child(house: House) -> MockConfigEntry:
    """Set up the child's account, on which the bedroom's console is as well."""
    child = house.simulator.world.accounts["child"]
    child.refusal, child.console_ids = None, [ONE_X_ID]
    entry = await signed_in_entry(house.hass, house.simulator, "child")
    assert await house.set_up(entry)
    return entry


@pytest.fixture
async def second(house: House, loaded: MockConfigEntry) -> MockConfigEntry:
    """A child who may sign in, on whose account the bedroom's console is as well."""
    return await _add_child(house)


def _shared(issue_registry: ir.IssueRegistry) -> list[ir.IssueEntry]:
    """The issues about consoles that two accounts have."""
    return [
        issue
        for (domain, _), issue in issue_registry.issues.items()
        if domain == DOMAIN and issue.translation_key == "owned_elsewhere"
    ]


def _consoles(registry: dr.DeviceRegistry, entry: MockConfigEntry) -> list[str | None]:
    """The devices of an entry but for the account itself."""
    devices = dr.async_entries_for_config_entry(registry, entry.entry_id)
    return [device.name for device in devices if device.name != entry.title]


async def test_the_console_stays_with_the_first(
    device_registry: dr.DeviceRegistry,
    issue_registry: ir.IssueRegistry,
    second: MockConfigEntry,
) -> None:
    """No second device, and an issue that says where it is."""
    assert _consoles(device_registry, second) == []
    (issue,) = _shared(issue_registry)
    words = issue.translation_placeholders or {}
    assert words["console"] == "Bedroom"
    assert words["owner"] == "QuietHarbor77"


async def test_it_moves_when_the_first_is_removed(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    second: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    issue_registry: ir.IssueRegistry,
) -> None:
    """The other account has it within seconds, and the issue is gone."""
    await house.clock.result(
        hass.config_entries.async_remove(loaded.entry_id), within=10
    )
    await house.clock.pass_by(15)
    assert _consoles(device_registry, second) == ["Bedroom"]
    assert house.shows("media_player.bedroom") == "off"
    assert _shared(issue_registry) == []


async def test_nothing_is_said_about_a_removed_account(
    hass: HomeAssistant,
    house: House,
    second: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
) -> None:
    """The issue goes with the entry that it is about."""
    await house.clock.result(
        hass.config_entries.async_remove(second.entry_id), within=10
    )
    assert _shared(issue_registry) == []


def _leave(house: House) -> None:
    """Let the bedroom's console leave the parent's account."""
    account = house.simulator.world.accounts["parent"]
    account.console_ids.remove(house.console("bedroom").id)


async def _deselect(house: House, entry: MockConfigEntry) -> None:
    """Deselect the bedroom's console in the options, as a user does."""
    flows = house.hass.config_entries.options
    result = await flows.async_init(entry.entry_id)
    result = await flows.async_configure(
        result["flow_id"], {"next_step_id": "consoles"}
    )
    listed = entry.runtime_data.consoles.data
    await flows.async_configure(
        result["flow_id"], {"consoles": [id_ for id_ in listed if id_ != ONE_X_ID]}
    )


async def _disable(house: House, entry: MockConfigEntry) -> None:
    await house.clock.result(
        house.hass.config_entries.async_set_disabled_by(
            entry.entry_id, ConfigEntryDisabler.USER
        ),
        within=10,
    )


async def _assert_moved(
    house: House, loaded: MockConfigEntry, second: MockConfigEntry
) -> None:
    """The second account has the console, which works; the first has no trace of it."""
    devices, entities = dr.async_get(house.hass), er.async_get(house.hass)
    assert _consoles(devices, second) == ["Bedroom"]
    assert "Bedroom" not in _consoles(devices, loaded)
    player = entities.async_get("media_player.bedroom")
    assert player is not None
    assert player.config_entry_id == second.entry_id
    assert player.disabled_by is None
    assert house.shows("media_player.bedroom") == "off"
    assert _shared(ir.async_get(house.hass)) == []
    await house.act("media_player.turn_on", "media_player.bedroom")
    assert house.shows("media_player.bedroom") == "on"


async def test_it_moves_when_the_first_no_longer_lists_it(
    house: House, loaded: MockConfigEntry, second: MockConfigEntry
) -> None:
    """Case D1: a console moves from one account to the other."""
    _leave(house)
    await house.clock.pass_by(GONE + 15)
    await _assert_moved(house, loaded, second)
    assert ONE_X_ID not in loaded.runtime_data.consoles.consoles


async def test_it_does_not_move_for_one_odd_list(
    house: House,
    loaded: MockConfigEntry,
    second: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Case D1: a claim is as firm as the console's being there."""
    _leave(house)
    await house.clock.pass_by(12)
    house.simulator.world.accounts["parent"].console_ids.append(ONE_X_ID)
    await house.clock.pass_by(GONE)
    assert "Bedroom" in _consoles(device_registry, loaded)
    assert _consoles(device_registry, second) == []


async def test_it_moves_when_the_first_is_disabled(
    house: House, loaded: MockConfigEntry, second: MockConfigEntry
) -> None:
    """Case D1: whoever is switched off has nothing; switched on again, it is told."""
    await _disable(house, loaded)
    await house.clock.pass_by(15)
    await _assert_moved(house, loaded, second)
    await house.clock.result(
        house.hass.config_entries.async_set_disabled_by(loaded.entry_id, None),
        within=30,
    )
    await house.clock.pass_by(15)
    assert loaded.state is ConfigEntryState.LOADED
    (issue,) = _shared(ir.async_get(house.hass))
    assert issue.data and issue.data["entry_id"] == loaded.entry_id
    assert "Bedroom" not in _consoles(dr.async_get(house.hass), loaded)


async def test_a_disabled_account_holds_nothing_after_a_restart(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Case D1: what the device registry remembers of it does not count."""
    await _disable(house, loaded)
    hass.data.pop("xbox_console_owners")
    entry = await _add_child(house)
    await house.clock.pass_by(15)
    await _assert_moved(house, loaded, entry)


async def test_it_moves_when_its_stale_device_is_deleted(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Case D1: on no list any more, then deleted, then on the other account."""
    _leave(house)
    await house.clock.pass_by(GONE)
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, ONE_X_ID), loaded.entry_id
    )
    assert device is not None
    assert await async_remove_config_entry_device(hass, loaded, device)
    device_registry.async_remove_device(device.id)
    entry = await _add_child(house)
    await house.clock.pass_by(15)
    await _assert_moved(house, loaded, entry)


async def test_deselecting_it_at_the_first_is_enough(
    house: House, loaded: MockConfigEntry, second: MockConfigEntry
) -> None:
    """Case D2: no entry has to be removed for it."""
    await _deselect(house, loaded)
    await house.clock.pass_by(15)
    await _assert_moved(house, loaded, second)


async def _repair(house: House) -> Mapping[str, Any]:
    """Open the repair, and submit it."""
    assert await async_setup_component(house.hass, REPAIRS, {})
    manager = repairs_flow_manager(house.hass)
    assert manager is not None
    (issue,) = _shared(ir.async_get(house.hass))
    form = await manager.async_init(DOMAIN, context={"issue_id": issue.issue_id})
    assert form["description_placeholders"] == {
        "console": "Bedroom",
        "account": "PocketComet4821",
        "owner": "QuietHarbor77",
    }
    done: Mapping[str, Any] = await house.clock.result(
        manager.async_configure(form["flow_id"], {}), within=20
    )
    return done


async def test_the_repair_takes_it_over(
    house: House, loaded: MockConfigEntry, second: MockConfigEntry
) -> None:
    """Case D1: it is deselected at the first, which keeps the rest; a restart changes nothing."""
    assert (await _repair(house))["type"] is FlowResultType.CREATE_ENTRY
    await house.clock.pass_by(15)
    await _assert_moved(house, loaded, second)
    assert loaded.options["deselected_consoles"] == [ONE_X_ID]
    assert len(_consoles(dr.async_get(house.hass), loaded)) == 2
    assert await house.hass.config_entries.async_reload(loaded.entry_id)
    await house.clock.pass_by(15)
    assert _consoles(dr.async_get(house.hass), second) == ["Bedroom"]


async def test_the_repair_takes_over_from_an_account_that_cannot_be_set_up(
    house: House, loaded: MockConfigEntry, second: MockConfigEntry
) -> None:
    """Case D1: an account whose sign-in ended for good gives way, too."""
    await house.unload(loaded)
    assert (await _repair(house))["type"] is FlowResultType.CREATE_ENTRY
    await house.clock.pass_by(15)
    await _assert_moved(house, loaded, second)


async def test_an_issue_goes_with_the_listing(
    house: House, second: MockConfigEntry
) -> None:
    """What the second account no longer lists is no longer its business."""
    house.simulator.world.accounts["child"].console_ids = []
    await house.clock.pass_by(polling.INVENTORY + 15)
    assert _shared(ir.async_get(house.hass)) == []
