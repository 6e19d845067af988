"""The recorder."""

from collections.abc import AsyncIterator
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.integration.captures.recorder import Recorder
from tests.integration.house import House


@pytest.fixture
def media(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Home Assistant's media folder."""
    folder = tmp_path / "media"
    folder.mkdir()
    hass.config.media_dirs = {"local": str(folder)}
    return folder


@pytest.fixture
async def recorder(
    house: House,
    living_room_only: None,
    entry: MockConfigEntry,
    media: Path,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> AsyncIterator[Recorder]:
    """The parent's account with six captures, set up, everything read once."""
    del house.simulator.world.captures[6:]
    for component in ("homeassistant", "media_source"):
        assert await async_setup_component(house.hass, component, {})
    assert await house.set_up(entry)
    yield Recorder(house, entry, media, hass_client, hass_ws_client)
    # Whatever is still being sent slowly comes to its end.
    house.simulator.world.knobs.capture_bytes_per_second = 0
    await house.clock.pass_by(60)
