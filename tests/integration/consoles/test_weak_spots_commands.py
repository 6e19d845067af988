"""What goes wrong with Home Assistant's own Xbox integration, and must not here: telling consoles what to do."""

from typing import Any

from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.components.remote import RemoteEntityFeature
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import intent
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import PowerState
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
REMOTE = "remote.living_room"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def test_c06_home_is_home_and_nothing_else(house: House) -> None:
    """One command goes out."""
    await house.act(
        "media_player.play_media",
        LIVING_ROOM,
        media_content_type="app",
        media_content_id="Home",
    )
    assert house.heard == [("Shell", "GoHome", {})]


@pytest.mark.parametrize(
    ("action", "entity", "data"),
    [
        ("media_player.turn_on", BEDROOM, {}),
        ("media_player.turn_off", LIVING_ROOM, {}),
        ("media_player.media_play", LIVING_ROOM, {}),
        ("media_player.media_pause", LIVING_ROOM, {}),
        ("media_player.media_stop", LIVING_ROOM, {}),
        ("media_player.media_next_track", LIVING_ROOM, {}),
        ("media_player.media_previous_track", LIVING_ROOM, {}),
        ("media_player.volume_up", LIVING_ROOM, {}),
        ("media_player.volume_down", LIVING_ROOM, {}),
        ("media_player.volume_mute", LIVING_ROOM, {"is_volume_muted": True}),
        ("media_player.select_source", LIVING_ROOM, {"source": "Skyline"}),
        ("remote.turn_off", REMOTE, {}),
        ("remote.turn_on", "remote.bedroom", {}),
        ("remote.send_command", REMOTE, {"command": "A"}),
        ("remote.send_command", REMOTE, {"command": "text:hello"}),
    ],
)
@pytest.mark.parametrize("status", [200, 404])
async def test_c07_errors_are_told(
    house: House, action: str, entity: str, data: dict[str, Any], status: int
) -> None:
    """An answer with an error in it is no success, whatever its HTTP status; no state is flipped."""
    house.fail(
        kind="xccs", path="/commands", word="RemoteManagementDisabled", status=status
    )
    before = house.state(entity)
    with pytest.raises(HomeAssistantError) as told:
        await house.act(action, entity, **data)
    assert told.value.translation_key == "remote_features_disabled"
    assert house.state(entity).state == before.state
    muted = house.state(LIVING_ROOM).attributes.get("is_volume_muted")
    assert muted is False


@pytest.mark.parametrize("typo", ["Hoem", "VolumUp", "aa", "turn it off"])
async def test_c08_a_typo_is_refused_not_typed(
    house: House, typo: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The error says where what there is is listed; names are taken in any case."""
    with pytest.raises(ServiceValidationError) as refusal:
        await house.act("remote.send_command", REMOTE, command=typo)
    assert refusal.value.translation_placeholders == {"command": typo}
    assert "VolumeUp" in caplog.text
    assert house.heard == []
    await house.act("remote.send_command", REMOTE, command="volumeup")
    assert house.heard == [("Audio", "Volume", {"direction": "Up", "amount": "1"})]


async def test_c09_the_reason_arrives(house: House) -> None:
    """An HTTP 404 whose body has a word is that word, not "cannot connect"."""
    house.fail(kind="xccs", path="/commands", word="ErrorWNSTempDisconnected")
    with pytest.raises(HomeAssistantError) as told:
        await house.act("media_player.volume_up", LIVING_ROOM)
    assert told.value.translation_key == "console_temporarily_unreachable"


async def test_c11_a_command_shows_at_once_and_is_followed(house: House) -> None:
    """The state does not wait for the next poll, neither to show nor to take back."""
    call = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(0.5)
    assert house.shows(BEDROOM) == "on"
    assert house.console("bedroom").power is PowerState.STANDBY
    before = house.clock.now
    await house.clock.result(call, within=15)
    assert house.console("bedroom").power is PowerState.ON
    assert house.clock.now - before < 11


async def test_c24_a_command_is_confirmed(house: House) -> None:
    """What the service says of the operation is asked for, and a denial is told and taken back."""
    knobs, console = house.simulator.world.knobs, house.console("living_room")
    knobs.op_outcome, knobs.sleep_seconds = "Error", 1000.0
    call = house.begin("media_player.turn_off", LIVING_ROOM)
    await house.clock.settle()
    assert house.shows(LIVING_ROOM) == "off"
    sent = house.simulator.world.operations.latest(console.id)
    assert sent is not None
    sent.done_at = house.clock.now + 3
    with pytest.raises(HomeAssistantError) as told:
        await house.clock.result(call, within=10)
    await house.clock.settle()
    assert told.value.translation_key == "command_failed"
    assert house.requests("/opStatus")
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.parametrize(
    ("sentence", "slots", "heard"),
    [
        ("HassMediaPause", {}, "Pause"),
        (
            "HassMediaSearchAndPlay",
            {"search_query": {"value": "hexagarden"}},
            "ActivateApplicationWithOneStoreProductId",
        ),
    ],
)
async def test_c23_voice_works(
    house: House, sentence: str, slots: dict[str, Any], heard: str
) -> None:
    """What people say, the console does; volume by voice takes *Sound through*, see test_sound.py."""
    assert await async_setup_component(house.hass, "intent", {})
    house.console("living_room").install(house.simulator.world.titles["hexagarden"])
    await house.clock.pass_by(15)
    await house.act("button.press", "button.living_room_refresh_app_list")
    await house.clock.result(
        intent.async_handle(
            house.hass, "test", sentence, {"name": {"value": "Living room"}, **slots}
        ),
        within=20,
    )
    assert house.heard[-1][1] == heard


async def test_c25_a_media_player_has_what_it_can_have(house: House) -> None:
    """Sources, search, stop, what runs by id and name, and a class that is no mere speaker."""
    shown = house.state(LIVING_ROOM)
    wanted = (
        MediaPlayerEntityFeature.SELECT_SOURCE
        | MediaPlayerEntityFeature.SEARCH_MEDIA
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.BROWSE_MEDIA
    )
    assert shown.attributes["supported_features"] & wanted == wanted
    assert shown.attributes["device_class"] == "receiver"
    assert shown.attributes["source"] == "Starfall Odyssey"
    assert shown.attributes["app_id"]
    house.console("living_room").shell.home()
    await house.clock.pass_by(15)
    assert house.state(LIVING_ROOM).attributes["app_name"] == "Home"


async def test_c26_a_remote_has_what_it_can_have(house: House) -> None:
    """Activities, volume, and no pause after the last key."""
    shown = house.state(REMOTE)
    assert shown.attributes["supported_features"] & RemoteEntityFeature.ACTIVITY
    assert "Skyline" in shown.attributes["activity_list"]
    before = house.clock.now
    await house.act(
        "remote.send_command",
        REMOTE,
        command=["VolumeUp", "VolumeDown"],
        num_repeats=2,
        delay_secs=3,
    )
    assert [name for _, name, _ in house.heard] == ["Volume"] * 4
    assert 9 <= house.clock.now - before < 10


async def test_c38_mute_does_not_outlive_the_evening(house: House) -> None:
    """A console that was switched off has its sound on again."""
    await house.act("media_player.volume_mute", LIVING_ROOM, is_volume_muted=True)
    assert house.state(LIVING_ROOM).attributes["is_volume_muted"] is True
    await house.act("media_player.turn_off", LIVING_ROOM)
    await house.act("media_player.turn_on", LIVING_ROOM)
    await house.clock.pass_by(60)
    assert house.state(LIVING_ROOM).attributes["is_volume_muted"] is False
