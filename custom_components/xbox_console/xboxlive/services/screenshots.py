"""What is known of screenshots, one's own and others' (screenshotsmetadata.xboxlive.com)."""

from ..model import Items, Model, Moment, called
from ..service import Page
from ..session import Service
from .gameclips import (
    CaptureMetadata,
    CaptureService,
    CaptureUri,
    ContentAttributes,
    media_url,
)


class ScreenshotMetadata(CaptureMetadata):
    """A picture; its size in pixels."""

    screenshot_id: str
    screenshot_name: str | None = None
    screenshot_locale: str | None = None
    screenshot_content_attributes: ContentAttributes | None = None
    date_taken: Moment = None
    resolution_width: int | None = None
    resolution_height: int | None = None
    screenshot_uris: Items[CaptureUri] = ()

    @property
    def name(self) -> str | None:
        """What its owner called it, mostly nothing."""
        return self.screenshot_name

    @property
    def media_url(self) -> str | None:
        """Where the picture is, as long as the address has not expired."""
        return media_url(self.screenshot_uris)


class ScreenshotMetadataPage(
    Page[ScreenshotMetadata], names=called(items="screenshots")
):
    """Screenshots."""

    items: Items[ScreenshotMetadata]


class ScreenshotAnswer(Model):
    """One screenshot."""

    screenshot: ScreenshotMetadata


class Screenshots(CaptureService[ScreenshotMetadata]):
    """What is known of screenshots."""

    _service = Service("screenshotsmetadata.xboxlive.com", contract=5)
    _page = ScreenshotMetadataPage
    _kind = "screenshots"

    async def one(self, xuid: str, scid: str, screenshot_id: str) -> ScreenshotMetadata:
        """One screenshot. Raises NotFound."""
        path = t"/users/xuid({xuid})/scids/{scid}/screenshots/{screenshot_id}"
        return (await self._get(path, ScreenshotAnswer)).screenshot

    async def delete(self, scid: str, screenshot_id: str) -> None:
        """Delete a screenshot of one's own. Raises NotFound."""
        await self._do("DELETE", t"/users/me/scids/{scid}/screenshots/{screenshot_id}")
