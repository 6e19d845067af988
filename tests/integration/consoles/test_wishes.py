"""What was asked for happens, or the user hears why not; whatever opStatus says, and whenever."""

import asyncio
from typing import Any

from homeassistant.core import Event
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.presets import PRESETS
from simulator.consoles.ranges import NEVER
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
REMOTE = "remote.bedroom"
GAME = "Tidewater Tales"


@pytest.fixture(autouse=True)
def everything_loaded(living_room_and_bedroom: None, loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


def _game(house: House, entity_id: str = BEDROOM) -> str | None:
    title: str | None = house.state(entity_id).attributes.get("media_title")
    return title


_STARTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "source": ("media_player.select_source", BEDROOM, {"source": GAME}),
    "media": (
        "media_player.play_media",
        BEDROOM,
        {"media_content_type": "game", "media_content_id": GAME},
    ),
    "launch": ("xbox_console.launch", BEDROOM, {"app": GAME, "wait": True}),
    "activity": ("remote.turn_on", REMOTE, {"activity": GAME}),
}


_WAKES = {
    "before": PRESETS["A1"],
    "after": ConsoleKnobs.answering(20.0, wake__effect_seconds=8.0),
    "never": ConsoleKnobs.answering(NEVER, wake__effect_seconds=15.0),
    "at once": ConsoleKnobs.answering(0.0, wake__effect_seconds=0.0),
}
"""When opStatus has its last word of a wake, beside the effect."""


@pytest.mark.parametrize(
    ("way", "wake"),
    [
        *((way, "before") for way in _STARTS),
        ("source", "after"),
        ("media", "never"),
        ("launch", "after"),
        ("launch", "at once"),
        ("activity", "never"),
    ],
)
async def test_a_game_starts_on_a_sleeping_console(
    house: House, way: str, wake: str
) -> None:
    """Case A1: whatever opStatus says of the wake, the game runs; on is shown once and stays."""
    house.console("bedroom").behave(_WAKES[wake])
    seen = house.watch(BEDROOM)
    action, entity, data = _STARTS[way]
    await house.act(action, entity, within=60, **data)
    await house.clock.pass_by(60)
    assert _game(house) == GAME
    assert house.console("bedroom").shell.running is not None
    assert seen == ["on", "playing"]


@pytest.mark.parametrize("apart", [0.0, 0.05, 1.0])
async def test_a_scene_that_turns_on_and_starts(house: House, apart: float) -> None:
    """Case A2: whoever starts something while a wake is under way waits for that wake."""
    console = house.console("bedroom")
    console.behave(PRESETS["A2"])
    seen = house.watch(BEDROOM)
    on = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(apart)
    start = house.begin("media_player.select_source", BEDROOM, source=GAME)
    await house.clock.result(asyncio.gather(on, start), within=60)
    await house.clock.pass_by(60)
    assert _game(house) == GAME
    assert [told.command for told in console.history.commands].count("WakeUp") == 1
    assert seen == ["on", "playing"]


async def test_keys_wait_for_the_wake(house: House) -> None:
    """Case A3: what is pressed after WakeUp reaches the console, in order."""
    console = house.console("bedroom")
    console.behave(PRESETS["A3"])
    await house.act(
        "remote.send_command", REMOTE, within=90, command=["WakeUp", "A", "Down"]
    )
    told = [
        one.parameters.get("keyType", one.command) for one in console.history.commands
    ]
    assert told == ["WakeUp", "A", "Down"]
    awake = next(at for at, state in console.history.states.entries if state.awake)
    assert all(one.at >= awake for one in console.history.commands[1:])


async def test_keys_hear_that_nothing_woke(house: House) -> None:
    """Case A3: if there is no console to hear them, they fail with a reason."""
    house.console("bedroom").behave(PRESETS["A8"])
    with pytest.raises(HomeAssistantError) as error:
        await house.act(
            "remote.send_command", REMOTE, within=120, command=["WakeUp", "A"]
        )
    assert error.value.translation_key == "console_off"


async def test_the_volume_waits_for_the_wake(house: House) -> None:
    """Case A4: a command without an effect replaces nothing, and waits for the wake."""
    console = house.console("bedroom")
    console.behave(PRESETS["A4"])
    seen = house.watch(BEDROOM)
    on = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(3)
    louder = house.begin("media_player.volume_up", BEDROOM)
    await house.clock.result(asyncio.gather(on, louder), within=60)
    await house.clock.pass_by(30)
    assert seen == ["on"]
    assert [one.command for one in console.history.commands] == ["WakeUp", "Volume"]


