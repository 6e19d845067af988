"""An account is set up, survives what goes wrong, follows its consoles, and leaves nothing behind."""

import asyncio
from collections.abc import Mapping
import gc
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.xbox_console.const import DOMAIN
from simulator.consoles.console import PowerState
from simulator.consoles.installs import StorageDevice
from tests.integration.house import House

CONSOLES = [f"media_player.{name}" for name in ("living_room", "bedroom", "playroom")]
GIB = 1024**3


def _states(house: House) -> dict[str, str]:
    return {console: house.shows(console) for console in CONSOLES}


AS_ALWAYS = dict(zip(CONSOLES, ("playing", "off", "off"), strict=True))
GONE = dict.fromkeys(CONSOLES, "unavailable")


async def test_every_console_becomes_a_device(
    house: House, loaded: MockConfigEntry
) -> None:
    """The parent's three consoles are there with what they are doing."""
    assert loaded.state is ConfigEntryState.LOADED
    assert _states(house) == AS_ALWAYS


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "outage"},
        {"kind": "status"},
        {"kind": "status", "status": 429, "retry_after": 30},
        {"kind": "html", "status": 200},
        {"kind": "malformed"},
        {"kind": "empty", "status": 200},
        {"kind": "huge"},
    ],
)
async def test_the_very_first_start_needs_the_network(
    house: House, entry: MockConfigEntry, fault: dict[str, Any]
) -> None:
    """There is nothing to show yet, so set-up is tried again until it works."""
    house.fail(**fault)
    assert not await house.set_up(entry)
    assert entry.state.name == "SETUP_RETRY"
    assert entry.reason
    house.simulator.world.faults.clear()
    await house.clock.pass_by(300)
    assert entry.state is ConfigEntryState.LOADED
    assert _states(house) == AS_ALWAYS


@pytest.mark.parametrize(
    ("host", "lines"),
    [
        ("xccs.xboxlive.com", ["consoles"]),
        ("xsts.auth.xboxlive.com", []),
    ],
)
async def test_a_start_that_fails_is_told_once(
    house: House,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    host: str,
    lines: list[str],
) -> None:
    """However often it is tried: one line when it goes down, and one when it is back."""
    house.simulator.world.tokens.expire("xsts")
    house.fail(kind="status", status=503, host=host)
    await house.set_up(entry)
    await house.clock.pass_by(120)
    told = [f"Error fetching {entry.title} {line} data" for line in lines]
    errors = [it.getMessage() for it in caplog.records if it.levelname == "ERROR"]
    assert [error.partition(":")[0] for error in errors] == told
    house.simulator.world.faults.clear()
    await house.clock.pass_by(300)
    assert _states(house) == AS_ALWAYS
    back = [it.getMessage() for it in caplog.records if "recovered" in it.getMessage()]
    assert back == [f"Fetching {entry.title} {line} data recovered" for line in lines]


async def test_a_start_without_network_shows_what_was_known(
    house: House, loaded: MockConfigEntry
) -> None:
    """Every entity is there, unavailable, and comes back with the network."""
    known = set(house.hass.states.async_entity_ids())
    sources = house.state("media_player.living_room").attributes["source_list"]
    assert await house.unload(loaded)
    house.fail(kind="outage")
    assert await house.set_up(loaded)
    assert loaded.state is ConfigEntryState.LOADED
    assert set(house.hass.states.async_entity_ids()) == known
    assert _states(house) == GONE
    house.simulator.world.faults.clear()
    await house.clock.pass_by(60)
    assert _states(house) == AS_ALWAYS
    living_room = house.state("media_player.living_room")
    assert living_room.attributes["source_list"] == sources


async def test_a_start_with_network_asks_at_once(
    house: House, loaded: MockConfigEntry
) -> None:
    """Memory is only a beginning: what changed meanwhile shows without waiting."""
    assert await house.unload(loaded)
    house.console("living_room").power = PowerState.STANDBY
    house.console("bedroom").power = PowerState.ON
    assert await house.set_up(loaded)
    assert house.shows("media_player.living_room") == "off"
    assert house.shows("media_player.bedroom") == "on"


