"""`captures download FOLDER`: the same backup on the command line, with a line of progress."""

from pathlib import Path
import sys

from ..client import XboxLive
from .archive import Archive, ArchiveError
from .backup import Backup, Progress
from .capture import Capture
from .content import Contents
from .gallery import Gallery

_MEGABYTE = 10**6


class Incomplete(ValueError):
    """Not everything came."""


async def download(xbox: XboxLive, folder: Path, *, own_app: bool) -> str:
    """Bring the account's captures into a folder, and return what became of it.

    Raises Incomplete, XboxError.
    """
    gallery = Gallery(xbox, own_app=own_app)
    found: list[Capture] = []
    await gallery.own(found.append)
    contents = Contents(xbox.session.transport, gallery)
    try:
        outcome = await Backup(Archive(folder), contents, _show).run(found)
    except ArchiveError as error:
        raise Incomplete(str(error)) from error
    finally:
        if sys.stdout.isatty():
            sys.stdout.write("\n")
    if outcome.failures:
        reasons = ", ".join(sorted(set(outcome.failures.values())))
        raise Incomplete(f"{len(outcome.failures)} captures did not come: {reasons}")
    return (
        f"{outcome.downloaded} captures came ({outcome.bytes / _MEGABYTE:.1f} MB), "
        f"{outcome.skipped} were there already"
    )


def _show(progress: Progress) -> None:
    """Write over the last line, where there is somebody to see it."""
    if sys.stdout.isatty():
        line = (
            f"{progress.percent:3} %  {progress.downloaded} of {progress.files} captures  "
            f"{progress.done / _MEGABYTE:.1f} of {progress.total / _MEGABYTE:.1f} MB  "
            f"{progress.game or ''}"
        )
        sys.stdout.write(f"\r{line:<100.100}")
        sys.stdout.flush()
