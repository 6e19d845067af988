"""What the media player does reaches the console, shows at once, and stays or is taken back."""

from typing import Any

from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import PowerState
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


@pytest.fixture
async def film(house: House) -> None:
    """A film runs in the living room."""
    console = house.console("living_room")
    console.shell.show(house.simulator.world.titles["larkvision"])
    await house.clock.pass_by(15)
    assert house.shows(LIVING_ROOM) == "playing"


async def test_turn_on_waits_until_the_console_is_on(house: House) -> None:
    """The action returns when the console is awake, which takes it 8 seconds."""
    before = house.clock.now
    await house.act("media_player.turn_on", BEDROOM, within=12)
    assert house.clock.now - before >= 8
    assert house.heard == [("Power", "WakeUp", {})]
    assert house.console("bedroom").power is PowerState.ON
    assert house.shows(BEDROOM) == "on"


async def test_turn_on_shows_at_once(house: House) -> None:
    """Whoever looks meanwhile sees the console as on."""
    call = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(1)
    assert house.console("bedroom").power is PowerState.STANDBY
    assert house.shows(BEDROOM) == "on"
    await house.clock.result(call, within=12)


async def test_turn_off_waits_until_the_console_sleeps(house: House) -> None:
    """The action returns when the console sleeps, which takes it 4 seconds."""
    before = house.clock.now
    await house.act("media_player.turn_off", LIVING_ROOM, within=8)
    assert house.clock.now - before >= 4
    assert house.heard == [("Power", "TurnOff", {})]
    assert house.console("living_room").power is PowerState.STANDBY
    assert house.shows(LIVING_ROOM) == "off"


@pytest.mark.parametrize(
    ("action", "entity"),
    [("turn_on", LIVING_ROOM), ("turn_off", BEDROOM)],
)
async def test_what_is_done_already_is_not_sent(
    house: House, action: str, entity: str
) -> None:
    """A console that is on is not woken, one that sleeps is not put to sleep."""
    await house.act(f"media_player.{action}", entity)
    assert house.heard == []


async def test_turn_on_looks_before_it_believes_that_the_console_is_on(
    house: House,
) -> None:
    """A console that fell asleep a moment ago is woken."""
    house.console("living_room").power = PowerState.STANDBY
    assert house.shows(LIVING_ROOM) == "playing"
    await house.act("media_player.turn_on", LIVING_ROOM)
    assert house.heard == [("Power", "WakeUp", {})]
    assert house.console("living_room").power is PowerState.ON


@pytest.mark.usefixtures("film")
async def test_pause_and_play(house: House) -> None:
    """A pause shows at once, and so does its end."""
    shell = house.console("living_room").shell
    await house.act("media_player.media_pause", LIVING_ROOM, within=1)
    assert (shell.playback, house.shows(LIVING_ROOM)) == ("Paused", "paused")
    await house.clock.pass_by(30)
    assert house.shows(LIVING_ROOM) == "paused"
    await house.act("media_player.media_play", LIVING_ROOM, within=1)
    assert (shell.playback, house.shows(LIVING_ROOM)) == ("Playing", "playing")


@pytest.mark.parametrize("action", ["media_pause", "media_play", "media_play_pause"])
async def test_a_game_is_not_paused(house: House, action: str) -> None:
    """Case A13: a game has no media session, so nothing is shown that nothing can confirm."""
    seen = house.watch(LIVING_ROOM)
    await house.act(f"media_player.{action}", LIVING_ROOM, within=1)
    await house.clock.pass_by(10)
    assert seen == []


@pytest.mark.usefixtures("film")
async def test_stop_goes_home(house: House) -> None:
    """The network has no Stop; going home ends every film."""
    await house.act("media_player.media_stop", LIVING_ROOM, within=1)
    assert house.heard == [("Shell", "GoHome", {})]
    assert house.shows(LIVING_ROOM) == "on"
    assert house.state(LIVING_ROOM).attributes["source"] == "Home"


@pytest.mark.parametrize(
    ("action", "data", "heard"),
    [
        ("media_next_track", {}, ("Media", "Next", {})),
        ("media_previous_track", {}, ("Media", "Previous", {})),
        ("volume_up", {}, ("Audio", "Volume", {"direction": "Up", "amount": "1"})),
        ("volume_down", {}, ("Audio", "Volume", {"direction": "Down", "amount": "1"})),
        ("volume_mute", {"is_volume_muted": True}, ("Audio", "Mute", {})),
        ("volume_mute", {"is_volume_muted": False}, ("Audio", "Unmute", {})),
        ("media_play_pause", {}, ("Media", "Pause", {})),
    ],
)
async def test_a_key_press_goes_out_at_once(
    house: House, action: str, data: dict[str, Any], heard: tuple[str, str, object]
) -> None:
    """Nobody waits for what the network cannot tell about."""
    await house.act(f"media_player.{action}", LIVING_ROOM, within=1, **data)
    assert house.heard == [heard]


