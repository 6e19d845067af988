"""Services are islands from the first start to the last write: what one of them does is its own affair."""

from collections import Counter
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.following import Following
from tests.integration.house import XCCS, House

STORE = "displaycatalog.mp.microsoft.com"
PRESENCE = "userpresence.xboxlive.com"
ONLINE = "binary_sensor.quietharbor77_online"
MIKA = "binary_sensor.lanternfox2048_online"
LIVING_ROOM = "media_player.living_room"


def _asked(house: House) -> Counter[tuple[str, str]]:
    """How often each console is asked each thing; one entry for each product of the Store."""
    return Counter(
        (request.host, request.path)
        for request in house.simulator.world.requests
        if request.host in (XCCS, STORE, PRESENCE)
    )


async def test_a_first_set_up_asks_everything_once(
    house: House, entry: MockConfigEntry
) -> None:
    """Case W6: the list, each status and each list of what is installed; no app is unknown meanwhile."""
    house.forget_requests()
    assert await house.set_up(entry)
    await house.clock.pass_by(5)
    asked = _asked(house)
    assert asked[XCCS, "/lists/devices"] == 1
    for name in ("living_room", "bedroom", "playroom"):
        assert asked[XCCS, f"/consoles/{house.console(name).id}"] == 1
    # The playroom has no remote features.
    assert asked[XCCS, "/lists/installedApps"] == 2
    assert asked[PRESENCE, "/users/batch"] == 1
    # What the second console has and the first has not.
    assert asked[STORE, "/v7.0/products"] == 2
    assert asked[STORE, "/v7.0/products/lookup"] == 0


async def test_a_start_from_memory_asks_everything_once(
    house: House, loaded: MockConfigEntry
) -> None:
    """Case W6: also if another game runs by then, and a console has come."""
    account = house.simulator.world.accounts["parent"]
    bedroom = house.console("bedroom").id
    account.console_ids.remove(bedroom)
    await house.clock.pass_by(15)
    assert await house.unload(loaded)
    account.console_ids.append(bedroom)
    house.console("living_room").shell.show(house.simulator.world.titles["hexagarden"])
    house.forget_requests()
    assert await house.set_up(loaded)
    await house.clock.pass_by(5)
    asked = _asked(house)
    assert asked[XCCS, "/lists/devices"] <= 2
    assert asked[XCCS, f"/consoles/{bedroom}"] == 1
    assert asked[XCCS, f"/consoles/{house.console('living_room').id}"] == 1
    assert asked[XCCS, "/lists/installedApps"] == 2


FAULTS: list[dict[str, Any]] = [
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 429, "retry_after": 60},
    {"kind": "status", "status": 403},
    {"kind": "drop"},
    {"kind": "html", "status": 200},
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_friends_without_consoles(
    house: House, following: Following, fault: dict[str, Any]
) -> None:
    """Case D3: an account without a console starts although the console service is ill."""
    house.simulator.world.accounts["parent"].console_ids.clear()
    await following.follow("mika")
    await house.clock.pass_by(15)
    assert await house.unload(following.entry)
    house.fail(host=XCCS, **fault)
    assert await house.set_up(following.entry)
    assert following.entry.state is ConfigEntryState.LOADED
    assert house.shows(MIKA) == "on"


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_very_first_start_shows_who_can_be_shown(
    house: House, entry: MockConfigEntry, fault: dict[str, Any]
) -> None:
    """Case D3: the person is there at once, the consoles as soon as they can be listed."""
    rule = house.fail(host=XCCS, **fault)
    assert await house.set_up(entry)
    assert entry.state is ConfigEntryState.LOADED
    assert house.shows(ONLINE) == "on"
    assert house.hass.states.get(LIVING_ROOM) is None
    house.simulator.world.faults.remove(rule.id)
    await house.clock.pass_by(120)
    assert house.shows(LIVING_ROOM) == "playing"
    assert house.shows("sensor.living_room_installed_games") != "unknown"


async def test_an_empty_list_is_remembered(
    house: House, entry: MockConfigEntry
) -> None:
    """Case D3: "read, and empty" is not "never read": a start with nobody to answer works."""
    house.simulator.world.accounts["parent"].console_ids.clear()
    assert await house.set_up(entry)
    assert await house.unload(entry)
    house.fail(kind="outage")
    assert await house.set_up(entry)
    assert entry.state is ConfigEntryState.LOADED


async def test_people_who_fail_leave_consoles_alone(
    house: House, entry: MockConfigEntry
) -> None:
    """Case D3: the other way round."""
    house.fail(kind="status", host=PRESENCE, status=503)
    assert await house.set_up(entry)
    assert house.shows(LIVING_ROOM) == "playing"
    assert house.shows(ONLINE) == "unavailable"


def _files(hass_storage: dict[str, Any]) -> set[str]:
    return {key for key in hass_storage if key.startswith(DOMAIN)}


SLOW: list[dict[str, Any]] = [
    {"host": XCCS},
    {"host": STORE},
    {"host": PRESENCE},
    {"host": "peoplehub.xboxlive.com"},
    {"host": "eplists.xboxlive.com"},
]


@pytest.mark.parametrize("where", SLOW)
@pytest.mark.parametrize("after", [0.0, 1.0])
async def test_nothing_is_written_after_removal(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    hass_storage: dict[str, Any],
    where: dict[str, Any],
    after: float,
) -> None:
    """Case D6: whatever is under way when the entry is removed."""
    house.fail(kind="slow", seconds=4.0, **where)
    house.console("bedroom").name = "Attic"
    for coordinator in loaded.runtime_data.coordinators:
        coordinator.hint()
    await house.clock.pass_by(after)
    assert await house.clock.result(
        hass.config_entries.async_remove(loaded.entry_id), within=40
    )
    assert _files(hass_storage) == set()
    await house.clock.pass_by(400)
    assert _files(hass_storage) == set()


async def test_nothing_is_written_after_unloading(
    house: House, loaded: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    """Case D6: what was known is written, and stays as it was written."""
    bedroom = house.console("bedroom")
    bedroom.name = "Attic"
    await house.clock.pass_by(12)
    house.fail(kind="slow", seconds=4.0, host=XCCS)
    bedroom.name = "Cellar"
    loaded.runtime_data.consoles.hint()
    await house.clock.pass_by(1)
    assert await house.unload(loaded)
    key = f"{DOMAIN}.{loaded.entry_id}.consoles"
    written = str(hass_storage[key])
    assert "Attic" in written
    await house.clock.pass_by(400)
    assert str(hass_storage[key]) == written


async def test_a_renewal_during_removal_writes_nothing_after_it(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    hass_storage: dict[str, Any],
) -> None:
    """Case D6: the tokens that it brings are let go of with the rest."""
    house.simulator.world.tokens.expire("xsts")
    house.clock.skip(86400)
    house.fail(kind="slow", seconds=3.0, host="sisu.xboxlive.com")
    await house.clock.settle()
    assert await house.clock.result(
        hass.config_entries.async_remove(loaded.entry_id), within=60
    )
    await house.clock.pass_by(400)
    assert _files(hass_storage) == set()
