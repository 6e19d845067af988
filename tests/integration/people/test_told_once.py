"""Achievements are told once each: after whatever kept them from being noticed."""

import dataclasses
from datetime import datetime
from typing import Any

from homeassistant.const import (
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_HOMEASSISTANT_STOP,
)
from homeassistant.core import Event
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.automations import automate
from tests.integration.following import Following
from tests.integration.house import House

pytestmark = pytest.mark.usefixtures("without_consoles")

MIKA = "lanternfox2048"
EVENT = f"event.{MIKA}_achievement"
SCORES = 520.0
"""Longer than the time between two looks at the scores."""
LOOK = 35.0
"""Longer than the time between two looks at a person in a game."""
ACHIEVEMENTS = "achievements.xboxlive.com"


def _unlock(following: Following, *, points: bool = True) -> None:
    """Let Mika unlock something, perhaps without any Gamerscore."""
    world = following.house.simulator.world
    mika = following.person("mika")
    score = mika.gamerscore
    following.do("mika", "unlock")
    if not points:
        world.unlocks[-1] = dataclasses.replace(world.unlocks[-1], gamerscore=0)
        mika.gamerscore = score


def _names(ran: list[Event[Any]]) -> list[str]:
    return [event.data["achievement"] for event in ran]


async def _playing(following: Following) -> list[Event[Any]]:
    """Let Mika play what has something left to unlock; what is told of it fills the list."""
    following.do("mika", "play", title="nebula")
    await following.follow("mika")
    return await automate(
        following.house, "person_unlocked_achievement", entity_id=EVENT
    )


def _all_of_nebula(following: Following) -> list[str]:
    title = following.house.simulator.world.titles["nebula"]
    return [achievement.name for achievement in title.achievements]


async def test_an_unlock_just_before_a_reload(following: Following) -> None:
    """Case G3: it was unlocked while we watched, so it is told afterwards; once."""
    ran = await _playing(following)
    house = following.house
    _unlock(following)
    await house.clock.pass_by(60)
    assert await house.unload(following.entry)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(SCORES)
    assert _names(ran) == _all_of_nebula(following)[:1]
    assert await house.unload(following.entry)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(2 * SCORES)
    assert len(ran) == 1


async def test_what_was_unlocked_while_nobody_watched(following: Following) -> None:
    """Case G3: is never told, but what was unlocked before and after it is."""
    ran = await _playing(following)
    house = following.house
    _unlock(following)
    await house.clock.pass_by(60)
    assert await house.unload(following.entry)
    await house.clock.pass_by(60)
    _unlock(following)
    await house.clock.pass_by(60)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(60)
    _unlock(following)
    await house.clock.pass_by(2 * SCORES)
    first, _, third = _all_of_nebula(following)
    assert _names(ran) == [first, third]


@pytest.mark.parametrize("reload", [False, True])
async def test_unlocks_without_points(following: Following, reload: bool) -> None:
    """Case G3: no score tells of them; they are told when the game ends."""
    # What is pushed is told at once.
    following.house.simulator.world.activity.knobs.silent = True
    ran = await _playing(following)
    house = following.house
    for _ in range(3):
        _unlock(following, points=False)
        await house.clock.pass_by(60)
    assert ran == []
    if reload:
        assert await house.unload(following.entry)
    following.do("mika", "stop")
    if reload:
        assert await house.set_up(following.entry)
    await house.clock.pass_by(2 * LOOK)
    assert _names(ran) == _all_of_nebula(following)
    await house.clock.pass_by(SCORES)
    assert len(ran) == 3


async def test_a_game_between_two_looks(following: Following) -> None:
    """Case G3: somebody came, unlocked, and went; presence says where they were."""
    house = following.house
    following.do("mika", "offline")
    await following.follow("mika")
    await house.clock.pass_by(400)
    ran = await automate(house, "person_unlocked_achievement", entity_id=EVENT)
    following.do("mika", "play", title="nebula")
    await house.clock.pass_by(20)
    _unlock(following, points=False)
    following.do("mika", "offline")
    await house.clock.pass_by(200)
    assert _names(ran) == _all_of_nebula(following)[:1]


async def test_a_title_left_for_another_on_a_second_device(
    following: Following,
) -> None:
    """Case G3: presence says that a title was left, although a game goes on."""
    following.do("mika", "play", title="starfall", device="WindowsOneCore")
    ran = await _playing(following)
    house = following.house
    await house.clock.pass_by(60)
    world = house.simulator.world
    following.do("mika", "unlock", title="nebula")
    mika = following.person("mika")
    mika.gamerscore -= world.unlocks[-1].gamerscore
    device = next(
        name for name, one in mika.sessions.items() if one.name == "Nebula Drift GT"
    )
    following.do("mika", "stop", device=device)
    await house.clock.pass_by(100)
    assert _names(ran) == _all_of_nebula(following)[:1]


@pytest.mark.parametrize("offset", [-600.0, 600.0])
async def test_the_clock_of_the_network_is_another_one(
    house: House, entry: MockConfigEntry, offset: float
) -> None:
    """Case G4: with a restart between, none is lost and none is told twice."""
    house.simulator.world.clock.offset = offset
    assert await house.set_up(entry)
    following = Following(house, entry)
    ran = await _playing(following)
    await house.clock.pass_by(60)
    _unlock(following)
    await house.clock.pass_by(SCORES)
    _unlock(following)
    await house.clock.pass_by(60)
    assert await house.unload(entry)
    await house.clock.pass_by(60)
    assert await house.set_up(entry)
    await house.clock.pass_by(60)
    _unlock(following)
    await house.clock.pass_by(2 * SCORES)
    assert _names(ran) == _all_of_nebula(following)


