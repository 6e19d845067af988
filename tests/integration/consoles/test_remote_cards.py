"""Cards made for other devices work unchanged: each key name that they send, and how they hold a key."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House

LIVING_ROOM = "remote.living_room"
BEDROOM = "remote.bedroom"

CARDS: dict[str, dict[str, str]] = {
    "apple_tv": {
        "suspend": "TurnOff",
        "home": "GoHome",
        "menu": "Menu",
        "top_menu": "Nexus",
        "volume_up": "Volume Up",
        "volume_down": "Volume Down",
        "up": "Up",
        "down": "Down",
        "left": "Left",
        "right": "Right",
        "select": "A",
        "play": "Play",
        "pause": "Pause",
        "previous": "Previous",
        "next": "Next",
        "skip_forward": "Next",
        "skip_backward": "Previous",
    },
    "roku": {
        "power": "TurnOff",
        "home": "GoHome",
        "back": "GoBack",
        "volume_up": "Volume Up",
        "volume_down": "Volume Down",
        "volume_mute": "Mute",
        "up": "Up",
        "down": "Down",
        "left": "Left",
        "right": "Right",
        "select": "A",
        "info": "View",
        "play": "Play",
        "reverse": "Previous",
        "forward": "Next",
        "replay": "Previous",
        "backspace": "GoBack",
        "enter": "A",
        "channel_up": "Next",
        "channel_down": "Previous",
        "Lit_halo": "halo",
    },
    "android_tv": {
        "POWER": "TurnOff",
        "HOME": "GoHome",
        "BACK": "GoBack",
        "MENU": "Menu",
        "SETTINGS": "ShowGuideTab",
        "VOLUME_UP": "Volume Up",
        "VOLUME_DOWN": "Volume Down",
        "MUTE": "Mute",
        "DPAD_UP": "Up",
        "DPAD_DOWN": "Down",
        "DPAD_LEFT": "Left",
        "DPAD_RIGHT": "Right",
        "DPAD_CENTER": "A",
        "MEDIA_PLAY_PAUSE": "Pause",
        "MEDIA_PLAY": "Play",
        "MEDIA_PAUSE": "Pause",
        "MEDIA_REWIND": "Previous",
        "MEDIA_FAST_FORWARD": "Next",
        "MEDIA_PREVIOUS": "Previous",
        "MEDIA_NEXT": "Next",
    },
    "generic": {
        "up": "Up",
        "down": "Down",
        "left": "Left",
        "right": "Right",
        "center": "A",
        "menu": "Menu",
        "play_pause": "Pause",
        "previous": "Previous",
        "next": "Next",
        "volume_up": "Volume Up",
        "volume_down": "Volume Down",
    },
    "controller": {
        "START": "Menu",
        "SELECT": "View",
        "XBOX": "Nexus",
        "text:halo": "halo",
    },
}
"""What Universal Remote Card sends for each platform, and what the console gets for it."""


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


def _got(house: House) -> list[str]:
    """What was received, in short: a key, a text or a command with its direction."""
    return [
        parameters.get("keyType")
        or parameters.get("replacementString")
        or " ".join(filter(None, (name, parameters.get("direction"))))
        for _, name, parameters in house.heard
    ]


@pytest.mark.parametrize(
    ("name", "got"),
    [
        pytest.param(name, got, id=f"{card}-{name}")
        for card, keys in CARDS.items()
        for name, got in keys.items()
    ],
)
async def test_each_key_of_each_card(house: House, name: str, got: str) -> None:
    """On a console that is on, plays a game, and is not muted."""
    await house.act("remote.send_command", LIVING_ROOM, command=name)
    assert _got(house) == [got]


@pytest.mark.parametrize("name", ["wakeup", "power", "POWER"])
async def test_keys_that_wake(house: House, name: str) -> None:
    """Each card has one."""
    await house.act("remote.send_command", BEDROOM, command=name)
    assert _got(house) == ["WakeUp"]


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
