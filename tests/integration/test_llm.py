"""Tools for language models: they see and touch what is exposed, and say what they did."""

from typing import Any

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, llm
from homeassistant.helpers.intent import MatchFailedError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.following import Following
from tests.integration.house import House

ACCOUNT, MIKA = "quietharbor77", "lanternfox2048"
PEOPLE = tuple(
    f"{entity}"
    for name in (ACCOUNT, MIKA)
    for entity in (
        f"binary_sensor.{name}_online",
        f"binary_sensor.{name}_in_game",
        f"sensor.{name}_now_playing",
        f"sensor.{name}_played_today",
    )
)
PLAYERS = tuple(f"media_player.{name}" for name in ("living_room", "bedroom"))
REMOTES = tuple(f"remote.{name}" for name in ("living_room", "bedroom"))


@pytest.fixture
async def assist(house: House, loaded: MockConfigEntry) -> House:
    """Assist, to which nothing of ours is exposed."""
    assert await async_setup_component(house.hass, "homeassistant", {})
    for component in ("llm", "conversation"):
        assert await async_setup_component(house.hass, component, {})
    for entity in er.async_get(house.hass).entities.values():
        async_expose_entity(house.hass, "conversation", entity.entity_id, False)
    return house


def _expose(house: House, *entity_ids: str) -> None:
    for entity_id in entity_ids:
        async_expose_entity(house.hass, "conversation", entity_id, True)


async def _api(house: House) -> llm.APIInstance:
    context = llm.LLMContext(
        platform="test",
        context=Context(),
        language="en",
        assistant="conversation",
        device_id=None,
    )
    return await llm.async_get_api(house.hass, llm.LLM_API_ASSIST, context)


async def _tools(house: House) -> set[str]:
    return {
        tool.name.removeprefix(f"{DOMAIN}__")
        for tool in (await _api(house)).tools
        if tool.name.startswith(f"{DOMAIN}__")
    }


async def _use(house: House, tool: str, **arguments: Any) -> Any:
    call = (await _api(house)).async_call_tool(
        llm.ToolInput(tool_name=f"{DOMAIN}__{tool}", tool_args=arguments)
    )
    answer = await house.clock.result(call, within=60)
    return getattr(answer, "data", answer)


async def test_there_are_only_tools_for_what_is_exposed(assist: House) -> None:
    """Nothing at first."""
    assert await _tools(assist) == set()
    _expose(assist, "sensor.quietharbor77_played_today")
    assert await _tools(assist) == {"who_is_playing"}
    _expose(assist, *PLAYERS)
    assert await _tools(assist) == {"who_is_playing", "launch"}
    _expose(assist, *REMOTES)
    assert await _tools(assist) == {
        "who_is_playing",
        "launch",
        "press_key",
        "type_text",
    }


async def test_who_plays_what_and_how_long_today(
    assist: House, following: Following
) -> None:
    """People and consoles, without a request."""
    await following.follow("mika")
    await assist.clock.pass_by(1200)
    _expose(assist, *PEOPLE, *PLAYERS)
    assist.forget_requests()
    told = await _use(assist, "who_is_playing")
    assert following.requests() == []
    people = {person.pop("name"): person for person in told["people"]}
    mika = people["LanternFox2048"]
    assert mika["playing"] == "Tidewater Tales"
    assert mika["online"] is mika["in_game"] is True
    assert 15 <= mika["minutes_played_today"] <= 21
    assert people["QuietHarbor77"]["playing"] == "Starfall Odyssey"
    consoles = {console.pop("name"): console for console in told["consoles"]}
    assert consoles == {
        "Living room": {"state": "playing", "running": "Starfall Odyssey"},
        "Bedroom": {"state": "off", "running": None},
    }


async def test_one_person_alone(assist: House, following: Following) -> None:
    """By name; models send blanks for what they leave out."""
    await following.follow("mika")
    _expose(assist, *PEOPLE, *PLAYERS)
    told = await _use(assist, "who_is_playing", name="lanternfox2048")
    assert [person["name"] for person in told["people"]] == ["LanternFox2048"]
    assert told["consoles"] == []
    everyone = await _use(assist, "who_is_playing", name="")
    assert len(everyone["people"]) == len(everyone["consoles"]) == 2


async def test_what_is_not_exposed_is_not_told(assist: House) -> None:
    """Only the time, if only that may be known."""
    _expose(assist, "sensor.quietharbor77_played_today")
    told = await _use(assist, "who_is_playing")
    (person,) = told["people"]
    assert person.keys() == {"name", "minutes_played_today"}
    assert told["consoles"] == []


async def test_what_is_unavailable_says_nothing(
    assist: House, loaded: MockConfigEntry
) -> None:
    """Not that it is off."""
    _expose(assist, *PEOPLE[:3], PLAYERS[0])
    assert await assist.unload(loaded)
    told = await _use(assist, "who_is_playing")
    assert told == {
        "people": [{"name": "QuietHarbor77"}],
        "consoles": [{"name": "Living room"}],
    }


async def test_launch(assist: House) -> None:
    """It is started when the tool says so."""
    _expose(assist, *PLAYERS)
    told = await _use(
        assist, "launch", app="Tidewater Tales", console_name="Bedroom", area=""
    )
    assert told == {
        "success": True,
        "console": "Bedroom",
        "did": "started Tidewater Tales",
    }
    running = assist.console("bedroom").shell.running
    assert running is assist.simulator.world.titles["tidewater"]


async def test_the_only_console_needs_no_name(assist: House) -> None:
    """Others that are not exposed do not count."""
    _expose(assist, PLAYERS[0], REMOTES[0])
    told = await _use(assist, "press_key", keys=["Menu", "A"])
    assert told["did"] == "pressed Menu, A"
    assert [key for _, _, key in assist.heard] == [
        {"keyType": "Menu"},
        {"keyType": "A"},
    ]


async def test_which_console_has_to_be_clear(assist: House) -> None:
    """Nothing is sent to one of two."""
    _expose(assist, *REMOTES)
    with pytest.raises(MatchFailedError):
        await _use(assist, "press_key", keys="A")
    with pytest.raises(MatchFailedError):
        await _use(assist, "press_key", keys="A", console_name="Playroom")
    assert assist.heard == []


async def test_type_text(assist: House) -> None:
    """Into the focused text box."""
    _expose(assist, *REMOTES)
    told = await _use(assist, "type_text", text="tidewater", console_name="living room")
    assert told == {"success": True, "console": "Living room", "did": "typed tidewater"}
    assert assist.heard[-1][2] == {"replacementString": "tidewater"}


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("launch", {"app": "Chess of 1472"}),
        ("press_key", {"keys": "Turbo"}),
    ],
)
async def test_what_does_not_work_is_an_error(
    assist: House, tool: str, arguments: dict[str, Any]
) -> None:
    """Never a success that was none; it names what there is."""
    _expose(assist, *PLAYERS, *REMOTES)
    with pytest.raises(HomeAssistantError):
        await _use(assist, tool, console_name="Living room", **arguments)
    assert assist.heard == []


async def test_tools_say_how_they_behave(assist: House) -> None:
    """Whoever runs them may ask first."""
    _expose(assist, *PEOPLE[:4], *PLAYERS, *REMOTES)
    tools = {tool.name: tool for tool in (await _api(assist)).tools}
    assert tools[f"{DOMAIN}__who_is_playing"].annotations.read_only
    for name in ("launch", "press_key", "type_text"):
        tool = tools[f"{DOMAIN}__{name}"]
        assert not tool.annotations.read_only
        assert not tool.annotations.open_world
        assert tool.integration == DOMAIN
        assert tool.title