@pytest.mark.parametrize("offset", [-600.0, 600.0])
async def test_what_was_there_before_is_not_told_whatever_the_clock_says(
    house: House, entry: MockConfigEntry, offset: float
) -> None:
    """Case G4: nor what was unlocked minutes before the first look."""
    house.simulator.world.clock.offset = offset
    following = Following(house, entry)
    following.do("mika", "play", title="nebula")
    _unlock(following)
    await house.clock.pass_by(120)
    assert await house.set_up(entry)
    ran = await _playing(following)
    following.do("mika", "offline")
    await house.clock.pass_by(SCORES)
    assert ran == []


async def test_unlocks_during_an_outage(following: Following) -> None:
    """Case H1: presence is down for five minutes, three are unlocked meanwhile: each is told."""
    ran = await _playing(following)
    house = following.house
    house.fail(kind="status", host="userpresence.xboxlive.com")
    for _ in range(3):
        await house.clock.pass_by(90)
        _unlock(following)
        house.simulator.world.publish()
    await house.clock.pass_by(30)
    assert house.shows(EVENT) == "unavailable"
    following.do("mika", "stop")
    house.simulator.world.faults.clear()
    await house.clock.pass_by(SCORES)
    assert _names(ran) == _all_of_nebula(following)
    await house.clock.pass_by(2 * SCORES)
    assert len(ran) == 3


async def test_an_older_game_during_an_outage(following: Following) -> None:
    """Case H1: nobody saw that it was played; the score tells, and it is looked for in every generation."""
    ran = await _playing(following)
    house = following.house
    await house.clock.pass_by(60)
    house.fail(kind="outage")
    await house.clock.pass_by(300)
    following.do("mika", "play", title="skyline-2011")
    await house.clock.pass_by(60)
    following.do("mika", "unlock", title="skyline-2011")
    await house.clock.pass_by(60)
    following.do("mika", "play", title="nebula")
    house.simulator.world.faults.clear()
    await house.clock.pass_by(2 * SCORES)
    title = house.simulator.world.titles["skyline-2011"]
    assert _names(ran) == [title.achievements[0].name]


async def test_a_reload_during_an_outage(following: Following) -> None:
    """Case H1: what was unlocked before it, while the network was away, is told once it is back."""
    ran = await _playing(following)
    house = following.house
    house.fail(kind="outage")
    await house.clock.pass_by(300)
    _unlock(following)
    await house.clock.pass_by(300)
    assert await house.unload(following.entry)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(300)
    house.simulator.world.faults.clear()
    await house.clock.pass_by(2 * SCORES)
    assert _names(ran) == _all_of_nebula(following)[:1]


async def test_the_snapshot_comes_before_the_event(following: Following) -> None:
    """Case H1: an automation that asks what is played finds what the event is about."""
    ran = await _playing(following)
    house = following.house
    counted: list[Any] = []
    house.hass.bus.async_listen(
        "automation_ran",
        lambda event: counted.append(
            house.state(f"sensor.{MIKA}_now_playing").attributes["achievements"]
        ),
    )
    _unlock(following)
    await house.clock.pass_by(SCORES)
    assert len(ran) == 1
    assert counted == [1]


async def test_more_unlocks_than_a_page_holds(following: Following) -> None:
    """Case H1: hours without an answer lose none of them."""
    world = following.house.simulator.world
    title = world.titles["nebula"]
    many = tuple(
        dataclasses.replace(title.achievements[0], id=str(number), name=f"No. {number}")
        for number in range(1, 81)
    )
    world.titles._by_key["nebula"] = dataclasses.replace(title, achievements=many)  # noqa: SLF001 - no other way in
    ran = await _playing(following)
    following.house.fail(kind="status", host=ACHIEVEMENTS)
    for _ in many:
        _unlock(following)
        await following.house.clock.pass_by(10)
    following.do("mika", "stop")
    following.house.simulator.world.faults.clear()
    await following.house.clock.pass_by(2 * SCORES)
    assert _names(ran) == [achievement.name for achievement in many]


async def test_a_refusal_ends_it(
    following: Following, hass_storage: dict[str, Any]
) -> None:
    """Case I4: thirty games later nothing waits, and nothing is kept for it."""
    ran = await _playing(following)
    house = following.house
    house.fail(kind="status", host=ACHIEVEMENTS, status=403)
    titles = [title for title in house.simulator.world.titles if title.kind == "Game"]
    for number in range(30):
        following.do("mika", "play", title=titles[number % len(titles)].key)
        await house.clock.pass_by(40)
    following.do("mika", "offline")
    await house.clock.pass_by(3700)
    key = f"xbox_console.{following.entry.entry_id}.people"
    kept = hass_storage[key]["data"][following.person("mika").xuid]
    assert kept["titles"] == []
    counts = await following.requests_within(3600)
    assert counts.get(ACHIEVEMENTS, 0) <= 1
    assert ran == []


async def test_home_assistant_stops_without_unloading(
    following: Following, hass_storage: dict[str, Any]
) -> None:
    """Case G3: until when somebody watched is on disk by then."""
    await _playing(following)
    house = following.house
    await house.clock.pass_by(SCORES)
    for step in (EVENT_HOMEASSISTANT_STOP, EVENT_HOMEASSISTANT_FINAL_WRITE):
        house.hass.bus.async_fire(step)
        await house.clock.settle()
    key = f"xbox_console.{following.entry.entry_id}.people"
    kept = hass_storage[key]["data"][following.person("mika").xuid]
    (_, until), *others = kept["unlocks"]["watched"]
    assert others == []
    now = house.simulator.world.clock.datetime()
    assert abs((now - datetime.fromisoformat(until)).total_seconds()) < 1
