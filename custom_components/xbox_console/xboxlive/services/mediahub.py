"""Captures in the Xbox network's storage (mediahub.xboxlive.com)."""

from collections.abc import AsyncIterator
from string.templatelib import Template

from ..errors import ClipNotFound
from ..model import Items, Json, Link, Model, Moment, OpenEnum, called
from ..service import Page, ServiceClient, missing, only, pages
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

    segment_id: int | None = None
    creator_channel_id: str | None = None
    creator_xuid: str | None = None
    record_date: Moment = None
    duration_in_seconds: int | None = None
    offset: int | None = None
    title_id: str | None = None
    secondary_title_id: str | None = None
    creation_type: str | None = None


class Capture(Model):
    """What clips and screenshots have in common: deleted by `content_id`, found by `local_id`.

    `upload_title_id` is the app that uploaded it.
    """

    content_id: str
    local_id: str | None = None
    content_locators: Items[ContentLocator] = ()
    title_id: str | None = None
    title_name: str | None = None
    title_data: str | None = None
    owner_xuid: str | None = None
    sandbox_id: str | None = None
    shared_to: tuple[Json, ...] = ()
    sessions: tuple[Json, ...] = ()
    tournaments: tuple[Json, ...] = ()
    resolution_width: int | None = None
    resolution_height: int | None = None
    user_caption: str | None = None
    expiration_date: Moment = None
    """When the network deletes it."""
    upload_device_type: str | None = None
    upload_language: str | None = None
    upload_region: str | None = None
    upload_title_id: str | None = None
    creation_type: str | None = None
    content_state: str | None = None
    enforcement_state: str | None = None
    safety_threshold: str | None = None
    view_count: int | None = None
    like_count: int | None = None
    comment_count: int | None = None
    share_count: int | None = None

    def locator(self, kind: Locator) -> ContentLocator | None:
        """Where to get the file or a picture of it."""
        return next(
            (at for at in self.content_locators if at.locator_type == kind), None
        )

    @property
    def media_url(self) -> str | None:
        """Where the file is, as long as the address has not expired."""
        download = self.locator(Locator.DOWNLOAD)
        return download.uri if download else None

    @property
    def name(self) -> str | None:
        """What its owner called it."""
        return self.user_caption


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

    items: Items[Clip]


class ScreenshotPage(Page[Screenshot], names=called(items="values")):
    """Screenshots."""

    items: Items[Screenshot]


_CLIPS = t"/gameclips/search"
_SCREENSHOTS = t"/screenshots/search"
_APP_QUIRK: Json = {
    "headers": {"Accept": "application/json", "X-XBL-Contract-Version": "2"}
}
"""What Microsoft's apps send as the body of a deletion."""


class Mediahub(ServiceClient):
    """Captures in the Xbox network's storage, one's own unless an XUID is given."""

    _service = Service("mediahub.xboxlive.com", contract=3)

    def clips(
        self,
        xuid: str | None = None,
        page_size: int = 100,
        limit: int | None = None,
        *,
        skip: int = 0,
    ) -> AsyncIterator[Clip]:
        """Clips, the latest first, after the first `skip`."""
        return self._list_of(_CLIPS, ClipPage, xuid, page_size, limit, skip)

    def screenshots(
        self,
        xuid: str | None = None,
        page_size: int = 100,
        limit: int | None = None,
        *,
        skip: int = 0,
    ) -> AsyncIterator[Screenshot]:
        """Screenshots, the latest first, after the first `skip`."""
        return self._list_of(_SCREENSHOTS, ScreenshotPage, xuid, page_size, limit, skip)

    async def clip(self, local_id: str, xuid: str | None = None) -> Clip:
        """One clip, its addresses signed anew. Raises ClipNotFound."""
        with missing(ClipNotFound, "There is no such clip"):
            question = await self._question(xuid, 1, local_id)
            return only((await self._ask(_CLIPS, question, ClipPage)).items)

    async def screenshot(self, local_id: str, xuid: str | None = None) -> Screenshot:
        """One screenshot, its addresses signed anew. Raises NotFound."""
        question = await self._question(xuid, 1, local_id)
        return only((await self._ask(_SCREENSHOTS, question, ScreenshotPage)).items)

    async def delete_clip(self, content_id: str) -> None:
        """Delete a clip of one's own for good."""
        await self._do("DELETE", t"/gameclips/{content_id}", _APP_QUIRK)

    async def delete_screenshot(self, content_id: str) -> None:
        """Delete a screenshot of one's own for good."""
        await self._do("DELETE", t"/screenshots/{content_id}", _APP_QUIRK)

    def _list_of[ItemT](
        self,
        path: Template,
        page: type[Page[ItemT]],
        xuid: str | None,
        size: int,
        limit: int | None,
        skip: int,
    ) -> AsyncIterator[ItemT]:
        async def fetch(token: str | None) -> Page[ItemT]:
            question = await self._question(xuid, size)
            # The token knows what was skipped: to say it again could skip it on each page.
            further: dict[str, Json] = (
                {"continuationToken": token} if token else {"skip": skip}
            )
            return await self._ask(path, {**question, **further}, page)

        return pages(fetch, limit)

    async def _question(
        self, xuid: str | None, size: int, local_id: str | None = None
    ) -> dict[str, Json]:
        query = f"OwnerXuid eq {xuid or await self._session.xuid()}"
        if local_id is not None:
            query += f" and localId eq '{local_id.replace("'", "''")}'"
        # The service ignores `max`, which Microsoft's apps send, and heeds `maxPageSize`.
        return {"query": query, "max": size, "maxPageSize": size, "skip": 0}
