"""What is known of clips, one's own and others' (gameclipsmetadata.xboxlive.com)."""

from collections.abc import AsyncIterator
from string.templatelib import Template
from typing import ClassVar

from ..errors import ClipNotFound
from ..model import Items, Link, Model, Moment, OpenEnum, called
from ..service import Page, ServiceClient, missing
from ..session import Service


class CaptureState(OpenEnum):
    """How far a capture has come on its way to the public; sent as word or number."""

    NONE = "None"
    PENDING_UPLOAD = "PendingUpload"
    UPLOADED = "Uploaded"
    PROCESSING = "Processing"
    PROCESSED = "Processed"
    PUBLISHING = "Publishing"
    PUBLISHED = "Published", 6
    PENDING_DELETE = "PendingDelete"
    DELETED = "Deleted"
    FLAGGED = "Flagged"
    BANNED = "Banned"
    ERROR = "Error"


ON_THEIR_WAY = frozenset(
    {
        CaptureState.PENDING_UPLOAD,
        CaptureState.UPLOADED,
        CaptureState.PROCESSING,
        CaptureState.PROCESSED,
        CaptureState.PUBLISHING,
    }
)
"""States before a capture is to be had; what is flagged, or has a state that is new, is no such thing."""


class CaptureType(OpenEnum):
    """Who made a capture."""

    USER_GENERATED = "UserGenerated", 8
    DEVELOPER_INITIATED = "DeveloperInitiated"


class ContentAttributes(OpenEnum):
    """What is special about a capture; sent as word or number."""

    NONE = "None", 0


class ThumbnailType(OpenEnum):
    """Size of a preview."""

    SMALL = "Small", 1
    LARGE = "Large", 2


class UriType(OpenEnum):
    """How an address is to be read."""

    DOWNLOAD = "Download", 2


class Qualifier(OpenEnum):
    """Which captures of the community come first."""

    CREATED = "created"
    VIEWS = "views"
    RATING = "rating"


class Thumbnail(Model):
    """A preview; size in bytes, 0 if not known."""

    thumbnail_type: ThumbnailType | None = None
    uri: Link = None
    file_size: int | None = None


class CaptureUri(Model):
    """A signed address that expires; size in bytes."""

    uri_type: UriType | None = None
    uri: Link = None
    file_size: int | None = None
    expiration: Moment = None


class CaptureMetadata(Model):
    """What clips and screenshots have in common."""

    xuid: str | None = None
    scid: str | None = None
    title_id: str | None = None
    title_name: str | None = None
    title_data: str | None = None
    system_properties: str | None = None
    state: CaptureState | None = None
    type: CaptureType | None = None
    date_published: Moment = None
    last_modified: Moment = None
    user_caption: str | None = None
    device_type: str | None = None
    saved_by_user: bool | None = None
    thumbnails: Items[Thumbnail] = ()
    rating: float | None = None
    rating_count: int | None = None
    views: int | None = None
    partial_views: int | None = None
    comment_count: int | None = None
    like_count: int | None = None
    share_count: int | None = None
    achievement_id: str | None = None
    greatest_moment_id: str | None = None

    @property
    def local_id(self) -> str | None:
        """The id by which the newer service finds it."""
        return (self.system_properties or "").partition(";")[0] or None

    @property
    def pending(self) -> bool:
        """Whether it is not yet to be had."""
        return self.state in ON_THEIR_WAY

    def thumbnail(self, kind: ThumbnailType) -> str | None:
        """The address of a preview, if there is one of that size."""
        return next(
            (each.uri for each in self.thumbnails if each.thumbnail_type == kind), None
        )


def media_url(uris: tuple[CaptureUri, ...]) -> str | None:
    """The address of the file itself among those of a capture; a pending one has none yet."""
    return next((each.uri for each in uris if each.uri_type == UriType.DOWNLOAD), None)


class GameClip(CaptureMetadata):
    """A video; its length in seconds."""

    game_clip_id: str
    clip_name: str | None = None
    game_clip_locale: str | None = None
    clip_content_attributes: ContentAttributes | None = None
    date_recorded: Moment = None
    duration_in_seconds: int | None = None
    game_clip_uris: Items[CaptureUri] = ()

    @property
    def name(self) -> str | None:
        """What its owner called it, mostly nothing."""
        return self.clip_name

    @property
    def media_url(self) -> str | None:
        """Where the film is, as long as the address has not expired."""
        return media_url(self.game_clip_uris)


class GameClipPage(Page[GameClip], names=called(items="gameClips")):
    """Clips."""

    items: Items[GameClip]


class GameClipAnswer(Model):
    """One clip."""

    game_clip: GameClip


class CaptureService[ItemT](ServiceClient):
    """Lists of captures: unsaved ones expire; a title's, or those of all titles."""

    _page: type[Page[ItemT]]
    _kind: ClassVar[str]

    def own(
        self,
        title_id: str | None = None,
        *,
        saved: bool = False,
        page_size: int = 100,
        limit: int | None = None,
        skip: int = 0,
    ) -> AsyncIterator[ItemT]:
        """Those of the account itself, the latest first, after the first `skip`."""
        owner = t"/users/me"
        return self._captures(owner, title_id, saved, limit, skip, maxItems=page_size)

    def of(
        self,
        xuid: str,
        title_id: str | None = None,
        *,
        saved: bool = False,
        page_size: int = 100,
        limit: int | None = None,
        skip: int = 0,
    ) -> AsyncIterator[ItemT]:
        """Those of a person, the latest first, after the first `skip`."""
        owner = t"/users/xuid({xuid})"
        return self._captures(owner, title_id, saved, limit, skip, maxItems=page_size)

    def community(
        self,
        title_id: str,
        qualifier: Qualifier = Qualifier.CREATED,
        *,
        saved: bool = False,
        limit: int | None = None,
    ) -> AsyncIterator[ItemT]:
        """Those that anybody made in a title."""
        owner = t"/public"
        return self._captures(owner, title_id, saved, limit, qualifier=qualifier)

    def _captures(
        self,
        owner: Template,
        title_id: str | None,
        saved: bool,
        limit: int | None,
        skip: int = 0,
        **query: str | int,
    ) -> AsyncIterator[ItemT]:
        title = t"/titles/{title_id}" if title_id else t""
        path = t"{owner}{title}/{self._kind}{t'/saved' if saved else t''}"
        first = {"skipItems": skip or None}
        return self._list(path, self._page, limit, first=first, **query)


class GameClips(CaptureService[GameClip]):
    """What is known of clips."""

    _service = Service("gameclipsmetadata.xboxlive.com", contract=1)
    _page = GameClipPage
    _kind = "clips"

    async def one(self, xuid: str, scid: str, clip_id: str) -> GameClip:
        """One clip. Raises ClipNotFound."""
        path = t"/users/xuid({xuid})/scids/{scid}/clips/{clip_id}"
        with missing(ClipNotFound, "There is no such clip"):
            return (await self._get(path, GameClipAnswer)).game_clip

    async def delete(self, scid: str, clip_id: str) -> None:
        """Delete a clip of one's own. Raises ClipNotFound."""
        with missing(ClipNotFound, "There is no such clip"):
            await self._request("DELETE", t"/users/me/scids/{scid}/clips/{clip_id}")
