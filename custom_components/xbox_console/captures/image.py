"""The image of captures: the latest screenshot."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.image import Image, ImageEntityDescription
from homeassistant.core import callback

from ..account.image import FollowedImage
from ..account.picture import KINDS
from ..const import LOGGER
from ..xboxlive.captures.capture import Capture, Part
from ..xboxlive.errors import XboxError
from .coordinator import CapturesCoordinator
from .entity import CapturesEntity

_LARGEST = 64 * 2**20
"""Bytes that a picture may have to be held in memory."""
LATEST_SCREENSHOT = ImageEntityDescription(
    key="latest_screenshot", translation_key="latest_screenshot"
)


def captures_images(captures: CapturesCoordinator) -> Iterator[LatestScreenshot]:
    """The images of an account."""
    yield LatestScreenshot(captures, LATEST_SCREENSHOT)


class LatestScreenshot(CapturesEntity, FollowedImage[CapturesCoordinator]):
    """The newest picture; its state is when it was taken."""

    @property
    def _capture(self) -> Capture | None:
        return self.coordinator.data.latest_screenshot

    @property
    @override
    def _location(self) -> str | None:
        # Its address changes whenever it is signed; what it is does not.
        capture = self._capture
        return capture.content_id if capture else None

    @callback
    @override
    def _follow(self) -> None:
        super()._follow()
        if (capture := self._capture) is not None and capture.taken_at is not None:
            self._attr_image_last_updated = capture.taken_at

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str] | None:
        """The game."""
        capture = self._capture
        return {"game": capture.game} if capture and capture.game else None

    @override
    async def _fetch(self, address: str) -> Image | None:
        """Read the picture, from an address that works."""
        capture = self.coordinator.of_id(address)
        if capture is None:
            return None
        content = bytearray()
        try:
            async with self.coordinator.contents.open(capture, Part.PICTURE) as stream:
                async for chunk in stream.chunks():
                    content += chunk
                    if len(content) > _LARGEST:
                        return None
        except XboxError as error:
            LOGGER.debug("The latest screenshot cannot be had: %s", error)
            return None
        kind = stream.kind if stream.kind in KINDS else "image/png"
        return Image(kind, bytes(content))