@pytest.mark.parametrize("knobs", [PRESETS["A5"], PRESETS["A6"]], ids=["5 s", "25 s"])
async def test_a_key_does_not_end_a_launch(house: House, knobs: ConsoleKnobs) -> None:
    """Case A5: one launch is shown once, whatever key is pressed meanwhile."""
    house.console("living_room").behave(knobs)
    titles = house.watch(LIVING_ROOM, "media_title")
    launch = house.begin("media_player.select_source", LIVING_ROOM, source=GAME)
    await house.clock.pass_by(1)
    await house.act("remote.send_command", "remote.living_room", command="A")
    await house.clock.result(launch, within=60)
    await house.clock.pass_by(60)
    assert titles == [GAME]


async def test_waiting_for_a_launch_means_its_app(house: House) -> None:
    """Case A6: it goes on when the app runs, not when another command is obeyed."""
    house.console("living_room").behave(PRESETS["A6"])
    before = house.clock.now
    launch = house.begin("xbox_console.launch", LIVING_ROOM, app=GAME, wait=True)
    await house.clock.pass_by(2)
    await house.act("media_player.volume_up", LIVING_ROOM, within=5)
    await house.clock.result(launch, within=60)
    assert house.clock.now - before >= 25
    assert house.console("living_room").shell.running is not None
    assert _game(house, LIVING_ROOM) == GAME


@pytest.mark.parametrize(
    ("deaf", "way"),
    [
        (0.0, "swallowed"),
        (10.0, "swallowed"),
        (25.0, "swallowed"),
        (25.0, "Error"),
        (10.0, "ErrorCallingWNS"),
        (25.0, "ErrorWNSTempDisconnected"),
    ],
)
async def test_a_slow_wake_ends_in_the_game(
    house: House, deaf: float, way: str
) -> None:
    """Case A7: the launch waits for the console, and is sent again while it is not ready."""
    knobs = PRESETS["A7"].changed({"launch_deaf_seconds": deaf, "launch_deaf_way": way})
    house.console("bedroom").behave(knobs)
    seen = house.watch(BEDROOM)
    await house.act("media_player.select_source", BEDROOM, within=31, source=GAME)
    await house.clock.pass_by(60)
    assert _game(house) == GAME
    assert house.console("bedroom").shell.running is not None
    assert seen == ["on", "playing"]


