"""What the network says of a console's power is not believed against better evidence."""

from homeassistant.exceptions import HomeAssistantError
import pytest

from simulator.consoles.console import PowerState
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"


async def _lose_two_commands(house: House) -> None:
    for _ in range(2):
        with pytest.raises(HomeAssistantError):
            await house.act("media_player.volume_up", LIVING_ROOM)
        await house.clock.pass_by(10)


@pytest.mark.usefixtures("loaded")
async def test_an_unplugged_console_is_off_once_nothing_reaches_it(
    house: House,
) -> None:
    """The network goes on calling it on; a command that cannot be delivered tells otherwise."""
    house.console("living_room").unplug()
    await house.clock.pass_by(60)
    assert house.shows(LIVING_ROOM) == "playing"

    for shown in ("playing", "off"):
        # One command that got lost is an odd answer; the next one bears it out.
        with pytest.raises(HomeAssistantError, match="cannot be reached"):
            await house.act("media_player.volume_up", LIVING_ROOM)
        assert house.shows(LIVING_ROOM) == shown
        await house.clock.pass_by(10)
    await house.clock.pass_by(600)
    assert house.shows(LIVING_ROOM) == "off"


@pytest.mark.usefixtures("loaded")
async def test_a_console_that_is_back_is_believed_again(house: House) -> None:
    """Whatever the console does next proves that it is there."""
    console = house.console("living_room")
    console.unplug()
    await _lose_two_commands(house)
    assert house.shows(LIVING_ROOM) == "off"
    console.plug()
    await house.act("media_player.turn_on", LIVING_ROOM)
    await house.clock.pass_by(30)
    assert house.shows(LIVING_ROOM) == "on"


@pytest.mark.usefixtures("loaded")
async def test_a_lapse_of_the_network_does_not_turn_a_console_off(house: House) -> None:
    """One command that got lost is sent again; the console stays what it is."""
    house.fail(kind="xccs", path="/commands", word="ErrorCallingWNS", times=1)
    await house.act("media_player.volume_up", LIVING_ROOM)
    assert house.shows(LIVING_ROOM) == "playing"
    assert [name for _, name, _ in house.heard] == ["Volume"]


@pytest.mark.usefixtures("loaded")
async def test_a_long_game_is_no_mystery(house: House) -> None:
    """Case B4: a game of 13 hours without any change is a long game, not an unknown state."""
    seen = house.watch(LIVING_ROOM)
    await house.clock.pass_by(13 * 3600)
    assert seen == []
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.usefixtures("loaded")
async def test_a_console_that_looks_after_itself_is_not_on(house: House) -> None:
    """It wakes for a while, shows nothing, and sleeps again: no automation should notice."""
    console = house.console("bedroom")
    console.shell.active_at = -10_000.0
    console.power = PowerState.ON
    await house.clock.pass_by(40)
    assert house.shows(BEDROOM) == "off"
    console.power = PowerState.STANDBY
    await house.clock.pass_by(60)
    assert house.shows(BEDROOM) == "off"


@pytest.mark.usefixtures("loaded")
async def test_a_console_that_stays_on_is_on_whatever_it_shows(house: House) -> None:
    """A screensaver that lasts is no maintenance."""
    console = house.console("bedroom")
    console.shell.active_at = -10_000.0
    console.power = PowerState.ON
    await house.clock.pass_by(90)
    assert house.shows(BEDROOM) == "idle"


@pytest.mark.usefixtures("loaded")
async def test_a_person_who_turns_a_console_on_is_seen_at_once(house: House) -> None:
    """A console that shows its home screen is in use."""
    house.console("bedroom").wake()
    await house.clock.pass_by(8 + 12)
    assert house.shows(BEDROOM) == "on"
