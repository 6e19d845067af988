"""What goes wrong with Home Assistant's own Xbox integration, and must not here: accounts, devices, options."""

import json
from typing import Any

from aiohttp import web
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.diagnostics import (
    async_get_config_entry_diagnostics,
    async_get_device_diagnostics,
)
from simulator import serving
from simulator.world import World
from tests.integration.house import House
from tests.integration.sign_in_flow import SignInFlow

LIVING_ROOM = "media_player.living_room"
PLAYROOM = "media_player.playroom"


def _device(
    house: House, entry: MockConfigEntry, registry: dr.DeviceRegistry, name: str
) -> dr.DeviceEntry:
    device = registry.async_get_device_by_identifier(
        (DOMAIN, house.console(name).id), entry.entry_id
    )
    assert device is not None
    return device


async def test_c12_a_renamed_console_is_renamed(
    house: House, loaded: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """Without a reload."""
    before = _device(house, loaded, device_registry, "bedroom")
    house.console("bedroom").name = "Attic"
    await house.clock.pass_by(15)
    after = device_registry.async_get(before.id)
    assert after is not None
    assert after.name == "Attic"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status"},
        {"kind": "status", "status": 401},
        {"kind": "html", "status": 200},
        {"kind": "malformed"},
        {"kind": "outage"},
    ],
)
async def test_c21_a_sign_in_that_fails_says_so(
    house: House, fault: dict[str, Any]
) -> None:
    """The page has an error in the user's words, and can be tried again."""
    house.fail(**fault)
    flow = await SignInFlow(house).start()
    assert flow.page["type"] == "form"
    assert flow.problem
    house.simulator.world.faults.clear()
    await flow.submit()
    await flow.enter_code()
    assert flow.page["type"] == "create_entry"


async def test_c22_diagnostics_name_no_console(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Neither the id that commands address, nor the name, nor anyone."""
    device = _device(house, loaded, device_registry, "living_room")
    told = json.dumps(
        [
            await async_get_config_entry_diagnostics(hass, loaded),
            await async_get_device_diagnostics(hass, loaded, device),
        ],
        default=str,
    )
    consoles = house.simulator.world.consoles.values()
    account = house.simulator.world.accounts["parent"]
    secrets = {
        *(console.id for console in consoles),
        *(console.name for console in consoles),
        account.xuid,
        account.gamertag,
        *house.simulator.world.tokens.secrets,
    }
    assert {secret for secret in secrets if secret in told} == set()


async def test_c31_a_console_without_remote_features_is_there(
    house: House, loaded: MockConfigEntry
) -> None:
    """With an issue that says what to do, which goes when it is done."""
    assert house.shows(PLAYROOM) == "off"

    def said() -> bool:
        issues = ir.async_get(house.hass).issues.values()
        return any(
            issue.active
            and issue.domain == DOMAIN
            and issue.translation_key == "remote_features_off"
            for issue in issues
        )

    assert said()
    house.console("playroom").remote_features = True
    await house.clock.pass_by(15)
    assert not said()


@pytest.mark.parametrize(
    ("language", "country", "spoken"), [("de", "AT", "de-AT"), ("en", "GB", "en-GB")]
)
async def test_c32_the_network_is_asked_in_the_users_language(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    country: str,
    spoken: str,
) -> None:
    """Names come in the language and from the market of Home Assistant."""
    asked = []

    def listen(request: web.Request) -> World:
        asked.append((request.query["languages"], request.query["market"]))
        return serving.world_of(request)

    monkeypatch.setattr("simulator.routes.catalog.world_of", listen)
    house.hass.config.language, house.hass.config.country = language, country
    assert await house.set_up(entry)
    assert set(asked) == {(spoken, country)}


async def test_c33_a_device_says_what_it_is(
    house: House, loaded: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """Maker, model, and the system's version once a command's reply has told it."""
    await house.act("media_player.volume_up", LIVING_ROOM)
    device = _device(house, loaded, device_registry, "living_room")
    assert device.manufacturer == "Microsoft"
    assert device.model == "Xbox Series X"
    assert device.sw_version == house.console("living_room").os_version


async def test_c34_there_are_options(house: House, loaded: MockConfigEntry) -> None:
    """A console can be left out, and is not asked any more."""
    flows = house.hass.config_entries.options
    menu = await flows.async_init(loaded.entry_id)
    form = await flows.async_configure(menu["flow_id"], {"next_step_id": "consoles"})
    await flows.async_configure(
        form["flow_id"], {"consoles": [house.console("living_room").id]}
    )
    await house.clock.pass_by(2)
    house.forget_requests()
    await house.clock.pass_by(300)
    assert house.shows(LIVING_ROOM) == "playing"
    assert house.hass.states.get("media_player.bedroom") is None
    assert not house.requests(f"/consoles/{house.console('bedroom').id}")


async def test_c40_an_outage_at_start_leaves_entities(
    house: House, loaded: MockConfigEntry
) -> None:
    """All that were there before are there, say that they cannot be reached, and come back."""
    before = set(house.hass.states.async_entity_ids())
    assert await house.unload(loaded)
    house.fail(kind="outage")
    assert await house.set_up(loaded)
    assert loaded.state is ConfigEntryState.LOADED
    assert set(house.hass.states.async_entity_ids()) == before
    assert house.shows(LIVING_ROOM) == "unavailable"
    house.simulator.world.faults.clear()
    await house.clock.pass_by(60)
    assert house.shows(LIVING_ROOM) == "playing"
