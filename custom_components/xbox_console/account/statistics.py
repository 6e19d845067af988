"""Statistics of what is counted go on when the word that stood behind the number no longer does."""

from homeassistant.components.recorder import DOMAIN as RECORDER
from homeassistant.components.recorder.statistics import (
    STATISTIC_UNIT_TO_UNIT_CONVERTER,
    async_update_statistics_metadata,
)
from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er


@callback
def migrate_units(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell the recorder which sensors of an entry are shown without a unit from now on.

    Version 0.1.0 had a word of the server's language for it ("1 games"). The recorder takes a changed
    unit for a changed meaning, and stops; that an entity was last shown with a word, its registration
    tells, for as long as its sensor has not been added again.
    """
    if RECORDER not in hass.config.components:
        return
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        unit = entity.unit_of_measurement
        if entity.domain == SENSOR and unit not in STATISTIC_UNIT_TO_UNIT_CONVERTER:
            async_update_statistics_metadata(
                hass,
                entity.entity_id,
                new_unit_class=None,
                new_unit_of_measurement=None,
            )
