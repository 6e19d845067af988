"""A real Home Assistant, newer than the test kit's, over REST and WebSocket: every door is tried once."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from aiohttp import ClientResponseError
import pytest
import yaml

from scripts.homeassistant_instance import HomeAssistant
from scripts.sign_in import remove_entries
from tests.browser.conftest import ROOT
from tests.running_simulator import RunningSimulator

DOMAIN = "xbox_console"
INTEGRATION = ROOT / "custom_components" / DOMAIN
LIVING_ROOM = "media_player.living_room"
MIKA = "LanternFox2048"
_PATIENCE = 30.0
_PAUSE = 0.2
_ENTRIES = "/api/config/config_entries"
_FLOWS = f"{_ENTRIES}/flow"
_OPTIONS = f"{_ENTRIES}/options/flow"
_SUBENTRIES = f"{_ENTRIES}/subentries/flow"
_PLATFORMS = {
    *("binary_sensor", "button", "calendar", "event", "image", "media_player"),
    *("notify", "number", "remote", "select", "sensor", "switch", "time", "todo"),
}

type Json = dict[str, Any]


def _described(kind: str) -> set[str]:
    """Return what a YAML file of the integration describes, without what only anchors are for."""
    described: Mapping[str, object] = yaml.safe_load(
        (INTEGRATION / f"{kind}.yaml").read_text()
    )
    return {key for key in described if not key.startswith(".")}


@pytest.fixture
async def entry_id(home_assistant: HomeAssistant, signed_in: None) -> str:
    """The one entry."""
    (entry,) = await home_assistant.request("GET", f"{_ENTRIES}/entry?domain={DOMAIN}")
    assert entry["state"] == "loaded"
    return str(entry["entry_id"])


async def _begin(home: HomeAssistant, flows: str, handler: object) -> Json:
    return cast("Json", await home.request("POST", flows, {"handler": handler}))


async def _go_on(
    home: HomeAssistant, flows: str, step: Json, **entered: object
) -> Json:
    path = f"{flows}/{step['flow_id']}"
    return cast("Json", await home.request("POST", path, entered))


@pytest.fixture
async def everything(home_assistant: HomeAssistant, entry_id: str) -> None:
    """Somebody with a budget, and a game, are followed; so there is an entity of each kind."""
    home = home_assistant
    step = await _begin(home, _SUBENTRIES, [entry_id, "person"])
    step = await _go_on(home, _SUBENTRIES, step, people=[MIKA])
    assert step["type"] == "create_entry", step
    step = await _begin(home, _SUBENTRIES, [entry_id, "game"])
    step = await _go_on(home, _SUBENTRIES, step, game="Starfall Odyssey")
    assert step["type"] == "create_entry", step
    step = await _begin(home, _OPTIONS, entry_id)
    step = await _go_on(home, _OPTIONS, step, next_step_id="budget")
    step = await _go_on(home, _OPTIONS, step, budget=True, weekend_days=["sat", "sun"])
    assert step["type"] == "create_entry", step
    # The entry is loaded anew for it.
    async with asyncio.timeout(_PATIENCE):
        while not {_domain(one) for one in await _entities(home)} >= _PLATFORMS:
            await asyncio.sleep(_PAUSE)


async def _entities(home: HomeAssistant) -> list[Json]:
    listed: list[Json] = await home.command("config/entity_registry/list")
    return [entity for entity in listed if entity["platform"] == DOMAIN]


def _domain(entity: Json) -> str:
    return str(entity["entity_id"]).partition(".")[0]


@pytest.mark.usefixtures("everything")
async def test_every_platform_has_entities(home_assistant: HomeAssistant) -> None:
    """Of each kind there are some, and those that are enabled have a state."""
    entities = await _entities(home_assistant)
    assert {_domain(entity) for entity in entities} == _PLATFORMS
    states: list[Json] = await home_assistant.request("GET", "/api/states")
    there = {state["entity_id"]: state["state"] for state in states}
    enabled = {one["entity_id"] for one in entities if one["disabled_by"] is None}
    assert enabled <= there.keys()
    assert there[LIVING_ROOM] == "playing"


async def _devices(home: HomeAssistant) -> dict[str, str]:
    """Return ids of our devices by name."""
    devices: list[Json] = await home.command("config/device_registry/list")
    return {
        device["name"]: device["id"]
        for device in devices
        if any(domain == DOMAIN for domain, _ in device["identifiers"])
    }


async def _act(home: HomeAssistant, action: str, data: Json, *, answers: bool) -> Json:
    result: Json = await home.command(
        "call_service",
        domain=DOMAIN,
        service=action,
        service_data=data,
        return_response=answers,
    )
    return result.get("response") or {}


@pytest.mark.usefixtures("everything")
async def test_every_action_acts(
    home_assistant: HomeAssistant, simulator: RunningSimulator
) -> None:
    """Each one does what it is asked for, and those that tell something tell it."""
    known: Json = (await home_assistant.command("get_services"))[DOMAIN]
    devices = await _devices(home_assistant)
    console = {"entity_id": LIVING_ROOM}
    apps = await _act(home_assistant, "get_installed_apps", console, answers=True)
    parent = simulator.world.people["parent"].gamertag
    name = simulator.world.titles["cassette"].name
    (small,) = (app for app in apps[LIVING_ROOM]["apps"] if app["name"] == name)
    actions: dict[str, Json] = {
        "get_installed_apps": console,
        "launch": {**console, "app": "Larkvision"},
        "send_text": {**console, "text": "tide"},
        "rename_console": {**console, "name": "Living room"},
        "uninstall_app": {**console, "instance": small["instance"]},
        "install_app": {**console, "product": small["product_id"]},
        "get_player": {"player": MIKA},
        "search_players": {"text": "lantern"},
        "get_friends": {},
        "get_achievements": {"limit": 3},
        "get_stats": {"game": "Starfall Odyssey"},
        "get_recent_titles": {},
        "send_message": {"player": MIKA, "message": "Hello"},
        "download_captures": {"kinds": ["screenshot"]},
        "delete_captures": {"ids": ["nothing"]},
        "cancel_download": {},
        "grant_play_time": {"device_id": devices[parent], "minutes": 5},
        "get_play_time": {"device_id": devices[MIKA], "by": "game"},
    }
    assert actions.keys() == known.keys() == _described("services")
    for action, data in actions.items():
        answers = "response" in known[action]
        told = await _act(home_assistant, action, data, answers=answers)
        assert bool(told) is answers, action


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("kind", ["triggers", "conditions"])
async def test_every_trigger_and_condition_is_taken(
    home_assistant: HomeAssistant, kind: str
) -> None:
    """Each with the options that its form begins with."""
    one = kind.removesuffix("s")
    options = {
        "person_reached_play_time": {"limit": {"hours": 2}},
        "capture_neared_expiry": {"before": {"days": 7}},
        "console_is_running": {"app": ["Starfall Odyssey"]},
    }
    configured = [
        {
            one: f"{DOMAIN}.{key}",
            "target": {"entity_id": LIVING_ROOM},
            "options": options.get(key, {}),
        }
        for key in _described(kind)
    ]
    checked = await home_assistant.command("validate_config", **{kind: configured})
    assert checked[kind] == {"valid": True, "error": None}


async def test_every_way_in_and_every_option_opens(
    home_assistant: HomeAssistant, entry_id: str
) -> None:
    """Forms are shown, by the newer Home Assistant as by the older one."""
    home = home_assistant
    menu = await _begin(home, _FLOWS, DOMAIN)
    assert menu["type"] == "menu"
    for way in menu["menu_options"]:
        step = await _begin(home, _FLOWS, DOMAIN)
        step = await _go_on(home, _FLOWS, step, next_step_id=way)
        assert step["type"] in ("form", "progress", "abort"), step
        if step["type"] != "abort":
            await home.request("DELETE", f"{_FLOWS}/{step['flow_id']}")
    options = await _begin(home, _OPTIONS, entry_id)
    for name in options["menu_options"]:
        step = await _begin(home, _OPTIONS, entry_id)
        step = await _go_on(home, _OPTIONS, step, next_step_id=name)
        assert step["type"] == "form", step
        await home.request("DELETE", f"{_OPTIONS}/{step['flow_id']}")


async def test_diagnostics_name_nobody(
    home_assistant: HomeAssistant, entry_id: str, simulator: RunningSimulator
) -> None:
    """What is handed to a stranger names nobody."""
    told = await home_assistant.request(
        "GET", f"/api/diagnostics/config_entry/{entry_id}"
    )
    assert told["data"]
    for person in simulator.world.people.values():
        assert person.xuid not in str(told)
        assert person.gamertag not in str(told["data"])


@pytest.mark.usefixtures("everything")
async def test_it_goes_as_it_came(
    home_assistant: HomeAssistant, entry_id: str, directory: Path
) -> None:
    """Unloaded, its entities are unavailable; loaded again they are back; removed, nothing is left."""
    home = home_assistant
    for disabled_by, state in (("user", None), (None, "playing")):
        await home.command(
            "config_entries/disable", entry_id=entry_id, disabled_by=disabled_by
        )
        assert await _state(home, LIVING_ROOM) == state
    assert list((directory / ".storage").glob(f"{DOMAIN}.*"))
    await remove_entries(home)
    assert not await _entities(home)
    assert not await _devices(home)
    assert not list((directory / ".storage").glob(f"{DOMAIN}.*"))


async def _state(home: HomeAssistant, entity_id: str) -> str | None:
    try:
        state: Json = await home.request("GET", f"/api/states/{entity_id}")
    except ClientResponseError:
        return None
    return str(state["state"])
