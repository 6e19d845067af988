"""More of a person, where the service tells it in what is asked anyway."""

import dataclasses

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from simulator.people.person import Person
from tests.integration.following import TITLES, Following

MIKA = "lanternfox2048"
PARTY = f"binary_sensor.{MIKA}_in_a_party"
PLAYING = f"sensor.{MIKA}_now_playing"


async def _enable(following: Following, *entity_ids: str) -> None:
    """Switch on entities that are off at first."""
    for entity_id in entity_ids:
        er.async_get(following.hass).async_update_entity(entity_id, disabled_by=None)
    await following.house.clock.result(
        following.hass.config_entries.async_reload(following.entry.entry_id), within=30
    )
    await following.house.clock.pass_by(5)


@pytest.mark.parametrize(
    ("restriction", "joinable"), [("followed", True), ("local", False), ("", None)]
)
async def test_a_party(
    following: Following, restriction: str, joinable: bool | None
) -> None:
    """Whether somebody is in one, and whether others may join."""
    following.person("mika").party_restriction = restriction
    await following.follow("mika")
    await _enable(following, PARTY)
    state = following.house.state(PARTY)
    assert state.state == "on"
    assert state.attributes.get("joinable") == joinable
    assert state.attributes["multiplayer"] is True


async def test_who_is_away_is_in_no_party(following: Following) -> None:
    """Whatever the profile said when it was read last."""
    await following.follow("mika", "tove")
    await _enable(following, PARTY, "binary_sensor.paper_kite_31_in_a_party")
    following.do("mika", "offline")
    await following.house.clock.pass_by(100)
    assert following.house.shows(PARTY) == "off"
    assert following.house.shows("binary_sensor.paper_kite_31_in_a_party") == "off"


@pytest.mark.usefixtures("consoles_aside")
async def test_nothing_more_is_asked_for_it(following: Following) -> None:
    """Profiles are one request, with whatever is shown of them."""
    await following.follow("mika")
    await _enable(following, PARTY, f"sensor.{MIKA}_following")
    counts = await following.requests_within(1800)
    assert counts["peoplehub.xboxlive.com"] <= 4
    mika: Person = following.person("mika")
    assert following.house.shows(f"sensor.{MIKA}_following") == str(len(mika.following))


async def test_what_a_friend_plays_can_be_started(following: Following) -> None:
    """By its product id, on a console that has it."""
    await following.follow("mika")
    playing = following.house.state(PLAYING).attributes
    assert playing["title_id"] == TITLES["tidewater"]
    assert playing["game_pass"] is False
    await following.house.act(
        "media_player.play_media",
        "media_player.living_room",
        media_content_type="game",
        media_content_id=playing["product_id"],
    )
    await following.house.clock.pass_by(30)
    console = following.house.state("media_player.living_room")
    assert console.attributes["media_title"] == "Tidewater Tales"


async def test_a_game_of_game_pass(following: Following) -> None:
    """Is told to be one."""
    world = following.house.simulator.world
    title = world.titles["tidewater"]
    world.titles._by_key["tidewater"] = dataclasses.replace(title, game_pass=True)  # noqa: SLF001 - no other way in
    await following.follow("mika")
    assert following.house.state(PLAYING).attributes["game_pass"] is True


async def test_what_is_not_told_is_not_shown(
    hass: HomeAssistant, following: Following
) -> None:
    """Of whom the profile cannot be read there is neither party nor number."""
    following.house.fail(
        kind="status", host="peoplehub.xboxlive.com", path="/users/me/people/batch"
    )
    await following.follow("mika")
    await _enable(following, PARTY, f"sensor.{MIKA}_following")
    assert following.house.shows(PARTY) == "unknown"
    assert following.house.shows(f"sensor.{MIKA}_following") == "unknown"
