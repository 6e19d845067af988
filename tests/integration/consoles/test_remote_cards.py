"""Cards made for other devices: docs/dashboards.md says what each of their buttons does, and it does."""

from collections.abc import Iterator
from pathlib import Path
import re

from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.consoles.names import FAMILIES
from simulator.consoles.console import PowerState
from tests.integration.consoles.test_remote import NAMES
from tests.integration.house import House

LIVING_ROOM = "remote.living_room"
PLAYER = "media_player.living_room"
ROOT = Path(__file__).parents[3]
_ROW = re.compile(r"^\| ([^|`]+) \| ((?:`[^`]+` ?)+)\| (\w+) \|$", re.MULTILINE)


def _documented() -> Iterator[tuple[str, str, str]]:
    """Mode, name and command of each row of the page, a name at a time."""
    for mode, sent, does in _ROW.findall((ROOT / "docs/dashboards.md").read_text()):
        for name in re.findall(r"`([^`]+)`", sent):
            yield mode, name, does


DOCUMENTED = list(_documented())


@pytest.fixture(autouse=True)
def everything_loaded(living_room_only: None, loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


def test_the_page_lists_every_name() -> None:
    """Case R10: and no other."""
    assert sorted(DOCUMENTED) == sorted(
        (mode, name, does)
        for mode, rows in FAMILIES.items()
        for does, names in rows.items()
        for name in names.split()
    )


async def _come_back(house: House) -> None:
    """Let the living room be as at the start: on, in a game, with sound."""
    console, game = (
        house.console("living_room"),
        house.simulator.world.titles["starfall"],
    )
    muted = house.state(PLAYER).attributes.get("is_volume_muted")
    if console.power is PowerState.ON and console.shell.running is game and not muted:
        return
    if console.power is not PowerState.ON:
        console.wake()
        await house.clock.pass_by(15)
    console.shell.show(game)
    if muted:
        await house.act("media_player.volume_mute", PLAYER, is_volume_muted=False)
    await house.clock.pass_by(30)
    assert house.shows(PLAYER) == "playing"


async def test_each_button_does_what_the_page_says(house: House) -> None:
    """Cases R5, R6, R7, R10: on a console that is on, plays a game, and is not muted; whatever the mode."""
    house.simulator.world.knobs.volume_controls_tv = False
    house.console("living_room").shell.show(house.simulator.world.titles["starfall"])
    # The same name in several modes is one name.
    names = {(name, does) for _, name, does in DOCUMENTED if does != "WakeUp"}
    heard = {}
    for name, does in sorted(names):
        await _come_back(house)
        house.bodies.clear()
        await house.act("remote.send_command", LIVING_ROOM, command=name)
        heard[name, does] = house.heard
    assert heard == {(name, does): [NAMES[does]] for name, does in names}


async def test_keys_that_wake(house: House) -> None:
    """Case R10: each remote has one."""
    console = house.console("living_room")
    for name in sorted({n for _, n, does in DOCUMENTED if does in ("WakeUp", "Power")}):
        console.power = PowerState.STANDBY
        await house.clock.pass_by(40)
        assert house.shows(PLAYER) == "off"
        house.bodies.clear()
        await house.act("remote.send_command", LIVING_ROOM, command=name)
        assert house.heard == [("Power", "WakeUp", {})], name
        await house.clock.pass_by(30)
        assert console.power is PowerState.ON, name


async def test_the_prefix_of_android_means_nothing(house: House) -> None:
    """Case R5: the name does what it does without it."""
    for name in (
        *("KEYCODE_DPAD_UP", "KEYCODE_HOME", "KEYCODE_POWER", "KEYCODE_VOLUME_MUTE"),
        *("KEYCODE_DPAD_CENTER", "KEYCODE_BACK", "KEYCODE_MEDIA_PLAY_PAUSE"),
        *("KEYCODE_MEDIA_REWIND", "KEYCODE_MEDIA_FAST_FORWARD", "KEYCODE_VOLUME_UP"),
        *("KEYCODE_MUTE", "KEYCODE_SELECT", "keycode_dpad_left"),
    ):
        heard = []
        for one in (name, name[8:]):
            await _come_back(house)
            house.bodies.clear()
            await house.act("remote.send_command", LIVING_ROOM, command=one)
            heard.append(house.heard)
        with_prefix, without = heard
        assert with_prefix == without, name
        assert len(with_prefix) == 1, name


@pytest.mark.parametrize(
    ("name", "playing"),
    [("play", "Pause"), ("Play", "Play"), ("MEDIA_PLAY", "Play"), ("KEY_PLAY", "Play")],
)
async def test_the_play_of_a_roku_pauses_what_plays(
    house: House, name: str, playing: str
) -> None:
    """Case R7: it is the only such key there; the network's Play, and that of others, is Play."""
    shell = house.console("living_room").shell
    shell.show(house.simulator.world.titles["larkvision"])
    await house.clock.pass_by(15)
    await house.act("remote.send_command", LIVING_ROOM, command=name)
    await house.clock.pass_by(15)
    assert [told for _, told, _ in house.heard] == [playing]
    await house.act("media_player.media_pause", PLAYER)
    await house.clock.pass_by(15)
    await house.act("remote.send_command", LIVING_ROOM, command=name)
    assert house.heard[-1] == ("Media", "Play", {})
    assert shell.playback == "Playing"


async def test_the_search_cannot_be_reached(house: House) -> None:
    """Case R9: one line says so, and nothing is sent."""
    for name in ("SEARCH", "search", "KEYCODE_SEARCH", "GoToSearch", "Go to search"):
        with pytest.raises(ServiceValidationError) as refusal:
            await house.act("remote.send_command", LIVING_ROOM, command=name)
        assert str(refusal.value) == (
            f"{name}: no command reaches the search of an Xbox console"
        )
    assert house.heard == []


async def test_what_cannot_be_is_no_name(house: House) -> None:
    """Case R10: numbers, colours, bumpers and inputs are unknown."""
    for name in ("5", "PROG_RED", "BUTTON_L1", "TV_INPUT_HDMI_1"):
        with pytest.raises(ServiceValidationError) as refusal:
            await house.act("remote.send_command", LIVING_ROOM, command=name)
        assert refusal.value.translation_key == "unknown_command", name
    assert house.heard == []


def _got(house: House) -> list[str]:
    """What was received, in short: a key or a command with its direction."""
    return [
        parameters.get("keyType")
        or " ".join(filter(None, (name, parameters.get("direction"))))
        for _, name, parameters in house.heard
    ]


@pytest.mark.parametrize("name", ["MUTE", "volume_mute"])
async def test_one_mute_key_is_enough(house: House, name: str) -> None:
    """Pressed again it unmutes."""
    await house.act("remote.send_command", LIVING_ROOM, command=[name, name])
    assert _got(house) == ["Mute", "Unmute"]


@pytest.mark.parametrize(
    ("name", "got"), [("Up", "Up"), ("DPAD_LEFT", "Left"), ("volume_up", "Volume Up")]
)
async def test_a_held_key_repeats(house: House, name: str, got: str) -> None:
    """For as long as it is held, and no longer."""
    before = house.clock.now
    await house.act("remote.send_command", LIVING_ROOM, command=name, hold_secs=1)
    assert _got(house) == [got] * 5
    assert house.clock.now - before <= 1


async def test_what_does_not_repeat_is_not_repeated(house: House) -> None:
    """A held A is one A: the network knows only taps."""
    before = house.clock.now
    await house.act("remote.send_command", LIVING_ROOM, command="A", hold_secs=3)
    assert _got(house) == ["A"]
    assert house.clock.now - before < 0.1


async def test_no_pause_after_the_last(house: House) -> None:
    """Two repeats of one key have one pause between them."""
    before = house.clock.now
    await house.act(
        "remote.send_command", LIVING_ROOM, command="A", num_repeats=2, delay_secs=5
    )
    assert _got(house) == ["A", "A"]
    assert 5 <= house.clock.now - before < 5.5
