"""Assist understands what consoles can do, and says in a sentence what they cannot."""

from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player import INTENT_MEDIA_SEARCH_AND_PLAY
from homeassistant.core import Context
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    intent,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House

PLAYER = "media_player.living_room"
NOT_INSTALLED = "Chess is not installed on Living room. Install it there first"


@pytest.fixture(params=["before", "after"])
async def assist(
    house: House, entry: MockConfigEntry, request: pytest.FixtureRequest
) -> None:
    """Assist, set up before or after the account; it may use the living room's console, and nothing else."""
    if request.param == "before":
        await _set_up_assist(house)
    assert await house.set_up(entry)
    if request.param == "after":
        await _set_up_assist(house)
    for state in house.hass.states.async_all():
        async_expose_entity(
            house.hass, "conversation", state.entity_id, state.entity_id == PLAYER
        )
    await house.clock.settle()


async def _set_up_assist(house: House) -> None:
    for component in ("homeassistant", "conversation"):
        assert await async_setup_component(house.hass, component, {})
    await house.clock.settle()


async def _say(house: House, sentence: str) -> tuple[str, str | None]:
    """What Assist answers, and the error that goes with it."""
    talk = conversation.async_converse(house.hass, sentence, None, Context())
    result = await house.clock.result(talk, within=60)
    await house.clock.settle()
    response = result.response
    return response.speech["plain"]["speech"], response.error_code


@pytest.mark.usefixtures("assist")
async def test_what_is_not_installed_is_said(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Case R13: a sentence, no unexpected error and no traceback; nothing is sent."""
    speech, error = await _say(house, "play Chess on the living room")
    assert speech == NOT_INSTALLED
    assert error == intent.IntentResponseErrorCode.FAILED_TO_HANDLE
    assert house.heard == []
    assert "Traceback" not in caplog.text


@pytest.mark.usefixtures("assist")
async def test_a_console_is_found_by_its_area(house: House) -> None:
    """Case R13: as every player is."""
    area = ar.async_get(house.hass).async_create("Attic")
    entity = er.async_get(house.hass).async_get(PLAYER)
    assert entity and entity.device_id
    dr.async_get(house.hass).async_update_device(entity.device_id, area_id=area.id)
    await house.clock.settle()
    assert (await _say(house, "play Chess in the attic"))[0] == NOT_INSTALLED


@pytest.mark.usefixtures("assist")
async def test_what_a_console_refuses_is_said(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Case R13: what was found and does not start is explained as everywhere."""
    house.fail(kind="xccs", path="/commands", word="RemoteManagementDisabled")
    speech, error = await _say(house, "play starfall on living room")
    assert speech.startswith("Remote features are off on Living room. Turn them on")
    assert error == intent.IntentResponseErrorCode.FAILED_TO_HANDLE
    assert "Traceback" not in caplog.text


@pytest.mark.usefixtures("assist")
async def test_what_is_installed_is_played(house: House) -> None:
    """Case R13: as before."""
    speech, error = await _say(house, "play tidewater tales on the living room")
    assert (speech.strip(), error) == ("Playing media", None)
    running = house.console("living_room").shell.running
    assert running is house.simulator.world.titles["tidewater"]


@pytest.mark.usefixtures("assist")
async def test_other_players_are_left_alone(house: House) -> None:
    """Case R13: what another player does not find is not explained by us."""
    house.hass.states.async_set(
        "media_player.kitchen",
        "on",
        {"friendly_name": "Kitchen", "supported_features": 4194304 | 512},
    )
    async_expose_entity(house.hass, "conversation", "media_player.kitchen", True)
    speech, error = await _say(house, "play Chess on the kitchen")
    assert speech == "An unexpected error occurred"
    assert error == intent.IntentResponseErrorCode.FAILED_TO_HANDLE


@pytest.mark.usefixtures("assist")
@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("search for tide on Living room", "Found on Living room: Tidewater Tales."),
        (
            "Search skyline on the living room.",
            "Found on Living room: Skyline (2), Skyline.",
        ),
        (
            "search for chess on Living room",
            "Nothing like chess is installed on Living room.",
        ),
    ],
)
async def test_a_library_is_searched(house: House, sentence: str, answer: str) -> None:
    """Case R14: Assist says what is installed; nothing is turned on or sent."""
    assert await _say(house, sentence) == (answer, None)
    assert house.heard == []


@pytest.mark.usefixtures("assist")
async def test_a_console_is_searched_under_every_name(house: House) -> None:
    """Case R14: its aliases, and the name it is given, whatever characters are in it."""
    registry = er.async_get(house.hass)
    registry.async_update_entity(
        PLAYER, name="Kids' {Xbox} (old)", aliases=[er.COMPUTED_NAME, "the beast"]
    )
    await house.clock.settle()
    found = "Found on Kids' {Xbox} (old): Tidewater Tales."
    assert (await _say(house, "search for tide on the beast"))[0] == found
    assert (await _say(house, "search for tide on kids xbox old"))[0] == found
    assert not (await _say(house, "search for tide on living room"))[0].startswith(
        "Found"
    )


@pytest.mark.usefixtures("assist")
async def test_what_is_not_exposed_is_not_searched(house: House) -> None:
    """Case R14: the bedroom's console is not, and the living room's no longer."""
    sentences = get_agent_manager(house.hass)
    assert len(sentences.trigger_sentences) == 1
    async_expose_entity(house.hass, "conversation", PLAYER, False)
    await house.clock.settle()
    assert sentences.trigger_sentences == []


@pytest.mark.usefixtures("assist")
async def test_an_unloaded_account_leaves_no_sentence(
    house: House, entry: MockConfigEntry
) -> None:
    """Case R14: nobody answers for a console that is not there."""
    await house.unload(entry)
    assert get_agent_manager(house.hass).trigger_sentences == []
    await house.set_up(entry)
    assert len(get_agent_manager(house.hass).trigger_sentences) == 1


@pytest.mark.usefixtures("assist")
async def test_only_one_stands_before_the_others(
    house: House, entry: MockConfigEntry
) -> None:
    """Case R13: however often accounts are loaded."""
    await house.unload(entry)
    await house.set_up(entry)
    [handler] = [
        handler
        for handler in intent.async_get(house.hass)
        if handler.intent_type == INTENT_MEDIA_SEARCH_AND_PLAY
    ]
    assert handler.slot_schema
    assert "search_query" in {str(key) for key in handler.slot_schema}