async def test_damaged_memory_does_not_stop_a_start(
    house: House, loaded: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    """Whatever an older version wrote: what cannot be used is read anew."""
    assert await house.unload(loaded)
    stored = hass_storage[f"{DOMAIN}.{loaded.entry_id}.consoles"]
    console = house.console("living_room").id
    evidence = hass_storage[f"{DOMAIN}.{loaded.entry_id}.evidence"]["data"]
    evidence[console] = {"status": {"powerState": None}, "alive_at": "yesterday"}
    hass_storage[f"{DOMAIN}.{loaded.entry_id}.library"]["data"]["installed"] = {}
    del stored["data"]["consoles"][console]["consoleType"]
    assert await house.set_up(loaded)
    assert _states(house) == AS_ALWAYS


async def test_a_renamed_console_is_renamed(
    house: House, loaded: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """Within the time between two looks at the list; ids stay as they are."""
    house.console("bedroom").name = "Attic"
    await house.clock.pass_by(15)
    names = [
        device.name
        for device in dr.async_entries_for_config_entry(
            device_registry, loaded.entry_id
        )
    ]
    assert {"Attic", "Living room", "Playroom"} == {*names} - {loaded.title}
    assert house.shows("media_player.bedroom") == "off"


async def test_a_name_that_the_user_gave_stays(
    house: House, loaded: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """The console's own name is kept beside it."""
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, house.console("bedroom").id), loaded.entry_id
    )
    assert device is not None
    device_registry.async_update_device(device.id, name_by_user="Mine")
    house.console("bedroom").name = "Attic"
    await house.clock.pass_by(15)
    renamed = device_registry.async_get(device.id)
    assert isinstance(renamed, dr.DeviceEntry)
    assert (renamed.name, renamed.name_by_user) == ("Attic", "Mine")


async def test_a_new_console_comes_without_a_reload(
    house: House, entry: MockConfigEntry
) -> None:
    """All its entities appear."""
    account = house.simulator.world.accounts["parent"]
    bedroom = house.console("bedroom").id
    account.console_ids.remove(bedroom)
    assert await house.set_up(entry)
    assert house.hass.states.get("media_player.bedroom") is None
    account.console_ids.append(bedroom)
    await house.clock.pass_by(25)
    assert house.shows("media_player.bedroom") == "off"
    assert house.shows("remote.bedroom") == "off"
    assert house.shows("sensor.bedroom_installed_games") == "3"
    assert float(house.shows("sensor.bedroom_internal_free_space")) > 0


async def test_a_console_that_left_the_account(
    house: House,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """It is unavailable, and only then can its device be removed; it comes back by itself."""
    account = house.simulator.world.accounts["parent"]
    bedroom = house.console("bedroom").id
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, bedroom), loaded.entry_id
    )
    assert device is not None
    assert not await _remove(house, device, hass_ws_client)
    account.console_ids.remove(bedroom)
    await house.clock.pass_by(90)
    assert house.shows("media_player.bedroom") == "unavailable"
    assert house.shows("media_player.living_room") == "playing"
    account.console_ids.append(bedroom)
    await house.clock.pass_by(15)
    assert house.shows("media_player.bedroom") == "off"
    account.console_ids.remove(bedroom)
    await house.clock.pass_by(90)
    assert await _remove(house, device, hass_ws_client)
    assert device_registry.async_get(device.id) is None
    account.console_ids.append(bedroom)
    await house.clock.pass_by(25)
    assert house.shows("media_player.bedroom") == "off"
    assert float(house.shows("sensor.bedroom_internal_free_space")) > 0


async def _remove(
    house: House,
    device: dr.DeviceEntry,
    hass_ws_client: WebSocketGenerator,
) -> bool:
    """Press the button on the device's page."""
    await house.clock.result(_component(house.hass, "config"), within=5)
    client = await house.clock.result(hass_ws_client(house.hass), within=5)
    response = await house.clock.result(client.remove_device(device.id), within=5)
    await house.clock.result(client.close(), within=5)
    return bool(response["success"])


