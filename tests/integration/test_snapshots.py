"""Every entity and device, as Home Assistant sees it after set-up."""

from types import MappingProxyType
from unittest.mock import patch

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import Entity
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.xbox_console.consoles.sensor import PlayersSensor
from custom_components.xbox_console.family.limits import Limits
from custom_components.xbox_console.runtime.loading import PLATFORMS
from tests.integration.following import TITLES
from tests.integration.house import House


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_entities(
    hass: HomeAssistant,
    house: House,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
    platform: Platform,
) -> None:
    """Each platform adds its entities: to the three consoles, the account, a friend with a budget, a game."""
    for kind, title, unique_id, data in (
        (
            "person",
            "LanternFox2048",
            house.simulator.world.people["mika"].xuid,
            {"budget": Limits().kept()},
        ),
        ("game", "Starfall Odyssey", TITLES["starfall"], {}),
    ):
        hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=MappingProxyType(data),
                subentry_type=kind,
                title=title,
                unique_id=unique_id,
            ),
        )
    with (
        patch.dict(PLATFORMS, {platform: PLATFORMS[platform]}, clear=True),
        patch.object(Entity, "entity_registry_enabled_default", True),
        patch("homeassistant.components.image._RND.getrandbits", return_value=1),
        # They carry a token and the simulator's port.
        patch.object(PlayersSensor, "entity_picture", "/a_picture"),
        patch.object(MediaPlayerEntity, "media_image_local", "/api/a_picture"),
    ):
        assert await house.set_up(entry)
        await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def test_devices(
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Each console is a device, and so is the account."""
    devices = dr.async_entries_for_config_entry(device_registry, loaded.entry_id)
    assert {device.name: device for device in devices} == snapshot
