"""The play-time limit with a budget: its limits are the person's, the rules about others stay."""

from datetime import timedelta
from typing import Any

from homeassistant.util import dt as dt_util
import pytest

from tests.integration.blueprints.scene import CHILD, LIVING_ROOM, MINUTE, Scene
from tests.integration.blueprints.test_play_time_limit import OVER, RELEASED, SOON
from tests.integration.family.at_home import give_budget

BUDGETED = {
    **RELEASED,
    "consoles": [LIVING_ROOM],
    "remaining_today": [f"sensor.{CHILD}_remaining_today"],
    "over_budget": [f"binary_sensor.{CHILD}_over_budget"],
    "message_over": OVER,
}


async def _budget(scene: Scene, minutes: int = 15, **limits: Any) -> None:
    """A budget for the child, who begins to play in the living room."""
    await give_budget(
        scene.following,
        "child",
        daily_budget=minutes,
        weekend_budget=minutes,
        **limits,
    )
    await scene.use("play_time_limit", **BUDGETED)
    await scene.play("living_room", "child")


async def test_a_budget_ends(scene: Scene) -> None:
    """A message before, off at the end, and off again for who comes back."""
    await _budget(scene)
    await scene.pass_by(7)
    assert scene.messages == []
    await scene.pass_by(5)
    assert scene.messages == [SOON]
    await scene.pass_by(6)
    assert not scene.is_on("living_room")
    await scene.play("living_room", "child")
    await scene.pass_by(6)
    assert not scene.is_on("living_room")
    assert scene.messages.count(SOON) == 1


async def test_the_limit_of_the_automation_does_not_count(scene: Scene) -> None:
    """A budget may be larger: there is one place for limits."""
    await _budget(scene, minutes=180)
    await scene.pass_by(20)
    assert scene.is_on("living_room")
    assert scene.messages == []


async def test_time_is_granted(scene: Scene) -> None:
    """After the end there is more time, and an end again."""
    await _budget(scene)
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    await scene.house.act("button.press", f"button.{CHILD}_15_more_minutes")
    await scene.play("living_room", "child")
    await scene.pass_by(8)
    assert scene.is_on("living_room")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")


async def test_limits_are_set_aside(scene: Scene) -> None:
    """A holiday: nobody is written to, and nothing goes off."""
    await _budget(scene)
    await scene.house.act("switch.turn_off", f"switch.{CHILD}_limit_play")
    await scene.pass_by(20)
    assert scene.is_on("living_room")
    assert scene.messages == []


async def test_bedtime(scene: Scene) -> None:
    """It ends play as well, however much is left of the budget."""
    start = dt_util.now() + timedelta(minutes=15)
    await _budget(
        scene,
        minutes=300,
        bedtime_start=f"{start:%H:%M}:00",
        bedtime_end="05:00:00",
    )
    await scene.pass_by(8)
    assert scene.is_on("living_room")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")
    assert SOON in scene.messages


async def test_a_sibling_plays_on(scene: Scene) -> None:
    """Somebody else at the console, followed or not: it stays on."""
    await _budget(scene)
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    scene.written.clear()
    await scene.play("living_room", "parent")
    await scene.pass_by(12)
    await scene.play("living_room")
    await scene.pass_by(12)
    assert scene.is_on("living_room")
    assert scene.messages == []


async def test_both_play(scene: Scene) -> None:
    """A message only, as long as it is not wanted otherwise."""
    await give_budget(scene.following, "child", daily_budget=15, weekend_budget=15)
    await scene.use("play_time_limit", **BUDGETED)
    await scene.play("living_room", "child", "parent")
    await scene.pass_by(20)
    assert scene.is_on("living_room")
    assert scene.messages == [SOON, OVER]


@pytest.mark.parametrize("down_at", [6, 8, 14, 16])
async def test_a_restart_at_every_stage(scene: Scene, down_at: float) -> None:
    """Before the message, between it and the end, over the end: each is made up for."""
    await _budget(scene)
    await scene.pass_by(down_at)
    await scene.restart(2 * MINUTE)
    await scene.pass_by(24 - down_at)
    assert not scene.is_on("living_room")
    assert scene.messages.count(SOON) == 1