async def test_mute_is_remembered(house: House) -> None:
    """No service tells whether the sound is off, so what was sent last counts."""
    for muted in (True, False):
        await house.act("media_player.volume_mute", LIVING_ROOM, is_volume_muted=muted)
        assert house.console("living_room").shell.muted is muted
        await house.clock.pass_by(60)
        assert house.state(LIVING_ROOM).attributes["is_volume_muted"] is muted


async def test_select_source_starts_a_game(house: House) -> None:
    """The action returns when the game runs; its name shows at once."""
    await house.act(
        "media_player.select_source", LIVING_ROOM, within=6, source="Nebula Drift GT"
    )
    nebula = house.simulator.world.titles["nebula"]
    assert house.heard == [
        (
            "Shell",
            "ActivateApplicationWithOneStoreProductId",
            {"oneStoreProductId": nebula.product_id},
        )
    ]
    assert house.console("living_room").shell.running is nebula
    shown = house.state(LIVING_ROOM)
    assert shown.state == "playing"
    assert shown.attributes["source"] == "Nebula Drift GT"
    assert shown.attributes["app_id"] == nebula.product_id
    assert shown.attributes["media_content_type"] == "game"


async def test_select_source_home(house: House) -> None:
    """Home is no app that could be started, but a source like any other."""
    await house.act("media_player.select_source", LIVING_ROOM, source="Home")
    assert house.heard == [("Shell", "GoHome", {})]
    assert house.shows(LIVING_ROOM) == "on"


async def test_select_source_wakes_the_console_first(house: House) -> None:
    """Choosing a game in bed needs one tap."""
    await house.act(
        "media_player.select_source", BEDROOM, within=20, source="Iron Lanterns"
    )
    assert [name for _, name, _ in house.heard] == [
        "WakeUp",
        "ActivateApplicationWithOneStoreProductId",
    ]
    assert house.shows(BEDROOM) == "playing"


@pytest.mark.parametrize("by", ["name", "product_id", "shouted"])
async def test_play_media_takes_names_and_product_ids(house: House, by: str) -> None:
    """In any case."""
    title = house.simulator.world.titles["tidewater"]
    wanted = {
        "name": title.name,
        "product_id": title.product_id,
        "shouted": (title.name or "").upper(),
    }[by]
    await house.act(
        "media_player.play_media",
        LIVING_ROOM,
        media_content_type="game",
        media_content_id=wanted,
    )
    assert house.console("living_room").shell.running is title


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("select_source", {"source": "Chess"}),
        ("play_media", {"media_content_type": "game", "media_content_id": "Chess"}),
    ],
)
async def test_what_is_not_installed_is_refused(
    house: House, action: str, data: dict[str, Any]
) -> None:
    """The error lists what there is, and nothing is sent."""
    with pytest.raises(ServiceValidationError) as refusal:
        await house.act(f"media_player.{action}", LIVING_ROOM, **data)
    assert refusal.value.translation_key == "unknown_app"
    words = refusal.value.translation_placeholders or {}
    assert words["app"] == "Chess"
    assert words["console"] == "Living room"
    assert "Starfall Odyssey" in words["apps"]
    assert house.heard == []


async def test_two_games_of_one_name_are_told_apart(house: House) -> None:
    """Each can be started by its own source name."""
    sources = house.state(LIVING_ROOM).attributes["source_list"]
    assert {"Skyline", "Skyline (2)"} <= set(sources)
    started = set()
    for source in ("Skyline", "Skyline (2)"):
        await house.act("media_player.select_source", LIVING_ROOM, source=source)
        assert house.state(LIVING_ROOM).attributes["source"] == source
        running = house.console("living_room").shell.running
        assert running is not None
        started.add(running.key)
    assert started == {"skyline", "skyline-2011"}


async def test_a_screensaver_is_idle(house: House) -> None:
    """A console that nobody touches is on but idle."""
    await house.act("media_player.select_source", LIVING_ROOM, source="Home")
    await house.clock.pass_by(700)
    assert house.shows(LIVING_ROOM) == "idle"
    await house.act("remote.send_command", "remote.living_room", command="A")
    await house.clock.pass_by(15)
    assert house.shows(LIVING_ROOM) == "on"


async def test_an_open_guide_hides_no_game(house: House) -> None:
    """The guide is an overlay, even if the network calls it what runs."""
    house.simulator.world.knobs.guide_takes_focus = True
    house.console("living_room").shell.guide()
    await house.clock.pass_by(15)
    shown = house.state(LIVING_ROOM)
    assert shown.attributes["source"] == "Starfall Odyssey"
    assert shown.state == "playing"


async def test_a_stale_app_does_not_run_on_a_sleeping_console(house: House) -> None:
    """The network goes on naming the last app while the console sleeps."""
    house.simulator.world.knobs.focus_in_standby = "stale"
    await house.act("media_player.turn_off", LIVING_ROOM)
    await house.clock.pass_by(200)
    assert house.shows(LIVING_ROOM) == "off"
    assert house.shows("sensor.living_room_running_app") == "unknown"
