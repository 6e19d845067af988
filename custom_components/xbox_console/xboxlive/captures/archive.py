"""A folder of captures: nothing is overwritten, nothing half done has a final name, an index tells what is there.

Everything here waits for the disk: call it from a thread.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
import errno
import hashlib
import json
import os
from pathlib import Path
import shutil
from typing import BinaryIO, Self

from .capture import Capture, Part

INDEX = ".xbox-captures.jsonl"
_CHECKPOINT = 16 * 2**20
"""Bytes after which what was written is proven, so that it need not be fetched again."""
_BLOCK = 2**20
_SPARE = 16 * 2**20
"""Bytes that are left free on the disk."""
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class ArchiveError(Exception):
    """A file cannot be kept; the text says why."""


class DiskFull(ArchiveError):
    """There is no space left."""


class NotWritable(ArchiveError):
    """The folder cannot be written to."""


class NameTaken(ArchiveError):
    """Something else has the name already."""


class WrongSize(ArchiveError):
    """The file does not have as many bytes as the network says."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is there."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """A capture that is there with all its files."""

    content_id: str
    kept_at: str
    files: Mapping[str, Kept]
    """By part."""

    def line(self) -> bytes:
        """The record as a line of the index."""
        files = {part: asdict(kept) for part, kept in self.files.items()}
        told = {"id": self.content_id, "at": self.kept_at, "files": files}
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read a line of the index. Raises ValueError for one that was not written to its end."""
        try:
            told = json.loads(line)
            files = {part: Kept(**kept) for part, kept in told["files"].items()}
            return cls(told["id"], told["at"], files)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("not a record") from error


def _explained(error: OSError) -> ArchiveError:
    if error.errno in _NO_SPACE:
        return DiskFull("the disk is full")
    return NotWritable(f"the folder cannot be written to: {error.strerror}")


class Archive:
    """The folder."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist; its index is read by `open`."""
        self.folder = folder
        self._index = folder / INDEX
        self._records: dict[str, Record] = {}

    def open(self) -> None:
        """Make the folder if need be and read its index. Raises NotWritable, DiskFull."""
        try:
            self.folder.mkdir(exist_ok=True, parents=True)
            self._mend()
        except OSError as error:
            raise _explained(error) from error
        self.read()

    def read(self) -> None:
        """Read the index, if there is one; lines that were not written to their end are passed over."""
        records = {}
        with suppress(FileNotFoundError, NotADirectoryError):
            for line in self._index.read_bytes().splitlines():
                with suppress(ValueError):
                    record = Record.read(line)
                    records[record.content_id] = record
        self._records = records

    def _mend(self) -> None:
        """End a last line that was not written to its end, so that the next one stands alone."""
        with self._index.open("a+b") as index:
            if index.tell() == 0:
                return
            index.seek(-1, os.SEEK_END)
            if index.read(1) != b"\n":
                index.write(b"\n")
                _sync(index)

    def add(self, record: Record) -> None:
        """Put a capture into the index, on the disk. Raises DiskFull, NotWritable."""
        try:
            # The names have to be on the disk before it is said that they are.
            _sync_folder(self.folder)
            with self._index.open("ab") as index:
                index.write(record.line())
                _sync(index)
        except OSError as error:
            raise _explained(error) from error
        self._records[record.content_id] = record

    def has(self, capture: Capture) -> bool:
        """Whether every original is there, as long as it was."""
        return all(
            kept is not None and self._length(kept) == kept.size
            for kept in self._kept(capture).values()
        )

    def those(self, captures: Iterable[Capture]) -> frozenset[str]:
        """The content ids of those that are there."""
        return frozenset(one.content_id for one in captures if self.has(one))

    def proves(self, capture: Capture, *, by_size: bool) -> bool:
        """Whether every original is there byte for byte: read again from the disk just now.

        `by_size`: it counts only if the network says how long each is.
        """
        for part, kept in self._kept(capture).items():
            size = place.size if (place := capture.places.get(part)) else None
            if kept is None or (size is None and by_size):
                return False
            if size not in (None, kept.size):
                return False
            try:
                if self.fingerprint(kept.name) != kept:
                    return False
            except OSError:
                return False
        return True

    def _kept(self, capture: Capture) -> dict[Part, Kept | None]:
        """Every original that there is of it, and that there has to be."""
        record = self._records.get(capture.content_id)
        files = record.files if record else {}
        return {part: files.get(part) for part in (capture.main, *capture.originals)}

    def _length(self, kept: Kept) -> int | None:
        try:
            return (self.folder / kept.name).stat().st_size
        except OSError:
            return None

    def fingerprint(self, name: str) -> Kept:
        """Read a file to its end. Raises OSError."""
        with (self.folder / name).open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                # What is still in memory from the writing proves nothing of the disk.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            digest = hashlib.file_digest(file, "sha256")
            return Kept(name, file.tell(), digest.hexdigest())

    def adopt(self, name: str, size: int | None) -> Kept | None:
        """A file that is there already under its final name, as after a crash; None if there is none.

        Raises NameTaken if it is something else.
        """
        path = self.folder / name
        if not os.path.lexists(path):
            return None
        if path.is_symlink() or not path.is_file():
            raise NameTaken(f"{name} is something else")
        if size not in (None, path.stat().st_size):
            raise NameTaken(f"{name} is another file")
        kept = self.fingerprint(name)
        Draft(self.folder, name).forget()
        return kept

    def draft(self, name: str, size: int | None) -> Draft | Kept:
        """A file to be written, taken up where an earlier run left it; or that which is there already.

        Raises NameTaken, DiskFull, NotWritable.
        """
        if (kept := self.adopt(name, size)) is not None:
            return kept
        draft = Draft(self.folder, name)
        draft.begin()
        if size is not None:
            if draft.size > size:
                draft.begin(anew=True)
            self._room_for(size - draft.size)
        return draft

    def write(self, name: str, content: bytes) -> Kept:
        """Keep a small file, unless there is one already. Raises NameTaken, DiskFull, NotWritable."""
        if (kept := self.adopt(name, None)) is not None:
            return kept
        draft = Draft(self.folder, name)
        try:
            draft.begin(anew=True)
            draft.write(content)
            return draft.finish(len(content))
        finally:
            draft.close()

    def _room_for(self, size: int) -> None:
        """Raise DiskFull if there is no space for so many bytes."""
        if shutil.disk_usage(self.folder).free < size + _SPARE:
            raise DiskFull("the disk is full")


