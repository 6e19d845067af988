"""Knobs that have to do with time, and with what a console shows."""

import time

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.games.titles import SCREENSAVER_AUMID
from simulator.knobs import Knobs
from simulator.world import World
from tests.simulator.console_client import ConsoleClient

STARFALL = "HalcyonForge.StarfallOdyssey_3x7q9v2m5k8tw!StarfallShipping"


@pytest.mark.parametrize(
    ("knob", "order", "parameters"),
    [
        ("sleep_seconds", "Power/TurnOff", {}),
        ("reboot_seconds", "Power/Reboot", {}),
        (
            "launch_seconds",
            "Shell/ActivateApplicationWithOneStoreProductId",
            {"oneStoreProductId": "9ZNBD7RGT2KV"},
        ),
        ("install_seconds", "Shell/InstallPackages", {"bigCatIdList": "9ZP0STC4RDWX"}),
        ("op_pending_seconds", "Shell/GoHome", {}),
    ],
)
async def test_duration(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    knob: str,
    order: str,
    parameters: dict[str, str],
) -> None:
    """An operation is pending for as long as the knob says."""
    await remote.control("PATCH", "knobs", {knob: 33.0})
    _, reply = await remote.send(remote.on, order, **parameters)
    freezer.tick(32.5)
    assert await remote.outcome(remote.on, reply["opId"]) == "Pending"
    freezer.tick(1)
    assert await remote.outcome(remote.on, reply["opId"]) == "Succeeded"


async def test_wake_and_update_seconds(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Waking and updating take as long as their knobs say."""
    await remote.control("PATCH", "knobs", {"wake_seconds": 20, "update_seconds": 30})
    await remote.send(remote.asleep, "Power/WakeUp")
    await remote.control("POST", f"consoles/{remote.on.id}/update")
    seen = []
    for _ in range(4):
        seen.append(
            [
                (await remote.status(it))["powerState"]
                for it in (remote.asleep, remote.on)
            ]
        )
        freezer.tick(10.1)
    assert seen == [
        ["ConnectedStandby", "SystemUpdate"],
        ["ConnectedStandby", "SystemUpdate"],
        ["On", "SystemUpdate"],
        ["On", "On"],
    ]


async def test_operation_is_forgotten(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """An opId can be asked for as long as the knob says."""
    await remote.control("PATCH", "knobs", {"op_kept_seconds": 5})
    _, reply = await remote.send(remote.on, "Shell/GoHome")
    freezer.tick(6)
    assert (await remote.operation(remote.on, reply["opId"]))["opStatusList"] == []


@pytest.mark.parametrize(
    "word", ["TimedOut", "Error", "Paused", "Pending", "OffConsoleError"]
)
async def test_forced_outcome(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, word: str
) -> None:
    """Any final status can be had."""
    await remote.control("PATCH", "knobs", {"op_outcome": word})
    _, reply = await remote.send(remote.on, "Shell/GoHome")
    freezer.tick(1)
    body = (await remote.operation(remote.on, reply["opId"]))["opStatusList"][0]
    assert (body["operationStatus"], body["succeeded"]) == (word, False)


async def test_command_to_a_sleeping_console_is_denied(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """It is accepted, and opStatus says OffConsoleError."""
    _, reply = await remote.send(remote.asleep, "Shell/InjectKey", keyType="A")
    freezer.tick(1)
    assert await remote.outcome(remote.asleep, reply["opId"]) == "OffConsoleError"
    assert remote.asleep.shell.last_key == ""


async def test_screensaver(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """It comes over an idle home and goes with the first key."""
    await remote.control("PATCH", "knobs", {"screensaver_seconds": 60})
    await remote.send(remote.on, "Shell/GoHome")
    freezer.tick(61)
    assert (await remote.status(remote.on))["focusAppAumid"] == SCREENSAVER_AUMID
    await remote.send(remote.on, "Shell/InjectKey", keyType="Nexus")
    assert (await remote.status(remote.on))["focusAppAumid"] != SCREENSAVER_AUMID
    assert remote.on.shell.overlay == ""


@pytest.mark.parametrize(("place", "focus"), [("stale", STARFALL), ("empty", "")])
async def test_focus_in_standby(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, place: str, focus: str
) -> None:
    """A sleeping console may still name its last app."""
    await remote.control("PATCH", "knobs", {"focus_in_standby": place})
    await remote.send(remote.on, "Power/TurnOff")
    freezer.tick(5)
    body = await remote.status(remote.on)
    assert (body["powerState"], body["focusAppAumid"]) == ("ConnectedStandby", focus)


async def test_latency(remote: ConsoleClient) -> None:
    """Every answer comes later."""
    await remote.control("PATCH", "knobs", {"latency_seconds": 0.15})
    started = time.monotonic()
    await remote.status(remote.on)
    assert time.monotonic() - started >= 0.15


def test_speed() -> None:
    """A faster world shortens what consoles do, nothing else."""
    fast = Knobs().at_speed(4)
    assert (fast.wake_seconds, fast.sleep_seconds, fast.screensaver_seconds) == (
        2.0,
        1.0,
        600.0,
    )


def test_reset_keeps_the_speed() -> None:
    """A world returns to the knobs that it started with."""
    world = World.demo(knobs=Knobs().at_speed(4))
    world.knobs.wake_seconds = 30.0
    world.reset()
    assert world.knobs.wake_seconds == 2.0
