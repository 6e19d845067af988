"""A console that bears the name of an area is put there."""

from homeassistant.helpers import area_registry as ar, device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House


def _area(house: House, entry: MockConfigEntry, name: str) -> str | None:
    devices = dr.async_entries_for_config_entry(
        dr.async_get(house.hass), entry.entry_id
    )
    return next(device.area_id for device in devices if device.name == name)


@pytest.mark.parametrize(
    ("area", "aliases"), [("Living Room", set()), ("Lounge", {"living room"})]
)
async def test_an_area_of_its_name(
    house: House, entry: MockConfigEntry, area: str, aliases: set[str]
) -> None:
    """By name or alias, in any case; no area is made for the others."""
    areas = ar.async_get(house.hass)
    there = areas.async_create(area, aliases=aliases)
    assert await house.set_up(entry)
    assert _area(house, entry, "Living room") == there.id
    assert _area(house, entry, "Bedroom") is None
    assert len(list(areas.async_list_areas())) == 1
    # Entities are named after the console alone, as without an area.
    assert house.shows("media_player.living_room") == "playing"


async def test_a_console_that_comes_later(house: House, entry: MockConfigEntry) -> None:
    """It is put there, too, once its entities are named."""
    account = house.simulator.world.accounts["parent"]
    bedroom = house.console("bedroom").id
    account.console_ids.remove(bedroom)
    there = ar.async_get(house.hass).async_create("Bedroom")
    assert await house.set_up(entry)
    account.console_ids.append(bedroom)
    await house.clock.pass_by(40)
    assert _area(house, entry, "Bedroom") == there.id
    assert house.shows("media_player.bedroom") == "off"


async def test_where_the_user_puts_it_it_stays(
    house: House, loaded: MockConfigEntry
) -> None:
    """An area that comes later takes nothing away."""
    areas = ar.async_get(house.hass)
    areas.async_create("Living room")
    await house.unload(loaded)
    assert await house.set_up(loaded)
    assert _area(house, loaded, "Living room") is None
