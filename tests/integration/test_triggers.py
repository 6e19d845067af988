"""Triggers of our own, in real automations: they fire for what happens, once, and for nothing else."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
    label_registry as lr,
)
from homeassistant.helpers.trigger import (
    async_get_all_descriptions,
    async_validate_trigger_config,
)
from probatio import Invalid
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.trigger import TRIGGERS
from tests.integration.automations import automate
from tests.integration.following import Following
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
MIKA = "lanternfox2048"
ONLINE, IN_GAME = f"binary_sensor.{MIKA}_online", f"binary_sensor.{MIKA}_in_game"
LOOK = 190.0
"""Longer than the longest time between two looks at people."""
SCORES = 520.0
"""Longer than the time between two looks at scores."""


@pytest.fixture
def following(without_consoles: None, following: Following) -> Following:
    """People to follow, and no consoles beside them."""
    return following


def _told(ran: list[Event[Mapping[str, Any]]], what: str) -> list[Any]:
    return [event.data[what] for event in ran]


async def _launch(house: House, console: str, title: str) -> None:
    """Start something with the controller."""
    house.console(console).launch(house.simulator.world.titles[title])
    await house.clock.pass_by(60)


@pytest.mark.usefixtures("loaded")
async def test_a_console_launched_something(house: House) -> None:
    """Each game or app that comes to the screen; home is none."""
    ran = await automate(house, "console_launched_app", entity_id=LIVING_ROOM)
    await house.clock.pass_by(60)
    assert ran == []
    await _launch(house, "living_room", "tidewater")
    await house.act("xbox_console.launch", LIVING_ROOM, app="Home")
    await house.clock.pass_by(60)
    await _launch(house, "living_room", "tidewater")
    assert _told(ran, "title") == ["Tidewater Tales", "Tidewater Tales"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("wanted", ["tidewater tales", ["Nothing", "{product_id}"]])
async def test_a_console_launched_what_is_named(house: House, wanted: Any) -> None:
    """By name in any case, or product id; nothing else counts."""
    product_id = house.simulator.world.titles["tidewater"].product_id
    named = [wanted] if isinstance(wanted, str) else wanted
    which = [name.format(product_id=product_id) for name in named]
    ran = await automate(
        house, "console_launched_app", {"app": which}, entity_id=LIVING_ROOM
    )
    await _launch(house, "living_room", "nebula")
    assert ran == []
    await _launch(house, "living_room", "tidewater")
    assert _told(ran, "entity") == [LIVING_ROOM]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("kind", ["area", "device", "label"])
async def test_a_console_by_area_device_or_label(
    hass: HomeAssistant, house: House, kind: str
) -> None:
    """As every target can be named."""
    entity = er.async_get(hass).async_get(LIVING_ROOM)
    assert entity is not None and entity.device_id is not None
    devices = dr.async_get(hass)
    area = ar.async_get(hass).async_create("Downstairs")
    label = lr.async_get(hass).async_create("Consoles")
    devices.async_update_device(entity.device_id, area_id=area.id)
    devices.async_update_device(entity.device_id, labels={label.label_id})
    target: dict[str, Any] = {
        "area": {"area_id": area.id},
        "device": {"device_id": entity.device_id},
        "label": {"label_id": label.label_id},
    }[kind]
    ran = await automate(house, "console_launched_app", **target)
    await _launch(house, "living_room", "tidewater")
    assert _told(ran, "entity") == [LIVING_ROOM]


async def test_a_reload_is_no_launch_and_ends_nothing(
    house: House, loaded: MockConfigEntry
) -> None:
    """What runs across a reload did not start; what starts later does."""
    ran = await automate(house, "console_launched_app", entity_id=LIVING_ROOM)
    assert await house.hass.config_entries.async_reload(loaded.entry_id)
    await house.clock.pass_by(60)
    assert ran == []
    await _launch(house, "living_room", "tidewater")
    assert _told(ran, "title") == ["Tidewater Tales"]


async def test_what_started_while_we_were_not_looking_is_no_launch(
    house: House, loaded: MockConfigEntry
) -> None:
    """The first look corrects what was remembered; that is no news."""
    ran = await automate(house, "console_launched_app", entity_id=LIVING_ROOM)
    assert await house.unload(loaded)
    house.console("living_room").launch(house.simulator.world.titles["tidewater"])
    await house.clock.pass_by(60)
    assert await house.set_up(loaded)
    await house.clock.pass_by(60)
    assert house.state(LIVING_ROOM).attributes["media_title"] == "Tidewater Tales"
    assert ran == []


async def test_a_person_came_online(following: Following) -> None:
    """Once, however long they stay."""
    await following.follow("tove")
    online = "binary_sensor.paper_kite_31_online"
    ran = await automate(following.house, "person_came_online", entity_id=online)
    await following.house.clock.pass_by(LOOK)
    assert ran == []
    following.do("tove", "online")
    await following.house.clock.pass_by(2 * LOOK)
    assert _told(ran, "entity") == [online]


async def test_a_person_went_offline(following: Following) -> None:
    """And stayed away for as long as was asked."""
    await following.follow("mika")
    ran = await automate(
        following.house,
        "person_went_offline",
        {"for": {"minutes": 5}},
        entity_id=ONLINE,
    )
    following.do("mika", "offline")
    await following.house.clock.pass_by(LOOK)
    following.do("mika", "online")
    await following.house.clock.pass_by(400)
    assert ran == []
    following.do("mika", "offline")
    await following.house.clock.pass_by(300 + LOOK)
    assert _told(ran, "entity") == [ONLINE]


async def test_the_first_look_at_a_person_is_no_event(following: Following) -> None:
    """Who is there when we begin to look did not come just then."""
    ran = await automate(following.house, "person_came_online", entity_id=ONLINE)
    await following.follow("mika")
    await following.house.clock.pass_by(LOOK)
    assert following.house.shows(ONLINE) == "on"
    assert ran == []


async def test_a_person_started_a_game(following: Following) -> None:
    """Which one is told; another game right after it is no start."""
    await following.follow("mika")
    following.do("mika", "stop")
    await following.house.clock.pass_by(LOOK)
    ran = await automate(following.house, "person_started_game", entity_id=IN_GAME)
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(LOOK)
    following.do("mika", "play", title="tidewater")
    await following.house.clock.pass_by(LOOK)
    nebula = following.house.simulator.world.titles["nebula"].name
    assert _told(ran, "game") == [nebula]


async def test_a_person_started_the_game_that_is_named(following: Following) -> None:
    """Also out of another one."""
    await following.follow("mika")
    nebula = following.house.simulator.world.titles["nebula"].name
    assert nebula
    ran = await automate(
        following.house,
        "person_started_game",
        {"game": nebula.upper()},
        entity_id=IN_GAME,
    )
    following.do("mika", "play", title="starfall")
    await following.house.clock.pass_by(LOOK)
    assert ran == []
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(LOOK)
    assert _told(ran, "game") == [nebula]


async def test_a_person_stopped_a_game(following: Following) -> None:
    """Going to another one is no end, unless the game is named."""
    await following.follow("mika")
    ran = await automate(following.house, "person_stopped_game", entity_id=IN_GAME)
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(LOOK)
    assert ran == []
    following.do("mika", "stop")
    await following.house.clock.pass_by(LOOK)
    nebula = following.house.simulator.world.titles["nebula"].name
    assert _told(ran, "before") == [nebula]


async def test_a_person_stopped_the_game_that_is_named(following: Following) -> None:
    """Whatever comes next."""
    await following.follow("mika")
    ran = await automate(
        following.house,
        "person_stopped_game",
        {"game": ["Tidewater Tales"]},
        entity_id=IN_GAME,
    )
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(LOOK)
    following.do("mika", "stop")
    await following.house.clock.pass_by(LOOK)
    assert _told(ran, "before") == ["Tidewater Tales"]


async def test_a_person_changed_the_game(following: Following) -> None:
    """From one to another; neither the first nor the last."""
    await following.follow("mika")
    ran = await automate(following.house, "person_changed_game", entity_id=IN_GAME)
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(LOOK)
    following.do("mika", "stop")
    await following.house.clock.pass_by(LOOK)
    following.do("mika", "play", title="starfall")
    await following.house.clock.pass_by(LOOK)
    nebula = following.house.simulator.world.titles["nebula"].name
    assert _told(ran, "game") == [nebula]


async def test_a_person_unlocked_achievements(following: Following) -> None:
    """Each one, also when several are told at once, and the very first."""
    await following.follow("mika")
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(60)
    ran = await automate(
        following.house,
        "person_unlocked_achievement",
        entity_id=f"event.{MIKA}_achievement",
    )
    following.do("mika", "unlock")
    following.do("mika", "unlock")
    await following.house.clock.pass_by(2 * SCORES)
    title = following.house.simulator.world.titles["nebula"]
    assert sorted(_told(ran, "achievement")) == sorted(
        one.name for one in title.achievements[:2]
    )


async def test_achievements_of_another_game_do_not_count(following: Following) -> None:
    """If a game is named."""
    await following.follow("mika")
    ran = await automate(
        following.house,
        "person_unlocked_achievement",
        {"game": "Starfall Odyssey"},
        entity_id=f"event.{MIKA}_achievement",
    )
    following.do("mika", "unlock")
    await following.house.clock.pass_by(SCORES)
    assert ran == []


@pytest.mark.parametrize(
    ("options", "minutes"),
    [
        ({"limit": "00:10:00"}, 10),
        ({"limit": {"minutes": 20}, "before": {"minutes": 10}}, 10),
    ],
)
async def test_a_person_reached_a_play_time(
    following: Following, options: dict[str, Any], minutes: int
) -> None:
    """In the minute in which it is reached, or as long before as was asked; once a day."""
    await following.follow("mika")
    sensor = f"sensor.{MIKA}_played_today"
    ran = await automate(
        following.house, "person_reached_play_time", options, entity_id=sensor
    )
    before = float(following.house.shows(sensor))
    await following.house.clock.pass_by((minutes - before) * 60 - 150)
    assert ran == []
    await following.house.clock.pass_by(300)
    assert _told(ran, "entity") == [sensor]
    await following.house.clock.pass_by(1200)
    assert len(ran) == 1


async def test_a_limit_that_is_passed_during_a_reload_counts(
    following: Following,
) -> None:
    """Children must not gain a day by it."""
    await following.follow("mika")
    sensor = f"sensor.{MIKA}_played_today"
    ran = await automate(
        following.house,
        "person_reached_play_time",
        {"limit": "00:10:00"},
        entity_id=sensor,
    )
    await following.house.clock.pass_by(540)
    below = following.house.state(sensor)
    assert float(below.state) < 10
    following.hass.states.async_set(sensor, "unavailable", below.attributes)
    await following.house.clock.settle()
    following.hass.states.async_set(sensor, "12", below.attributes)
    await following.house.clock.settle()
    assert _told(ran, "entity") == [sensor]


@pytest.mark.usefixtures("loaded")
async def test_a_limit_may_be_told_in_hours(hass: HomeAssistant, house: House) -> None:
    """As the unit of the sensor can be chosen; what cannot be understood is not reached."""
    ran = await automate(
        house,
        "person_reached_play_time",
        {"limit": "02:00:00"},
        entity_id="sensor.quietharbor77_played_today",
    )
    for value, unit in (("1.5", "h"), ("119", "furlong"), ("2.0", "h"), ("2.5", "h")):
        hass.states.async_set(
            "sensor.quietharbor77_played_today", value, {"unit_of_measurement": unit}
        )
        await house.clock.settle()
    assert len(ran) == 1


@pytest.mark.usefixtures("loaded")
async def test_entities_of_others_do_not_tell(
    hass: HomeAssistant, house: House
) -> None:
    """Whatever they are called, and whatever else of ours is named."""
    ran = await automate(
        house,
        "person_came_online",
        entity_id=[
            "binary_sensor.somebody_online",
            "binary_sensor.quietharbor77_in_game",
        ],
    )
    for state in ("off", "on"):
        hass.states.async_set("binary_sensor.somebody_online", state)
        hass.states.async_set("binary_sensor.quietharbor77_in_game", state)
        await house.clock.pass_by(2)
    assert ran == []


@pytest.mark.usefixtures("loaded")
async def test_all_triggers_are_described(hass: HomeAssistant) -> None:
    """So that the editor offers them."""
    descriptions = await async_get_all_descriptions(hass)
    ours = {name for name in descriptions if name.startswith("xbox_console.")}
    assert ours == {f"xbox_console.{name}" for name in TRIGGERS}


@pytest.mark.usefixtures("loaded")
async def test_a_limit_is_needed(hass: HomeAssistant) -> None:
    """A play time without one means nothing."""
    trigger = {
        "trigger": "xbox_console.person_reached_play_time",
        "target": {"entity_id": "sensor.quietharbor77_played_today"},
    }
    with pytest.raises(Invalid):
        await async_validate_trigger_config(hass, cv.TRIGGER_SCHEMA([trigger]))
