"""Events of captures: a new one, and the end of a backup."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import callback

from ..const import ATTR_GAME
from ..xboxlive.captures.capture import Capture
from .backup import Ended
from .coordinator import CapturesCoordinator
from .entity import CapturesEntity

TAKEN = "taken"
CAPTURE = EventEntityDescription(
    key="capture", translation_key="capture", event_types=[TAKEN]
)
BACKUP = EventEntityDescription(
    key="backup",
    translation_key="backup",
    event_types=["finished", "cancelled", "failed"],
)


def captures_events(captures: CapturesCoordinator) -> Iterator[EventEntity]:
    """The events of an account."""
    yield CaptureEvent(captures, CAPTURE)
    yield BackupEvent(captures, BACKUP)


class CaptureEvent(CapturesEntity, EventEntity):
    """Fires once for each capture that comes into the network from now on."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.on_new(self._tell))

    @callback
    def _tell(self, capture: Capture) -> None:
        attributes = {
            "kind": capture.kind,
            ATTR_GAME: capture.game,
            "picture": self.picture(capture),
            "local_id": capture.local_id,
        }
        told = {name: value for name, value in attributes.items() if value is not None}
        self._trigger_event(TAKEN, told)
        self.async_write_ha_state()


class BackupEvent(CapturesEntity, EventEntity):
    """Fires at the end of each backup."""

    @property
    @override
    def available(self) -> bool:
        """Always: a backup ends also when nobody tells which captures there are."""
        return True

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.backups.on_end(self._tell))

    @callback
    def _tell(self, ended: Ended) -> None:
        progress = ended.progress
        self._trigger_event(
            ended.outcome,
            {
                "downloaded": progress.downloaded,
                "skipped": progress.skipped,
                "failed": len(progress.failures),
                "bytes": progress.bytes,
            },
        )
        self.async_write_ha_state()