class Draft:
    """A file beside its final name, until it is whole.

    What was written is proven by a checksum beside it at times: nothing else of it is believed by
    who takes it up again after a crash.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Prepare a file."""
        self._folder = folder
        self._final = folder / name
        self._path = folder / f".{name}.part"
        self._proof = folder / f".{name}.sum"
        self._digest = hashlib.sha256()
        self.size = 0
        """Bytes that are there."""
        self._proven = 0
        self._file: BinaryIO | None = None

    def begin(self, *, anew: bool = False) -> None:
        """Open it, with what is there already. Raises DiskFull, NotWritable."""
        self.close()
        try:
            self._file = self._path.open("r+b" if self._path.exists() else "w+b")
            if not anew and not self._believe():
                anew = True
            if anew:
                self._digest, self.size = hashlib.sha256(), 0
            self._file.seek(self.size)
            self._file.truncate()
        except OSError as error:
            raise _explained(error) from error
        self._proven = self.size

    def _believe(self) -> bool:
        """Whether what is there is what was proven."""
        assert self._file is not None
        try:
            proof = json.loads(self._proof.read_text())
            left, wanted = int(proof["size"]), proof["sha256"]
        except OSError, ValueError, KeyError, TypeError:
            return False
        while left and (block := self._file.read(min(_BLOCK, left))):
            self._digest.update(block)
            self.size += len(block)
            left -= len(block)
        return left == 0 and self._digest.hexdigest() == wanted

    def write(self, content: bytes) -> None:
        """Go on. Raises DiskFull, NotWritable."""
        assert self._file is not None
        try:
            self._file.write(content)
            self._digest.update(content)
            self.size += len(content)
            if self.size - self._proven >= _CHECKPOINT:
                self._prove()
        except OSError as error:
            raise _explained(error) from error

    def pause(self) -> None:
        """Make sure that it can be taken up from here. Raises DiskFull, NotWritable."""
        try:
            self._prove()
        except OSError as error:
            raise _explained(error) from error

    def _prove(self) -> None:
        if self._file is None or self.size == self._proven:
            return
        _sync(self._file)
        proof = {"size": self.size, "sha256": self._digest.hexdigest()}
        self._proof.write_text(json.dumps(proof))
        self._proven = self.size

    def finish(self, size: int | None) -> Kept:
        """Give it its final name. Raises WrongSize, NameTaken, DiskFull, NotWritable."""
        assert self._file is not None
        if size not in (None, self.size):
            self.close()
            self.forget()
            raise WrongSize(f"{self.size} bytes instead of {size}")
        try:
            _sync(self._file)
            self.close()
            if os.path.lexists(self._final):
                self.forget()
                raise NameTaken(f"{self._final.name} is there already")
            self._path.rename(self._final)
            self.forget()
        except OSError as error:
            raise _explained(error) from error
        return Kept(self._final.name, self.size, self._digest.hexdigest())

    def close(self) -> None:
        """Let go of it, as it is."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def forget(self) -> None:
        """Remove what is beside the final name."""
        for path in (self._path, self._proof):
            path.unlink(missing_ok=True)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring a new name to the disk; some file systems cannot be told to, and do it anyway."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def now() -> str:
    """The time as the index has it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
