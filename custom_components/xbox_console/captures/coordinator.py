"""The coordinator for captures: which there are, what is new, what is safe at home."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import override

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HassJob, callback
from homeassistant.helpers.event import async_call_later

from ..account import polling
from ..account.coordinator import Context, XboxCoordinator
from ..xboxlive.captures.capture import Capture, Kind
from ..xboxlive.captures.content import Contents
from ..xboxlive.captures.gallery import Gallery
from ..xboxlive.errors import XboxError
from .arrivals import ArrivalsMemory
from .backup import Backups, Ended
from .folders import Folders

_NEVER = datetime.max.replace(tzinfo=UTC)
_ALWAYS = datetime.min.replace(tzinfo=UTC)

type CaptureListener = Callable[[Capture], None]


@dataclass(frozen=True, slots=True)
class Captures:
    """One snapshot of the account's captures, the newest first."""

    captures: tuple[Capture, ...] = field(default=(), repr=False)
    backed_up: frozenset[str] = field(default=frozenset(), repr=False)
    """Content ids of those that are at home with every original."""
    complete: bool = False
    """Whether all of them are known."""

    @property
    def size(self) -> int:
        """Bytes that they take in the network, as far as that is told."""
        return sum(capture.size for capture in self.captures)

    @property
    def next_to_expire(self) -> Capture | None:
        """The one that the network deletes first."""
        expiring = (one for one in self.captures if one.expires_at)
        return min(expiring, key=lambda one: one.expires_at or _NEVER, default=None)

    @property
    def not_backed_up(self) -> int:
        """How many are in the network alone."""
        return sum(one.content_id not in self.backed_up for one in self.captures)

    @property
    def latest_screenshot(self) -> Capture | None:
        """The newest picture."""
        pictures = (one for one in self.captures if one.kind is Kind.SCREENSHOT)
        return next(pictures, None)


def newest_first(captures: Collection[Capture]) -> tuple[Capture, ...]:
    """Captures in the order in which they are shown."""
    return tuple(
        sorted(captures, key=lambda one: one.taken_at or _ALWAYS, reverse=True)
    )


class CapturesCoordinator(XboxCoordinator[Captures]):
    """The captures of an account."""

    def __init__(
        self,
        context: Context,
        folders: Folders,
        memory: ArrivalsMemory,
        *,
        own_app: bool,
    ) -> None:
        """Start without knowing any."""
        super().__init__(context, "captures", polling.CAPTURES)
        self.xuid = context.entry.unique_id or ""
        self.folders = folders
        self.gallery = Gallery(context.xbox, own_app=own_app)
        self.contents = Contents(context.xbox.session.transport, self.gallery)
        self.backups = Backups(
            self.hass,
            self.contents,
            folders,
            lambda run: self.config_entry.async_create_background_task(
                self.hass, run, f"{self.name} backup", eager_start=False
            ),
        )
        self.backups.on_change(self.async_update_listeners)
        self.backups.on_end(self._backup_ended)
        self.data = Captures()
        self._memory = memory
        self._begun = self.hass.loop.time()
        self._arriving: dict[str, Capture] = {}
        self._arrived = asyncio.Event()
        self._looking = False
        self._problem: XboxError | None = None
        self._on_new: list[CaptureListener] = []
        self._news: list[Capture] = []
        self._after_game: CALLBACK_TYPE | None = None
        self.config_entry.async_on_unload(self._forget_game)
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stop)
        )

    @override
    def _pace(self) -> float:
        return polling.CAPTURES

    @override
    async def _read(self) -> Captures:
        self._looking, self._arriving, self._problem = True, {}, None
        try:
            await self.gallery.own(self._arrives)
        except XboxError as error:
            self._problem = error
            raise
        finally:
            self._looking = False
            self._arrived.set()
        captures = newest_first(self._arriving.values())
        read = Captures(captures, await self.folders.those(captures), complete=True)
        self._watch()
        self._news += self._memory.arrivals.news(captures)
        return read

    @callback
    def _arrives(self, capture: Capture) -> None:
        self._arriving[capture.content_id] = capture
        self._arrived.set()

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Show what there is, then tell what is new, the oldest first: who is unavailable tells nothing."""
        super().async_update_listeners()
        if self.last_update_success:
            news, self._news = self._news, []
            for capture in news:
                for tell in tuple(self._on_new):
                    tell(capture)

    @callback
    def _watch(self) -> None:
        """Note that somebody watched until now."""
        now = self.now
        run = timedelta(seconds=self.hass.loop.time() - self._begun)
        self._memory.watched(now - run, now)

    @callback
    def _stop(self, _: Event | None = None) -> None:
        """Let the last write know until when; the network's time is known once that has answered."""
        if self.data.complete:
            self._watch()

    async def close(self) -> None:
        """Keep until when somebody watched."""
        self._stop()
        await self._memory.close()

    @callback
    def on_new(self, tell: CaptureListener) -> CALLBACK_TYPE:
        """Call for each new capture; returns the way to stop that."""
        self._on_new.append(tell)
        return lambda: self._on_new.remove(tell)

    async def shown(self) -> tuple[Capture, ...]:
        """All captures; before the first look has ended, those of its first page. Raises XboxError."""
        if self.data.complete:
            return self.data.captures
        if not self._looking:
            self._arrived.clear()
            self.background(self.async_refresh())
        await self._arrived.wait()
        if self._problem is not None and not self._arriving:
            raise self._problem
        return newest_first(self._arriving.values())

    async def all(self) -> tuple[Capture, ...]:
        """All captures, as the network tells now. Raises XboxError."""
        await self.look()
        return self.data.captures

    def of_id(self, content_id: str) -> Capture | None:
        """One of the account's captures."""
        known = self.data.captures if self.data.complete else self._arriving.values()
        return next((one for one in known if one.content_id == content_id), None)

    @callback
    def game_ended(self) -> None:
        """Look for what was captured, once it had time to get into the network."""
        self._forget_game()
        self._after_game = async_call_later(
            self.hass,
            polling.CAPTURES_AFTER_GAME,
            HassJob(self._look_after_game, cancel_on_shutdown=True),
        )

    @callback
    def _look_after_game(self, _: datetime) -> None:
        self._after_game = None
        self.hint()

    @callback
    def _forget_game(self) -> None:
        if self._after_game is not None:
            self._after_game()
            self._after_game = None

    @callback
    def deleted(self, content_ids: Collection[str]) -> None:
        """Show no longer what was deleted just now."""
        left = [one for one in self.data.captures if one.content_id not in content_ids]
        self.async_set_updated_data(replace(self.data, captures=tuple(left)))

    @callback
    def _backup_ended(self, _: Ended) -> None:
        if not self.backups.closing:
            self.background(self._look_at_home())

    async def _look_at_home(self) -> None:
        backed_up = await self.folders.those(self.data.captures)
        self.async_set_updated_data(replace(self.data, backed_up=backed_up))
