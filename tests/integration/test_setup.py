"""An account is set up, survives what goes wrong, and is unloaded."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry


async def test_every_console_becomes_a_device(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """The parent's three consoles are there with what they are doing."""
    assert loaded.state is ConfigEntryState.LOADED
    states = {
        name: hass.states.get(f"media_player.{name}")
        for name in ("living_room", "bedroom", "playroom")
    }
    assert {name: state and state.state for name, state in states.items()} == {
        "living_room": "playing",
        "bedroom": "off",
        "playroom": "off",
    }
