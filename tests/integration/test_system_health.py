"""System health and diagnostics help to find a fault."""

from collections.abc import Coroutine
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_system_health_info,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.diagnostics import (
    async_get_config_entry_diagnostics,
)
from simulator.consoles.console import PowerState
from tests.integration.house import XCCS, House
from tests.integration.translations import _texts


async def _health(house: House) -> dict[str, Any]:
    house.hass.config.components.add(DOMAIN)
    assert await house.clock.result(
        async_setup_component(house.hass, "system_health", {}), within=5
    )
    told: dict[str, Any] = await house.clock.result(
        get_system_health_info(house.hass, DOMAIN), within=5
    )
    return told


async def test_everything_is_well(house: House, loaded: MockConfigEntry) -> None:
    """Each line has words, and says what it is about."""
    told = await _health(house)
    assert told.keys() <= _texts()["system_health"]["info"].keys()
    assert told["accounts"] == 1
    assert told["sign_in"] == "xbox_app"
    assert told["services"] == "ok"
    assert told["status_page"] == "not asked"
    assert told["network"] == "simulator"
    assert "xsts " in told["tokens"]
    assert " h" in told["tokens"]
    sent = sum(1 for request in house.simulator.world.requests if request.host == XCCS)
    assert f"{XCCS} {sent}" in told["requests_last_hour"]


async def test_what_is_ill_is_named(house: House, loaded: MockConfigEntry) -> None:
    """With how long, and how long it wants to be left alone."""
    house.fail(kind="status", host=XCCS, status=503, retry_after=120)
    await house.clock.pass_by(400)
    services = (await _health(house))["services"]
    assert f"{XCCS} ServiceUnavailable for " in services
    assert f"{XCCS} closed for " in services


@pytest.mark.parametrize(
    ("troubles", "said"),
    [
        ("", "all is well"),
        ("Store & subscriptions: Limited", "Store & subscriptions Limited"),
    ],
)
async def test_what_microsoft_says_of_an_outage(
    house: House, loaded: MockConfigEntry, troubles: str, said: str
) -> None:
    """Once our own calls have failed for five minutes, long before the repair."""
    house.simulator.world.knobs.status_troubles = troubles
    house.fail(kind="status", host=XCCS, status=503)
    await house.clock.pass_by(12 * 60)
    assert (await _health(house))["status_page"] == said


async def test_without_an_account_the_hosts_are_reached_for(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Those of Microsoft, and no others."""
    mock: Any = aioclient_mock
    mock.get(f"https://{XCCS}", text="")
    mock.get("https://login.live.com", exc=TimeoutError)
    hass.config.components.add(DOMAIN)
    assert await async_setup_component(hass, "system_health", {})
    told = await get_system_health_info(hass, DOMAIN)
    reached = {
        name: await answer
        for name, answer in told.items()
        if isinstance(answer, Coroutine)
    }
    assert reached == {
        "can_reach_consoles": "ok",
        "can_reach_sign_in": {"type": "failed", "error": "timeout"},
    }
    assert told["accounts"] == 0


@pytest.fixture
async def troubled(house: House, loaded: MockConfigEntry) -> MockConfigEntry:
    """An account on which something went wrong."""
    house.console("bedroom").power = PowerState.OFF
    house.fail(kind="status", host=XCCS, status=503)
    await house.clock.pass_by(120)
    return loaded


async def test_diagnostics_tell_what_is_wrong(
    hass: HomeAssistant, troubled: MockConfigEntry
) -> None:
    """The way of signing in, the services with their requests, each console with its age."""
    told = await async_get_config_entry_diagnostics(hass, troubled)
    assert told["sign_in"]["way"] == "xbox_app"
    assert told["troubles"] == {
        XCCS: {
            "problem": "ServiceUnavailable",
            "lasting": pytest.approx(0, abs=120),
            "signing_in": False,
        }
    }
    assert told["services"][XCCS]["requests_last_hour"] > 0
    assert len(told["consoles"]) == 3
    for console in told["consoles"]:
        assert console["last_seen_alive"]["at"].startswith("2026-11-06")
        assert console["unwakeable"] is False
