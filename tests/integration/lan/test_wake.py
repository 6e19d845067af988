"""A wish for a console to wake goes to the local network too; that it was sent proves nothing."""

import itertools

from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from simulator.consoles.console import PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from tests.integration.lan.conftest import BEDROOM, Home

REFUSALS = ("ErrorWNSTempDisconnected", "ErrorCallingWNS")


def _behave(home: Home, **knobs: object) -> None:
    dotted = {name.replace("__", "."): value for name, value in knobs.items()}
    home.house.simulator.world.behave(ConsoleKnobs().changed(dotted), home.bedroom)


def _refuse(home: Home, word: str) -> None:
    """Let the Xbox network pass nothing on to the bedroom."""
    home.house.fail(kind="xccs", path="/commands", word=word)


@pytest.mark.usefixtures("reliable")
@pytest.mark.parametrize("word", REFUSALS)
async def test_what_the_network_cannot_wake_is_woken_here(
    home: Home, word: str
) -> None:
    """It sends the packets at once, to all and to where the console was; the action ends when power is on."""
    _refuse(home, word)
    started = home.house.clock.now
    await home.house.act("media_player.turn_on", BEDROOM)
    assert home.house.shows(BEDROOM) == "on"
    assert home.bedroom.power is PowerState.ON
    packets = home.segment.kinds("wake")
    assert packets[0].at - started < 1
    assert {packet.host for packet in packets} == {0, 2}
    moments = sorted({packet.at for packet in packets})
    pauses = [round(b - a, 2) for a, b in itertools.pairwise(moments)]
    assert set(pauses) == {1.0}
    assert len(moments) <= 10


@pytest.mark.usefixtures("reliable")
async def test_what_the_network_wakes_by_itself_needs_no_help(home: Home) -> None:
    """Not one packet, if it is on within six seconds."""
    home.house.simulator.world.knobs.wake_seconds = 4.0
    await home.house.act("media_player.turn_on", BEDROOM)
    await home.house.clock.pass_by(60)
    assert home.house.shows(BEDROOM) == "on"
    assert home.wakes() == 0


@pytest.mark.usefixtures("reliable")
async def test_a_wake_that_the_network_swallows_is_helped_after_six_seconds(
    home: Home,
) -> None:
    """It said OK, and nothing happened."""
    _behave(home, wake__effect_seconds=NEVER)
    started = home.house.clock.now
    await home.house.act("media_player.turn_on", BEDROOM)
    assert home.house.shows(BEDROOM) == "on"
    first = home.segment.kinds("wake")[0].at - started
    assert 6 <= first < 7.5


@pytest.mark.usefixtures("reliable")
@pytest.mark.parametrize("word", REFUSALS)
async def test_a_wake_that_nobody_hears_is_no_success(home: Home, word: str) -> None:
    """It is shown as waking for a while, then taken back; whoever does not wait any more hears why."""
    _refuse(home, word)
    home.knobs.wake_packets = 0
    failed = async_capture_events(home.house.hass, "xbox_console_command_failed")
    await home.house.act("media_player.turn_on", BEDROOM)
    await home.house.clock.pass_by(100)
    assert home.house.shows(BEDROOM) == "off"
    assert home.wakes() == 10
    [event] = failed
    assert (event.data["command"], event.data["reason"]) == ("WakeUp", word)


async def test_where_it_was_never_found_the_refusal_is_told_at_once(
    home: Home, bedroom_only: MockConfigEntry
) -> None:
    """Packets go to all nevertheless: it may have slept whenever it was looked for."""
    home.knobs.wake_packets = 0
    _refuse(home, "ErrorWNSTempDisconnected")
    with pytest.raises(HomeAssistantError):
        await home.house.act("media_player.turn_on", BEDROOM, within=20)
    assert 1 <= home.wakes() <= 10
    assert {packet.host for packet in home.segment.kinds("wake")} == {0}


@pytest.mark.usefixtures("reliable")
async def test_it_stops_when_nobody_wants_it_any_more(home: Home) -> None:
    """Turned off again two seconds later."""
    _behave(home, wake__effect_seconds=NEVER)
    home.knobs.wake_packets = 0
    waking = home.house.begin("media_player.turn_on", BEDROOM)
    await home.house.clock.pass_by(9)
    sent = home.wakes()
    assert sent >= 2
    off = home.house.begin("media_player.turn_off", BEDROOM)
    await home.house.clock.pass_by(90)
    assert home.wakes() <= sent + 1
    with pytest.raises(HomeAssistantError):
        await home.house.clock.result(waking, within=1)
    await home.house.clock.result(off, within=60)


@pytest.mark.usefixtures("reliable")
async def test_none_for_a_minute_after_we_switched_it_off(home: Home) -> None:
    """It might come back although somebody wants it off; a wish that is still alive then is helped."""
    home.start_by_hand()
    await home.house.clock.pass_by(60)
    await home.house.act("media_player.turn_off", BEDROOM)
    switched_off = home.house.clock.now
    _refuse(home, "ErrorWNSTempDisconnected")
    waking = home.house.begin("media_player.turn_on", BEDROOM)
    await home.house.clock.pass_by(50)
    assert home.wakes() == 0
    await home.house.clock.pass_by(60)
    assert all(packet.at - switched_off > 50 for packet in home.segment.kinds("wake"))
    await home.house.clock.result(waking, within=60)