async def test_drives_come_and_go(house: House, loaded: MockConfigEntry) -> None:
    """A drive that is plugged in gets its sensors; one that is taken away is unavailable."""
    console = house.console("bedroom")
    drive = StorageDevice(
        id="7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A0099",
        name="Travel drive",
        total_bytes=500 * GIB,
        used_bytes=100 * GIB,
    )
    console.storage.append(drive)
    await house.clock.pass_by(620)
    free = "sensor.bedroom_travel_drive_free_space"
    assert float(house.shows(free)) == pytest.approx(400 * GIB / 1e9)
    drive.used_bytes = 200 * GIB
    await house.clock.pass_by(620)
    assert float(house.shows(free)) == pytest.approx(300 * GIB / 1e9)
    console.remove_drive(drive)
    await house.clock.pass_by(620)
    assert house.shows(free) == "unavailable"
    assert float(house.shows("sensor.bedroom_internal_free_space")) > 0


async def test_unloading_ends_everything(house: House, loaded: MockConfigEntry) -> None:
    """No request, no timer and no task is left."""
    assert await house.unload(loaded)
    assert loaded.state is ConfigEntryState.NOT_LOADED
    house.forget_requests()
    await house.clock.pass_by(3600)
    assert house.requests() == []
    ours = [
        repr(handle)
        for handle in get_scheduled_timer_handles(house.hass.loop)
        if not handle.cancelled() and DOMAIN in repr(handle)
    ]
    assert ours == []
    assert [task for task in asyncio.all_tasks() if DOMAIN in task.get_name()] == []


async def test_unloading_during_a_command_ends_it(
    house: House, loaded: MockConfigEntry
) -> None:
    """Whoever waits is not kept waiting for ever."""
    house.simulator.world.knobs.wake_seconds = 1000.0
    call = house.begin("media_player.turn_on", "media_player.bedroom")
    await house.clock.pass_by(2)
    assert await house.unload(loaded)
    await house.clock.result(call, within=1)


async def test_reloading_keeps_everything(
    house: House, loaded: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    """The same entities, with the same states."""
    before = {state.entity_id: state.state for state in house.hass.states.async_all()}
    assert await house.clock.result(
        house.hass.config_entries.async_reload(loaded.entry_id), within=30
    )
    await house.clock.settle()
    after = {state.entity_id: state.state for state in house.hass.states.async_all()}
    assert after == before


async def test_removing_leaves_nothing_behind(
    house: House,
    loaded: MockConfigEntry,
    hass_storage: dict[str, Any],
    entity_registry: er.EntityRegistry,
) -> None:
    """No file, no device, no entity."""
    await house.clock.pass_by(40)
    assert any(key.startswith(DOMAIN) for key in hass_storage)
    await house.clock.result(
        house.hass.config_entries.async_remove(loaded.entry_id), within=30
    )
    await house.clock.pass_by(60)
    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []
    assert er.async_entries_for_config_entry(entity_registry, loaded.entry_id) == []


async def _component(hass: HomeAssistant, domain: str) -> None:
    assert await async_setup_component(hass, domain, {})


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://192.0.2.7:8099", "loopback"),
        ("http://example.com", "loopback"),
        ("ftp://127.0.0.1", "http"),
        ("127.0.0.1:8099", "http"),
        ("http://", ""),
        ("nonsense", ""),
    ],
)
async def test_a_bad_simulator_address_refuses_set_up(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    reason: str,
) -> None:
    """With the reason; no token is ever sent there."""
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR", address)
    house.forget_requests()
    assert not await house.set_up(entry)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key == "bad_simulator_address"
    words = entry.error_reason_translation_placeholders or {}
    assert words["variable"] == "XBOX_CONSOLE_SIMULATOR"
    assert reason in words["reason"]
    assert house.requests() == []


async def test_a_simulator_in_use_is_said_in_the_log(
    loaded: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """So that nobody wonders about consoles that nobody owns."""
    said = [record.message for record in caplog.get_records("setup")]
    assert any("A simulated Xbox network is in use" in message for message in said)


async def test_a_reload_leaves_nothing_behind(
    house: House, loaded: MockConfigEntry
) -> None:
    """No listener and no object of ours, in a house that has no Assist."""

    def held() -> tuple[Mapping[Any, int], int]:
        gc.collect()
        ours = (
            type(one).__module__.startswith(f"custom_components.{DOMAIN}")
            for one in gc.get_objects()
        )
        return house.hass.bus.async_listeners(), sum(ours)

    async def reload() -> None:
        assert await house.unload(loaded)
        assert await house.set_up(loaded)
        await house.clock.pass_by(120)

    await reload()
    before = held()
    for _ in range(3):
        await reload()
    assert held() == before
