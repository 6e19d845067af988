"""The select of a console: what runs, out of what could."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription

from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity

RUNNING_APP = SelectEntityDescription(key="running_app", translation_key="running_app")


def console_selects(console: ConsoleCoordinator) -> Iterator[RunningAppSelect]:
    """The select of a console."""
    yield RunningAppSelect(console, RUNNING_APP)


class RunningAppSelect(ConsoleEntity, SelectEntity):
    """What runs, out of the media player's sources; what is none of them is unknown."""

    @property
    @override
    def options(self) -> list[str]:
        """Home, pins, games, apps."""
        return list(self.coordinator.library.data.sources)

    @property
    @override
    def current_option(self) -> str | None:
        """What runs."""
        return self.coordinator.library.data.source_of(self.coordinator.data.app)

    @override
    async def async_select_option(self, option: str) -> None:
        """Start it, waking the console first if need be."""
        await self.start(self.coordinator.library.named(option))
