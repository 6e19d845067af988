"""A button that is held down, or pressed again at once, while the network takes its time to answer."""

import asyncio
from collections.abc import AsyncIterator

from homeassistant.core import ServiceResponse
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.routes import xccs
from tests.integration.house import House

REMOTE = "remote.living_room"
PLAYER = "media_player.living_room"
HOLD = 2.0
REPEAT = 0.1
"""Seconds between the calls of a card while a button is held down."""
ANSWERS = pytest.mark.parametrize("answer", [0.0, 0.3, 0.8], ids="{}s".format)


@pytest.fixture(autouse=True)
def everything_loaded(living_room_only: None, loaded: MockConfigEntry) -> None:
    """Start with the account set up, with one console."""


class Pressing:
    """A card that presses buttons, and when what it asked for reached the network."""

    def __init__(self, house: House, answer: float) -> None:
        """Let each answer of the console service take so many seconds."""
        self.house = house
        self.arrivals: list[tuple[float, str, dict[str, str]]] = []
        self.calls: list[asyncio.Task[ServiceResponse]] = []
        self._began = house.clock.now
        if answer:
            house.fail(kind="slow", host="xccs.xboxlive.com", seconds=answer)

    @property
    def now(self) -> float:
        """Seconds since it began."""
        return self.house.clock.now - self._began

    async def show_a_video(self) -> None:
        """Let something play that can be paused, and be known to play."""
        world = self.house.simulator.world
        self.house.console("living_room").shell.show(world.titles["larkvision"])
        await self.house.clock.pass_by(15)

    async def press(self, name: str, *, then: float = 0.0) -> None:
        """Call once, and let some time pass."""
        self.calls.append(self.house.begin("remote.send_command", REMOTE, command=name))
        await self.house.clock.pass_by(then)

    async def hold(self, name: str) -> None:
        """Call again and again, as a card does while a button is down."""
        while self.now < HOLD:
            await self.press(name, then=REPEAT)

    async def done(self) -> None:
        """Let everything come to its end; every call ends without an error."""
        await self.house.clock.result(asyncio.gather(*self.calls), within=30)
        await self.house.clock.settle()

    def came(self, name: str) -> list[float]:
        """When a command was taken, in seconds since the beginning."""
        return [moment for moment, told, _ in self.arrivals if told == name]

    @property
    def told(self) -> list[str]:
        """What was taken, in order: keys by their own name."""
        return [
            parameters.get("keyType", name) for _, name, parameters in self.arrivals
        ]


@pytest.fixture
async def pressing(
    house: House, answer: float, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Pressing]:
    """A card, at a console whose network takes `answer` seconds."""
    pressing = Pressing(house, answer)
    check = xccs._checked  # noqa: SLF001 - the simulator keeps no times of commands

    def listen(body: dict[str, object]) -> dict[str, str]:
        parameters = check(body)
        pressing.arrivals.append((pressing.now, str(body["command"]), parameters))
        return parameters

    monkeypatch.setattr(xccs, "_checked", listen)
    yield pressing
    # Nothing may be on its way when the simulator stops: it would wait for a time that stands still.
    house.simulator.world.faults.clear()
    await house.clock.pass_by(answer)


@ANSWERS
async def test_volume_held_down(pressing: Pressing, answer: float) -> None:
    """Case R4: no step is lost, and none is late: what waits becomes one command."""
    console = pressing.house.console("living_room").shell
    console.volume = 20
    await pressing.hold("volume_up")
    released = pressing.now
    await pressing.done()
    assert console.volume == 20 + len(pressing.calls)
    assert max(pressing.came("Volume")) <= released + 2 * answer + 0.1


@pytest.mark.parametrize(
    ("answer", "name"), [(0.0, "DPAD_LEFT"), (0.3, "up"), (0.8, "DPAD_LEFT")]
)
async def test_a_direction_held_down(
    pressing: Pressing, answer: float, name: str
) -> None:
    """Case R4: it repeats as fast as the network takes it, and stops with the release."""
    await pressing.hold(name)
    released = pressing.now
    await pressing.done()
    late = [moment for moment in pressing.came("InjectKey") if moment > released]
    assert len(late) <= 1
    assert max(pressing.came("InjectKey")) <= released + answer + 0.1


@pytest.mark.parametrize(
    ("answer", "held"),
    [(0.0, "volume_up"), (0.3, "down"), (0.8, "volume_up"), (0.8, "down")],
)
async def test_a_pause_right_after(
    pressing: Pressing, answer: float, held: str
) -> None:
    """Case R4: it does not wait for what the held button has left behind."""
    await pressing.hold(held)
    released = pressing.now
    await pressing.press("pause")
    await pressing.done()
    [paused] = pressing.came("Pause")
    assert paused <= released + 2 * answer + 0.1


@ANSWERS
async def test_play_pause_twice(pressing: Pressing, answer: float) -> None:
    """Case R8: pause, then play: the second press is judged when its turn comes."""
    await pressing.show_a_video()
    await pressing.press("play_pause", then=0.2)
    await pressing.press("play_pause")
    await pressing.done()
    assert pressing.told == ["Pause", "Play"]


@ANSWERS
async def test_mute_twice(pressing: Pressing, answer: float) -> None:
    """Case R8: muted, then heard again."""
    await pressing.press("MUTE", then=0.2)
    await pressing.press("MUTE")
    await pressing.done()
    assert pressing.told == ["Mute", "Unmute"]


@ANSWERS
async def test_play_pause_after_a_key(pressing: Pressing, answer: float) -> None:
    """Case R8: A pauses a video, which nobody is told of; so it is looked at before it is toggled."""
    await pressing.show_a_video()
    await pressing.press("A", then=0.3)
    await pressing.press("play_pause")
    await pressing.done()
    assert pressing.told == ["A", "Play"]


@ANSWERS
async def test_single_taps_keep_their_order(pressing: Pressing, answer: float) -> None:
    """Case R4: only what is held down is thinned out."""
    names = ["Up", "Up", "A", "Left", "Left", "Left", "B", "Menu"]
    for name in names:
        await pressing.press(name, then=0.2)
    await pressing.done()
    assert pressing.told == names


@pytest.mark.parametrize("answer", [0.8])
async def test_another_direction_ends_the_one_before(pressing: Pressing) -> None:
    """Case R4: what was held down is not done behind it."""
    await pressing.hold("up")
    await pressing.press("right", then=5)
    assert pressing.told[-1] == "Right"
    assert pressing.told.count("Up") <= HOLD / 0.8 + 1


@pytest.mark.parametrize("answer", [0.8])
async def test_volume_up_and_down(pressing: Pressing) -> None:
    """Case R4: steps that wait are added up one way at a time."""
    pressing.house.console("living_room").shell.volume = 20
    for name in [*["volume_up"] * 4, "menu", *["volume_up"] * 3, *["volume_down"] * 5]:
        await pressing.press(name, then=0.02)
    await pressing.done()
    assert [
        (told, parameters.get("amount")) for _, told, parameters in pressing.arrivals
    ] == [("Volume", "1"), ("InjectKey", None), ("Volume", "6"), ("Volume", "5")]
    assert pressing.house.console("living_room").shell.volume == 22


@pytest.mark.parametrize("answer", [0.8])
async def test_who_gives_up_takes_nobody_along(pressing: Pressing) -> None:
    """Case R4: a call that was ended, by a script that began anew, is not another's."""
    for _ in range(4):
        await pressing.press("volume_up", then=0.05)
    pressing.calls.pop().cancel()
    await pressing.done()
    assert pressing.came("Volume")
    assert all(call.done() for call in pressing.calls)
