"""Search by name: for dashboards, for voice, for language models."""

from typing import Any

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.helpers import llm
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.integration.apps import install
from tests.integration.house import House

PLAYER = "media_player.living_room"


@pytest.fixture
async def assist(house: House, loaded: MockConfigEntry) -> None:
    """Assist is set up and may use the living room's console, and nothing else."""
    for component in ("homeassistant", "conversation"):
        assert await async_setup_component(house.hass, component, {})
    for state in house.hass.states.async_all():
        async_expose_entity(
            house.hass, "conversation", state.entity_id, state.entity_id == PLAYER
        )
    await house.clock.settle()


async def _search(house: House, query: str, **filters: Any) -> list[str]:
    answer: Any = await house.hass.services.async_call(
        "media_player",
        "search_media",
        {"entity_id": PLAYER, "search_query": query, **filters},
        blocking=True,
        return_response=True,
    )
    return [item.title for item in answer[PLAYER].result]


async def _say(house: House, sentence: str) -> conversation.ConversationResult:
    talk = conversation.async_converse(house.hass, sentence, None, Context())
    result = await house.clock.result(talk, within=60)
    await house.clock.settle()
    return result


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Starfall Odyssey", "Starfall Odyssey"),
        ("STARFALL", "Starfall Odyssey"),
        ("star fall", "Starfall Odyssey"),
        ("odyssey", "Starfall Odyssey"),
        ("star foul odyssey", "Starfall Odyssey"),
        ("the game starfall odyssey please", "Starfall Odyssey"),
        ("nebular drift", "Nebula Drift GT"),
        ("keepers remembrance", "Chronicles of the Everlasting Lighthouse"),
        ("ole", "Летучая Рыба"),
        ("летучая рыба", "Летучая Рыба"),
        ("飛び魚の冒険", "Летучая Рыба"),
        ("lark vision", "Larkvision"),
    ],
)
async def test_the_likeliest_comes_first(house: House, query: str, first: str) -> None:
    """As said, as typed, as misheard, with and without accents and capitals."""
    assert (await _search(house, query))[0].startswith(first)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("query", ["", "  ", "!?", "xq", "Chess", "Hexagarden"])
async def test_what_is_not_installed_is_not_found(house: House, query: str) -> None:
    """Hexagarden is on another console only."""
    assert await _search(house, query) == []


async def test_the_order_of_answers(house: House, entry: MockConfigEntry) -> None:
    """Exact, beginning, word, likeness; games before apps; at most 35."""
    living_room = house.console("living_room")
    living_room.installed.clear()
    names = ["Orbital", "Orbit Racer", "The Orbit", "Orbit", "Orbyt"]
    for number, name in enumerate(names):
        install(living_room, name, number)
    install(living_room, "Orbit", 50, "App")
    install(living_room, "Orbit Radio", 51, "App")
    await house.set_up(entry)
    assert await _search(house, "orbit") == [
        "Orbit",
        "Orbit (2)",
        "Orbital",
        "Orbit Racer",
        "Orbit Radio",
        "The Orbit",
        "Orbyt",
    ]
    assert await _search(house, "orbit", media_filter_classes=["app"]) == [
        "Orbit (2)",
        "Orbit Radio",
    ]
    assert await _search(house, "orbit", media_filter_classes=["music"]) == []


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("library", ["Cassette Radio"]),
        ("apps", ["Cassette Radio"]),
        ("games", []),
        ("pins", []),
        ("apps/C", ["Cassette Radio"]),
        ("apps/L", []),
    ],
)
async def test_a_folder_is_searched_alone(
    house: House, folder: str, found: list[str]
) -> None:
    """The field of the media browser says in which folder it searches."""
    place = {"media_content_type": "library", "media_content_id": folder}
    assert await _search(house, "radio", **place) == found


async def test_no_more_than_a_language_model_can_bear(
    house: House, entry: MockConfigEntry
) -> None:
    """Of five hundred, the 35 that were used last."""
    living_room = house.console("living_room")
    for number in range(500):
        install(living_room, f"Sequel {number:03d}", number, used=1.7e9 + number)
    await house.set_up(entry)
    found = await _search(house, "sequel")
    assert len(found) == 35
    assert found[0] == "Sequel 499"


@pytest.mark.usefixtures("loaded")
async def test_search_from_the_dialog(
    house: House, hass_ws_client: WebSocketGenerator
) -> None:
    """What is found can be played and has a picture."""
    client = await house.clock.result(hass_ws_client(house.hass), within=5)
    house.simulator.world.requests.clear()
    await client.send_json_auto_id(
        {
            "type": "media_player/search_media",
            "entity_id": PLAYER,
            "search_query": "tidewater",
            "media_content_type": "library",
            "media_content_id": "games",
        }
    )
    answer = await house.clock.result(client.receive_json(), within=5)
    [found] = answer["result"]["result"]
    assert found["title"] == "Tidewater Tales"
    assert found["media_content_id"] == "9ZTWT5CZY8MB"
    assert found["media_class"] == "game"
    assert found["can_play"]
    assert found["thumbnail"].startswith("/api/media_player_proxy/")
    assert not house.simulator.world.requests


@pytest.mark.usefixtures("assist")
@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("play Tidewater Tales on the living room", "tidewater"),
        ("play starfall on living room", "starfall"),
        ("play nebula drift on the living room", "nebula"),
    ],
)
async def test_play_by_voice(house: House, sentence: str, key: str) -> None:
    """Assist finds the game and starts it."""
    await house.act("media_player.select_source", PLAYER, source="Home")
    result = await _say(house, sentence)
    assert result.response.error_code is None, result.response.speech
    running = house.console("living_room").shell.running
    assert running is house.simulator.world.titles[key]


@pytest.mark.usefixtures("assist")
async def test_a_language_model_searches_and_plays(house: House) -> None:
    """Through the tools that Home Assistant gives it."""
    context = llm.LLMContext(
        platform="test",
        context=Context(),
        language="en",
        assistant="conversation",
        device_id=None,
    )
    api = await llm.async_get_api(house.hass, llm.LLM_API_ASSIST, context)

    async def use(tool: str, **arguments: str) -> Any:
        call = api.async_call_tool(
            llm.ToolInput(tool_name=f"media_player__{tool}", tool_args=arguments)
        )
        return await house.clock.result(call, within=60)

    found = await use("search_media", search_query="tide", player_name="Living room")
    data = getattr(found, "data", found)
    assert "9ZTWT5CZY8MB" in str(data)
    assert "Tidewater Tales" in str(data)
    await use(
        "play_media",
        media_content_id="9ZTWT5CZY8MB",
        media_content_type="game",
        player_name="Living room",
    )
    running = house.console("living_room").shell.running
    assert running is house.simulator.world.titles["tidewater"]
