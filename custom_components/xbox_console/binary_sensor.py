"""Binary sensors of consoles (what their owner allows) and of people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import XboxConsoleConfigEntry
from .entity import ConsoleEntity
from .entity_person import add_persons
from .person_binary_sensor import person_binary_sensors
from .xboxlive.services.smartglass import Console

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class ConsoleBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor and how it reads a console as the account's list shows it."""

    value_fn: Callable[[Console], bool | None]


BINARY_SENSORS = (
    ConsoleBinarySensorDescription(
        key="remote_features",
        translation_key="remote_features",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda console: console.remote_management_enabled,
    ),
    ConsoleBinarySensorDescription(
        key="streaming",
        translation_key="streaming",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda console: console.console_streaming_enabled,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of each console and of each person."""
    entry.runtime_data.consoles.on_console(
        lambda console: async_add_entities(
            ConsoleBinarySensor(console, description) for description in BINARY_SENSORS
        )
    )
    add_persons(entry, async_add_entities, person_binary_sensors)


class ConsoleBinarySensor(ConsoleEntity, BinarySensorEntity):
    """Reads what the list says, which it says of consoles that answer nothing, too."""

    entity_description: ConsoleBinarySensorDescription

    @property
    @override
    def available(self) -> bool:
        """Whether the console is on the account."""
        return self.coordinator.present

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it is allowed; None if the list does not say."""
        return self.entity_description.value_fn(self.coordinator.console)
