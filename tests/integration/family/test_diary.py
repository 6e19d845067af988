"""The diary: what was played and when, to the minute, over restarts, and gone with the person."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.family.sessions import KEPT, Pages
from tests.integration.family.at_home import (
    HOUR,
    MIKA,
    MINUTE,
    TOVE,
    device_of,
    give_budget,
)
from tests.integration.following import Following
from tests.integration.house import House

DIARY = f"calendar.{MIKA}_diary"


@pytest.fixture
def following(without_consoles: None, following: Following) -> Following:
    """People who play elsewhere, as nothing here is about consoles."""
    return following


async def _play_time(following: Following, key: str, **data: Any) -> dict[str, Any]:
    answer = await following.hass.services.async_call(
        "xbox_console",
        "get_play_time",
        {"device_id": device_of(following, key), **data},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    return dict(answer)


async def _events(following: Following, entity_id: str = DIARY) -> list[dict[str, Any]]:
    now = dt_util.utcnow()
    answer = await following.hass.services.async_call(
        "calendar",
        "get_events",
        {
            "entity_id": entity_id,
            "start_date_time": now - timedelta(days=8),
            "end_date_time": now + timedelta(days=1),
        },
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    calendar: Any = answer[entity_id]
    events: list[dict[str, Any]] = calendar["events"]
    return events


@pytest.mark.parametrize("offset", [-HOUR, HOUR])
async def test_the_machines_clock_may_be_wrong(
    house: House,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    offset: float,
) -> None:
    """Sessions are written in the network's time, and what goes on ends after it began in any."""
    house.simulator.world.clock.offset = offset
    assert await house.set_up(entry)
    await house.clock.pass_by(10 * MINUTE)
    assert house.shows("sensor.quietharbor77_now_playing") == "Starfall Odyssey"
    playing = house.state("calendar.quietharbor77_diary")
    assert playing.attributes["message"] == "Starfall Odyssey"
    assert "Unexpected error" not in caplog.text


async def test_a_session_is_an_event(following: Following) -> None:
    """Which game, how long, and what was unlocked in it; on while it is played."""
    await following.follow("mika", "tove")
    await give_budget(following, "mika")
    house = following.house
    following.do("mika", "play", title="starfall")
    await house.clock.pass_by(10 * MINUTE)
    assert house.shows(DIARY) == "on"
    assert house.state(DIARY).attributes["message"] == "Starfall Odyssey"
    following.do("mika", "unlock", title="starfall")
    await house.clock.pass_by(20 * MINUTE)
    following.do("mika", "offline")
    await house.clock.pass_by(10 * MINUTE)
    assert house.shows(DIARY) == "off"
    unlocked = house.state(f"event.{MIKA}_achievement").attributes["name"]
    *_, event = await _events(following)
    assert event["summary"] == "Starfall Odyssey"
    minutes, achievement = event["description"].splitlines()
    assert minutes in ("29 min", "30 min")
    assert unlocked in achievement
    lasted = datetime.fromisoformat(event["end"]) - datetime.fromisoformat(
        event["start"]
    )
    assert timedelta(minutes=29) <= lasted <= timedelta(minutes=30, seconds=1)


async def test_whose_calendar_is_shown(following: Following) -> None:
    """That of the account itself, and of whoever has a budget; others can be enabled."""
    await following.follow("mika", "tove")
    await give_budget(following, "mika")
    registry = er.async_get(following.hass)
    shown = {
        name: registry.entities[f"calendar.{name}_diary"].disabled_by is None
        for name in ("quietharbor77", MIKA, TOVE)
    }
    assert shown == {"quietharbor77": True, MIKA: True, TOVE: False}


async def test_a_game_that_goes_on_over_restarts_is_one_session(
    following: Following,
) -> None:
    """Nothing is lost and nothing counted twice, however often Home Assistant restarts."""
    await following.follow("mika")
    await give_budget(following, "mika")
    house = following.house
    following.do("mika", "offline")
    await house.clock.pass_by(5 * MINUTE)
    today = int(house.shows(f"sensor.{MIKA}_played_today"))
    following.do("mika", "play", title="starfall")
    for _ in range(4):
        await house.clock.pass_by(10 * MINUTE)
        assert await house.unload(following.entry)
        await house.clock.pass_by(MINUTE)
        assert await house.set_up(following.entry)
        await house.clock.pass_by(MINUTE)
    following.do("mika", "offline")
    await house.clock.pass_by(10 * MINUTE)
    answer = await _play_time(following, "mika", by="game")
    minutes = {game["game"]: game["minutes"] for game in answer["games"]}
    assert 47 <= minutes["Starfall Odyssey"] <= 48
    played = int(house.shows(f"sensor.{MIKA}_played_today")) - today
    assert abs(played - minutes["Starfall Odyssey"]) <= 1
    events = await _events(following)
    assert [one["summary"] for one in events].count("Starfall Odyssey") == 1


