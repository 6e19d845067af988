"""Bringing captures into a folder, and freeing the network of those that are safe there."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
import json

from ..errors import NotFound, XboxError
from ..packing import unpacked
from .archive import (
    Archive,
    ArchiveError,
    DiskFull,
    Draft,
    Kept,
    NotWritable,
    Record,
    now,
)
from .capture import Capture, Part, Place
from .content import Contents, NotAvailable, Span
from .gallery import Gallery
from .names import METADATA_SUFFIX, UnsafeName, name, stem

AT_ONCE = 4
"""Files that are on their way."""
_WORKERS = 2 * AT_ONCE
"""Captures that are dealt with: while one is brought to the disk, another one is on its way."""
_METADATA = "metadata"
_LARGEST_PICTURE = 8 * 2**20
_HOPELESS = (DiskFull, NotWritable)
"""What the next capture would meet as well."""


class Stopped(Exception):
    """Somebody wanted an end."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a backup has come; `bytes` are those that arrived."""

    files: int = 0
    """How many captures there are to bring."""
    downloaded: int = 0
    skipped: int = 0
    """How many were there already."""
    bytes: int = 0
    done: int = 0
    """Bytes of what is dealt with, those that an earlier run brought as well."""
    total: int = 0
    """Bytes that all of it has, as far as that is told."""
    game: str | None = None
    """What arrives now."""
    cancelled: bool = False
    failures: dict[str, str] = field(default_factory=dict, repr=False)
    """Why a capture is not there, by content id."""

    @property
    def percent(self) -> int:
        """How much is done."""
        if self.total:
            return min(100, 100 * self.done // self.total)
        dealt = self.downloaded + len(self.failures)
        if not self.files:
            return 100 if self.skipped else 0
        return 100 * dealt // self.files


def reason(error: Exception) -> str:
    """Why it did not work, for whoever reads the outcome; names nobody."""
    match error:
        case NotFound():
            return "not available"
        case UnsafeName() | ArchiveError() | XboxError():
            return str(error)
        case _:
            return type(error).__name__


class Backup:
    """One run: several captures at once, each with all its files."""

    def __init__(
        self, archive: Archive, contents: Contents, told: Callable[[Progress], None]
    ) -> None:
        """Tell `told` of every step."""
        self._archive, self._contents = archive, contents
        self._told = told
        self.stopped = False
        """Whether somebody wants an end."""
        self._on_their_way = asyncio.Semaphore(AT_ONCE)
        self.progress = Progress()

    def stop(self) -> None:
        """End soon: what has arrived can be taken up by the next run."""
        self.stopped = True

    def _tell(self, **changed: object) -> None:
        self.progress = replace(self.progress, **changed)  # type: ignore[arg-type]  # names are checked by `replace`
        self._told(self.progress)

    async def run(self, captures: Collection[Capture]) -> Progress:
        """Bring those that are not there yet. Raises DiskFull, NotWritable."""
        await asyncio.to_thread(self._archive.open)
        there = await asyncio.to_thread(self._archive.those, captures)
        missing = [one for one in captures if one.content_id not in there]
        self._tell(
            files=len(missing),
            skipped=len(there),
            total=sum(one.size for one in missing),
        )
        queue = iter(missing)
        workers = [asyncio.create_task(self._work(queue)) for _ in range(_WORKERS)]
        try:
            await asyncio.gather(*workers)
        except _HOPELESS:
            self.stop()
            await asyncio.gather(*workers, return_exceptions=True)
            raise
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        self._tell(cancelled=self.stopped, game=None)
        return self.progress

    async def _work(self, queue: Iterator[Capture]) -> None:
        for capture in queue:
            if self.stopped:
                return
            self._tell(game=capture.game)
            try:
                await self._keep(capture)
            except Stopped:
                return
            except _HOPELESS:
                raise
            except (XboxError, ArchiveError, UnsafeName) as error:
                failures = {
                    **self.progress.failures,
                    capture.content_id: reason(error),
                }
                self._tell(failures=failures)
            else:
                self._tell(downloaded=self.progress.downloaded + 1)

    async def _keep(self, capture: Capture) -> None:
        """Bring all files of a capture, then put it into the index."""
        if capture.main not in capture.places:
            raise NotAvailable("The capture has no file of its own yet")
        pictures = asyncio.create_task(self._pictures(capture))
        try:
            kept = {
                part: await self._bring(capture, part, place)
                for part, place in capture.originals.items()
            }
            shown = await pictures
        finally:
            pictures.cancel()
            await asyncio.gather(pictures, return_exceptions=True)
        await asyncio.to_thread(self._file_away, capture, kept, shown)

    async def _pictures(self, capture: Capture) -> dict[Part, bytes]:
        """The pictures of a capture, as far as they can be had: without one it is whole all the same."""
        found = {}
        for part in capture.places.keys() - capture.originals.keys():
            with suppress(NotFound):
                async with (
                    self._on_their_way,
                    self._contents.open(capture, part, Span(0, _LARGEST_PICTURE)) as it,
                ):
                    found[part] = b"".join([chunk async for chunk in it.chunks()])
                self._tell(bytes=self.progress.bytes + len(found[part]))
        return found

    def _file_away(
        self,
        capture: Capture,
        originals: Mapping[Part, Kept],
        pictures: Mapping[Part, bytes],
    ) -> None:
        """Keep what belongs to the originals, then say that the capture is there. Runs in a thread."""
        kept: dict[str, Kept] = dict(originals.items())
        for part, content in pictures.items():
            kept[part] = self._archive.write(name(capture, part), content)
        told = json.dumps(unpacked(capture.sent), indent=1, ensure_ascii=False)
        metadata = f"{stem(capture)}{METADATA_SUFFIX}"
        kept[_METADATA] = self._archive.write(metadata, told.encode(errors="replace"))
        self._archive.add(Record(capture.content_id, now(), kept))

    async def _bring(self, capture: Capture, part: Part, place: Place) -> Kept:
        """Bring an original, or find it there. Raises ArchiveError, XboxError, Stopped."""
        called = name(capture, part)
        draft = await asyncio.to_thread(self._archive.draft, called, place.size)
        if isinstance(draft, Kept):
            self._tell(done=self.progress.done + draft.size)
            return draft
        try:
            self._tell(done=self.progress.done + draft.size)
            if draft.size == 0 or draft.size != place.size:
                await self._receive(draft, capture, part)
            return await asyncio.to_thread(draft.finish, place.size)
        finally:
            draft.close()

    async def _receive(self, draft: Draft, capture: Capture, part: Part) -> None:
        """Bring what is missing of an original. Raises ArchiveError, XboxError, Stopped."""
        async with (
            self._on_their_way,
            self._contents.open(capture, part, Span(draft.size)) as stream,
        ):
            async for chunk in stream.chunks():
                await asyncio.to_thread(draft.write, chunk)
                self._tell(
                    bytes=self.progress.bytes + len(chunk),
                    done=self.progress.done + len(chunk),
                )
                if self.stopped:
                    await asyncio.to_thread(draft.pause)
                    raise Stopped


@dataclass(frozen=True, slots=True)
class Freed:
    """What was deleted from the network, and what was kept there and why."""

    deleted: list[str]
    kept: dict[str, str]


async def free(
    proves: Callable[[Capture], bool],
    gallery: Gallery,
    captures: Collection[Capture],
    *,
    unsafe: bool = False,
    goes_on: Callable[[], bool] = lambda: True,
) -> Freed:
    """Delete captures from the network of which each original is proven to be at home.

    `proves` reads them from the disk, in a thread; `unsafe`: also those that are not there;
    `goes_on` is asked before each.
    """
    freed = Freed([], {})
    for capture in captures:
        if not goes_on():
            freed.kept[capture.content_id] = "interrupted"
            continue
        try:
            # What there is of it now counts, not what was listed some time ago.
            latest = await gallery.again(capture)
            if not unsafe and not await asyncio.to_thread(proves, latest):
                freed.kept[capture.content_id] = "not backed up"
                continue
            await gallery.delete(capture)
        except XboxError as error:
            freed.kept[capture.content_id] = reason(error)
        else:
            freed.deleted.append(capture.content_id)
    return freed
