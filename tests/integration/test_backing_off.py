"""A service that is ill is asked less, whatever it wishes for, and carefully at first when it is well again."""

from collections import Counter
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import XCCS, House

LIVING_ROOM = "media_player.living_room"
CONSOLES = {LIVING_ROOM, "media_player.bedroom", "media_player.playroom"}
MINUTE = 60


async def _requests(house: House, seconds: float) -> Counter[str]:
    """How often each service is asked in the next `seconds`."""
    house.forget_requests()
    await house.clock.pass_by(seconds)
    return Counter(request.host for request in house.simulator.world.requests)


@pytest.mark.parametrize(
    ("status", "retry_after"), [(503, None), (503, 0), (429, 0), (429, 1), (500, None)]
)
@pytest.mark.usefixtures("unpushed", "loaded")
async def test_an_ill_service_is_asked_less_than_a_healthy_one(
    house: House, status: int, retry_after: float | None
) -> None:
    """Case W1: `Retry-After: 0` is no invitation."""
    await house.clock.pass_by(MINUTE)
    healthy = await _requests(house, 2 * MINUTE)
    house.fail(kind="status", status=status, retry_after=retry_after)
    ill = await _requests(house, 10 * MINUTE)
    assert healthy[XCCS] > 20
    assert ill[XCCS] <= 16
    assert ill.total() < 5 * healthy.total() / 4
    assert max(ill.values()) <= 16


@pytest.mark.usefixtures("loaded")
async def test_an_outage_costs_little(house: House) -> None:
    """Case W1: nor does a network without a way out; a connection that drops is tried twice."""
    house.fail(kind="outage")
    assert (await _requests(house, 10 * MINUTE))[XCCS] <= 2 * 16


@pytest.mark.parametrize("fault", [{"status": 503, "retry_after": 0}, {"status": 429}])
@pytest.mark.usefixtures("loaded")
async def test_one_goes_first_when_the_pause_is_over(
    house: House, fault: dict[str, Any]
) -> None:
    """Case W1: all consoles and the list share the pause; the others follow when it worked."""
    rule = house.fail(kind="status", host=XCCS, **fault)
    await house.clock.pass_by(10 * MINUTE)
    house.forget_requests()
    rule.kind, rule.seconds = "slow", 3.0
    while not house.requests():
        await house.clock.pass_by(1)
    await house.clock.pass_by(10)
    first, *others = [request.time for request in house.requests()]
    # A request is noted when it is answered, three seconds after it was sent.
    assert others
    assert min(others) - first >= 3
    house.simulator.world.faults.clear()
    await house.clock.pass_by(5 * MINUTE)
    assert {house.shows(console) for console in CONSOLES} == {"playing", "off"}


@pytest.mark.usefixtures("loaded")
async def test_a_person_need_not_wait_for_a_pause_of_our_own_making(
    house: House,
) -> None:
    """A button works as soon as the service does, and brings everything back."""
    rule = house.fail(kind="status", host=XCCS, status=503)
    await house.clock.pass_by(20 * MINUTE)
    assert house.shows("remote.living_room") == "unavailable"
    house.simulator.world.faults.remove(rule.id)
    house.forget_requests()
    account = house.hass.config_entries.async_loaded_entries("xbox_console")[0]
    consoles = account.runtime_data.consoles
    await house.clock.result(consoles.look(), within=5)
    await house.clock.pass_by(5)
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.usefixtures("unpushed")
async def test_one_path_that_fails_closes_no_service(
    house: House, loaded: MockConfigEntry
) -> None:
    """What works in between shows that the service is well: nobody else is asked less."""
    await house.clock.pass_by(MINUTE)
    bedroom = house.console("bedroom").id
    house.fail(kind="status", status=500, path=f"/consoles/{bedroom}")
    house.forget_requests()
    await house.clock.pass_by(5 * MINUTE)
    living_room = house.console("living_room").id
    assert len(house.requests(f"/consoles/{living_room}")) >= 27
    assert len(house.requests("/lists/devices")) >= 27


@pytest.mark.parametrize("console", ["bedroom", "living_room"])
@pytest.mark.usefixtures("loaded")
async def test_one_failed_poll_is_not_shown(house: House, console: str) -> None:
    """However rarely it is asked: what counts is how long it fails, not when it was asked last."""
    entity_id = f"media_player.{console}"
    before = house.shows(entity_id)
    rule = house.fail(
        kind="status", path=f"/consoles/{house.console(console).id}", times=1
    )
    seen = set()
    for _ in range(60):
        await house.clock.pass_by(10)
        seen.add(house.shows(entity_id))
    assert rule not in house.simulator.world.faults
    assert seen == {before}


@pytest.mark.usefixtures("loaded")
async def test_who_waits_with_others_is_not_shown_as_failing(house: House) -> None:
    """A console that is kept from asking for a second, because another fails, has not failed."""
    for path in ("/lists/devices", f"/consoles/{house.console('bedroom').id}"):
        house.fail(kind="status", path=path)
    seen = set()
    for _ in range(120):
        await house.clock.pass_by(10)
        seen.add(house.shows("media_player.playroom"))
    assert seen == {"off"}
