"""The media browser shows what is installed, from what is known, in folders of a bearable size."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.integration.apps import install
from tests.integration.house import House

PLAYER = "media_player.living_room"
STARFALL = "9ZHTX4LLQ7SF"


@pytest.fixture
def browse(house: House, hass_ws_client: WebSocketGenerator) -> Any:
    """Ask for a folder as a dashboard does."""

    async def ask(folder: str | None = None, entity_id: str = PLAYER) -> Any:
        client = await house.clock.result(hass_ws_client(house.hass), within=5)
        wanted = (
            {"media_content_type": "library", "media_content_id": folder}
            if folder
            else {}
        )
        await client.send_json_auto_id(
            {"type": "media_player/browse_media", "entity_id": entity_id, **wanted}
        )
        answer = await house.clock.result(client.receive_json(), within=5)
        await house.clock.result(client.close(), within=5)
        return answer

    return ask


def _titles(answer: Any) -> list[str]:
    assert answer["success"], answer
    return [child["title"] for child in answer["result"]["children"]]


@pytest.mark.usefixtures("loaded")
async def test_the_first_page(browse: Any) -> None:
    """Home, which can be played, and the folders."""
    answer = await browse()
    assert _titles(answer) == ["Home", "Games", "Apps", "Pins", "Recently played"]
    assert answer["result"]["title"] == "Living room"
    home, *folders = answer["result"]["children"]
    assert (home["can_play"], home["can_expand"]) == (True, False)
    assert all(folder["can_expand"] for folder in folders)
    assert (await browse("library"))["result"] == answer["result"]


@pytest.mark.usefixtures("loaded")
async def test_what_each_folder_holds(browse: Any) -> None:
    """Games and apps by name, pins in their order, what was used last first."""
    assert "Skyline" in _titles(await browse("games"))
    assert _titles(await browse("apps")) == [
        "Cassette Radio",
        "Cumulo Weather",
        "Larkvision",
    ]
    assert _titles(await browse("pins")) == [
        "Larkvision",
        "Starfall Odyssey",
        "Golden Boot 27",
    ]
    recent = _titles(await browse("recently_played"))
    assert set(recent[:2]) == {"Starfall Odyssey", "Tidewater Tales"}


@pytest.mark.usefixtures("loaded")
async def test_everything_that_can_be_played_starts(house: House, browse: Any) -> None:
    """Each entry is what play_media takes."""
    answer = await browse("games")
    entry = next(
        child
        for child in answer["result"]["children"]
        if child["title"] == "Tidewater Tales"
    )
    await house.act(
        "media_player.play_media",
        PLAYER,
        media_content_type=entry["media_content_type"],
        media_content_id=entry["media_content_id"],
    )
    tidewater = house.simulator.world.titles["tidewater"]
    assert house.console("living_room").shell.running is tidewater


@pytest.mark.usefixtures("loaded")
async def test_browsing_asks_nobody(house: House, browse: Any) -> None:
    """No click costs a request."""
    house.simulator.world.requests.clear()
    for folder in ("library", "games", "apps", "pins", "recently_played"):
        assert (await browse(folder))["success"]
    assert not house.simulator.world.requests


@pytest.mark.usefixtures("loaded")
async def test_pictures_come_through_home_assistant(
    house: House, browse: Any, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """A page fetches them from Home Assistant, which fetches them from the Store."""
    answer = await browse("games")
    entry = next(
        child
        for child in answer["result"]["children"]
        if child["media_content_id"] == STARFALL
    )
    assert entry["thumbnail"].startswith(f"/api/media_player_proxy/{PLAYER}/")
    client = await house.clock.result(hass_client_no_auth(), within=5)
    picture = await house.clock.result(client.get(entry["thumbnail"]), within=20)
    assert (picture.status, picture.content_type) == (200, "image/png")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("product", [STARFALL, "9ZN0SUCHTH1NG"])
async def test_a_picture_that_cannot_be_had_is_missing_and_no_error(
    house: House,
    browse: Any,
    hass_client_no_auth: ClientSessionGenerator,
    product: str,
) -> None:
    """Neither a Store out of reach nor an unknown product is Home Assistant's fault."""
    answer = await browse("games")
    thumbnail = next(
        child["thumbnail"]
        for child in answer["result"]["children"]
        if child["media_content_id"] == STARFALL
    ).replace(STARFALL, product)
    house.fail(kind="drop", host="store-images.s-microsoft.com")
    client = await house.clock.result(hass_client_no_auth(), within=5)
    picture = await house.clock.result(client.get(thumbnail), within=20)
    assert picture.status == 404


async def test_a_large_library_is_divided_by_letter(
    house: House, entry: MockConfigEntry, browse: Any
) -> None:
    """Five hundred games: no folder is endless, and every game is in exactly one."""
    living_room = house.console("living_room")
    living_room.installed.clear()
    names = [
        f"{chr(ord('A') + number % 26)} game {number}" for number in range(490)
    ] + [f"{number} Steps" for number in range(5)]
    names += ["Éclair", "Ärger", "飛び魚", "🐟", "!!!"]
    for number, name in enumerate(names):
        install(living_room, name, number)
    await house.set_up(entry)
    letters = await browse("games")
    assert _titles(letters) == [
        "#",
        *(chr(ord("A") + number) for number in range(26)),
        "飛",
    ]
    found = []
    for letter in letters["result"]["children"]:
        content = _titles(await browse(letter["media_content_id"]))
        assert 0 < len(content) <= 100
        found += content
    # HomeKit leaves nothing of a name that is all punctuation.
    assert sorted(found) == sorted([*names[:-1], "!!! (Game)"])
    assert "Éclair" in _titles(await browse("games/E"))
    assert set(_titles(await browse("games/#"))) == {
        *names[490:495],
        "🐟",
        "!!! (Game)",
    }


async def test_an_empty_library_is_empty_folders(
    house: House, entry: MockConfigEntry, browse: Any
) -> None:
    """Not an error."""
    house.console("bedroom").installed.clear()
    await house.set_up(entry)
    for folder in ("games", "apps", "pins", "recently_played"):
        assert _titles(await browse(folder, "media_player.bedroom")) == []


@pytest.mark.usefixtures("loaded")
async def test_an_unknown_folder_is_refused_in_words(browse: Any) -> None:
    """Its name is said."""
    answer = await browse("films")
    assert answer["error"]["message"] == "The media browser has no folder films"


@pytest.mark.usefixtures("loaded")
async def test_a_console_that_is_off_can_be_browsed(house: House, browse: Any) -> None:
    """Choosing a game in bed: the console wakes for it."""
    assert house.shows("media_player.bedroom") == "off"
    titles = _titles(await browse("games", "media_player.bedroom"))
    assert titles == ["Hexagarden", "Iron Lanterns", "Tidewater Tales"]
