"""The button of captures: bring everything home now."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription

from .backup import Request
from .coordinator import CapturesCoordinator
from .entity import CapturesEntity

BACK_UP = ButtonEntityDescription(
    key="back_up_captures", translation_key="back_up_captures"
)


def captures_buttons(captures: CapturesCoordinator) -> Iterator[BackUpButton]:
    """The buttons of an account."""
    yield BackUpButton(captures, BACK_UP)


class BackUpButton(CapturesEntity, ButtonEntity):
    """Begins a backup of everything; its progress and its end are told elsewhere."""

    @property
    @override
    def available(self) -> bool:
        """Always: what there is to back up is asked for then."""
        return True

    @override
    async def async_press(self) -> None:
        """Begin, or do nothing if the same is under way."""
        await self.coordinator.backups.run(Request(), self.coordinator.all)
