"""A week of two children whose days are known to the minute: everything that tells of them agrees."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.statistics import (
    list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from tests.integration.family.at_home import MINUTE, device_of, give_budget
from tests.integration.family.test_diary import _events, _play_time
from tests.integration.following import Following

BUDGET = 30
TITLES = {"starfall": "Starfall Odyssey", "tidewater": "Tidewater Tales"}
NAMES = {"mika": "lanternfox2048", "tove": "paper_kite_31"}

type Plan = list[tuple[str, int, str, int]]
"""Who, from which minute of the day on, what, for how many minutes."""

WEEK: list[Plan] = [
    [("mika", 600, "starfall", 9), ("tove", 700, "tidewater", 8)],
    [("mika", 550, "tidewater", 40)],
    [
        ("tove", 480, "starfall", 12),
        ("mika", 590, "starfall", 6),
        ("tove", 900, "tidewater", 9),
    ],
    [],
    [("mika", 645, "starfall", 30)],
    [
        ("tove", 1000, "starfall", 4),
        ("mika", 1050, "tidewater", 11),
        ("mika", 1150, "starfall", 12),
    ],
    [("mika", 715, "starfall", 15), ("tove", 800, "tidewater", 31)],
]
RESTART_IN = {("mika", 550), ("tove", 480), ("mika", 1050), ("tove", 800)}
"""Sessions in whose middle Home Assistant restarts."""
AWAKE = 3 * MINUTE
"""How much of the time before a session, and after it, is lived through."""


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(
    frozen: FrozenDateTimeFactory,
    recorder_mock: Recorder,
    enable_custom_integrations: None,
) -> None:
    """Let Home Assistant record, in a time that stands still from the start."""


@pytest.fixture
async def children(
    hass: HomeAssistant, without_consoles: None, following: Following
) -> Following:
    """Two children with budgets; nobody plays."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    following.do("mika", "offline")
    await following.follow("mika", "tove")
    for key in ("mika", "tove"):
        await give_budget(following, key, daily_budget=BUDGET, weekend_budget=BUDGET)
    return following


async def _until(following: Following, minute: int) -> None:
    """Let the time go on to a minute of the day, where Home Assistant is."""
    now = dt_util.now()
    then = now.replace(hour=0, minute=0, second=0, microsecond=0)
    left = (then + timedelta(minutes=minute) - now).total_seconds()
    assert left >= 0
    await following.house.clock.pass_by(left)


async def _idle_until(following: Following, minute: int) -> None:
    """The same while nobody plays: most of it is slept through, so that the test takes no hours."""
    passed = dt_util.now() - dt_util.start_of_local_day()
    asleep = minute * MINUTE - passed.total_seconds() - AWAKE
    if asleep > 0:
        following.house.clock.skip(asleep)
    await _until(following, minute)


async def _restart(following: Following) -> None:
    assert await following.house.unload(following.entry)
    await following.house.clock.pass_by(30)
    assert await following.house.set_up(following.entry)


async def _live(following: Following, plan: Plan) -> None:
    """Go through a day that has just begun, and look at what is shown in the evening."""
    for key, start, title, minutes in plan:
        await _idle_until(following, start)
        following.do(key, "play", title=title)
        if (key, start) in RESTART_IN:
            await _until(following, start + minutes // 2)
            await _restart(following)
        await _until(following, start + minutes)
        following.do(key, "offline")
        await following.house.clock.pass_by(AWAKE)
    await _idle_until(following, 23 * 60 + 30)


def _planned(key: str, plan: Plan) -> int:
    return sum(minutes for who, _, _, minutes in plan if who == key)


def _agrees(told: float, planned: int, sessions: int) -> bool:
    """A look comes at most a minute after a game has ended: what it did not see is not counted."""
    return planned - sessions <= told <= planned


async def _by_day(following: Following, key: str) -> dict[str, float]:
    """What the statistics graph shows, in minutes by day."""
    hass = following.hass
    await get_instance(hass).async_block_till_done()
    statistic_id = f"xbox_console:{device_of(following, key)}_played"
    rows = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        dt_util.utcnow() - timedelta(days=9),
        None,
        {statistic_id},
        "day",
        None,
        {"change"},
    )
    return {
        dt_util.as_local(dt_util.utc_from_timestamp(row["start"])).date().isoformat(): (
            row["change"] or 0.0
        )
        for row in rows[statistic_id]
    }


