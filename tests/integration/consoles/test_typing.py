"""Text from the keyboards of cards: they send a character at a time, the network takes whole texts."""

from collections.abc import Sequence

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House

REMOTE = "remote.living_room"
STROKE = 0.25
"""Seconds between the keys of somebody who types."""

KEYS = (
    ("text:", "DEL", "ENTER"),
    ("text:", "KEYCODE_DEL", "KEYCODE_ENTER"),
    ("Lit_", "backspace", "enter"),
)
"""A prefix, what erases, and what enters, of the Android TV and Roku modes."""
KEYBOARDS = pytest.mark.parametrize(("prefix", "erase", "enter"), KEYS)
AFRESH = 11.0
"""Seconds after which a text begins afresh."""


@pytest.fixture(autouse=True)
def everything_loaded(living_room_and_bedroom: None, loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def _type(house: House, names: Sequence[str], pause: float = STROKE) -> None:
    """Press one after the other, without waiting for any to be done."""
    for name in names:
        house.begin("remote.send_command", REMOTE, command=name)
        await house.clock.pass_by(pause)
    await house.clock.pass_by(5)


def _box(house: House) -> str:
    """What the text box on the screen holds; nothing once it is closed."""
    shell = house.console("living_room").shell
    return shell.typed if shell.overlay == "keyboard" else ""


def _texts(house: House) -> list[str]:
    return [parameters["replacementString"] for *_, parameters in house.heard]


@pytest.mark.parametrize(
    ("prefix", "answer"), [("text:", 0.0), ("Lit_", 0.3), ("text:", 0.8)]
)
async def test_characters_in_succession_accumulate(
    house: House, prefix: str, answer: float
) -> None:
    """Case R1: the box holds all of them, however long the network takes."""
    if answer:
        house.fail(kind="slow", path="/commands", seconds=answer)
    await _type(house, [prefix + character for character in "hello wörld"])
    assert _box(house) == "hello wörld"
    assert all("hello wörld".startswith(text) for text in _texts(house))


async def test_what_waits_is_replaced(house: House) -> None:
    """Case R1: nobody sees every letter come when the network is slow."""
    house.fail(kind="slow", path="/commands", seconds=2)
    await _type(house, [f"text:{character}" for character in "lantern"], pause=0.1)
    assert _texts(house) == ["l", "lantern"]


@pytest.mark.parametrize(
    ("between", "pause"),
    [
        pytest.param([], AFRESH, id="a pause"),
        pytest.param(["Right"], STROKE, id="another key"),
        pytest.param(["play_pause"], STROKE, id="a toggle"),
        pytest.param(["text:tide"], STROKE, id="a whole text"),
    ],
)
async def test_a_text_begins_afresh(
    house: House, between: list[str], pause: float
) -> None:
    """Case R1: after what has ended the one before it."""
    await _type(house, ["text:n", "text:o"])
    await house.clock.pass_by(pause)
    await _type(house, [*between, "text:u", "text:p"])
    assert _box(house) == "up"


async def test_the_last_character_is_taken_off(house: House) -> None:
    """Cases R2, R3: and typing goes on."""
    for prefix, erase, _ in KEYS:
        await _type(house, [f"{prefix}h", f"{prefix}a", erase, f"{prefix}i"])
        assert _box(house) == "hi", erase
        await house.clock.pass_by(AFRESH)


async def test_a_text_that_was_pasted_can_be_mended(house: House) -> None:
    """Case R2: what stands in the box is what has been typed."""
    for prefix, erase, _ in KEYS:
        await _type(house, [f"{prefix}tides", erase, f"{prefix}w"])
        assert _box(house) == "tidew", erase
        await house.clock.pass_by(AFRESH)


@KEYBOARDS
async def test_erasing_goes_back_when_nothing_is_typed(
    house: House, prefix: str, erase: str, enter: str
) -> None:
    """Cases R2, R3: at first, after a pause, and after Enter."""
    await _type(house, [erase])
    await _type(house, [f"{prefix}h"])
    await house.clock.pass_by(AFRESH)
    await _type(house, [erase])
    await _type(house, [f"{prefix}h", enter, erase])
    told = [name for _, name, _ in house.heard]
    assert told == [
        *("GoBack", "InjectString", "GoBack"),
        *("InjectString", "InjectKey", "GoBack"),
    ]


@KEYBOARDS
async def test_enter_ends_the_typing(
    house: House, prefix: str, erase: str, enter: str
) -> None:
    """Case R2: the keyboard closes, nothing is started, and what comes then is another text."""
    shell = house.console("living_room").shell
    shell.leave()
    await _type(house, [f"{prefix}h", f"{prefix}i", erase, erase, f"{prefix}o", enter])
    assert shell.overlay == ""
    assert shell.typed == "o"
    assert shell.running is shell.launching is None
    await _type(house, [f"{prefix}n"])
    assert _box(house) == "n"


@pytest.mark.parametrize(
    ("prefix", "erase", "answer"),
    [("text:", "DEL", 0.0), ("text:", "KEYCODE_DEL", 0.3), ("Lit_", "backspace", 0.3)],
)
async def test_erasing_held_down(
    house: House, prefix: str, erase: str, answer: float
) -> None:
    """Case R3: it empties the box, and neither closes the keyboard nor leaves the app then."""
    if answer:
        house.fail(kind="slow", path="/commands", seconds=answer)
    await _type(house, [f"{prefix}{character}" for character in "tide"])
    await _type(house, [erase] * 10, pause=0.1)
    shell = house.console("living_room").shell
    assert (shell.overlay, shell.typed) == ("keyboard", "")
    assert {name for _, name, _ in house.heard} == {"InjectString"}


async def test_going_back_held_down_goes_back_once(house: House) -> None:
    """Case R3: ten calls of a button that is held down are one."""
    house.console("living_room").shell.show(house.simulator.world.titles["larkvision"])
    await _type(house, ["DEL"] * 10, pause=0.1)
    assert house.heard == [("Shell", "GoBack", {})]


async def test_a_whole_text_stands_alone(house: House) -> None:
    """Case R1: as the text box of a card sends it."""
    for text in ("Tidewater Tales", "", "  "):
        await _type(house, ["text:h", f"Lit_{text}"])
        assert _box(house) == text


async def test_a_letter_given_as_a_text_is_one(house: House) -> None:
    """Case R1: the action that types takes texts, and does not mind what stood before."""
    await _type(house, ["text:h"])
    await house.act("xbox_console.send_text", "media_player.living_room", text="i")
    assert _box(house) == "i"


async def test_consoles_are_typed_on_one_by_one(house: House) -> None:
    """Case R1: each has a text of its own."""
    await house.act("media_player.turn_on", "media_player.bedroom")
    await house.clock.pass_by(60)
    for character in "ab":
        for console in ("living_room", "bedroom"):
            await house.act(
                "remote.send_command",
                f"remote.{console}",
                command=f"text:{character}",
            )
    assert house.console("bedroom").shell.typed == "ab"
    assert house.console("living_room").shell.typed == "ab"
