"""Every name that the remote takes, and what the console receives for it."""

from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.consoles import names
from tests.integration.house import House

LIVING_ROOM = "remote.living_room"
BEDROOM = "remote.bedroom"

VOLUME_UP = ("Audio", "Volume", {"direction": "Up", "amount": "1"})
VOLUME_DOWN = ("Audio", "Volume", {"direction": "Down", "amount": "1"})
GUIDE_TAB = ("Shell", "ShowGuideTab", {"tabName": "Guide"})


def _key(name: str) -> tuple[str, str, dict[str, str]]:
    return ("Shell", "InjectKey", {"keyType": name})


NAMES: dict[str, tuple[str, str, dict[str, str]]] = {
    "TurnOff": ("Power", "TurnOff", {}),
    "Reboot": ("Power", "Reboot", {}),
    "Play": ("Media", "Play", {}),
    "Pause": ("Media", "Pause", {}),
    "Next": ("Media", "Next", {}),
    "Previous": ("Media", "Previous", {}),
    "Mute": ("Audio", "Mute", {}),
    "Unmute": ("Audio", "Unmute", {}),
    "VolumeUp": VOLUME_UP,
    "VolumeDown": VOLUME_DOWN,
    "GoHome": ("Shell", "GoHome", {}),
    "GoBack": ("Shell", "GoBack", {}),
    "Backspace": ("Shell", "GoBack", {}),
    "ShowGuideTab": GUIDE_TAB,
    "ShowGuide": ("TV", "ShowGuide", {}),
    **{
        key: _key(key)
        for key in (
            *("Nexus", "Guide", "Menu", "View", "A", "B", "X", "Y"),
            *("Up", "Down", "Left", "Right"),
        )
    },
    # What the console is doing decides: it is on, plays a game, and is not muted.
    "Power": ("Power", "TurnOff", {}),
    "PlayPause": ("Media", "Pause", {}),
    "MuteToggle": ("Audio", "Mute", {}),
}
"""What each advertised name makes of a console that is on, plays a game, and is not muted; WakeUp is for
one that is not on. Nothing is being typed."""


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


def test_no_name_is_left_out() -> None:
    """What is advertised is what is tested here."""
    assert {*NAMES, "WakeUp"} == set(names.NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_each_name(house: House, name: str) -> None:
    """The console receives what the name says, nothing else."""
    await house.act("remote.send_command", LIVING_ROOM, command=name)
    assert house.heard == [NAMES[name]]


@pytest.mark.parametrize("name", ["GO_HOME", "go home", "go-home", "goHome"])
async def test_names_are_written_in_any_way(house: House, name: str) -> None:
    """Capitals, dashes and spaces make no difference."""
    await house.act("remote.send_command", LIVING_ROOM, command=name)
    assert house.heard == [NAMES["GoHome"]]


@pytest.mark.parametrize("name", ["WakeUp", "turn_on", "Power", "power"])
async def test_waking(house: House, name: str) -> None:
    """What wakes is for a console that is not on."""
    await house.act("remote.send_command", BEDROOM, command=name)
    assert house.heard == [("Power", "WakeUp", {})]
    assert house.shows(BEDROOM) == "on"


@pytest.mark.parametrize("prefix", ["text:", "Text:", "Lit_", "lit_"])
async def test_text(house: House, prefix: str) -> None:
    """Only what is marked as text is typed, to the letter."""
    text = "Ärger: 日本語 & 'quotes' Up"
    await house.act("remote.send_command", LIVING_ROOM, command=prefix + text)
    assert house.heard == [("Shell", "InjectString", {"replacementString": text})]
    assert house.console("living_room").shell.typed == text


@pytest.mark.parametrize(
    "names", [["Jump"], ["A", "Jump", "B"], ["hello world"], [""], ["Jump", "Duck"]]
)
async def test_an_unknown_name_sends_nothing(house: House, names: list[str]) -> None:
    """Not even the known ones before it; the error names what is unknown."""
    with pytest.raises(ServiceValidationError) as refusal:
        await house.act("remote.send_command", LIVING_ROOM, command=names)
    assert house.heard == []
    assert refusal.value.translation_key == "unknown_command"
    words = refusal.value.translation_placeholders or {}
    for unknown in {"Jump", "Duck"} & set(names):
        assert unknown in words["command"]


async def test_an_unknown_name_is_two_lines(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Case R11: the name, and where the list is, which the log has once."""
    for name in ("Jump", "Duck", "x" * 500):
        with pytest.raises(ServiceValidationError) as refusal:
            await house.act("remote.send_command", LIVING_ROOM, command=name)
        first, second = str(refusal.value).splitlines()
        assert first.startswith(f"Unknown command: {name[:40]}")
        assert max(len(first), len(second)) <= 80
    listed = [record for record in caplog.messages if "takes these commands" in record]
    assert len(listed) == 1
    assert all(name in listed[0] for name in names.NAMES)


async def test_a_sequence_is_sent_in_order_and_repeated(house: House) -> None:
    """With the pause that was asked for between any two."""
    before = house.clock.now
    await house.act(
        "remote.send_command",
        LIVING_ROOM,
        command=["Up", "Down", "A"],
        num_repeats=2,
        delay_secs=0.5,
    )
    assert house.heard == [_key(key) for key in ("Up", "Down", "A") * 2]
    assert 2.5 <= house.clock.now - before < 3


async def test_toggles_look_at_the_state_before_each_repeat(house: House) -> None:
    """Pause, then play: the second press sees what the first did."""
    house.console("living_room").shell.show(house.simulator.world.titles["larkvision"])
    await house.clock.pass_by(15)
    await house.act(
        "remote.send_command", LIVING_ROOM, command="PlayPause", num_repeats=2
    )
    assert [name for _, name, _ in house.heard] == ["Pause", "Play"]
    assert house.shows("media_player.living_room") == "playing"


async def test_turn_on_and_off(house: House) -> None:
    """The remote is on when the console is."""
    assert house.shows(LIVING_ROOM) == "on"
    await house.act("remote.turn_off", LIVING_ROOM)
    assert house.shows(LIVING_ROOM) == "off"
    await house.act("remote.turn_on", LIVING_ROOM)
    assert house.shows(LIVING_ROOM) == "on"
    assert [name for _, name, _ in house.heard] == ["TurnOff", "WakeUp"]


@pytest.mark.parametrize("entity", [LIVING_ROOM, BEDROOM])
async def test_an_activity_is_started(house: House, entity: str) -> None:
    """On a console that sleeps, too."""
    await house.act("remote.turn_on", entity, activity="Tidewater Tales")
    assert house.state(entity).attributes["current_activity"] == "Tidewater Tales"
    running = house.console(entity.removeprefix("remote.")).shell.running
    assert running is house.simulator.world.titles["tidewater"]


async def test_the_activities_are_the_sources(house: House) -> None:
    """Home, then games, then apps."""
    activities = house.state(LIVING_ROOM).attributes["activity_list"]
    sources = house.state("media_player.living_room").attributes["source_list"]
    assert activities == sources
    assert activities[0] == "Home"
    assert activities.index("Tidewater Tales") < activities.index("Cassette Radio")


async def test_an_unknown_activity_wakes_nobody(house: House) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ServiceValidationError) as refusal:
        await house.act("remote.turn_on", BEDROOM, activity="Chess")
    assert refusal.value.translation_key == "unknown_app"
    assert house.heard == []
