"""What families cost the network: budgets, a game to follow and Game Pass beside people alone."""

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account.options import (
    CONF_DESELECTED,
    CONF_GAME_PASS,
)
from tests.integration.family.at_home import MINUTE, give_budget
from tests.integration.family.test_game import _follow
from tests.integration.following import Following
from tests.integration.house import House

_MOST = 5


async def _an_hour(house: House) -> int:
    """How often anything is asked in an hour."""
    asked = 0
    # The simulator does not keep requests for ever.
    for _ in range(6):
        house.forget_requests()
        await house.clock.pass_by(10 * MINUTE)
        asked += len(house.simulator.world.requests)
    return asked


async def test_requests_an_hour(
    hass: HomeAssistant, house: House, entry: MockConfigEntry
) -> None:
    """At most five more than without, while a child plays."""
    alone = {CONF_DESELECTED: [*house.simulator.world.consoles]}
    hass.config_entries.async_update_entry(entry, options=alone)
    assert await house.set_up(entry)
    following = Following(house, entry)
    await following.follow("mika")
    await house.clock.pass_by(10 * MINUTE)
    without = await _an_hour(house)
    await give_budget(following, "mika", daily_budget=30)
    await _follow(following)
    hass.config_entries.async_update_entry(
        entry, options={**alone, CONF_GAME_PASS: True}
    )
    assert await house.unload(entry)
    house.forget_requests()
    assert await house.set_up(entry)
    await house.clock.pass_by(10 * MINUTE)
    assert any("gamepass" in one.host for one in house.simulator.world.requests)
    assert await _an_hour(house) - without <= _MOST
