"""Names and keys: what is meant by a gamertag, a number or a title id, and who shows a person."""

import dataclasses
from typing import Any

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.xbox_console.const import DOMAIN
from simulator.demo.people import make_friends
from simulator.games.titles import Title
from simulator.people.person import Played
from tests.integration.automations import automate
from tests.integration.entries import signed_in_entry
from tests.integration.following import TITLES, Following

pytestmark = pytest.mark.usefixtures("consoles_aside")

MIKA = "lanternfox2048"
SCORES = 520.0


async def _stats(following: Following, **data: Any) -> dict[str, Any]:
    answer = await following.house.clock.result(
        following.hass.services.async_call(
            DOMAIN, "get_stats", data, blocking=True, return_response=True
        ),
        within=60,
    )
    assert answer is not None
    return {**answer}


def _asked(following: Following) -> list[str]:
    return [
        request.host.partition(".")[0]
        for request in following.requests()
        if request.host.partition(".")[0] != "userpresence"
    ]


async def test_statistics_of_twelve_people_by_id(following: Following) -> None:
    """Case I1: nobody of them is followed; their names are one request."""
    people = make_friends(following.house.simulator.world, 12)
    following.house.forget_requests()
    told = await _stats(
        following,
        players=[person.xuid for person in people],
        game=TITLES["tidewater"],
    )
    names = [player["gamertag"] for player in told["players"]]
    assert names == [person.gamertag for person in people]
    assert sorted(_asked(following)) == ["profile", "titlehub", "userstats"]


async def test_statistics_of_twelve_friends_by_gamertag(following: Following) -> None:
    """Case I1: who they are is in the list of friends."""
    people = make_friends(following.house.simulator.world, 12)
    following.house.forget_requests()
    told = await _stats(
        following,
        players=[person.unique_gamertag for person in people],
        game=TITLES["tidewater"],
    )
    assert [player["id"] for player in told["players"]] == [one.xuid for one in people]
    assert sorted(_asked(following)) == ["peoplehub", "titlehub", "userstats"]


async def test_statistics_of_twelve_strangers_by_gamertag(
    following: Following,
) -> None:
    """Case I1: they are looked up one by one, as fast as the network allows."""
    people = make_friends(following.house.simulator.world, 12)
    for person in people:
        following.do(person.key, "unfriend")
    told = await _stats(
        following,
        players=[person.gamertag for person in people],
        game=TITLES["tidewater"],
    )
    assert [player["id"] for player in told["players"]] == [one.xuid for one in people]


async def test_an_unlock_of_an_older_game_belongs_to_its_title(
    following: Following,
) -> None:
    """Case J1: two games for Xbox 360 are known; the achievement says which one by its title id."""
    world = following.house.simulator.world
    other = world.titles["skyline-2011"]
    # The only other one of that generation that the sample world can have.
    older = world.titles._by_key["boot"] = _as_older(world.titles["boot"])  # noqa: SLF001 - no other way in
    following.do("mika", "offline")
    following.do("mika", "play", title="skyline-2011", device="Xbox360")
    following.do("mika", "play", title="boot", device="Scarlett")
    await following.follow("mika")
    ran = await automate(
        following.house,
        "person_unlocked_achievement",
        entity_id=f"event.{MIKA}_achievement",
    )
    following.do("mika", "unlock", title="boot")
    await following.house.clock.pass_by(SCORES)
    following.do("mika", "unlock", title="skyline-2011")
    await following.house.clock.pass_by(SCORES)
    assert [event.data["game"] for event in ran] == [older.name, other.name]


def _as_older(title: Title) -> Title:
    return dataclasses.replace(title, generation="360", devices=("Xbox360",))


async def test_a_game_that_is_called_a_number(following: Following) -> None:
    """Case J2: its name comes first; a number that is no name is a title id."""
    world = following.house.simulator.world
    nebula = world.titles["nebula"]
    world.titles._by_key["nebula"] = dataclasses.replace(nebula, name="1942")  # noqa: SLF001 - no other way in
    told = await _stats(following, game="1942")
    assert told["title_id"] == str(nebula.title_id)
    told = await _stats(following, game=TITLES["tidewater"])
    assert told["title_id"] == TITLES["tidewater"]


