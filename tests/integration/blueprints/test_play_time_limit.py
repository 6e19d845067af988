"""The play-time limit: over stays over, for that person and for nobody else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.xbox_console.const import DOMAIN
from tests.integration.blueprints.scene import (
    ACCOUNT,
    BEDROOM,
    CHILD,
    LIVING_ROOM,
    MIKA,
    Scene,
)
from tests.integration.following import Following
from tests.integration.house import XCCS
from tests.integration.virtual_time import START

WHO = "sensor.living_room_who_plays_here"
SOON, OVER = "Five minutes left", "Over"
RELEASED: Mapping[str, Any] = {
    "played_today": f"sensor.{CHILD}_played_today",
    "in_game": f"binary_sensor.{CHILD}_in_game",
    "consoles": [LIVING_ROOM],
    "limit": {"minutes": 15},
    "before": {"minutes": 5},
    "recipients": [f"notify.{CHILD}_message"],
    "message": SOON,
}
"""The inputs of 0.1.0."""
BOTH: Mapping[str, Any] = {"consoles": [LIVING_ROOM, BEDROOM]}


async def _limit(scene: Scene, **inputs: Any) -> None:
    """A limit of a quarter of an hour for the child, who begins to play in the living room."""
    await scene.use("play_time_limit", **{**RELEASED, "message_over": OVER, **inputs})
    await scene.play("living_room", "child")


async def _pass_the_limit(scene: Scene, **inputs: Any) -> None:
    await _limit(scene, **inputs)
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    scene.written.clear()


async def test_with_the_inputs_of_0_1_0(scene: Scene) -> None:
    """A message first; then the console goes off, and off again for the next game."""
    await scene.use("play_time_limit", **RELEASED)
    await scene.play("living_room", "child")
    await scene.pass_by(8)
    assert scene.messages == []
    await scene.pass_by(4)
    assert scene.messages == [SOON]
    assert scene.is_on("living_room")
    await scene.pass_by(6)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON]
    await scene.play("living_room", "child", title="nebula")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")
    assert scene.messages.count(SOON) == 1


async def test_without_a_budget_nothing_is_missed(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """What is left empty is not watched, and no error in the log."""
    await scene.use("play_time_limit", **RELEASED)
    errors = [one for one in caplog.records if one.levelname in ("ERROR", "WARNING")]
    assert [one.message for one in errors if "automation" in one.name] == []


async def test_a_pause_is_no_reason_to_warn_again(scene: Scene) -> None:
    """Who was told that five minutes are left does not hear it again when only two are."""
    await _limit(scene)
    await scene.pass_by(12)
    assert scene.messages == [SOON]
    scene.house.console("living_room").shell.home()
    await scene.pass_by(9)
    await scene.play("living_room", "child")
    await scene.pass_by(1.5)
    assert scene.is_on("living_room")
    await scene.pass_by(5)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON]


async def test_over_stays_over(scene: Scene) -> None:
    """Case H2: woken 20 s after the end and again later, it gets a message, then the console goes off."""
    await _pass_the_limit(scene)
    for pause in (0, 30):
        await scene.house.clock.pass_by(20 + pause * 60)
        await scene.play("living_room", "child")
        await scene.pass_by(1.5)
        assert scene.is_on("living_room")
        assert scene.messages == [OVER]
        await scene.pass_by(3)
        assert not scene.is_on("living_room")
        assert scene.messages == [OVER]
        scene.written.clear()


@pytest.mark.parametrize("failures", [1, 3])
async def test_a_failed_turn_off_is_tried_again(scene: Scene, failures: int) -> None:
    """Case H2: the network refuses once or more often."""
    await _limit(scene)
    await scene.pass_by(12)
    scene.house.fail(
        kind="status", host=XCCS, path="/commands", method="POST", times=failures
    )
    await scene.pass_by(13)
    assert not scene.is_on("living_room")


async def test_a_failed_message_does_not_keep_the_console_on(scene: Scene) -> None:
    """Nor does one in the grace of somebody who came back."""
    await _limit(scene, recipients=["notify.gone"])
    scene.hass.services.async_remove("notify", "send_message")
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    await scene.play("living_room", "child")
    await scene.pass_by(6)
    assert not scene.is_on("living_room")


async def test_a_sibling_wakes_the_console(scene: Scene) -> None:
    """Case H2: somebody else plays on, whether followed or not, and nobody is written to."""
    await _pass_the_limit(scene)
    await scene.play("living_room", "parent")
    await scene.pass_by(12)
    assert scene.is_on("living_room")
    await scene.play("living_room")
    await scene.pass_by(12)
    assert scene.is_on("living_room")
    assert scene.messages == []


async def test_only_the_console_at_which_somebody_plays(scene_of_two: Scene) -> None:
    """A sibling goes on at the other one, in another game."""
    scene = scene_of_two
    await _limit(scene, **BOTH)
    await scene.play("bedroom", "parent", title="tidewater")
    scene.following.do("mika", "offline")
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    assert scene.is_on("bedroom")


@pytest.mark.parametrize("regardless", [False, True])
async def test_two_consoles_alike(scene_of_two: Scene, regardless: bool) -> None:
    """The same game on both, and nobody knows who is where: a message only, unless wanted otherwise."""
    scene = scene_of_two
    scene.house.simulator.world.knobs.presence_device_type = "XboxOne"
    scene.following.do("mika", "offline")
    await _limit(scene, **BOTH, if_unknown=regardless)
    await scene.play("living_room", "child", title="tidewater")
    await scene.play("bedroom", "parent", title="tidewater")
    await scene.pass_by(12)
    assert scene.house.state(WHO).attributes["people"] is None
    assert scene.messages == [SOON]
    await scene.pass_by(7)
    on = {scene.is_on("living_room"), scene.is_on("bedroom")}
    assert on == {not regardless}
    assert scene.messages == ([SOON] if regardless else [SOON, OVER])


@pytest.mark.parametrize(
    ("inputs", "off"),
    [
        ({}, False),
        ({"if_shared": True}, True),
        ({"household": [f"binary_sensor.{MIKA}_in_game"]}, True),
        ({"household": [f"binary_sensor.{ACCOUNT}_in_game"]}, False),
    ],
)
async def test_both_play(scene: Scene, inputs: dict[str, Any], off: bool) -> None:
    """A message, repeated while they play on, unless others do not matter or are not at home."""
    await scene.use("play_time_limit", **{**RELEASED, "message_over": OVER, **inputs})
    await scene.play("living_room", "child", "parent")
    await scene.pass_by(39)
    assert scene.is_on("living_room") is not off
    assert scene.messages == ([SOON] if off else [SOON, OVER, OVER, OVER])


@pytest.mark.parametrize(
    ("down_at", "seconds"),
    [(3, 20), (9, 120), (11, 20), (14, 120), (16, 20), (18, 120)],
)
async def test_a_restart_at_every_stage(
    scene: Scene, down_at: float, seconds: float
) -> None:
    """Before the message, between it and the end, over the end, after it: each is made up for."""
    await _limit(scene)
    await scene.pass_by(down_at)
    await scene.restart(seconds)
    await scene.pass_by(25 - down_at)
    assert not scene.is_on("living_room")
    assert scene.messages.count(SOON) == 1
    await scene.restart(seconds)
    await scene.play("living_room", "child")
    await scene.pass_by(6)
    assert not scene.is_on("living_room")
    assert scene.messages.count(SOON) == 1


async def test_the_warning_and_the_end_are_missed(scene: Scene) -> None:
    """Home Assistant is down for both; what was played meanwhile counts as it comes back."""
    await _limit(scene)
    await scene.pass_by(8)
    await scene.restart(15 * 60)
    assert scene.is_on("living_room")
    await scene.pass_by(15)
    assert not scene.is_on("living_room")


async def test_a_restart_in_the_grace(scene: Scene) -> None:
    """It begins anew, with a message."""
    await _pass_the_limit(scene)
    await scene.play("living_room", "child")
    await scene.pass_by(1)
    await scene.restart()
    await scene.pass_by(1)
    assert scene.is_on("living_room")
    await scene.pass_by(3)
    assert not scene.is_on("living_room")
    assert set(scene.messages) == {OVER}


async def test_two_children(scene: Scene) -> None:
    """An automation each: who is over is told and turned off, the other plays on."""
    await _limit(scene)
    other = {
        **RELEASED,
        "played_today": f"sensor.{ACCOUNT}_played_today",
        "in_game": f"binary_sensor.{ACCOUNT}_in_game",
        "message": "Theirs",
        "limit": {"minutes": 30},
    }
    await scene.use("play_time_limit", alias="Theirs", **other)
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    await scene.play("living_room", "parent")
    await scene.pass_by(20)
    assert scene.is_on("living_room")
    await scene.pass_by(15)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON, "Theirs"]


@pytest.mark.parametrize("frozen", [START + timedelta(minutes=90)], indirect=True)
async def test_a_new_day(scene: Scene) -> None:
    """After midnight there is time again, and a message again; a day has one beginning."""
    await scene.hass.config.async_set_time_zone("Asia/Dubai")
    await _pass_the_limit(scene)
    await scene.pass_by(15)
    await scene.play("living_room", "child")
    await scene.pass_by(9)
    assert scene.is_on("living_room")
    assert scene.messages == []
    await scene.pass_by(3)
    assert scene.messages == [SOON]
    await scene.pass_by(6)
    assert not scene.is_on("living_room")


async def test_a_console_that_cannot_be_reached_at_the_end(scene: Scene) -> None:
    """It goes off as soon as it can be reached."""
    await _limit(scene)
    await scene.pass_by(12)
    await scene.outage(10)
    assert scene.is_on("living_room")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")


async def test_presence_is_silent_at_the_end(scene: Scene) -> None:
    """Nothing is known of the time, so nothing is done; it is once presence is back."""
    await _limit(scene)
    await scene.pass_by(12)
    await scene.outage(25, host="userpresence.xboxlive.com")
    assert scene.is_on("living_room")
    await scene.pass_by(10)
    assert not scene.is_on("living_room")


async def test_a_new_gamertag(scene: Scene) -> None:
    """Who has another name is still the same person."""
    await _limit(scene)
    scene.following.do("child", "rename", gamertag="NewComet")
    await scene.pass_by(12)
    assert scene.house.state(WHO).attributes["people"] == ["NewComet"]
    await scene.pass_by(6)
    assert not scene.is_on("living_room")
    await scene.play("living_room", "child")
    await scene.pass_by(6)
    assert not scene.is_on("living_room")


async def test_a_name_of_the_users(scene: Scene) -> None:
    """Devices and sensors may be called otherwise."""
    registry = er.async_get(scene.hass)
    registry.async_update_entity(WHO, new_entity_id="sensor.players")
    await scene.house.clock.settle()
    await _limit(scene)
    await scene.pass_by(18)
    assert not scene.is_on("living_room")


async def test_without_the_sensor_of_who_plays(scene: Scene) -> None:
    """A message only."""
    er.async_get(scene.hass).async_update_entity(
        WHO,
        disabled_by=er.RegistryEntryDisabler.USER,
    )
    await scene.house.clock.settle()
    await _limit(scene)
    await scene.pass_by(20)
    assert scene.is_on("living_room")
    assert scene.messages == [SOON, OVER]


@pytest.mark.parametrize("limit", ["00:15:00", {"hours": 0, "minutes": 15}, 900])
async def test_durations_as_they_are_written(scene: Scene, limit: Any) -> None:
    """And the sensor in another unit."""
    er.async_get(scene.hass).async_update_entity_options(
        f"sensor.{CHILD}_played_today", "sensor", {"unit_of_measurement": "h"}
    )
    await _limit(scene, limit=limit, before="00:05:00", consoles=LIVING_ROOM)
    await scene.pass_by(12)
    assert scene.messages == [SOON]
    await scene.pass_by(6)
    assert not scene.is_on("living_room")


def _own(account: Following, platform: str, key: str) -> str:
    """An entity of an account about itself."""
    xuid = account.entry.unique_id
    entity_id = er.async_get(account.hass).async_get_entity_id(
        platform, DOMAIN, f"{xuid}_{xuid}_{key}"
    )
    assert entity_id is not None
    return entity_id


@pytest.mark.parametrize(
    "frozen",
    [START + timedelta(seconds=seconds) for seconds in (0, 6, 24, 45)],
    indirect=True,
)
async def test_a_child_with_an_account_of_its_own(scene: Scene) -> None:
    """Beside the account that has the console, and follows the child as well.

    What it has played is read every 90 s: five minutes of it may take longer by the clock.
    """
    own = await scene.following.beside("child")
    await scene.pass_by(1)
    await _limit(
        scene,
        played_today=_own(own, "sensor", "played_today"),
        in_game=_own(own, "binary_sensor", "in_game"),
    )
    await scene.pass_by(18)
    assert not scene.is_on("living_room")
    assert scene.messages == [SOON]
