"""What the files of captures are called: the same each time, on every file system."""

from collections.abc import Mapping
from pathlib import PurePosixPath
import re
import unicodedata

from yarl import URL

from .capture import Capture, Part

_LONGEST_GAME = 60
"""Bytes: with everything around it a name fits where names are short."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CLIMBING = re.compile(r"\.\.[/\\]|[/\\]\.\.")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_SUFFIXES: Mapping[Part, tuple[str, tuple[str, ...]]] = {
    Part.VIDEO: ("", (".mp4",)),
    Part.PICTURE: ("", (".png", ".jpg", ".jpeg")),
    Part.HDR: (" HDR", (".jxr",)),
    Part.THUMBNAIL: (" thumbnail", (".png", ".jpg", ".jpeg")),
    Part.THUMBNAIL_SMALL: (" small thumbnail", (".png", ".jpg", ".jpeg")),
}
"""What is added to a name, and what it may end in; the first if the address ends otherwise."""
METADATA_SUFFIX = ".json"


class UnsafeName(ValueError):
    """The network calls something as if it were to be written elsewhere."""


def stem(capture: Capture) -> str:
    """Date (UTC), game and id of a capture. Raises UnsafeName."""
    if not _ID.fullmatch(capture.content_id) or _CLIMBING.search(capture.game or ""):
        raise UnsafeName("the network gives a name that leads to another folder")
    taken = capture.taken_at
    date = taken.strftime("%Y-%m-%d %H.%M.%S") if taken else "undated"
    return f"{date} {_safe(capture.game or '')} {capture.content_id}"


def name(capture: Capture, part: Part) -> str:
    """What one of a capture's files is called. Raises UnsafeName."""
    addition, endings = _SUFFIXES[part]
    path = URL(capture.places[part].address, encoded=True).path
    ending = PurePosixPath(path).suffix.lower()
    return f"{stem(capture)}{addition}{ending if ending in endings else endings[0]}"


def _safe(game: str) -> str:
    """A game's name without what some file system refuses."""
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", game))
    visible = (
        " " if unicodedata.category(sign).startswith(("C", "Z")) else sign
        for sign in text
    )
    short = " ".join("".join(visible).split()).encode()[:_LONGEST_GAME]
    return short.decode(errors="ignore").strip(" .") or "Unknown game"
