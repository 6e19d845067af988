"""Each button sends its command."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("button", "heard"),
    [
        ("home", ("Shell", "GoHome", {})),
        ("back", ("Shell", "GoBack", {})),
        ("guide", ("Shell", "ShowGuideTab", {"tabName": "Guide"})),
    ],
)
async def test_press(house: House, button: str, heard: tuple[object, ...]) -> None:
    """At once, without waiting."""
    await house.act("button.press", f"button.living_room_{button}", within=1)
    assert house.heard == [heard]


async def test_restart(house: House, loaded: MockConfigEntry) -> None:
    """The console restarts and comes back at home."""
    await house.act("button.press", "button.living_room_restart", within=25)
    assert house.heard == [("Power", "Reboot", {})]
    await house.clock.pass_by(25)
    assert house.console("living_room").shell.running is None
    assert house.shows("media_player.living_room") == "on"