async def test_what_nobody_saw_is_not_in_the_diary(following: Following) -> None:
    """An hour without network is no play time."""
    await following.follow("mika")
    house = following.house
    await house.clock.pass_by(10 * MINUTE)
    house.fail(kind="status", host="userpresence.xboxlive.com")
    await house.clock.pass_by(HOUR)
    answer = await _play_time(following, "mika")
    assert answer["minutes"] <= 11
    assert answer["days"][-1]["minutes"] == answer["minutes"]


async def test_days_are_told_as_they_were_asked_for(following: Following) -> None:
    """A week if nothing is said; a wrong order is an error."""
    await following.follow("mika")
    await following.house.clock.pass_by(10 * MINUTE)
    assert len((await _play_time(following, "mika"))["days"]) == 7
    one = await _play_time(
        following, "mika", start_date="2026-11-06", end_date="2026-11-06"
    )
    assert [day["date"] for day in one["days"]] == ["2026-11-06"]
    assert 9 <= one["minutes"] <= 10
    with pytest.raises(ServiceValidationError) as refused:
        await _play_time(
            following, "mika", start_date="2026-11-07", end_date="2026-11-06"
        )
    assert refused.value.translation_key == "days_in_wrong_order"


async def test_the_diary_goes_with_the_person(
    following: Following, hass_storage: dict[str, Any]
) -> None:
    """And with the account, its file does."""
    await following.follow("mika")
    await following.house.clock.pass_by(10 * MINUTE)
    xuid = following.person("mika").xuid
    file = f"xbox_console.{following.entry.entry_id}.diary"
    assert await following.house.unload(following.entry)
    assert xuid in hass_storage[file]["data"]["people"]
    assert await following.house.set_up(following.entry)
    (subentry,) = following.entry.subentries.values()
    following.hass.config_entries.async_remove_subentry(
        following.entry, subentry.subentry_id
    )
    await following.house.clock.pass_by(10 * MINUTE)
    assert xuid not in hass_storage[file]["data"]["people"]
    removal = following.hass.config_entries.async_remove(following.entry.entry_id)
    await following.house.clock.result(removal, within=30)
    assert file not in hass_storage


def test_old_sessions_are_let_go_of() -> None:
    """After 400 days; sums go on, and what is read again is what was written."""
    pages = Pages()
    start = dt_util.utcnow()
    for day in range(420):
        begun = start + timedelta(days=day)
        pages.played("1", "Starfall", begun, begun + timedelta(minutes=30))
    now = start + timedelta(days=419, hours=1)
    assert pages.prune(now)
    assert not pages.prune(now)
    assert len(pages.sessions) == KEPT.days
    assert pages.earlier == {"1": 20 * 1800.0}
    again = Pages.restore(pages.kept())
    assert again.kept() == pages.kept()
    assert again.sessions == pages.sessions


def test_what_a_crash_tells_again_is_written_once() -> None:
    """How far was counted may be older than what is written."""
    pages = Pages()
    start = dt_util.utcnow()
    minute = timedelta(minutes=1)
    pages.played("1", "Starfall", start, start + 10 * minute)
    pages.played("1", "Starfall", start + 6 * minute, start + 12 * minute)
    pages.played("1", None, start + 7 * minute, start + 9 * minute)
    (session,) = pages.sessions
    assert session.total == 12 * 60
    assert session.game == "Starfall"


def test_the_last_hour_is_told_anew_after_a_start() -> None:
    """A crash may have told the recorder more than was kept."""
    pages = Pages()
    start = dt_util.utcnow().replace(minute=50)
    pages.played("1", "Starfall", start, start + timedelta(minutes=30))
    pages.untold = None
    again = Pages.restore(pages.kept())
    assert again.untold == start.replace(minute=0) + timedelta(hours=1)


def test_pages_of_another_version_begin_anew() -> None:
    """What cannot be read does no harm."""
    assert Pages.restore({"sessions": [{"what": 1}]}).sessions == []  # type: ignore[typeddict-item] # on purpose
