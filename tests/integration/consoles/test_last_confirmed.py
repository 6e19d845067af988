"""When something last proved that a console is there."""

from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from tests.integration.house import House

SENSOR = "sensor.living_room_last_confirmed"


async def test_it_is_for_who_enables_it(
    loaded: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    """Few need it."""
    entity = entity_registry.async_get(SENSOR)
    assert entity is not None
    assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION


@pytest.fixture
async def enabled(house: House, entry: MockConfigEntry) -> None:
    """All entities are enabled."""
    with patch.object(Entity, "entity_registry_enabled_default", True):
        assert await house.set_up(entry)


async def test_polls_write_no_state(
    hass: HomeAssistant, house: House, enabled: None
) -> None:
    """A console that goes on doing the same proves nothing new."""
    first = house.shows(SENSOR)
    changes: list[Event[Mapping[str, Any]]] = async_capture_events(
        hass, str(EVENT_STATE_CHANGED)
    )
    await house.clock.pass_by(600)
    assert [event for event in changes if event.data["entity_id"] == SENSOR] == []
    assert house.shows(SENSOR) == first


async def test_a_change_is_a_proof(house: House, enabled: None) -> None:
    """Whatever changes, once."""
    await house.clock.pass_by(60)
    first = house.shows(SENSOR)
    house.console("living_room").shell.show(house.simulator.world.titles["tidewater"])
    await house.clock.pass_by(15)
    assert house.shows(SENSOR) > first


async def test_an_unplugged_console_proves_nothing(house: House, enabled: None) -> None:
    """The network still calls it on; the time tells since when nobody knows."""
    first = house.shows(SENSOR)
    house.console("living_room").unplug()
    await house.clock.pass_by(1800)
    assert house.shows("media_player.living_room") == "playing"
    assert house.shows(SENSOR) == first
