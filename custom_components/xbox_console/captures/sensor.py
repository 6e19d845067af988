"""Sensors of captures: how many, how much, until when, and how a backup goes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, UnitOfInformation
from homeassistant.helpers.typing import StateType

from ..const import ATTR_GAME
from ..xboxlive.captures.backup import Progress
from .coordinator import Captures, CapturesCoordinator
from .entity import CapturesEntity


@dataclass(frozen=True, kw_only=True)
class CapturesSensorDescription(SensorEntityDescription):
    """A sensor and how it reads the captures."""

    value_fn: Callable[[Captures], StateType | datetime]


def _next_expiry(captures: Captures) -> datetime | None:
    capture = captures.next_to_expire
    return capture.expires_at if capture else None


SENSORS = (
    CapturesSensorDescription(
        key="captures",
        translation_key="captures",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda captures: len(captures.captures),
    ),
    CapturesSensorDescription(
        key="captures_space",
        translation_key="captures_space",
        device_class=SensorDeviceClass.DATA_SIZE,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfInformation.BYTES,
        suggested_unit_of_measurement=UnitOfInformation.GIGABYTES,
        suggested_display_precision=2,
        value_fn=lambda captures: captures.size,
    ),
    CapturesSensorDescription(
        key="captures_not_backed_up",
        translation_key="captures_not_backed_up",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda captures: captures.not_backed_up,
    ),
)
NEXT_EXPIRY = CapturesSensorDescription(
    key="next_capture_expiry",
    translation_key="next_capture_expiry",
    device_class=SensorDeviceClass.TIMESTAMP,
    value_fn=_next_expiry,
)
PROGRESS = SensorEntityDescription(
    key="backup_progress",
    translation_key="backup_progress",
    native_unit_of_measurement=PERCENTAGE,
)


def captures_sensors(captures: CapturesCoordinator) -> Iterator[SensorEntity]:
    """The sensors of an account."""
    for description in SENSORS:
        yield CapturesSensor(captures, description)
    yield NextExpirySensor(captures, NEXT_EXPIRY)
    yield BackupProgressSensor(captures, PROGRESS)


class CapturesSensor(CapturesEntity, SensorEntity):
    """Reads the captures."""

    entity_description: CapturesSensorDescription

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """The value now."""
        return self.entity_description.value_fn(self.coordinator.data)


class NextExpirySensor(CapturesSensor):
    """Tells what the network deletes next."""

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Which one it is."""
        captures = self.coordinator.data
        capture = captures.next_to_expire
        if capture is None:
            return None
        return {
            "kind": capture.kind,
            ATTR_GAME: capture.game,
            "picture": self.picture(capture),
            "backed_up": capture.content_id in captures.backed_up,
        }


class BackupProgressSensor(CapturesEntity, SensorEntity):
    """Tells how far a backup has come, while one runs."""

    @property
    def _progress(self) -> Progress | None:
        return self.coordinator.backups.progress

    @property
    @override
    def available(self) -> bool:
        """Whether there is anything to tell."""
        return self._progress is not None

    @property
    @override
    def native_value(self) -> int | None:
        """Percent."""
        return self._progress.percent if self._progress else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Captures that have come and that there are, bytes, and whose they are."""
        progress = self._progress
        if progress is None:
            return None
        return {
            "files": progress.downloaded,
            "files_total": progress.files,
            "bytes": progress.bytes,
            "bytes_total": progress.total,
            ATTR_GAME: progress.game,
        }