async def test_a_wake_that_never_comes(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Case A8: on is taken back within 75 seconds, and told once, though nobody waits any more."""
    house.console("bedroom").behave(PRESETS["A8"])
    failed: list[Event[dict[str, Any]]] = []
    house.hass.bus.async_listen("xbox_console_command_failed", failed.append)
    seen = house.watch(BEDROOM)
    await house.act("media_player.turn_on", BEDROOM, within=31)
    assert house.state(BEDROOM).attributes["pending"] == "waking"
    await house.clock.pass_by(50)
    assert seen == ["on", "off"]
    assert house.state(BEDROOM).attributes["pending"] is None
    await house.clock.pass_by(100)
    assert seen == ["on", "off"]
    assert [event.data["command"] for event in failed] == ["WakeUp"]
    assert caplog.text.count("The console did not do WakeUp") == 1


async def test_what_failed_is_said(house: House) -> None:
    """Case A8: whoever waits for a launch hears that it was the wake which failed."""
    house.console("bedroom").behave(PRESETS["A8"])
    with pytest.raises(HomeAssistantError) as error:
        await house.act("xbox_console.launch", BEDROOM, within=121, app=GAME, wait=True)
    assert error.value.translation_key == "console_did_not_wake"
    assert house.shows(BEDROOM) == "off"


@pytest.mark.parametrize(
    ("apart", "op_seconds"),
    [(0.5, 0.0), (0.5, NEVER), (1.0, 2.0), (4.0, 0.0), (4.0, 2.0)],
)
@pytest.mark.parametrize("entity", [LIVING_ROOM, BEDROOM])
async def test_the_last_wish_wins(
    house: House, entity: str, apart: float, op_seconds: float
) -> None:
    """Case A9: it is kept, and sent when the first change is seen; the first caller hears so."""
    ends = entity == LIVING_ROOM
    first, last = ("turn_off", "turn_on") if ends else ("turn_on", "turn_off")
    console = house.console(entity.partition(".")[2])
    console.behave(
        ConsoleKnobs.answering(
            op_seconds, wake__effect_seconds=8.0, turn_off__effect_seconds=6.0
        )
    )
    earlier = house.begin(f"media_player.{first}", entity)
    await house.clock.pass_by(apart)
    await house.act(f"media_player.{last}", entity, within=60)
    with pytest.raises(HomeAssistantError) as replaced:
        await house.clock.result(earlier, within=1)
    assert replaced.value.translation_key == "command_replaced"
    await house.clock.pass_by(60)
    assert (console.power is PowerState.ON) is ends
    assert (house.shows(entity) != "off") is ends


@pytest.mark.parametrize(
    ("shows", "ends"),
    [
        ("On", "On"),
        ("Off", "On"),
        ("ConnectedStandby", "On"),
        ("On", "asleep"),
        ("Off", "asleep"),
    ],
)
async def test_a_restart_holds_the_state(house: House, shows: str, ends: str) -> None:
    """Case A10: lights and televisions do not follow a restart that was asked for."""
    console = house.console("living_room")
    console.behave(PRESETS["A10"].changed({"reboot_shows": shows, "reboot_ends": ends}))
    seen = house.watch(LIVING_ROOM)
    await house.act("button.press", "button.living_room_restart", within=25)
    assert house.state(LIVING_ROOM).attributes["pending"] == "restarting"
    await house.clock.pass_by(120)
    assert house.state(LIVING_ROOM).attributes["pending"] is None
    assert seen == (["on"] if ends == "On" else ["off"])


async def test_an_install_waits_for_its_own_operation(house: House) -> None:
    """Case A11: any other command that is obeyed meanwhile confirms nothing."""
    house.console("living_room").behave(PRESETS["A11"])
    install = house.begin(
        "xbox_console.install_app", LIVING_ROOM, product="9ZHTX4LLQ7SF"
    )
    await house.clock.pass_by(2)
    await house.act("media_player.volume_up", LIVING_ROOM, within=5)
    await house.clock.pass_by(5)
    assert not install.done()
    with pytest.raises(HomeAssistantError) as error:
        await house.clock.result(install, within=60)
    assert error.value.translation_key == "command_unanswered"


async def test_an_install_that_got_lost_is_no_success(house: House) -> None:
    """Case A11: what was not heard is not said to be done."""
    house.fail(kind="slow", path="/commands", seconds=60)
    with pytest.raises(HomeAssistantError) as error:
        await house.act(
            "xbox_console.install_app", LIVING_ROOM, within=90, product="9ZHTX4LLQ7SF"
        )
    assert error.value.translation_key == "timeout"


async def test_off_means_what_the_network_says(house: House) -> None:
    """Case A12: a console that the network calls on is turned off, whatever is shown of it."""
    console = house.console("bedroom")
    console.behave(PRESETS["A12"])
    while console.history.states.entries[-1][1].transition != "maintenance":
        await house.clock.pass_by(5)
    await house.clock.pass_by(10)
    assert house.shows(BEDROOM) == "off"
    await house.act("media_player.turn_off", BEDROOM)
    assert [told.command for told in console.history.commands] == ["TurnOff"]


async def test_off_that_nobody_can_ask_about_is_an_error(house: House) -> None:
    """Case A12: a look that failed raises its error instead of a success."""
    house.fail(kind="status", path="/consoles", status=503)
    with pytest.raises(HomeAssistantError) as error:
        await house.act("media_player.turn_off", BEDROOM)
    assert error.value.translation_key == "service_unavailable"
    assert house.heard == []


async def test_a_timeout_covers_the_wake_too(house: House) -> None:
    """Case D12: five seconds are five seconds, whatever they are spent on."""
    house.console("bedroom").behave(PRESETS["A7"])
    before = house.clock.now
    with pytest.raises(HomeAssistantError) as error:
        await house.act("xbox_console.launch", BEDROOM, app=GAME, wait=True, timeout=5)
    assert house.clock.now - before <= 6
    assert error.value.translation_key == "console_did_not_wake"


async def test_a_cancelled_script_touches_nobody_else(house: House) -> None:
    """Case D4: a script that is stopped in the middle of its commands leaves the console as it is."""
    seen = house.watch(LIVING_ROOM)
    house.fail(kind="slow", path="/", seconds=2)
    call = house.begin(
        "remote.send_command", "remote.living_room", command=["A", "B"], delay_secs=1
    )
    await house.clock.pass_by(1)
    call.cancel()
    await house.clock.pass_by(60)
    assert seen == []
