"""Anybody in the local network can forge what is heard there: it changes nothing that is shown, and costs little."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.demo.consoles import ONE_X_ID
from tests.integration.lan.conftest import BEDROOM, Home

MINUTE, HOUR = 60, 3600


@pytest.mark.usefixtures("reliable")
@pytest.mark.parametrize(
    "forgery",
    [
        {"answers_asleep": True},
        {"impostor": True},
        {"impostor": True, "answers_asleep": True},
        {"answers_asleep": True, "loss": 0.5},
        {"answers_asleep": True, "copies": 5},
    ],
)
async def test_forged_answers_change_no_state(
    home: Home, forgery: dict[str, object]
) -> None:
    """A console that sleeps is shown asleep, and it is read at most once in ten seconds because of them."""
    seen = home.house.watch(BEDROOM)
    home.knobs.update(forgery)
    for _ in range(2):
        home.house.forget_requests()
        await home.house.clock.pass_by(10 * MINUTE)
        assert len(home.house.requests(f"/consoles/{ONE_X_ID}")) <= 61
    assert seen == []
    assert home.wakes() == 0


@pytest.mark.usefixtures("reliable")
async def test_answers_nobody_asked_for_are_not_heard(home: Home) -> None:
    """A thousand in a second, to every port that was ever ours."""
    home.house.forget_requests()
    for _ in range(20):
        home.wire.flood(ONE_X_ID, 50)
        await home.house.clock.pass_by(0.05)
    assert home.house.requests(f"/consoles/{ONE_X_ID}") == []
    home.start_by_hand()
    await home.house.clock.pass_by(6)
    assert home.house.shows(BEDROOM) == "on"


@pytest.mark.parametrize(
    "knobs",
    [
        {"certificate": "none", "flags": 15},
        {"certificate": "garbage"},
        {"certificate": "short name"},
        {"certificate": "lower case"},
        {"certificate": "no name"},
        {"shape": "truncated"},
        {"shape": "garbage"},
        {"other_port": True},
        {"impostor": True},
    ],
)
async def test_what_names_no_console_for_sure_is_not_used(
    home: Home, entry: MockConfigEntry, knobs: dict[str, object]
) -> None:
    """No address is taken from it, and everything goes on through the Xbox network."""
    home.house.only("bedroom")
    home.knobs.update(knobs)
    home.start_by_hand()
    assert await home.house.set_up(entry)
    await home.house.clock.hurry(25 * MINUTE)
    assert {packet.host for packet in home.segment.kinds("probe")} == {0}
    home.stop_by_hand()
    await home.house.clock.pass_by(13)
    assert home.house.shows(BEDROOM) == "off"


@pytest.mark.parametrize(
    "knobs",
    [
        {"certificate": "expired"},
        {"certificate": "p384"},
        {"shape": "wrong length"},
        {"shape": "trailing"},
        {"shape": "wrong version"},
        {"copies": 4},
        {"answer_seconds": 1.5},
        {"flags": 0, "device_type": 9, "last_error": 77},
        {"name": "Größe 🎮" * 20},
    ],
)
async def test_what_names_a_console_is_used(
    home: Home, entry: MockConfigEntry, knobs: dict[str, object]
) -> None:
    """However odd it is otherwise."""
    home.house.only("bedroom")
    home.knobs.update(knobs)
    home.start_by_hand()
    assert await home.house.set_up(entry)
    await home.house.clock.pass_by(MINUTE)
    assert 2 in {packet.host for packet in home.segment.kinds("probe")}


async def test_a_console_of_somebody_else_is_none_of_ours(
    home: Home, entry: MockConfigEntry
) -> None:
    """The living room answers, but is not in the account's list."""
    home.house.only("bedroom")
    assert await home.house.set_up(entry)
    await home.house.clock.hurry(HOUR)
    assert {packet.host for packet in home.segment.kinds("probe")} == {0}


def _tasks() -> list[str]:
    return [
        task.get_name()
        for task in asyncio.all_tasks()
        if "local network" in task.get_name()
    ]


async def test_nothing_is_left_behind(home: Home, reliable: MockConfigEntry) -> None:
    """No task, no socket, no packet after the entry is unloaded."""
    assert _tasks()
    task = home.house.begin("media_player.turn_on", BEDROOM)
    await home.house.clock.pass_by(6.5)
    assert await home.house.unload(reliable)
    await home.house.clock.result(task, within=60)
    assert _tasks() == []
    home.segment.heard.clear()
    await home.house.clock.pass_by(15 * MINUTE)
    assert not home.segment.heard
