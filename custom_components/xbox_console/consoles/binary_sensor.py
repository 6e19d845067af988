"""Binary sensors of a console: what its owner allows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory

from ..xboxlive.services.consoles import Console
from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity


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


def console_binary_sensors(console: ConsoleCoordinator) -> Iterator[BinarySensorEntity]:
    """The binary sensors of a console."""
    for description in BINARY_SENSORS:
        yield ConsoleBinarySensor(console, description)


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
