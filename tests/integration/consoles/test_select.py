"""What runs as a select: the same choices as the source list."""

from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.apps import install
from tests.integration.house import House

SELECT = "select.living_room_running_app"
PLAYER = "media_player.living_room"
LONG = "The Endless Chronicle " * 20


@pytest.mark.usefixtures("loaded")
async def test_it_offers_what_the_source_list_does(house: House) -> None:
    """In the same order, and not recorded."""
    state = house.state(SELECT)
    assert state.attributes["options"] == house.state(PLAYER).attributes["source_list"]
    assert state.state == "Starfall Odyssey"
    assert state.state_info is not None
    assert "options" in state.state_info["unrecorded_attributes"]


@pytest.mark.usefixtures("loaded")
async def test_it_follows(house: House) -> None:
    """What runs without being a choice is unknown."""
    shell = house.console("living_room").shell
    shell.home()
    await house.clock.pass_by(15)
    assert house.shows(SELECT) == "Home"
    shell.show(house.simulator.world.titles["hexagarden"])
    await house.clock.pass_by(15)
    assert house.shows(SELECT) == "unknown"


@pytest.mark.usefixtures("loaded")
async def test_selecting_starts(house: House) -> None:
    """Also on a console that sleeps, which is woken first."""
    entity_id = "select.bedroom_running_app"
    await house.act("select.select_option", entity_id, option="Hexagarden")
    bedroom = house.console("bedroom")
    assert bedroom.shell.running is house.simulator.world.titles["hexagarden"]
    assert house.shows(entity_id) == "Hexagarden"
    assert house.shows("media_player.bedroom") == "playing"


@pytest.mark.usefixtures("loaded")
async def test_what_is_no_choice_is_refused(house: House) -> None:
    """Home Assistant says what there is."""
    with pytest.raises(ServiceValidationError):
        await house.act("select.select_option", SELECT, option="Hexagarden")
    assert house.heard == []


async def test_a_long_name_can_be_chosen(house: House, entry: MockConfigEntry) -> None:
    """Case E2: a choice is as long as a state can be."""
    console = house.console("living_room")
    install(console, LONG, 1)
    assert await house.set_up(entry)
    console.shell.show(console.installed[-1].title)
    await house.clock.pass_by(15)
    shown = house.shows(SELECT)
    assert LONG.startswith(shown)
    assert shown in house.state(SELECT).attributes["options"]
