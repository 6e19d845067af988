"""States are as long as Home Assistant takes them, and long lists are not recorded."""

import logging

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.following import Following
from tests.integration.house import House

LONG = "The Endless Chronicle " * 20


@pytest.mark.parametrize(
    "entity_id", ["sensor.living_room_running_app", "sensor.quietharbor77_now_playing"]
)
async def test_a_title_of_400_letters(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    entity_id: str,
) -> None:
    """Case E2: the state is cut, and can still be chosen."""
    title = house.simulator.world.titles["starfall"]
    monkeypatch.setitem(vars(title), "name", LONG)
    assert await house.set_up(entry)
    await house.clock.pass_by(60)
    shown = house.shows(entity_id)
    assert LONG.startswith(shown)
    assert 250 <= len(shown) <= 255
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_a_status_of_400_letters(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case E2: what somebody does in a game may be a long story."""
    title = following.house.simulator.world.titles["tidewater"]
    monkeypatch.setitem(vars(title), "name", LONG)
    await following.follow("mika")
    assert len(following.house.shows("sensor.lanternfox2048_status")) == 255


@pytest.mark.parametrize(
    ("entity_id", "attribute"),
    [
        ("remote.living_room", "activity_list"),
        ("media_player.living_room", "source_list"),
    ],
)
async def test_lists_of_games_are_not_recorded(
    house: House, loaded: MockConfigEntry, entity_id: str, attribute: str
) -> None:
    """Case E3: the recorder leaves out what an entity tells it to."""
    state = house.state(entity_id)
    assert state.attributes[attribute]
    assert state.state_info is not None
    assert attribute in state.state_info["unrecorded_attributes"]
