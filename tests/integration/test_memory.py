"""What is kept in memory: nothing that can be worked out again, or that shows nothing."""

from types import MappingProxyType

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_component import DATA_INSTANCES
from propcache.api import cached_property
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.family.limits import Limits
from tests.integration.following import TITLES
from tests.integration.house import House

type Subentry = tuple[str, str, str, dict[str, object]]
"""Type, title, unique id and data."""

TODO = "todo.starfall_odyssey_achievements"
BUDGET = "number.lanternfox2048_daily_budget"
GAME: Subentry = ("game", "Starfall Odyssey", TITLES["starfall"], {})


def _person(house: House) -> Subentry:
    xuid = house.simulator.world.people["mika"].xuid
    return ("person", "LanternFox2048", xuid, {"budget": Limits().kept()})


def _add(hass: HomeAssistant, entry: MockConfigEntry, what: Subentry) -> None:
    kind, title, unique_id, data = what
    subentry = ConfigSubentry(
        data=MappingProxyType(data),
        subentry_type=kind,
        title=title,
        unique_id=unique_id,
    )
    hass.config_entries.async_add_subentry(entry, subentry)


def _entities(hass: HomeAssistant, entry: MockConfigEntry) -> list[Entity]:
    return [
        entity
        for component in hass.data[DATA_INSTANCES].values()
        for entity in component.entities
        if entity.registry_entry
        and entity.registry_entry.config_entry_id == entry.entry_id
    ]


def test_an_entity_keeps_no_property(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """But its name, and whether it is shown at first: all else is read when it is asked for."""
    entities = _entities(hass, loaded)
    assert len(entities) > 50
    for entity in entities:
        kept = {
            name
            for parent in type(entity).__mro__
            for name, member in vars(parent).items()
            if isinstance(member, cached_property)
        }
        said = kept & vars(entity).keys()
        assert said <= {"entity_registry_enabled_default", "name"}


async def test_what_shows_nothing_is_not_loaded(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """Neither to-do lists without a game, nor numbers and times without a budget."""
    assert not {"number", "time", "todo"} & hass.config.components


@pytest.mark.parametrize("late", [False, True], ids=["at start", "later"])
async def test_it_is_loaded_with_the_first_that_needs_it(
    hass: HomeAssistant, house: House, entry: MockConfigEntry, late: bool
) -> None:
    """Whether that was there at the start or comes later; and it is unloaded with the rest."""
    if late:
        assert await house.set_up(entry)
    for what in (_person(house), GAME):
        _add(hass, entry, what)
    if late:
        await house.clock.pass_by(5)
    else:
        assert await house.set_up(entry)
    assert hass.states.get(BUDGET)
    assert hass.states.get(TODO)
    for _ in range(2):
        assert await house.clock.result(
            hass.config_entries.async_reload(entry.entry_id), within=60
        )
        assert entry.state is ConfigEntryState.LOADED
        assert house.shows(BUDGET) == "120"
        assert hass.states.get(TODO)
