"""What goes wrong with Home Assistant's own Xbox integration, and must not here: people."""

from homeassistant.const import Platform
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.following import Following
from tests.integration.house import House

MIKA = "lanternfox2048"
ACCOUNT = "quietharbor77"


@pytest.mark.parametrize("status", [429, 500])
async def test_c16_people_that_cannot_be_asked_block_no_console(
    house: House, entry: MockConfigEntry, status: int
) -> None:
    """Nor at the very first start."""
    for service in ("peoplehub", "userpresence"):
        house.fail(kind="status", host=f"{service}.xboxlive.com", status=status)
    assert await house.set_up(entry)
    assert house.shows("media_player.living_room") == "playing"
    assert house.shows(f"binary_sensor.{ACCOUNT}_online") == "unavailable"


async def test_c17_a_game_that_cannot_be_described_makes_nobody_unavailable(
    following: Following,
) -> None:
    """Who is online and what they play is known without it."""
    following.house.fail(kind="status", host="titlehub.xboxlive.com")
    await following.follow("mika", "tove")
    assert following.house.shows(f"sensor.{MIKA}_now_playing") == "Tidewater Tales"
    assert following.house.shows(f"sensor.{ACCOUNT}_gamerscore") != "unavailable"


@pytest.mark.usefixtures("consoles_aside")
async def test_an_answer_without_a_title_is_no_news_of_it(following: Following) -> None:
    """How far somebody has come is asked again, and not unknown for the whole game."""
    progress = f"sensor.{MIKA}_progress_in_this_game"
    await following.follow("mika")
    odd = following.house.fail(kind="json", host="titlehub.xboxlive.com", body="{}")
    following.do("mika", "play", title="starfall")
    await following.house.clock.pass_by(120)
    assert following.house.shows(progress) == "unknown"
    following.house.simulator.world.faults.remove(odd.id)
    await following.house.clock.pass_by(3700)
    assert following.house.shows(progress) == "89.0"


async def test_c18_achievements_move_on_while_the_game_does(
    following: Following,
) -> None:
    """Each unlock is counted, not the first look of the session for ever."""
    await following.follow("mika")
    playing = f"sensor.{MIKA}_now_playing"
    before = following.house.state(playing).attributes["achievements"]
    following.do("mika", "unlock")
    await following.house.clock.pass_by(500)
    assert following.house.state(playing).attributes["achievements"] == before + 1


async def test_c19_nothing_is_shared_between_accounts(following: Following) -> None:
    """What one account learned of titles and people is not in the other's hands."""
    beside = await following.beside("child")
    ours, theirs = following.entry.runtime_data, beside.entry.runtime_data
    assert ours.people.data.persons.keys().isdisjoint(theirs.people.data.persons)
    assert ours.memory is not theirs.memory
    assert not theirs.memory.products


async def test_c28_who_is_in_a_game_was_last_online_now_and_not_before(
    following: Following,
) -> None:
    """The time of the last visit comes when somebody leaves, and does not wobble."""
    await following.follow("mika")
    last_online = f"sensor.{MIKA}_last_online"
    playing = following.house.shows(last_online)
    await following.house.clock.pass_by(300)
    assert following.house.shows(last_online) == playing
    following.do("mika", "offline")
    await following.house.clock.pass_by(120)
    left = following.house.shows(last_online)
    assert left not in ("unknown", playing)
    await following.house.clock.pass_by(600)
    assert following.house.shows(last_online) == left


async def test_c29_a_person_has_few_pictures(
    following: Following, entity_registry: er.EntityRegistry
) -> None:
    """Two, not nine; and no address with a space in it."""
    await following.follow("mika")
    pictures = [
        entity
        for entity in entity_registry.entities.values()
        if entity.domain == Platform.IMAGE
        and entity.entity_id.startswith(f"image.{MIKA}")
    ]
    assert len(pictures) == 2


async def test_c35_a_person_may_be_followed_by_several_accounts(
    following: Following,
) -> None:
    """Each may, and the person is one device all the same."""
    house = following.house
    await following.follow("mika", "child")
    theirs = await following.beside("child")
    page = await theirs.submit(await theirs.flow(), "LanternFox2048")
    assert page["type"] == "create_entry"
    await house.clock.pass_by(10)
    assert house.shows(f"binary_sensor.{MIKA}_online") == "on"
    assert house.hass.states.get(f"binary_sensor.{MIKA}_online_2") is None
