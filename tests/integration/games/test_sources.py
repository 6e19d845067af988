"""The source list: Home, pins, games, apps, under clean names, never more than HomeKit takes."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.games.library import MOST_SOURCES
from simulator.people.pins import Pins
from tests.integration.apps import install
from tests.integration.house import House

PLAYER = "media_player.living_room"
PINNED = ["Larkvision", "Starfall Odyssey", "Golden Boot 27"]


def _sources(house: House, entity_id: str = PLAYER) -> list[str]:
    sources: list[str] = house.state(entity_id).attributes["source_list"]
    return sources


def _pin(house: House, *item_ids: str) -> None:
    pins = Pins()
    pins.insert([{"ItemId": item_id} for item_id in item_ids], at=0)
    house.simulator.world.pins["parent"] = pins


async def test_home_then_pins_then_games_then_apps(
    house: House, loaded: MockConfigEntry
) -> None:
    """Pins keep their order, the rest is by name."""
    sources = _sources(house)
    assert sources[:4] == ["Home", *PINNED]
    games = sources[4 : sources.index("Cassette Radio")]
    assert games == sorted(games, key=str.casefold)
    assert {"Tidewater Tales", "Mosslight", "Skyline", "Skyline (2)"} <= set(games)
    assert sources[sources.index("Cassette Radio") :] == [
        "Cassette Radio",
        "Cumulo Weather",
    ]


async def test_a_pin_that_is_not_installed_is_no_source(
    house: House, loaded: MockConfigEntry
) -> None:
    """Only what can be started is offered, console by console."""
    assert _sources(house, "media_player.bedroom")[:3] == [
        "Home",
        "Larkvision",
        "Hexagarden",
    ]


async def test_pins_may_be_product_ids(house: House, entry: MockConfigEntry) -> None:
    """The service holds either kind of id."""
    titles = house.simulator.world.titles
    _pin(house, (titles["tidewater"].product_id or "").lower())
    await house.set_up(entry)
    assert _sources(house)[1] == "Tidewater Tales"


async def test_a_failing_pins_service_harms_nobody(
    house: House, entry: MockConfigEntry
) -> None:
    """The list is complete, in its plain order."""
    house.fail(host="eplists.xboxlive.com", kind="status", status=503)
    await house.set_up(entry)
    sources = _sources(house)
    assert set(PINNED) <= set(sources)
    assert sources[1].startswith("Chronicles of the Everlasting Lighthouse")
    assert house.shows(PLAYER) == "playing"


async def test_pins_are_remembered(house: House, loaded: MockConfigEntry) -> None:
    """After a restart they are there although the service is not."""
    await house.unload(loaded)
    house.fail(host="eplists.xboxlive.com", kind="status", status=503)
    await house.set_up(loaded)
    assert _sources(house)[1:4] == PINNED


async def test_pins_are_asked_for_rarely(house: House, loaded: MockConfigEntry) -> None:
    """Four times a day and no more."""
    # A console that sleeps is looked at less often.
    await house.act("media_player.turn_off", PLAYER)
    for _ in range(59):
        house.clock.skip(330)
        await house.clock.pass_by(30)
    asked = [
        request
        for request in house.simulator.world.requests
        if request.host == "eplists.xboxlive.com"
    ]
    assert len(asked) == 1


async def test_a_list_that_is_too_long_keeps_pins_and_what_was_used_last(
    house: House, entry: MockConfigEntry
) -> None:
    """HomeKit takes 90 inputs."""
    living_room = house.console("living_room")
    for number in range(200):
        install(living_room, f"Game {number:03d}", number, used=1_700_000_000 + number)
    await house.set_up(entry)
    sources = _sources(house)
    assert len(sources) == MOST_SOURCES == 90
    assert sources[:4] == ["Home", *PINNED]
    assert "Game 199" in sources
    assert "Game 010" not in sources
    games = [source for source in sources if source.startswith("Game ")]
    assert games == sorted(games)


async def test_names_are_clean(house: House, entry: MockConfigEntry) -> None:
    """What nobody says or sees is left out, and equal names are told apart whatever their case."""
    living_room = house.console("living_room")
    install(living_room, "  Orbit™  Runner®\u200b ", 1)
    install(living_room, "ORBIT RUNNER", 2)
    install(living_room, "Home", 3, "App")
    await house.set_up(entry)
    sources = _sources(house)
    assert {"Orbit Runner", "ORBIT RUNNER (2)", "Home", "Home (2)"} <= set(sources)


async def test_an_empty_console_has_home(house: House, entry: MockConfigEntry) -> None:
    """Nothing installed is no error."""
    house.console("bedroom").installed.clear()
    await house.set_up(entry)
    assert _sources(house, "media_player.bedroom") == ["Home"]


async def test_what_runs_without_being_installed_has_its_name(
    house: House, loaded: MockConfigEntry
) -> None:
    """A game from the cloud or a disc is named by the Store, but is no source."""
    house.console("living_room").shell.show(house.simulator.world.titles["hexagarden"])
    await house.clock.pass_by(20)
    shown = house.state(PLAYER)
    assert shown.attributes["media_title"] == "Hexagarden"
    assert shown.attributes["media_content_type"] == "game"
    assert shown.state == "playing"
    assert "source" not in shown.attributes


@pytest.mark.parametrize("attribute", ["app_id", "media_content_type", "volume_level"])
async def test_a_console_that_is_off_shows_nothing(
    house: House, loaded: MockConfigEntry, attribute: str
) -> None:
    """No attribute of what ran stays."""
    await house.act("media_player.volume_mute", PLAYER, is_volume_muted=True)
    await house.act("media_player.turn_off", PLAYER)
    assert attribute not in house.state(PLAYER).attributes
    await house.act("media_player.turn_on", PLAYER)
    assert house.state(PLAYER).attributes["is_volume_muted"] is False
