"""Captures in the Xbox network's storage (mediahub.xboxlive.com)."""

from collections.abc import AsyncIterator
from string.templatelib import Template

from ..model import Items, Json, Link, Model, Moment, OpenEnum, called
from ..service import Page, ServiceClient, only, pages
from ..session import Service


class Locator(OpenEnum):
    """What an address leads to; HDR screenshots come as JPEG XR."""

    DOWNLOAD = "Download"
    DOWNLOAD_HDR = "Download_HDR"
    THUMBNAIL_SMALL = "Thumbnail_Small"
    THUMBNAIL_LARGE = "Thumbnail_Large"


class ContentLocator(Model):
    """A signed address that needs no sign-in and expires; sizes in bytes."""

    locator_type: Locator
    uri: Link = None
    file_size: int | None = None
    expiration: Moment = None


class ContentSegment(Model):
    """A part of a clip; times in seconds."""

    record_date: Moment = None
    duration_in_seconds: int | None = None
    offset: int | None = None
    title_id: str | None = None
    creation_type: str | None = None


class Capture(Model):
    """What clips and screenshots have in common: deleted by `content_id`, found by `local_id`."""

    content_id: str
    local_id: str | None = None
    content_locators: Items[ContentLocator] = ()
    title_id: str | None = None
    title_name: str | None = None
    owner_xuid: str | None = None
    resolution_width: int | None = None
    resolution_height: int | None = None
    user_caption: str | None = None
    expiration_date: Moment = None
    """When the network deletes it."""
    upload_device_type: str | None = None
    creation_type: str | None = None
    content_state: str | None = None
    enforcement_state: str | None = None
    view_count: int | None = None
    like_count: int | None = None
    comment_count: int | None = None
    share_count: int | None = None

    def locator(self, kind: Locator) -> ContentLocator | None:
        """Where to get the file or a picture of it."""
        return next(
            (at for at in self.content_locators if at.locator_type == kind), None
        )


class Clip(Capture):
    """A video; its length in seconds."""

    upload_date: Moment = None
    duration_in_seconds: int | None = None
    frame_rate: float | None = None
    content_segments: Items[ContentSegment] = ()
    greatest_moment_id: str | None = None

    @property
    def captured_at(self) -> Moment:
        """When it was recorded."""
        dates = (segment.record_date for segment in self.content_segments)
        return next(dates, None) or self.upload_date


class Screenshot(Capture):
    """A picture."""

    capture_date: Moment = None
    date_uploaded: Moment = None

    @property
    def captured_at(self) -> Moment:
        """When it was taken."""
        return self.capture_date or self.date_uploaded


class ClipPage(Page[Clip], names=called(items="values")):
    """Clips."""

    items: Items[Clip] = ()


class ScreenshotPage(Page[Screenshot], names=called(items="values")):
    """Screenshots."""

    items: Items[Screenshot] = ()


class Mediahub(ServiceClient):
    """Captures in the Xbox network's storage, one's own unless an XUID is given."""

    _service = Service("mediahub.xboxlive.com", contract=3)

    def clips(
        self, xuid: str | None = None, page_size: int = 100, limit: int | None = None
    ) -> AsyncIterator[Clip]:
        """Clips, the latest first."""
        path = t"/gameclips/search"
        return pages(
            lambda token: self._search(path, ClipPage, xuid, page_size, token), limit
        )

    def screenshots(
        self, xuid: str | None = None, page_size: int = 100, limit: int | None = None
    ) -> AsyncIterator[Screenshot]:
        """Screenshots, the latest first."""
        path = t"/screenshots/search"
        return pages(
            lambda token: self._search(path, ScreenshotPage, xuid, page_size, token),
            limit,
        )

    async def clip(self, local_id: str, xuid: str | None = None) -> Clip:
        """One clip, its addresses signed anew. Raises NotFound."""
        path = t"/gameclips/search"
        return only((await self._search(path, ClipPage, xuid, 1, None, local_id)).items)

    async def screenshot(self, local_id: str, xuid: str | None = None) -> Screenshot:
        """One screenshot, its addresses signed anew. Raises NotFound."""
        path = t"/screenshots/search"
        return only(
            (await self._search(path, ScreenshotPage, xuid, 1, None, local_id)).items
        )

    async def delete_clip(self, content_id: str) -> None:
        """Delete a clip of one's own for good."""
        await self._request("DELETE", t"/gameclips/{content_id}", _APP_QUIRK)

    async def delete_screenshot(self, content_id: str) -> None:
        """Delete a screenshot of one's own for good."""
        await self._request("DELETE", t"/screenshots/{content_id}", _APP_QUIRK)

    async def _search[PageT: Model](
        self,
        path: Template,
        page: type[PageT],
        xuid: str | None,
        size: int,
        token: str | None,
        local_id: str | None = None,
    ) -> PageT:
        query = f"OwnerXuid eq {xuid or await self._session.xuid()}"
        if local_id is not None:
            query += f" and localId eq '{local_id.replace("'", "''")}'"
        # The service ignores `max`, which Microsoft's apps send, and heeds `maxPageSize`.
        question: dict[str, Json] = {
            "query": query,
            "max": size,
            "maxPageSize": size,
            "skip": 0,
        }
        if token:
            question["continuationToken"] = token
        return await self._ask(path, question, page)


_APP_QUIRK: Json = {
    "headers": {"Accept": "application/json", "X-XBL-Contract-Version": "2"}
}
"""What Microsoft's apps send as the body of a deletion."""
