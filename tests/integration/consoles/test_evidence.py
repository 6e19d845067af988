"""What the network says of a console's power is not believed against better evidence."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.diagnostics import (
    async_get_config_entry_diagnostics,
)
from simulator.consoles.console import PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.presets import PRESETS
from simulator.consoles.ranges import NEVER
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
LONGEST = 660
"""Longer than between any two looks at a console."""


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
    await house.clock.hurry(600)
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
    await house.clock.hurry(13 * 3600)
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


@pytest.mark.parametrize("latency", [0.0, 3.0])
@pytest.mark.parametrize("seconds", [58, 62, 66, 70])
async def test_a_console_that_sleeps_again_is_off(
    house: House, entry: MockConfigEntry, seconds: int, latency: float
) -> None:
    """However long it looked after itself, and whatever is on its way when it ends."""
    house.simulator.world.knobs.latency_seconds = latency
    assert await house.set_up(entry)
    seen = house.watch(BEDROOM)
    console = house.console("bedroom")
    console.shell.active_at = -10_000.0
    console.power = PowerState.ON
    await house.clock.pass_by(seconds)
    console.power = PowerState.STANDBY
    await house.clock.pass_by(30)
    assert house.shows(BEDROOM) == "off"
    # No look has found it on for longer than that.
    assert seen == []


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


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("name", ["living_room", "bedroom"])
@pytest.mark.parametrize("odd", ["empty", "missing", "old"])
async def test_an_odd_list_takes_nothing_away(
    house: House, name: str, odd: str
) -> None:
    """Case B1: a console that answers itself stays; the list is read again within seconds."""
    seen = house.watch(f"media_player.{name}")
    house.console(name).behave(ConsoleKnobs().changed({"odd_list": odd}))
    await house.clock.pass_by(180)
    assert seen == []


@pytest.mark.usefixtures("loaded")
async def test_a_slow_answer_that_denies_the_list_is_shown(house: House) -> None:
    """Case B1: what was believed while it was on its way is taken back, though before it was the same."""
    console = house.console("bedroom")
    console.wake()
    await house.clock.pass_by(60)
    assert house.shows(BEDROOM) == "on"
    seen = house.watch(BEDROOM)
    path = f"/consoles/{console.id}"
    house.fail(kind="slow", path=path, seconds=13.0, times=1)
    console.behave(ConsoleKnobs().changed({"odd_list": "old", "odd_lists": 5}))
    await house.clock.pass_by(5)
    # Whatever else changes has everything shown anew.
    console.name = "Snug"
    house.simulator.world.knobs.latency_seconds = 1.0
    await house.clock.pass_by(30)
    assert seen == ["off", "on"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lists", [1, 3])
@pytest.mark.parametrize("seconds", [1, 3, 12])
async def test_a_console_that_changes_while_a_list_lacks_it_is_followed_on(
    house: House, seconds: int, lists: int
) -> None:
    """Case B1: what a look shows then ends no other looks."""
    console = house.console("living_room")
    odd = {"odd_list": "missing", "odd_lists": lists, "game_sessions": True}
    console.behave(ConsoleKnobs().changed(odd))
    house.forget_requests()
    await house.clock.until(lambda: house.requests("/lists"), within=15)
    await house.clock.pass_by(seconds)
    console.shell.pause()
    await house.clock.pass_by(120)
    assert house.shows(LIVING_ROOM) == "paused"
    console.shell.play()
    await house.clock.pass_by(30)
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.usefixtures("loaded")
async def test_a_list_that_stays_without_a_console_is_believed(house: House) -> None:
    """Case B1: missing several times in a row is no odd answer any more."""
    console = house.console("bedroom")
    house.simulator.world.accounts["parent"].console_ids.remove(console.id)
    await house.clock.pass_by(90)
    assert house.shows(BEDROOM) == "unavailable"


@pytest.mark.usefixtures("loaded")
async def test_one_lost_command_is_one_odd_answer(house: House) -> None:
    """Case B2: the game goes on, and so do its commands."""
    seen = house.watch(LIVING_ROOM)
    house.fail(kind="xccs", path="/commands", word="ErrorCallingWNS")
    with pytest.raises(HomeAssistantError):
        await house.act("media_player.media_pause", LIVING_ROOM)
    house.simulator.world.faults.clear()
    await house.act("media_player.volume_up", LIVING_ROOM)
    await house.clock.hurry(3600)
    assert seen == []


@pytest.mark.usefixtures("loaded")
async def test_a_console_that_was_given_up_is_still_told(house: House) -> None:
    """Case B2: as long as the network says on a command is sent, and its outcome proves life."""
    console = house.console("living_room")
    console.unplug()
    await _lose_two_commands(house)
    console.plug()
    console.behave(ConsoleKnobs().changed({"unplugged_status_seconds": NEVER}))
    console.power = PowerState.ON
    await house.act("media_player.volume_up", LIVING_ROOM)
    assert house.shows(LIVING_ROOM) != "off"


@pytest.mark.parametrize("hours", [1.0, 11.5])
async def test_what_was_learned_survives_a_reload(
    house: House, loaded: MockConfigEntry, hours: float
) -> None:
    """Case B3: a console that was found cut off stays off, and was confirmed when it was."""
    console = house.console("living_room")
    console.behave(ConsoleKnobs().changed({"unplugged_status_seconds": NEVER}))
    console.unplug()
    await _lose_two_commands(house)
    confirmed = (await _diagnosed(house, loaded))["last_seen_alive"]
    await house.clock.hurry(hours * 3600)
    seen = house.watch(LIVING_ROOM)
    assert await house.unload(loaded)
    assert await house.set_up(loaded)
    await house.clock.pass_by(60)
    assert house.shows(LIVING_ROOM) == "off"
    assert set(seen) <= {"unavailable", "unknown", "off"}
    told = await _diagnosed(house, loaded)
    assert told["last_seen_alive"] == confirmed
    assert told["judgement"]["reason"] == "cut_off"


async def _diagnosed(house: House, entry: MockConfigEntry) -> dict[str, Any]:
    told = await async_get_config_entry_diagnostics(house.hass, entry)
    consoles: list[dict[str, Any]] = told["consoles"]
    return consoles[
        [*entry.runtime_data.consoles.consoles].index(house.console("living_room").id)
    ]


async def test_old_news_is_no_state(house: House, loaded: MockConfigEntry) -> None:
    """Case B5: what was heard eight hours ago is not shown until somebody says it again."""
    assert house.shows(LIVING_ROOM) == "playing"
    assert await house.unload(loaded)
    house.console("living_room").power = PowerState.STANDBY
    house.clock.skip(8 * 3600)
    seen = house.watch(LIVING_ROOM)
    house.fail(kind="slow", path="/", seconds=5, times=6)
    assert await house.set_up(loaded)
    await house.clock.pass_by(60)
    assert house.shows(LIVING_ROOM) == "off"
    assert "playing" not in seen


async def test_a_quick_reload_keeps_the_state(
    house: House, loaded: MockConfigEntry
) -> None:
    """Case B5: what was heard a moment ago is shown until somebody says otherwise."""
    seen = house.watch(LIVING_ROOM)
    assert await house.unload(loaded)
    house.clock.skip(20)
    house.fail(kind="slow", path="/", seconds=5, times=6)
    assert await house.set_up(loaded)
    assert seen == ["unavailable", "playing"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("power", ["On", "Off"])
async def test_a_list_that_disagrees_for_ever_costs_nothing(
    house: House, power: str
) -> None:
    """Case B6: only another word of the list is worth a look, not the same one again."""
    for name in ("living_room", "bedroom", "playroom"):
        console = house.console(name)
        console.power = PowerState.STANDBY
        console.behave(ConsoleKnobs().changed({"list_power_asleep": power}))
    await house.clock.hurry(600)
    house.forget_requests()
    await house.clock.pass_by(900)
    assert len(house.requests()) * 4 <= 415
    assert house.shows(BEDROOM) == "off"


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lag", [0.0, 5.0, 20.0, 60.0])
@pytest.mark.parametrize("which", ["list_lag_seconds", "status_lag_seconds"])
async def test_a_console_that_is_woken_by_hand_is_seen(
    house: House, which: str, lag: float
) -> None:
    """A hint ends when a read shows a change; until then the console is read again."""
    console = house.console("bedroom")
    console.behave(ConsoleKnobs().changed({which: lag}))
    seen = house.watch(BEDROOM)
    console.wake()
    await house.clock.pass_by(8 + lag + 30)
    assert seen == ["on"]


@pytest.mark.usefixtures("loaded")
async def test_a_console_that_left_is_asked_no_more(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Cases D11 and W5: one line that says so, and no more requests about it."""
    console = house.console("living_room")
    house.simulator.world.accounts["parent"].console_ids.remove(console.id)
    await house.clock.pass_by(120)
    assert house.shows(LIVING_ROOM) == "unavailable"
    ours = [
        record
        for record in caplog.records
        if "no longer has the console" in record.message
    ]
    assert [record.levelname for record in ours] == ["INFO"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    house.forget_requests()
    await house.clock.pass_by(LONGEST)
    assert house.requests(f"/consoles/{console.id}") == []


async def test_a_device_that_is_disabled_is_not_asked_about(
    house: House, loaded: MockConfigEntry, hass: HomeAssistant
) -> None:
    """Case W5: nobody wants to know, until it is enabled again."""
    console = house.console("living_room")
    registry = dr.async_get(hass)
    device = registry.async_get_device_by_identifier(
        ("xbox_console", console.id), loaded.entry_id
    )
    assert device is not None
    registry.async_update_device(device.id, disabled_by=dr.DeviceEntryDisabler.USER)
    await house.clock.pass_by(60)
    house.forget_requests()
    await house.clock.pass_by(LONGEST)
    assert house.requests(f"/consoles/{console.id}") == []
    registry.async_update_device(device.id, disabled_by=None)
    await house.clock.pass_by(60)
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("case", ["W2", "W2 unknown"])
async def test_following_a_command_ends(house: House, case: str) -> None:
    """Case W2: with the command's own patience, and at once where nobody knows the operation."""
    house.console("living_room").behave(PRESETS[case])
    house.forget_requests()
    await house.act("media_player.volume_up", LIVING_ROOM)
    await house.clock.pass_by(240)
    asked = house.requests("/opStatus")
    assert len(asked) <= (1 if case == "W2 unknown" else 12)
    house.forget_requests()
    await house.clock.pass_by(120)
    assert house.requests("/opStatus") == []
