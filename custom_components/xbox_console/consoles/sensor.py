"""Sensors of a console: power, what runs, what is installed, drives."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfInformation
from homeassistant.helpers.typing import StateType

from ..account.naming import as_state
from ..games.library import Kind
from ..xboxlive.services.consoles import PowerState, StorageDevice
from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity

POWER_STATES = {
    PowerState.ON: "on",
    PowerState.CONNECTED_STANDBY: "connected_standby",
    PowerState.OFF: "off",
    PowerState.SYSTEM_UPDATE: "system_update",
}


@dataclass(frozen=True, kw_only=True)
class ConsoleSensorDescription(SensorEntityDescription):
    """A sensor and how it reads a console."""

    value_fn: Callable[[ConsoleCoordinator], StateType]


@dataclass(frozen=True, kw_only=True)
class DriveSensorDescription(SensorEntityDescription):
    """A sensor and how it reads a drive, in bytes."""

    value_fn: Callable[[StorageDevice], int | None]


def _installed(console: ConsoleCoordinator, kind: Kind) -> int | None:
    library = console.library
    if not library.known:
        return None
    return sum(1 for app in library.data.apps if app.kind is kind)


SENSORS = (
    ConsoleSensorDescription(
        key="power_state",
        translation_key="power_state",
        device_class=SensorDeviceClass.ENUM,
        options=list(POWER_STATES.values()),
        value_fn=lambda console: POWER_STATES.get(console.data.power),
    ),
    ConsoleSensorDescription(
        key="running_app",
        translation_key="running_app",
        value_fn=lambda console: console.data.app.name if console.data.app else None,
    ),
    ConsoleSensorDescription(
        key="installed_games",
        translation_key="installed_games",
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda console: _installed(console, Kind.GAME),
    ),
    ConsoleSensorDescription(
        key="installed_apps",
        translation_key="installed_apps",
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda console: _installed(console, Kind.APP),
    ),
)

PLAYERS = SensorEntityDescription(key="who_plays", translation_key="who_plays")
LAST_CONFIRMED = SensorEntityDescription(
    key="last_confirmed",
    translation_key="last_confirmed",
    device_class=SensorDeviceClass.TIMESTAMP,
    entity_category=EntityCategory.DIAGNOSTIC,
    entity_registry_enabled_default=False,
)

DRIVE_SENSORS = tuple(
    DriveSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.DATA_SIZE,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfInformation.BYTES,
        suggested_unit_of_measurement=UnitOfInformation.GIGABYTES,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=value_fn,
    )
    for key, value_fn in (
        ("free_space", lambda drive: drive.free_space_bytes),
        ("total_space", lambda drive: drive.total_space_bytes),
    )
)


def console_sensors(console: ConsoleCoordinator) -> Iterator[SensorEntity]:
    """The sensors of a console."""
    for description in SENSORS:
        yield ConsoleSensor(console, description)
    yield PlayersSensor(console, PLAYERS)
    yield LastConfirmedSensor(console)


def drive_sensors(
    console: ConsoleCoordinator,
) -> Iterator[tuple[Hashable, Callable[[], SensorEntity]]]:
    """The sensors of each drive as it comes."""
    for drive in console.console.storage_devices or ():
        for size in DRIVE_SENSORS:
            key = (drive.storage_device_id, size.key)
            yield key, partial(DriveSensor, console, size, drive)


class ConsoleSensor(ConsoleEntity, SensorEntity):
    """Reads the state of a console."""

    entity_description: ConsoleSensorDescription

    @property
    @override
    def native_value(self) -> StateType:
        """The value now."""
        return as_state(self.entity_description.value_fn(self.coordinator))


class PlayersSensor(ConsoleEntity, SensorEntity):
    """Who plays here, of those who are followed; unknown if two consoles may be meant."""

    @property
    @override
    def native_value(self) -> str | None:
        """Who came first."""
        players = self.coordinator.players
        return players[0].gamertag if players else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, object]:
        """Everybody who plays here; None if that cannot be told."""
        players = self.coordinator.players
        people = None if players is None else [one.gamertag for one in players]
        return {"people": people}

    @property
    @override
    def entity_picture(self) -> str | None:
        """The gamerpic of who came first."""
        players = self.coordinator.players
        return players[0].picture if players else None


class LastConfirmedSensor(ConsoleEntity, SensorEntity):
    """When something last proved that the console is there, which polls alone do not."""

    def __init__(self, coordinator: ConsoleCoordinator) -> None:
        """Start without a time."""
        super().__init__(coordinator, LAST_CONFIRMED)

    @property
    @override
    def native_value(self) -> datetime | None:
        """The time of the last change, or of the last command obeyed."""
        return self.coordinator.last_seen_alive


class DriveSensor(ConsoleEntity, SensorEntity):
    """Reads a drive of a console."""

    entity_description: DriveSensorDescription

    def __init__(
        self,
        coordinator: ConsoleCoordinator,
        description: DriveSensorDescription,
        drive: StorageDevice,
    ) -> None:
        """Belong to a drive."""
        super().__init__(coordinator, description)
        self._drive_id = drive.storage_device_id
        self._attr_translation_placeholders = {
            "drive": drive.storage_device_name or self._drive_id
        }

    @property
    @override
    def unique_id(self) -> str:
        """A console may have several drives."""
        console_id = self.coordinator.console.id
        return f"{console_id}_{self._drive_id}_{self.entity_description.key}"

    @property
    def _drive(self) -> StorageDevice | None:
        drives = self.coordinator.console.storage_devices or ()
        return next(
            (drive for drive in drives if drive.storage_device_id == self._drive_id),
            None,
        )

    @property
    @override
    def available(self) -> bool:
        """Whether the drive is there."""
        return super().available and self._drive is not None

    @property
    @override
    def native_value(self) -> int | None:
        """The size now, in bytes."""
        return self.entity_description.value_fn(self._drive) if self._drive else None