async def test_a_week_of_two_children(children: Following) -> None:
    """Budget, calendar, diary and statistics tell the same minutes, over restarts at every stage."""
    await _idle_until(children, 24 * 60)
    shown: dict[str, dict[str, int]] = {key: {} for key in NAMES}
    for plan in WEEK:
        today = dt_util.now().date().isoformat()
        await _live(children, plan)
        for key in NAMES:
            shown[key][today] = _evening(children, key, plan)
        await _idle_until(children, 24 * 60)
    for key, days in shown.items():
        await _check_diary(children, key, days)
        await _check_calendar(children, key, min(days))
        by_day = await _by_day(children, key)
        told = {day: int(by_day.get(day, 0.0) + 1e-6) for day in days}
        assert told == days, key


def _evening(following: Following, key: str, plan: Plan) -> int:
    """What is shown of a child after its day, which is what was planned."""
    house, name = following.house, NAMES[key]
    played = int(house.shows(f"sensor.{name}_played_today"))
    sessions = sum(who == key for who, *_ in plan)
    assert _agrees(played, _planned(key, plan), sessions), (key, plan)
    left = int(house.shows(f"sensor.{name}_remaining_today"))
    assert left == max(0, BUDGET - played)
    over = house.shows(f"binary_sensor.{name}_over_budget")
    assert over == ("off" if left else "on")
    return played


async def _check_diary(following: Following, key: str, days: dict[str, int]) -> None:
    """The diary tells what was shown each evening, and game by game what was planned."""
    week = {"start_date": min(days), "end_date": max(days)}
    answer = await _play_time(following, key, **week)
    assert {day["date"]: day["minutes"] for day in answer["days"]} == days
    answer = await _play_time(following, key, by="game", **week)
    told = {game["game"]: game["minutes"] for game in answer["games"]}
    for title, game in TITLES.items():
        planned = [
            minutes
            for plan in WEEK
            for who, _, what, minutes in plan
            if (who, what) == (key, title)
        ]
        assert _agrees(told[game], sum(planned), len(planned)), (key, title)


async def _check_calendar(following: Following, key: str, first: str) -> None:
    """The calendar has an event for each session that was planned."""
    events = await _events(following, f"calendar.{NAMES[key]}_diary")
    week = [event for event in events if event["start"] >= first]
    planned = [
        (TITLES[title], minutes)
        for plan in WEEK
        for who, _, title, minutes in plan
        if who == key
    ]
    assert [event["summary"] for event in week] == [game for game, _ in planned]
    for event, (_, minutes) in zip(week, planned, strict=True):
        lasted = int(event["description"].partition(" ")[0])
        assert _agrees(lasted, minutes, 1), event


async def test_statistics_go_with_the_person(children: Following) -> None:
    """Their ids name nobody, and none is left behind."""
    children.do("mika", "play", title="starfall")
    await children.house.clock.pass_by(20 * MINUTE)
    hass = children.hass

    async def ours() -> list[dict[str, Any]]:
        await get_instance(hass).async_block_till_done()
        known: list[dict[str, Any]] = await get_instance(hass).async_add_executor_job(
            list_statistic_ids, hass
        )
        return [one for one in known if one["source"] == "xbox_console"]

    told = {one["statistic_id"]: one["name"] for one in await ours()}
    assert set(told.values()) == {"LanternFox2048", "LanternFox2048: Starfall Odyssey"}
    xuid = children.person("mika").xuid
    assert not any(xuid in statistic_id for statistic_id in told)
    for subentry_id, subentry in tuple(children.entry.subentries.items()):
        if subentry.unique_id == xuid:
            hass.config_entries.async_remove_subentry(children.entry, subentry_id)
    await children.house.clock.pass_by(MINUTE)
    assert await ours() == []
