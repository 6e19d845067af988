"""The image of a console: a picture of what runs."""

from http import HTTPStatus
from typing import override

from aiohttp import ClientError, ClientTimeout
from homeassistant.components.image import (
    Image,
    ImageEntity,
    ImageEntityDescription,
    infer_image_type,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .coordinator import ConsoleCoordinator, XboxConsoleConfigEntry
from .entity import ConsoleEntity

PARALLEL_UPDATES = 0

_TIMEOUT = ClientTimeout(total=10)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the image of each console."""
    entry.runtime_data.consoles.on_console(
        lambda console: async_add_entities([NowPlayingImage(console)])
    )


class NowPlayingImage(ConsoleEntity, ImageEntity):
    """The picture of the game or app that runs; its state is when another one came."""

    def __init__(self, coordinator: ConsoleCoordinator) -> None:
        """Start with what runs now."""
        super().__init__(
            coordinator,
            ImageEntityDescription(key="now_playing", translation_key="now_playing"),
        )
        ImageEntity.__init__(self, coordinator.hass)
        self._address: str | None = None
        self._follow()

    @callback
    def _follow(self) -> None:
        """Change when the picture does, and only then."""
        address = self.coordinator.picture
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
        try:
            async with async_get_clientsession(self.hass).get(
                address, timeout=_TIMEOUT
            ) as response:
                if response.status != HTTPStatus.OK:
                    LOGGER.debug("A picture was answered with %s", response.status)
                    return None
                content = await response.read()
                kind = response.content_type
        except (ClientError, TimeoutError) as error:
            LOGGER.debug("A picture cannot be fetched: %s", type(error).__name__)
            return None
        if not kind.startswith("image/"):
            kind = infer_image_type(content) or ""
        return Image(kind, content) if kind else None
