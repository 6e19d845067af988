"""A console that two accounts have belongs to one of them; the other is told."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.entries import signed_in_entry
from tests.integration.house import House


@pytest.fixture
async def second(house: House, loaded: MockConfigEntry) -> MockConfigEntry:
    """A child who may sign in, on whose account the bedroom's console is as well."""
    child = house.simulator.world.accounts["child"]
    child.refusal = None
    child.console_ids = [house.console("bedroom").id]
    entry = await signed_in_entry(house.hass, house.simulator, "child")
    assert await house.set_up(entry)
    return entry


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
