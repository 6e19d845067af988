"""What the owner of a console allows."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles import answers as xccs_answers
from tests.integration.house import House


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def test_each_flag_is_shown(house: House) -> None:
    """Of each console."""
    shown = {
        name: (
            house.shows(f"binary_sensor.{name}_remote_features"),
            house.shows(f"binary_sensor.{name}_streaming_to_other_devices"),
        )
        for name in ("living_room", "bedroom", "playroom")
    }
    assert shown == {
        "living_room": ("on", "on"),
        "bedroom": ("on", "on"),
        "playroom": ("off", "off"),
    }


async def test_a_change_is_seen_with_the_list(house: House) -> None:
    """Within the time between two looks at it."""
    house.console("bedroom").streaming = False
    house.console("playroom").remote_features = True
    await house.clock.pass_by(15)
    assert house.shows("binary_sensor.bedroom_streaming_to_other_devices") == "off"
    assert house.shows("binary_sensor.playroom_remote_features") == "on"


async def test_a_console_that_answers_nothing_has_flags(house: House) -> None:
    """They come from the list."""
    path = f"/consoles/{house.console('playroom').id}"
    house.fail(kind="xccs", path=path)
    await house.clock.pass_by(600)
    assert house.shows("media_player.playroom") == "unavailable"
    assert house.shows("binary_sensor.playroom_remote_features") == "off"


async def test_a_console_that_left_the_account(house: House) -> None:
    """Nothing is known of it any more."""
    house.simulator.world.accounts["parent"].console_ids.remove(
        house.console("bedroom").id
    )
    await house.clock.pass_by(90)
    assert house.shows("binary_sensor.bedroom_remote_features") == "unavailable"


async def test_a_list_that_does_not_say(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for a no."""
    body = xccs_answers.device_body

    def silent(*args: Any, **options: Any) -> dict[str, object]:
        said = body(*args, **options)
        return {
            key: value
            for key, value in said.items()
            if key != "consoleStreamingEnabled"
        }

    monkeypatch.setattr(xccs_answers, "device_body", silent)
    await house.clock.pass_by(15)
    sensor = "binary_sensor.bedroom_streaming_to_other_devices"
    assert house.shows(sensor) == "unknown"
