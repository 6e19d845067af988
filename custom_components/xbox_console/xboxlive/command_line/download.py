"""Captures from the Xbox network to a folder."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from ..captures.archive import Archive, ArchiveError
from ..captures.backup import Backup, Progress
from ..captures.capture import Capture, Kind
from ..captures.content import Contents
from ..captures.gallery import Gallery
from ..captures.names import UnsafeName, name
from ..client import XboxLive
from ..errors import XboxError
from ..model import Json

CAME, THERE = "downloaded", "there already"


class Download:
    """Brings captures into a folder, each whole or not at all; what is there already stays."""

    def __init__(
        self, xbox: XboxLive, folder: Path, progress: Callable[[str], None]
    ) -> None:
        """Tell `progress` how far it has come."""
        self._xbox = xbox
        self._archive = Archive(folder)
        self._progress = progress

    async def all(self, limit: int | None, *, own_app: bool) -> list[dict[str, Json]]:
        """What became of each capture, or of the newest of each kind; one that fails does not keep the others.

        Raises XboxError if nothing can be kept there.
        """
        gallery = Gallery(self._xbox, own_app=own_app)
        found: list[Capture] = []
        await gallery.own(found.append)
        captures = [
            one
            for kind in Kind
            for one in [each for each in found if each.kind is kind][:limit]
        ]
        await asyncio.to_thread(self._archive.read)
        there = await asyncio.to_thread(self._archive.those, captures)
        contents = Contents(self._xbox.session.transport, gallery)
        try:
            backup = Backup(self._archive, contents, self._show)
            failures = (await backup.run(captures)).failures
        except ArchiveError as error:
            raise XboxError(str(error)) from error
        return [
            {
                "file": _file(one),
                "state": THERE
                if one.content_id in there
                else failures.get(one.content_id, CAME),
            }
            for one in captures
        ]

    def _show(self, progress: Progress) -> None:
        self._progress(
            f"{progress.downloaded} of {progress.files} captures: "
            f"{progress.game or ''} {progress.percent} %"
        )


def _file(capture: Capture) -> str:
    """The name of a capture's own file, as far as it may have one."""
    try:
        return name(capture, capture.main)
    except KeyError, UnsafeName:
        return ""
