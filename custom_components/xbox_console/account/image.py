"""A picture at an address that comes and goes, as an image entity."""

from abc import abstractmethod
from typing import Any, override

from homeassistant.components.image import Image, ImageEntity
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .coordinator import XboxCoordinator
from .entity import XboxEntity
from .picture import fetch

THUMBNAIL = 256
"""Pixels of a picture in a list."""
CARD = 512
"""Pixels of a picture beside what it is about."""
FULL = 1024
"""Pixels of a picture that is all there is to see."""


class FollowedImage[CoordinatorT: XboxCoordinator[Any]](
    XboxEntity[CoordinatorT], ImageEntity
):
    """A picture at an address; its state is when another one came."""

    _address: str | None = None

    def __init__(self, coordinator: CoordinatorT, context: Any = None) -> None:
        """Start without a picture."""
        super().__init__(coordinator, context)
        ImageEntity.__init__(self, coordinator.hass)

    @property
    @abstractmethod
    def _location(self) -> str | None:
        """Where the picture is now."""

    @override
    async def async_added_to_hass(self) -> None:
        """Start with what there is."""
        await super().async_added_to_hass()
        self._follow()

    @callback
    def _follow(self) -> None:
        """Change when the picture does, and only then."""
        address = self._location
        if address == self._address:
            return
        self._address = address
        self._cached_image = None
        self._attr_image_last_updated = dt_util.utcnow() if address else None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._follow()
        super()._handle_coordinator_update()

    @property
    @override
    def entity_picture(self) -> str | None:
        """Nothing, rather than a broken picture, when nothing runs."""
        return super().entity_picture if self._address else None

    @override
    async def async_image(self) -> bytes | None:
        """The picture, fetched once."""
        address = self._address
        if address and not self._cached_image:
            image = await self._fetch(address)
            if address != self._address:
                return None
            self._cached_image = image
        if self._cached_image is None:
            return None
        self._attr_content_type = self._cached_image.content_type
        return self._cached_image.content

    async def _fetch(self, address: str) -> Image | None:
        """Get a picture; None if there is none to be had, or something else came."""
        return await fetch(self.hass, address)