@pytest.mark.parametrize(
    "named", ["LanternFox#2048", "lanternfox#2048", "LanternFox2048", "Lantern Fox2048"]
)
async def test_both_forms_of_a_gamertag(following: Following, named: str) -> None:
    """Case J3: somebody who is followed is found by either, without a request for it."""
    await following.follow("mika")
    following.house.forget_requests()
    told = await _stats(following, players=named, game=TITLES["tidewater"])
    assert told["players"][0]["id"] == following.person("mika").xuid
    assert "profile" not in _asked(following)


async def test_the_accounts_own_gamertag_changes(
    following: Following, device_registry: dr.DeviceRegistry
) -> None:
    """Case J4: the title of the entry follows, and so does its device."""
    following.do("parent", "rename", gamertag="StormHarbor78")
    await following.house.clock.pass_by(SCORES + 90)
    assert following.entry.title == "StormHarbor78"
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, following.entry.unique_id or ""), following.entry.entry_id
    )
    assert device is not None
    assert device.name == "StormHarbor78"


async def test_a_title_that_the_user_gave_stays(following: Following) -> None:
    """Case J4: of an entry and of a subentry."""
    await following.follow("mika")
    entries = following.hass.config_entries
    (subentry,) = following.entry.subentries.values()
    entries.async_update_entry(following.entry, title="Our Xbox")
    entries.async_update_subentry(following.entry, subentry, title="My sister")
    following.do("parent", "rename", gamertag="StormHarbor78")
    following.do("mika", "rename", gamertag="HarbourFox")
    await following.house.clock.pass_by(SCORES)
    (subentry,) = following.entry.subentries.values()
    assert (following.entry.title, subentry.title) == ("Our Xbox", "My sister")


async def _both_follow_mika(following: Following) -> Following:
    await following.follow("mika")
    theirs = await following.beside("child")
    page = await theirs.submit(await theirs.flow(), "LanternFox2048")
    assert page["type"] == "create_entry"
    await following.house.clock.pass_by(10)
    return theirs


def _devices(following: Following, key: str) -> list[dr.DeviceEntry]:
    """Every device that stands for somebody."""
    identifier = (DOMAIN, following.person(key).xuid)
    registry = dr.async_get(following.hass)
    return registry.async_get_devices(identifiers={identifier})


async def test_one_person_is_one_device(following: Following) -> None:
    """Case J5: whoever else follows them; an automation on the area runs once."""
    house = following.house
    await _both_follow_mika(following)
    (device,) = _devices(following, "mika")
    assert device.config_entry_id == following.entry.entry_id
    dr.async_get(following.hass).async_update_device(device.id, area_id="den")
    ran = await automate(house, "person_stopped_game", area_id="den")
    following.do("mika", "offline")
    await house.clock.pass_by(200)
    assert len(ran) == 1
    assert house.hass.states.get(f"binary_sensor.{MIKA}_online_2") is None


async def test_who_is_let_go_of_by_one_is_shown_by_the_other(
    following: Following,
) -> None:
    """Case J5: at once, without a reload."""
    theirs = await _both_follow_mika(following)
    (subentry,) = following.entry.subentries.values()
    following.hass.config_entries.async_remove_subentry(
        following.entry, subentry.subentry_id
    )
    await following.house.clock.pass_by(10)
    (device,) = _devices(following, "mika")
    assert device.config_entry_id == theirs.entry.entry_id
    assert following.house.shows(f"binary_sensor.{MIKA}_in_game") == "on"


async def test_the_other_account_goes(following: Following) -> None:
    """Case J5: the entry that showed a person is removed; the other one has them."""
    theirs = await _both_follow_mika(following)
    await following.house.clock.result(
        following.hass.config_entries.async_remove(following.entry.entry_id), within=30
    )
    await following.house.clock.pass_by(200)
    (device,) = _devices(following, "mika")
    assert device.config_entry_id == theirs.entry.entry_id


async def test_the_other_account_is_disabled(
    following: Following, entity_registry: er.EntityRegistry
) -> None:
    """Case J5: whoever is switched off shows nobody; switched on again, it leaves them where they are."""
    theirs = await _both_follow_mika(following)
    house, entries = following.house, following.hass.config_entries
    for disabled_by in (ConfigEntryDisabler.USER, None):
        await house.clock.result(
            entries.async_set_disabled_by(following.entry.entry_id, disabled_by),
            within=30,
        )
        await house.clock.pass_by(200)
        (device,) = _devices(following, "mika")
        assert device.config_entry_id == theirs.entry.entry_id
        assert house.shows(f"binary_sensor.{MIKA}_in_game") == "on"
    assert following.entry.state is ConfigEntryState.LOADED


