"""The remote in the Home app controls a console without any automation."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House

EVENT = "homekit_tv_remote_key_pressed"
PLAYER = "media_player.living_room"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def _press(house: House, *keys: str, entity_id: str = PLAYER) -> None:
    for key in keys:
        house.hass.bus.async_fire(EVENT, {"key_name": key, "entity_id": entity_id})
    await house.clock.settle()


@pytest.mark.parametrize(
    ("key", "name", "parameters"),
    [
        ("arrow_up", "InjectKey", {"keyType": "Up"}),
        ("arrow_down", "InjectKey", {"keyType": "Down"}),
        ("arrow_left", "InjectKey", {"keyType": "Left"}),
        ("arrow_right", "InjectKey", {"keyType": "Right"}),
        ("select", "InjectKey", {"keyType": "A"}),
        ("back", "GoBack", {}),
        ("exit", "GoHome", {}),
        ("play_pause", "Pause", {}),
        ("information", "InjectKey", {"keyType": "View"}),
        ("next_track", "Next", {}),
        ("previous_track", "Previous", {}),
        ("rewind", "Previous", {}),
        ("fast_forward", "Next", {}),
    ],
)
async def test_each_key(
    house: House, key: str, name: str, parameters: dict[str, str]
) -> None:
    """The console receives what the key stands for."""
    await _press(house, key)
    assert [heard[1:] for heard in house.heard] == [(name, parameters)]


async def test_the_remote_entity_has_keys_too(house: House) -> None:
    """An activity remote in HomeKit has the same keys."""
    await _press(house, "select", entity_id="remote.living_room")
    assert len(house.heard) == 1


async def test_keys_keep_their_order(house: House) -> None:
    """However fast they come."""
    keys = ["arrow_up", "arrow_down", "arrow_left", "arrow_right"] * 5
    await _press(house, *keys)
    assert [heard[2]["keyType"] for heard in house.heard] == [
        key.removeprefix("arrow_").title() for key in keys
    ]


@pytest.mark.parametrize(
    ("key", "entity_id"),
    [
        ("arrow_up", "media_player.kitchen_radio"),
        ("squint", PLAYER),
        ("arrow_up", "button.unknown"),
    ],
)
async def test_what_is_not_ours_is_left_alone(
    house: House, key: str, entity_id: str
) -> None:
    """Other televisions, and keys that nobody knows yet."""
    await _press(house, key, entity_id=entity_id)
    assert house.heard == []


async def test_a_key_for_a_console_that_is_off_is_logged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The Home app has no words for it; the log has."""
    await _press(house, "select", entity_id="media_player.bedroom")
    assert house.heard == []
    assert "HomeKit's A was not done" in caplog.text


async def test_an_unloaded_entry_hears_nothing(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """The listener ends with the entry."""
    before = hass.bus.async_listeners().get(EVENT)
    await house.unload(loaded)
    await _press(house, "arrow_up")
    assert house.heard == []
    assert (before, hass.bus.async_listeners().get(EVENT)) == (1, None)
