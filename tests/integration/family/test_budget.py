"""A budget of play time: what is left, what is granted, when it is over; never on weak evidence."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.xbox_console.family.limits import Budget, Limits
from custom_components.xbox_console.people.play_time import PlayTime, day_of
from tests.integration.automations import automate
from tests.integration.family.at_home import (
    HOUR,
    MIKA,
    MINUTE,
    TOVE,
    choose,
    device_of,
    give_budget,
)
from tests.integration.following import Following

REMAINING = f"sensor.{MIKA}_remaining_today"
OVER = f"binary_sensor.{MIKA}_over_budget"
MORE = f"button.{MIKA}_15_more_minutes"


@pytest.fixture
def following(without_consoles: None, following: Following) -> Following:
    """Children who play elsewhere, as nothing here is about consoles."""
    return following


def _played(following: Following) -> int:
    return int(following.house.shows(f"sensor.{MIKA}_played_today"))


def _left(following: Following) -> int:
    return int(following.house.shows(REMAINING))


async def test_nobody_has_a_budget_by_default(following: Following) -> None:
    """Its entities are there only for whom it was switched on, and go with it."""
    await following.follow("mika", "tove")
    house = following.house
    assert house.hass.states.get(REMAINING) is None
    await choose(following, "mika", budget=True, weekend_days=["fri"])
    assert house.shows(OVER) == "off"
    assert house.shows(f"switch.{MIKA}_limit_play") == "on"
    assert house.shows(f"number.{MIKA}_daily_budget") == "120"
    assert house.hass.states.get(f"number.{TOVE}_daily_budget") is None
    await choose(following, "mika", budget=False, weekend_days=["fri"])
    registry = er.async_get(house.hass)
    assert registry.async_get(REMAINING) is None
    assert registry.async_get(MORE) is None


async def test_what_is_left_is_what_was_not_played(following: Following) -> None:
    """To the minute; over at 0, and a warning before."""
    await following.follow("mika")
    await give_budget(following, "mika", daily_budget=30, weekend_budget=200)
    house = following.house
    assert _left(following) + _played(following) == 30
    warned = await automate(
        house, "person_reached_budget", {"before": "00:10:00"}, entity_id=REMAINING
    )
    await house.clock.pass_by((_left(following) - 11) * MINUTE)
    assert warned == []
    await house.clock.pass_by(3 * MINUTE)
    assert len(warned) == 1
    assert house.shows(OVER) == "off"
    await house.clock.pass_by(10 * MINUTE)
    assert _left(following) == 0
    assert house.shows(OVER) == "on"
    assert _played(following) >= 30
    assert len(warned) == 1


async def test_it_is_over_once(following: Following) -> None:
    """The trigger fires when nothing is left, and again only after more was granted."""
    await following.follow("mika")
    await give_budget(following, "mika", daily_budget=20)
    house = following.house
    ran = await automate(house, "person_reached_budget", entity_id=REMAINING)
    await house.clock.pass_by(30 * MINUTE)
    assert len(ran) == 1
    await house.act("button.press", MORE)
    assert house.shows(OVER) == "off"
    assert house.state(REMAINING).attributes["granted"] == 15
    await house.clock.pass_by(20 * MINUTE)
    assert house.shows(OVER) == "on"
    assert len(ran) == 2


async def test_a_restart_keeps_limits_and_what_was_granted(
    following: Following,
) -> None:
    """At every stage: before, while it runs out, when it is over, after more was granted."""
    await following.follow("mika")
    await give_budget(
        following,
        "mika",
        daily_budget=30,
        bedtime_start="23:00:00",
        bedtime_end="06:30:00",
    )
    house = following.house
    for minutes, granted in ((0, 0), (10, 0), (25, 0), (0, 15), (20, 15)):
        await house.clock.pass_by(minutes * MINUTE)
        if granted and not house.state(REMAINING).attributes["granted"]:
            await house.act("button.press", MORE)
        before = _left(following)
        assert await house.unload(following.entry)
        assert await house.set_up(following.entry)
        # The first look counts what was played since the last one.
        assert before - 1 <= _left(following) <= before
        assert _left(following) == max(0, 30 + granted - _played(following))
        assert house.shows(f"time.{MIKA}_bedtime_start") == "23:00:00"
        assert house.shows(f"time.{MIKA}_bedtime_end") == "06:30:00"
    assert house.shows(OVER) == "on"


async def test_what_is_granted_ends_with_the_day(following: Following) -> None:
    """Tomorrow begins with the budget alone."""
    await following.hass.config.async_set_time_zone("UTC")
    await following.follow("mika")
    await give_budget(following, "mika", daily_budget=10, weekend_budget=45)
    house = following.house
    await house.act("button.press", MORE)
    assert house.state(REMAINING).attributes["granted"] == 15
    following.do("mika", "offline")
    # It is Friday, 18 o'clock.
    await house.clock.hurry(7 * HOUR)
    assert _left(following) == 45
    assert house.state(REMAINING).attributes["granted"] == 0


async def test_bedtime_ends_what_is_left(following: Following) -> None:
    """It counts down to bedtime, is over during it, and begins anew after it."""
    await following.hass.config.async_set_time_zone("UTC")
    await following.follow("mika")
    house = following.house
    following.do("mika", "offline")
    await give_budget(
        following,
        "mika",
        daily_budget=300,
        weekend_budget=300,
        bedtime_start="19:00:00",
        bedtime_end="07:00:00",
    )
    ran = await automate(house, "person_reached_budget", entity_id=REMAINING)
    await house.clock.hurry(
        (
            dt_util.utcnow().replace(hour=18, minute=50, second=30) - dt_util.utcnow()
        ).total_seconds()
    )
    assert _left(following) == 10
    assert house.shows(OVER) == "off"
    await house.clock.pass_by(10 * MINUTE)
    assert house.shows(OVER) == "on"
    assert house.state(OVER).attributes["bedtime"] is True
    assert len(ran) == 1
    await house.clock.hurry(12 * HOUR)
    assert _left(following) == 300
    assert house.shows(OVER) == "off"


async def test_bedtime_comes_while_the_network_is_away(following: Following) -> None:
    """It needs nobody to answer."""
    await following.hass.config.async_set_time_zone("UTC")
    await following.follow("mika")
    await give_budget(
        following, "mika", bedtime_start="19:30:00", bedtime_end="07:00:00"
    )
    house = following.house
    house.fail(kind="status", host="userpresence.xboxlive.com")
    await house.clock.hurry(2 * HOUR)
    assert house.shows(OVER) == "on"


async def test_limits_can_be_set_aside(following: Following) -> None:
    """Without limits nothing is left to count down, and nothing is over."""
    await following.follow("mika")
    await give_budget(following, "mika", daily_budget=5)
    house = following.house
    await house.clock.pass_by(10 * MINUTE)
    assert house.shows(OVER) == "on"
    await house.act("switch.turn_off", f"switch.{MIKA}_limit_play")
    assert house.shows(OVER) == "off"
    assert house.shows(REMAINING) == "unknown"
    await house.act("switch.turn_on", f"switch.{MIKA}_limit_play")
    assert house.shows(OVER) == "on"


async def test_only_administrators_grant_by_action(
    hass: HomeAssistant, following: Following
) -> None:
    """A child who signs in to Home Assistant does not help itself."""
    await following.follow("mika", "tove")
    await give_budget(following, "mika", daily_budget=60)
    child = MockUser(groups=[]).add_to_hass(hass)
    data = {"device_id": device_of(following, "mika"), "minutes": 40}
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            "xbox_console", "grant_play_time", data, True, Context(user_id=child.id)
        )
    before = _left(following)
    await hass.services.async_call("xbox_console", "grant_play_time", data, True)
    assert _left(following) == before + 40
    for device_id, problem in (
        (device_of(following, "tove"), "no_budget"),
        ("nothing", "not_a_person"),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await hass.services.async_call(
                "xbox_console",
                "grant_play_time",
                {"device_id": device_id, "minutes": 5},
                True,
            )
        assert refused.value.translation_key == problem


async def test_the_account_itself_may_have_one(following: Following) -> None:
    """A child may have an account of its own here: it is an option of the entry then."""
    house, options = following.house, following.hass.config_entries.options
    form = await options.async_init(following.entry.entry_id)
    form = await options.async_configure(form["flow_id"], {"next_step_id": "budget"})
    await options.async_configure(
        form["flow_id"], {"budget": True, "weekend_days": ["sat"]}
    )
    await house.clock.pass_by(10)
    assert house.shows("sensor.quietharbor77_remaining_today") != "unknown"
    await house.act("number.set_value", "number.quietharbor77_daily_budget", value=50)
    assert following.entry.options["budget"]["daily"] == 50


async def test_two_accounts_that_follow_the_same_child(following: Following) -> None:
    """One child, one budget: of the account that shows it; the other takes over with its own."""
    await following.follow("mika")
    await give_budget(following, "mika", daily_budget=90)
    other = await following.beside("child")
    page = await other.submit(await other.flow(), "LanternFox2048")
    assert page["type"] == "create_entry"
    await choose(other, "mika", budget=True, weekend_days=["sun"])
    states = following.hass.states.async_entity_ids("number")
    assert [one for one in states if "daily_budget" in one] == [
        f"number.{MIKA}_daily_budget"
    ]
    assert following.house.shows(f"number.{MIKA}_daily_budget") == "90"
    removal = following.hass.config_entries.async_remove(following.entry.entry_id)
    await following.house.clock.result(removal, within=30)
    await following.house.clock.pass_by(60)
    (left,) = [
        one
        for one in following.hass.states.async_entity_ids("number")
        if "daily_budget" in one
    ]
    assert following.house.shows(left) == "120"


async def test_weak_evidence_costs_nothing(following: Following) -> None:
    """An hour in which the network tells nothing takes nothing from the budget."""
    await following.follow("mika")
    await give_budget(following, "mika", daily_budget=60)
    house = following.house
    await house.clock.pass_by(10 * MINUTE)
    before = _left(following)
    house.fail(kind="status", host="userpresence.xboxlive.com")
    await house.clock.pass_by(HOUR)
    assert before - 2 <= _left(following) <= before


async def test_a_budget_costs_no_request(following: Following) -> None:
    """It stands on what is known anyway."""
    await following.follow("mika")
    without = await following.requests_within(HOUR)
    await give_budget(following, "mika", daily_budget=180)
    with_budget = await following.requests_within(HOUR)
    assert sum(with_budget.values()) <= sum(without.values()) + 5


async def test_assistants_do_not_see_limits_by_default(following: Following) -> None:
    """They are settings: nobody changes them by voice who was not allowed to."""
    await following.follow("mika")
    await give_budget(following, "mika")
    registry = er.async_get(following.hass)
    for entity_id in (
        f"number.{MIKA}_daily_budget",
        f"number.{MIKA}_weekend_budget",
        f"time.{MIKA}_bedtime_start",
        f"time.{MIKA}_bedtime_end",
        f"switch.{MIKA}_limit_play",
        MORE,
    ):
        entity = registry.async_get(entity_id)
        assert entity is not None, entity_id
        assert entity.entity_category == "config"


@pytest.mark.parametrize(
    ("start", "end", "now", "minutes"),
    [
        # Berlin's clocks go from 02:00 to 03:00 on that night.
        (time(2, 30), time(3, 30), "2027-03-28T00:50:00+00:00", 10),
        (time(2, 30), time(3, 30), "2027-03-28T01:10:00+00:00", 0),
        # 02:30 is shown twice: bedtime has begun the first time, and ends the first time.
        (time(2, 30), time(6), "2027-10-31T00:20:00+00:00", 10),
        (time(2, 30), time(6), "2027-10-31T01:10:00+00:00", 0),
        (time(22), time(2, 30), "2027-10-31T00:29:00+00:00", 0),
        (time(22), time(2, 30), "2027-10-31T01:10:00+00:00", 1190),
        (time(0, 5), time(6), "2027-06-01T21:55:00+00:00", 10),
    ],
)
def test_bedtime_when_clocks_change(
    start: time, end: time, now: str, minutes: int
) -> None:
    """Moments are compared, not what clocks on the wall show."""
    zone = dt_util.get_default_time_zone()
    dt_util.set_default_time_zone(ZoneInfo("Europe/Berlin"))
    try:
        moment = datetime.fromisoformat(now)
        limits = Limits(daily=1440, weekend=1440, bedtime_start=start, bedtime_end=end)
        budget = Budget.of(limits, PlayTime(day_of(moment)), moment)
        assert budget.remaining == minutes
        assert budget.bedtime is (minutes == 0)
    finally:
        dt_util.set_default_time_zone(zone)