async def test_an_account_shows_itself(following: Following) -> None:
    """Case J5: somebody who was followed signs in here, too: they become their own device."""
    await following.follow("child")
    theirs = await following.beside("child")
    (device,) = _devices(following, "child")
    assert device.config_entry_id == theirs.entry.entry_id
    names = {state.entity_id for state in following.hass.states.async_all()}
    assert "switch.pocketcomet4821_appear_offline" in names
    assert "binary_sensor.pocketcomet4821_online" in names
    assert "binary_sensor.pocketcomet4821_online_2" not in names


async def test_twins_of_an_earlier_version_become_one(
    following: Following, entity_registry: er.EntityRegistry
) -> None:
    """Case J5: the entry that came first keeps the person, with all ids."""
    await following.follow("mika")
    xuid = following.person("mika").xuid
    before = {
        entity.unique_id: entity.entity_id
        for entity in er.async_entries_for_config_entry(
            entity_registry, following.entry.entry_id
        )
    }
    following.house.simulator.world.accounts["child"].refusal = None
    theirs = await following.house.clock.result(
        signed_in_entry(following.hass, following.house.simulator, "child"), within=30
    )
    registry = dr.async_get(following.hass)
    registry.async_get_or_create(
        config_entry_id=theirs.entry_id, identifiers={(DOMAIN, xuid)}
    )
    assert len(_devices(following, "mika")) == 2
    assert await following.house.set_up(theirs)
    page = await Following(following.house, theirs).flow()
    await Following(following.house, theirs).submit(page, "LanternFox2048")
    (device,) = _devices(following, "mika")
    assert device.config_entry_id == following.entry.entry_id
    after = {
        entity.unique_id: entity.entity_id
        for entity in er.async_entries_for_config_entry(
            entity_registry, following.entry.entry_id
        )
    }
    assert before == after


async def test_how_many_achievements_there_are(following: Following) -> None:
    """Case J6: counted once a title, and kept over a restart."""
    await following.follow("mika")
    house = following.house
    playing = f"sensor.{MIKA}_now_playing"
    title = house.simulator.world.titles["tidewater"]
    total = len(title.achievements)
    assert house.state(playing).attributes["achievements_total"] == total
    assert await house.unload(following.entry)
    house.fail(kind="status", host="achievements.xboxlive.com")
    assert await house.set_up(following.entry)
    await house.clock.pass_by(60)
    assert house.state(playing).attributes["achievements_total"] == total


async def test_an_add_on_brings_more_achievements(following: Following) -> None:
    """Case J6: more Gamerscore in all is reason to count them again."""
    world = following.house.simulator.world
    await following.follow("mika")
    title = world.titles["tidewater"]
    more = dataclasses.replace(title.achievements[0], id="99", name="Added")
    grown = dataclasses.replace(title, achievements=(*title.achievements, more))
    world.titles._by_key["tidewater"] = grown  # noqa: SLF001 - no other way in
    following.do("mika", "unlock")
    await following.house.clock.pass_by(2 * SCORES)
    playing = following.house.state(f"sensor.{MIKA}_now_playing")
    assert playing.attributes["achievements_total"] == len(grown.achievements)


async def test_a_count_that_is_refused_is_not_asked_for_ever(
    following: Following,
) -> None:
    """Case J6: it comes later, and costs little until then."""
    following.house.fail(
        kind="status", host="achievements.xboxlive.com", status=403, times=2
    )
    following.person("mika").played[1990010002] = Played(last=0.0, minutes=5.0)
    following.do("mika", "play", title="nebula")
    await following.follow("mika")
    playing = f"sensor.{MIKA}_now_playing"
    assert "achievements_total" not in following.house.state(playing).attributes
    counts = await following.requests_within(3300)
    assert "achievements.xboxlive.com" not in counts
    counts = await following.requests_within(600)
    assert counts["achievements.xboxlive.com"] == 1
    assert following.house.state(playing).attributes["achievements_total"] == 3
