"""Bedtime: a message, the end, and no game in the night, whatever the clock and Home Assistant do."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.util import dt as dt_util
import pytest

from tests.integration.blueprints.scene import (
    ACCOUNT,
    BEDROOM,
    CHILD,
    LIVING_ROOM,
    MIKA,
    Scene,
)
from tests.integration.house import XCCS
from tests.integration.virtual_time import START

SOON, LATE = "To bed soon", "To bed"
CHILD_IN_GAME = f"binary_sensor.{CHILD}_in_game"
RELEASED: Mapping[str, Any] = {
    "consoles": [LIVING_ROOM],
    "bedtime": "23:00:00",
    "morning": "02:00:00",
    "evenings": ["fri"],
    "before": 15,
    "recipients": [f"notify.{MIKA}_message"],
    "message": SOON,
}
"""The inputs of 0.1.0; the evening is a Friday, 22:40."""
OURS: Mapping[str, Any] = {"people": [CHILD_IN_GAME], "message_late": LATE}
"""For the child only."""
BOTH: Mapping[str, Any] = {"consoles": [LIVING_ROOM, BEDROOM]}
MIDNIGHT = START + timedelta(hours=2)
"""Of Friday, where `_bedtime` is by default."""


@pytest.fixture
def frozen(
    request: pytest.FixtureRequest, frozen: FrozenDateTimeFactory
) -> FrozenDateTimeFactory:
    """Time stands still shortly before bedtime, where no other moment is named."""
    frozen.move_to(getattr(request, "param", START + timedelta(minutes=40)))
    return frozen


async def _bedtime(scene: Scene, zone: str = "Asia/Dubai", **inputs: Any) -> None:
    await scene.hass.config.async_set_time_zone(zone)
    await scene.use("bedtime", **{**RELEASED, **inputs})


@pytest.mark.parametrize("frozen", [START + timedelta(minutes=90)], indirect=True)
async def test_with_the_inputs_of_0_1_0(scene_of_two: Scene) -> None:
    """A message, the end, and no game in the night; in the morning all is well again."""
    scene = scene_of_two
    await _bedtime(scene, **BOTH, bedtime="23:50:00", morning="00:20:00")
    assert f"{dt_util.now():%a %H:%M}" == "Fri 23:30"
    await scene.pass_by(4)
    assert scene.messages == []
    await scene.pass_by(6)
    assert scene.messages == [SOON]
    assert scene.is_on("living_room")
    await scene.pass_by(15)
    assert not scene.is_on("living_room")
    # Saturday's first hours are still the night after Friday.
    await scene.pass_by(7)
    assert f"{dt_util.now():%a}" == "Sat"
    scene.house.console("bedroom").wake()
    await scene.pass_by(10)
    assert not scene.is_on("bedroom")
    await scene.pass_by(10)
    scene.house.console("bedroom").wake()
    await scene.pass_by(10)
    assert scene.is_on("bedroom")
    assert scene.messages == [SOON]


@pytest.mark.parametrize(
    ("frozen", "bedtime"),
    [
        (MIDNIGHT - timedelta(minutes=25), "23:55:00"),
        (MIDNIGHT - timedelta(minutes=20), "00:00:00"),
        (MIDNIGHT - timedelta(minutes=15), "00:05:00"),
        (MIDNIGHT - timedelta(minutes=3), "00:17:00"),
    ],
    indirect=["frozen"],
    ids=["before", "at", "after", "message after"],
)
async def test_round_midnight(scene: Scene, bedtime: str) -> None:
    """Case H4: the message comes 15 min before, and it is the evening of the day before."""
    await _bedtime(scene, bedtime=bedtime)
    await scene.pass_by(4.5)
    assert scene.messages == []
    await scene.pass_by(1)
    assert scene.messages == [SOON]
    await scene.pass_by(14)
    assert scene.is_on("living_room")
    await scene.pass_by(1.5)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON]


@pytest.mark.parametrize("evenings", [["thu"], ["sat"], []])
@pytest.mark.parametrize("frozen", [MIDNIGHT - timedelta(minutes=15)], indirect=True)
async def test_on_other_evenings(scene: Scene, evenings: list[str]) -> None:
    """Nothing happens, not after midnight either."""
    await _bedtime(scene, bedtime="00:05:00", evenings=evenings)
    await scene.pass_by(45)
    assert scene.is_on("living_room")
    assert scene.messages == []


@pytest.mark.parametrize(
    ("down_at", "minutes"),
    [(2, 1), (4, 2), (6, 1), (18, 4), (21, 1), (3, 40), (6, 40)],
)
async def test_a_restart_at_every_stage(
    scene: Scene, down_at: float, minutes: float
) -> None:
    """Case H4: what Home Assistant missed is done when it is back, the message once."""
    await _bedtime(scene)
    await scene.pass_by(down_at)
    await scene.restart(minutes * 60)
    await scene.pass_by(max(0, 25 - down_at - minutes) + 3)
    assert not scene.is_on("living_room")
    missed = down_at < 5 and down_at + minutes > 20
    assert scene.messages == ([] if missed else [SOON])
    await scene.restart()
    await scene.play("living_room", "child")
    await scene.pass_by(4)
    assert not scene.is_on("living_room")


async def test_a_failed_turn_off_is_tried_again(scene: Scene) -> None:
    """Every minute, until the console is off."""
    await _bedtime(scene)
    await scene.pass_by(15)
    scene.house.fail(kind="status", host=XCCS, path="/commands", method="POST", times=3)
    await scene.pass_by(15)
    assert not scene.is_on("living_room")


async def test_a_console_that_cannot_be_reached_at_bedtime(scene: Scene) -> None:
    """It goes off as soon as it can be reached, though it never came on."""
    await _bedtime(scene)
    await scene.pass_by(10)
    await scene.outage(40)
    assert scene.is_on("living_room")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")


@pytest.mark.parametrize(
    ("frozen", "bedtime", "until", "returns"),
    [
        # The clocks go forward at 2:00, back at 3:00: both at 1:00 UTC.
        (datetime(2027, 3, 28, 0, 55, tzinfo=UTC), "03:15:00", 20, 1),
        (datetime(2027, 3, 28, 0, 55, tzinfo=UTC), "02:30:00", 35, 1),
        (datetime(2027, 10, 31, 0, 10, tzinfo=UTC), "02:30:00", 20, 4),
        (datetime(2027, 10, 31, 0, 55, tzinfo=UTC), "03:15:00", 80, 1),
    ],
    indirect=["frozen"],
)
async def test_clocks_change(
    scene: Scene, bedtime: str, until: int, returns: int
) -> None:
    """One bedtime a night, 15 min after the message; an hour that comes twice does not end it."""
    await _bedtime(
        scene, "Europe/Berlin", bedtime=bedtime, morning="06:00:00", evenings=["sat"]
    )
    await scene.pass_by(until - 16)
    assert scene.messages == []
    await scene.pass_by(14)
    assert scene.messages == [SOON]
    assert scene.is_on("living_room")
    for _ in range(returns):
        await scene.pass_by(20)
        assert not scene.is_on("living_room")
        await scene.play("living_room", "child")
    assert scene.messages == [SOON]


async def test_a_bedtime_in_the_day(scene: Scene) -> None:
    """A night that begins and ends on one day."""
    await _bedtime(scene, bedtime="22:50:00", morning="23:10:00")
    await scene.pass_by(15)
    assert not scene.is_on("living_room")
    await scene.pass_by(20)
    await scene.play("living_room", "child")
    await scene.pass_by(15)
    assert scene.is_on("living_room")


async def test_certain_people(scene: Scene) -> None:
    """Who is named goes to bed, and again after a message; a sibling who wakes the console plays on."""
    await _bedtime(scene, **OURS)
    await scene.play("living_room", "child")
    await scene.pass_by(22)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON]
    await scene.play("living_room", "child")
    await scene.pass_by(1.5)
    assert scene.is_on("living_room")
    assert scene.messages == [SOON, LATE]
    await scene.pass_by(3)
    assert not scene.is_on("living_room")
    await scene.play("living_room", "parent")
    await scene.pass_by(15)
    assert scene.is_on("living_room")
    assert scene.messages == [SOON, LATE]


async def test_nobody_of_them_plays(scene: Scene) -> None:
    """Nobody is written to, and nothing is turned off."""
    await _bedtime(scene, **OURS)
    await scene.pass_by(35)
    assert scene.is_on("living_room")
    assert scene.messages == []


@pytest.mark.parametrize(
    ("inputs", "off"),
    [
        ({}, False),
        ({"if_shared": True}, True),
        ({"people": [CHILD_IN_GAME, f"binary_sensor.{ACCOUNT}_in_game"]}, True),
        ({"household": [f"binary_sensor.{MIKA}_in_game"]}, True),
    ],
)
async def test_both_play(scene: Scene, inputs: dict[str, Any], off: bool) -> None:
    """A message, repeated, unless others do not matter, are not at home, or go to bed as well."""
    await _bedtime(scene, **{**OURS, **inputs})
    await scene.play("living_room", "child", "parent")
    await scene.pass_by(44)
    assert scene.is_on("living_room") is not off
    assert scene.messages == ([SOON] if off else [SOON, LATE, LATE, LATE])


@pytest.mark.parametrize("regardless", [False, True])
async def test_two_consoles_alike(scene_of_two: Scene, regardless: bool) -> None:
    """The same game on both, and nobody knows who is where: a message only, unless wanted otherwise."""
    scene = scene_of_two
    scene.house.simulator.world.knobs.presence_device_type = "XboxOne"
    scene.following.do("mika", "offline")
    await _bedtime(scene, **BOTH, **OURS, if_unknown=regardless)
    await scene.play("living_room", "child", title="tidewater")
    await scene.play("bedroom", "parent", title="tidewater")
    await scene.pass_by(25)
    on = {scene.is_on("living_room"), scene.is_on("bedroom")}
    assert on == {not regardless}
    assert scene.messages == ([SOON] if regardless else [SOON, LATE])


@pytest.mark.parametrize("regardless", [False, True])
async def test_presence_is_silent_at_bedtime(scene: Scene, regardless: bool) -> None:
    """Nobody knows who plays: a message only, unless wanted otherwise."""
    await _bedtime(scene, **OURS, if_unknown=regardless)
    await scene.play("living_room", "child")
    await scene.pass_by(3)
    scene.house.fail(kind="status", host="userpresence.xboxlive.com")
    await scene.pass_by(22)
    assert scene.is_on("living_room") is not regardless
    assert scene.messages == ([SOON] if regardless else [SOON, LATE])


async def test_two_automations(scene: Scene) -> None:
    """Children with bedtimes of their own at one console."""
    await _bedtime(scene, **OURS)
    theirs = {"people": [f"binary_sensor.{ACCOUNT}_in_game"], "bedtime": "23:30:00"}
    await scene.use(
        "bedtime", alias="Theirs", **{**RELEASED, **theirs, "message": "Theirs"}
    )
    await scene.play("living_room", "child")
    await scene.pass_by(25)
    assert not scene.is_on("living_room")
    await scene.play("living_room", "parent")
    await scene.pass_by(20)
    assert scene.is_on("living_room")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON, "Theirs"]
