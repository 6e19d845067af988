"""A capture, whichever service tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from ..packing import packed
from ..services.gameclips import (
    CaptureMetadata,
    CaptureUri,
    GameClip,
    Thumbnail,
    ThumbnailType,
)
from ..services.mediahub import Capture as StoredCapture, Clip, Locator, Screenshot
from ..services.screenshots import ScreenshotMetadata

_LIFE = timedelta(days=90)
"""After its upload the network deletes a capture."""


class Kind(StrEnum):
    """What a capture is."""

    VIDEO = "video"
    SCREENSHOT = "screenshot"


class Part(StrEnum):
    """One of the files of a capture."""

    VIDEO = "video"
    PICTURE = "picture"
    HDR = "hdr"
    THUMBNAIL = "thumbnail"
    THUMBNAIL_SMALL = "thumbnail_small"

    @property
    def original(self) -> bool:
        """Whether it is what was captured, not a picture of it."""
        return self in (Part.VIDEO, Part.PICTURE, Part.HDR)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is for now, and how many bytes it is said to have."""

    address: str = field(repr=False)
    size: int | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A video or a screenshot; deleted by `content_id`."""

    kind: Kind
    content_id: str = field(repr=False)
    local_id: str | None = field(default=None, repr=False)
    owner: str | None = field(default=None, repr=False)
    """XUID."""
    scid: str | None = field(default=None, repr=False)
    """Only the older services tell it, and need it."""
    title_id: str | None = None
    game: str | None = None
    caption: str | None = field(default=None, repr=False)
    taken_at: datetime | None = None
    expires_at: datetime | None = None
    """When the network deletes it."""
    seconds: int | None = None
    places: Mapping[Part, Place] = field(default_factory=dict)
    sent: bytes = field(default=b"", repr=False, compare=False)
    """As the service sent it, packed: there are hundreds of captures, and only a backup reads it."""

    @property
    def main(self) -> Part:
        """The file that is shown or played."""
        return Part.VIDEO if self.kind is Kind.VIDEO else Part.PICTURE

    @property
    def originals(self) -> Mapping[Part, Place]:
        """The files that cannot be had again once they are deleted."""
        return {part: at for part, at in self.places.items() if part.original}

    @property
    def size(self) -> int:
        """Bytes of all originals, as far as that is told."""
        return sum(place.size or 0 for place in self.originals.values())

    @classmethod
    def stored(cls, capture: Clip | Screenshot) -> Self:
        """Read what mediahub tells."""
        if isinstance(capture, Clip):
            kind, main = Kind.VIDEO, Part.VIDEO
            uploaded, seconds = capture.upload_date, capture.duration_in_seconds
        else:
            kind, main = Kind.SCREENSHOT, Part.PICTURE
            uploaded, seconds = capture.date_uploaded, None
        return cls(
            kind=kind,
            content_id=capture.content_id,
            local_id=capture.local_id,
            owner=capture.owner_xuid,
            title_id=capture.title_id,
            game=capture.title_name,
            caption=capture.user_caption or None,
            taken_at=capture.captured_at,
            expires_at=capture.expiration_date or (uploaded and uploaded + _LIFE),
            seconds=seconds,
            places=_located(capture, main),
            sent=packed(capture.raw()),
        )

    @classmethod
    def described(cls, capture: GameClip | ScreenshotMetadata) -> Self:
        """Read what the older services tell."""
        if isinstance(capture, GameClip):
            kind, main, content_id = Kind.VIDEO, Part.VIDEO, capture.game_clip_id
            taken, seconds = capture.date_recorded, capture.duration_in_seconds
            uris = capture.game_clip_uris
        else:
            kind, main = Kind.SCREENSHOT, Part.PICTURE
            content_id, taken, seconds = capture.screenshot_id, capture.date_taken, None
            uris = capture.screenshot_uris
        uploaded = capture.date_published
        return cls(
            kind=kind,
            content_id=content_id,
            local_id=capture.local_id,
            owner=capture.xuid,
            scid=capture.scid,
            title_id=capture.title_id,
            game=capture.title_name,
            caption=capture.user_caption or None,
            taken_at=taken or uploaded,
            expires_at=uploaded and uploaded + _LIFE,
            seconds=seconds,
            places=_addressed(main, uris, capture),
            sent=packed(capture.raw()),
        )


def _located(capture: StoredCapture, main: Part) -> dict[Part, Place]:
    locators = {
        main: Locator.DOWNLOAD,
        Part.HDR: Locator.DOWNLOAD_HDR,
        Part.THUMBNAIL: Locator.THUMBNAIL_LARGE,
        Part.THUMBNAIL_SMALL: Locator.THUMBNAIL_SMALL,
    }
    return _distinct(
        {
            part: Place(at.uri, at.file_size, at.expiration)
            for part, kind in locators.items()
            if (at := capture.locator(kind)) is not None and at.uri
        }
    )


def _addressed(
    main: Part, uris: tuple[CaptureUri, ...], capture: CaptureMetadata
) -> dict[Part, Place]:
    sizes = {
        ThumbnailType.LARGE: Part.THUMBNAIL,
        ThumbnailType.SMALL: Part.THUMBNAIL_SMALL,
    }
    usable = [at for at in uris if at.uri]
    found = {
        part: Place(at.uri or "", at.file_size, at.expiration)
        for part, at in zip((main,), usable, strict=False)
    }
    small = {
        sizes[at.thumbnail_type]: _thumbnail(at)
        for at in sorted(capture.thumbnails, key=lambda at: at.thumbnail_type or "")
        if at.thumbnail_type in sizes and at.uri
    }
    return _distinct({**found, **small})


def _thumbnail(thumbnail: Thumbnail) -> Place:
    # 0 is what the service says where it does not know.
    return Place(thumbnail.uri or "", thumbnail.file_size or None)


def _distinct(places: dict[Part, Place]) -> dict[Part, Place]:
    """The same without a small thumbnail that is the large one, or the other way round."""
    large, small = places.get(Part.THUMBNAIL), places.get(Part.THUMBNAIL_SMALL)
    if small is not None and (large is None or large.address == small.address):
        places[Part.THUMBNAIL] = places.pop(Part.THUMBNAIL_SMALL)
    return places
