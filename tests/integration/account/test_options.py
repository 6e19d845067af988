"""The options: nobody has to open them, and what they change is there at once."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from simulator.demo.consoles import ONE_X_ID, SERIES_S_ID, SERIES_X_ID
from tests.integration.apps import install
from tests.integration.entries import signed_in_entry
from tests.integration.house import House

PLAYER = "media_player.living_room"
BOOT = "CZ27GLDNBTFC"
NEBULA = "9ZNBD7RGT2KV"


async def _open(house: House, entry: MockConfigEntry, *steps: str) -> Any:
    """Open the options and choose from the menu."""
    flows = house.hass.config_entries.options
    result = await flows.async_init(entry.entry_id)
    for step in steps:
        result = await flows.async_configure(result["flow_id"], {"next_step_id": step})
    return result


async def _submit(house: House, result: Any, data: dict[str, Any]) -> Any:
    """Fill in a form, and wait until what follows from it is done."""
    result = await house.hass.config_entries.options.async_configure(
        result["flow_id"], data
    )
    await house.clock.pass_by(2)
    return result


def _suggested(result: Any, field: str) -> Any:
    """What a form shows in a field."""
    for key in result["data_schema"].schema:
        if key == field:
            description: dict[str, Any] = key.description or {}
            return description.get("suggested_value")
    raise AssertionError(field)


def _sources(house: House) -> list[str]:
    sources: list[str] = house.state(PLAYER).attributes["source_list"]
    return sources


async def _apps(house: House, entry: MockConfigEntry, data: dict[str, Any]) -> None:
    result = await _submit(house, await _open(house, entry, "apps"), data)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.state is ConfigEntryState.LOADED


async def test_a_hidden_app_is_in_no_list_but_can_be_started(
    house: House, loaded: MockConfigEntry
) -> None:
    """Hidden means out of sight, also for search."""
    await _apps(house, loaded, {"hidden_apps": [BOOT]})
    assert "Golden Boot 27" not in _sources(house)
    found: Any = await house.hass.services.async_call(
        "media_player",
        "search_media",
        {"entity_id": PLAYER, "search_query": "golden boot"},
        blocking=True,
        return_response=True,
    )
    assert found[PLAYER].result == []
    await house.act(
        "media_player.play_media",
        PLAYER,
        media_content_type="game",
        media_content_id="golden boot 27",
    )
    boot = house.simulator.world.titles["boot"]
    assert house.console("living_room").shell.running is boot
    assert house.state(PLAYER).attributes["media_title"] == "Golden Boot 27"


async def test_a_renamed_app_has_its_new_name_everywhere(
    house: House, loaded: MockConfigEntry
) -> None:
    """In lists and as what runs; automations that use the old name go on working."""
    await _apps(
        house,
        loaded,
        {"renamed_apps": [{"app": "Nebula Drift GT", "name": " Nebula "}]},
    )
    assert "Nebula" in _sources(house)
    assert "Nebula Drift GT" not in _sources(house)
    for source in ("Nebula", "Nebula Drift GT"):
        await house.act("media_player.select_source", PLAYER, source="Home")
        await house.act("media_player.select_source", PLAYER, source=source)
        shown = house.state(PLAYER).attributes
        assert (shown["source"], shown["media_title"]) == ("Nebula", "Nebula")


async def test_the_form_shows_what_was_chosen_and_takes_it_back(
    house: House, loaded: MockConfigEntry
) -> None:
    """Games of one name are told apart."""
    renamed = [{"app": "Skyline (2)", "name": "Rooftops"}]
    await _apps(house, loaded, {"hidden_apps": [BOOT], "renamed_apps": renamed})
    assert {"Skyline", "Rooftops"} <= set(_sources(house))
    form = await _open(house, loaded, "apps")
    assert _suggested(form, "hidden_apps") == [BOOT]
    assert _suggested(form, "renamed_apps") == renamed
    await _submit(house, form, {"hidden_apps": [], "renamed_apps": []})
    assert {"Golden Boot 27", "Skyline", "Skyline (2)"} <= set(_sources(house))


async def _list_again(house: House) -> None:
    """Let the time come at which what is installed is asked for."""
    house.clock.skip(6 * 3600)
    await house.clock.pass_by(60)


async def test_what_is_uninstalled_meanwhile_stays_hidden_and_renamed(
    house: House, loaded: MockConfigEntry
) -> None:
    """Whoever installs a game again finds it as before."""
    living_room = house.console("living_room")
    kept = list(living_room.installed)
    chosen = [{"app": "Nebula Drift GT", "name": "Nebula"}]
    await _apps(house, loaded, {"hidden_apps": [BOOT], "renamed_apps": chosen})
    living_room.installed[:] = [
        each for each in kept if each.title.key not in ("boot", "nebula")
    ]
    await _list_again(house)
    assert "Nebula" not in _sources(house)
    await _apps(house, loaded, {"hidden_apps": [], "renamed_apps": []})
    living_room.installed[:] = kept
    await _list_again(house)
    assert "Nebula" in _sources(house)
    assert "Golden Boot 27" not in _sources(house)


async def test_the_form_is_the_same_for_a_large_library(
    house: House, entry: MockConfigEntry
) -> None:
    """Five hundred games are no error."""
    for number in range(500):
        install(house.console("living_room"), f"Sequel {number}", number)
    await house.set_up(entry)
    await _apps(house, entry, {"hidden_apps": ["9ZTEST000007"]})
    assert "Sequel 7" not in _sources(house)


async def test_a_deselected_console_is_gone_and_comes_back(
    house: House, loaded: MockConfigEntry
) -> None:
    """Its device and its entities go; nothing asks it any more; selecting it brings all back."""
    devices, entities = dr.async_get(house.hass), er.async_get(house.hass)
    form = await _open(house, loaded, "consoles")
    await _submit(house, form, {"consoles": [SERIES_X_ID, SERIES_S_ID]})
    assert (
        devices.async_get_device_by_identifier((DOMAIN, ONE_X_ID), loaded.entry_id)
        is None
    )
    assert entities.async_get("media_player.bedroom") is None
    assert house.hass.states.get("media_player.bedroom") is None
    assert house.shows(PLAYER) == "playing"
    house.forget_requests()
    await house.clock.pass_by(300)
    assert not house.requests(f"/consoles/{ONE_X_ID}")
    form = await _open(house, loaded, "consoles")
    await _submit(house, form, {"consoles": [SERIES_X_ID, SERIES_S_ID, ONE_X_ID]})
    assert house.shows("media_player.bedroom") == "off"


async def test_a_console_that_comes_later_is_selected(
    house: House, loaded: MockConfigEntry
) -> None:
    """Only what was deselected is left alone, also across a restart."""
    bedroom = house.simulator.world.consoles.pop(ONE_X_ID)
    await house.clock.pass_by(20)
    form = await _open(house, loaded, "consoles")
    await _submit(house, form, {"consoles": [SERIES_X_ID]})
    house.simulator.world.consoles[ONE_X_ID] = bedroom
    await house.clock.pass_by(700)
    assert house.shows("media_player.bedroom") == "off"
    assert house.hass.states.get("media_player.playroom") is None


async def test_another_account_gets_a_deselected_console(
    house: House, loaded: MockConfigEntry
) -> None:
    """That is how a family decides whose account a console belongs to."""
    child = house.simulator.world.accounts["child"]
    child.refusal = None
    child.console_ids = [ONE_X_ID]
    second = await signed_in_entry(house.hass, house.simulator, "child")
    assert await house.set_up(second)
    issues = ir.async_get(house.hass)
    assert "owned_elsewhere" in {
        issue.translation_key for issue in issues.issues.values()
    }
    form = await _open(house, loaded, "consoles")
    await _submit(house, form, {"consoles": [SERIES_X_ID]})
    await house.clock.pass_by(15)
    devices = dr.async_get(house.hass)
    bedroom = devices.async_get_device_by_identifier(
        (DOMAIN, ONE_X_ID), second.entry_id
    )
    assert bedroom is not None
    assert house.shows("media_player.bedroom") == "off"
    assert not issues.issues


async def test_nothing_can_be_chosen_while_the_account_is_not_set_up(
    house: House, entry: MockConfigEntry
) -> None:
    """The page says why."""
    result = await _open(house, entry)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "not_loaded"


@pytest.mark.parametrize("step", ["consoles", "apps"])
async def test_a_form_that_is_not_changed_changes_nothing(
    house: House, loaded: MockConfigEntry, step: str
) -> None:
    """The suggestions are what is."""
    before = _sources(house)
    form = await _open(house, loaded, step)
    data = (
        {"consoles": [SERIES_X_ID, ONE_X_ID, SERIES_S_ID]}
        if step == "consoles"
        else {"hidden_apps": [], "renamed_apps": []}
    )
    await _submit(house, form, data)
    assert _sources(house) == before
    assert house.shows("media_player.bedroom") == "off"
