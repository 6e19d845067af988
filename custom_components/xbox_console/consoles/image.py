"""The image of a console: what runs."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.image import ImageEntityDescription

from ..account.image import FULL, FollowedImage
from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity

NOW_PLAYING = ImageEntityDescription(key="now_playing", translation_key="now_playing")


def console_images(console: ConsoleCoordinator) -> Iterator[NowPlayingImage]:
    """The image of a console."""
    yield NowPlayingImage(console, NOW_PLAYING)


class NowPlayingImage(ConsoleEntity, FollowedImage[ConsoleCoordinator]):
    """The picture of the game or app that runs."""

    @property
    @override
    def _location(self) -> str | None:
        return self.coordinator.picture(FULL)
