"""The one backup that an account may run: begun, joined, watched, ended."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..const import DOMAIN, LOGGER
from ..games.search import words
from ..xboxlive.captures.archive import ArchiveError, DiskFull
from ..xboxlive.captures.backup import Backup, Progress
from ..xboxlive.captures.capture import Capture, Kind
from ..xboxlive.captures.content import Contents
from ..xboxlive.errors import XboxError
from .folders import DEFAULT_FOLDER, Folders

_TOLD_EVERY = 1.0
"""Seconds between two words about the progress."""
_END_WITHIN = 5.0
"""Seconds until a run that is to end waits for the network no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which captures are to be brought where."""

    folder: str = DEFAULT_FOLDER
    since: datetime | None = None
    game: str | None = None
    kinds: frozenset[Kind] = frozenset(Kind)

    def wants(self, capture: Capture) -> bool:
        """Whether a capture is meant."""
        if capture.kind not in self.kinds:
            return False
        if self.since is not None:
            if capture.taken_at is None or capture.taken_at < self.since:
                return False
        return self.game is None or (
            self.game == capture.title_id
            or words(self.game) == words(capture.game or "")
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    outcome: str
    """`finished`, `cancelled` or `failed`."""
    progress: Progress


@dataclass(slots=True)
class _Run:
    request: Request
    backup: Backup
    task: asyncio.Task[Progress]


type Listed = Callable[[], Coroutine[Any, Any, tuple[Capture, ...]]]
type Start = Callable[[Coroutine[Any, Any, Progress]], asyncio.Task[Progress]]


def explained(error: ArchiveError) -> HomeAssistantError:
    """What a run that could not go on tells the user."""
    key = "disk_full" if isinstance(error, DiskFull) else "folder_not_writable"
    return HomeAssistantError(translation_domain=DOMAIN, translation_key=key)


class Backups:
    """At most one run at a time."""

    def __init__(
        self, hass: HomeAssistant, contents: Contents, folders: Folders, start: Start
    ) -> None:
        """Start runs with `start`, which lets them live as long as the entry."""
        self._hass = hass
        self._contents = contents
        self._folders = folders
        self._start = start
        self._run: _Run | None = None
        self._starting = asyncio.Lock()
        self._told_at = 0.0
        self._on_change: list[Callable[[], None]] = []
        self._on_end: list[Callable[[Ended], None]] = []
        self.closing = False
        """Whether the entry is about to be unloaded."""

    @property
    def progress(self) -> Progress | None:
        """How far the run has come; None if there is none."""
        return self._run.backup.progress if self._run else None

    @callback
    def on_change(self, tell: Callable[[], None]) -> None:
        """Call when a run begins, goes on or ends."""
        self._on_change.append(tell)

    @callback
    def on_end(self, tell: Callable[[Ended], None]) -> CALLBACK_TYPE:
        """Call when a run has ended; returns the way to stop that."""
        self._on_end.append(tell)
        return lambda: self._on_end.remove(tell)

    async def run(self, request: Request, captures: Listed) -> asyncio.Task[Progress]:
        """Begin a run, or join the one that does the same; its first step is to list `captures`.

        Raises ServiceValidationError if another one is under way or the folder is not allowed,
        HomeAssistantError if there is no media folder or the entry is about to be unloaded. The
        task raises XboxError if nobody tells which captures there are.
        """
        async with self._starting:
            if self._run is None:
                archive = await self._folders.use(request.folder)
                if self.closing:
                    raise HomeAssistantError(
                        translation_domain=DOMAIN, translation_key="captures_not_loaded"
                    )
                backup = Backup(archive, self._contents, self._changed)
                self._run = self._begin(request, backup, captures)
                self._tell()
            elif self._run.request != request:
                raise ServiceValidationError(
                    translation_domain=DOMAIN, translation_key="already_running"
                )
            return self._run.task

    def _begin(self, request: Request, backup: Backup, captures: Listed) -> _Run:
        task = self._start(self._perform(request, backup, captures))
        # Whether anybody waits for it or not, its error has been told.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return _Run(request, backup, task)

    async def _perform(
        self, request: Request, backup: Backup, captures: Listed
    ) -> Progress:
        outcome = "failed"
        try:
            wanted = [one for one in await captures() if request.wants(one)]
            progress = await backup.run(wanted)
            outcome = "cancelled" if progress.cancelled else "finished"
        except asyncio.CancelledError:
            outcome = "cancelled"
            if not backup.stopped:
                raise
            progress = replace(backup.progress, cancelled=True, game=None)
        except ArchiveError as error:
            LOGGER.warning("Captures could not be backed up: %s", error)
            raise explained(error) from error
        except XboxError as error:
            LOGGER.warning("Captures could not be listed: %s", error)
            raise
        finally:
            self._run = None
            self._tell()
            for tell in tuple(self._on_end):
                tell(Ended(outcome, backup.progress))
        return progress

    @callback
    def _changed(self, _: Progress) -> None:
        now = self._hass.loop.time()
        if now - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            self._tell()

    @callback
    def _tell(self) -> None:
        for tell in self._on_change:
            tell()

    async def stop(self) -> bool:
        """End the run as soon as what has arrived is safe; whether there was one."""
        run = self._run
        if run is None:
            return False
        run.backup.stop()
        _, waiting = await asyncio.wait([run.task], timeout=_END_WITHIN)
        if waiting:
            # Nothing arrives: what has come before is as safe as after a crash.
            run.task.cancel()
            await asyncio.wait([run.task])
        return True

    async def close(self) -> None:
        """End the run, and let nothing begin."""
        self.closing = True
        await self.stop()
