"""What is known of screenshots, one's own and others' (screenshotsmetadata.xboxlive.com)."""

from ..model import Items, Moment, called
from ..service import Page
from ..session import Service
from .gameclips import CaptureMetadata, CaptureService, CaptureUri


class ScreenshotMetadata(CaptureMetadata):
    """A picture; its size in pixels."""

    screenshot_id: str
    date_taken: Moment = None
    resolution_width: int | None = None
    resolution_height: int | None = None
    screenshot_uris: Items[CaptureUri] = ()


class ScreenshotMetadataPage(
    Page[ScreenshotMetadata], names=called(items="screenshots")
):
    """Screenshots."""

    items: Items[ScreenshotMetadata] = ()


class Screenshots(CaptureService[ScreenshotMetadata]):
    """What is known of screenshots."""

    _service = Service("screenshotsmetadata.xboxlive.com", contract=5)
    _page = ScreenshotMetadataPage
    _kind = "screenshots"
