"""Where captures are: in mediahub, or where that refuses an app, in the older services."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

from ..client import XboxLive
from ..errors import AccessDenied, NotFound, UnexpectedResponse
from ..services.gameclips import GameClip
from ..services.mediahub import Clip, Screenshot
from ..services.screenshots import ScreenshotMetadata
from ..session import Overrides
from .capture import Capture, Kind

type Found = Callable[[Capture], None]
type _Sent = Clip | Screenshot | GameClip | ScreenshotMetadata

_REFUSALS = (AccessDenied, NotFound, UnexpectedResponse)
"""How a service may refuse an app; that it is ill or busy is another matter."""
_PATIENT: Overrides = {"patience": 60.0, "retry_for": 20.0}
"""Whoever waits for a file would rather wait than have none."""


def _read(sent: _Sent) -> Capture:
    if isinstance(sent, Clip | Screenshot):
        return Capture.stored(sent)
    return Capture.described(sent)


async def _tell(sent: AsyncIterator[_Sent], found: Found) -> None:
    async for one in sent:
        found(_read(one))


async def _together(*works: Coroutine[Any, Any, None]) -> None:
    """Do several things at once; one that fails ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


class Gallery:
    """The captures of an account, and those of others as far as it may see them."""

    def __init__(self, xbox: XboxLive, *, own_app: bool = False) -> None:
        """Look also in the older services for somebody whose app is not one of Microsoft's."""
        self._xbox = xbox
        self._own_app = own_app
        self.withheld = False
        """Whether mediahub tells less than there is."""

    async def own(self, found: Found) -> None:
        """Find all captures of the account, the newest first; each is told as soon as its page is there.

        Raises XboxError.
        """
        if not self._own_app:
            await self._stored(None, found)
            return
        known: set[str] = set()
        self.withheld = await self._refused(None, _noting(known, found))
        before = len(known)
        await self._described(None, _unless(known, found))
        self.withheld |= len(known) > before

    async def of(self, xuid: str, found: Found, limit: int) -> None:
        """Find somebody's captures, as `own` does, up to so many of each kind. Raises XboxError."""
        known: set[str] = set()
        if self._own_app:
            await self._refused(xuid, _noting(known, found), limit)
            await self._described(xuid, _unless(known, found), limit)
        else:
            await self._stored(xuid, found, limit)

    async def community(self, title_id: str, found: Found, limit: int) -> None:
        """Find what anybody captured in a game, up to so many of each kind. Raises XboxError."""
        await _together(
            _tell(self._xbox.gameclips.community(title_id, limit=limit), found),
            _tell(self._xbox.screenshots.community(title_id, limit=limit), found),
        )

    async def _refused(
        self, xuid: str | None, found: Found, limit: int | None = None
    ) -> bool:
        """Find what mediahub tells; whether it refuses."""
        try:
            await self._stored(xuid, found, limit)
        except _REFUSALS:
            return True
        return False

    async def _stored(
        self, xuid: str | None, found: Found, limit: int | None = None
    ) -> None:
        hub = self._xbox.mediahub
        await _together(
            _tell(hub.clips(xuid, limit=limit), found),
            _tell(hub.screenshots(xuid, limit=limit), found),
        )

    async def _described(
        self, xuid: str | None, found: Found, limit: int | None = None
    ) -> None:
        older = (self._xbox.gameclips, self._xbox.screenshots)
        await _together(
            *(
                _tell(
                    service.of(xuid, limit=limit) if xuid else service.own(limit=limit),
                    found,
                )
                for service in older
            )
        )

    async def again(self, capture: Capture) -> Capture:
        """The same capture with addresses that were signed just now.

        Raises NotFound if there is none any more, or another XboxError.
        """
        signed = await self._asked(capture)
        if signed.content_id != capture.content_id:
            raise NotFound("There is another capture instead")
        return signed

    async def _asked(self, capture: Capture) -> Capture:
        if capture.scid and capture.owner:
            return await self._described_again(capture, capture.owner, capture.scid)
        if capture.local_id is None:
            return await self._searched(capture)
        hub = self._xbox.mediahub(**_PATIENT)
        ask: Callable[[str, str | None], Awaitable[Clip | Screenshot]] = (
            hub.clip if capture.kind is Kind.VIDEO else hub.screenshot
        )
        return _read(await ask(capture.local_id, capture.owner))

    async def _described_again(
        self, capture: Capture, owner: str, scid: str
    ) -> Capture:
        if capture.kind is Kind.VIDEO:
            clips = self._xbox.gameclips(**_PATIENT)
            return _read(await clips.one(owner, scid, capture.content_id))
        screenshots = self._xbox.screenshots(**_PATIENT)
        return _read(await screenshots.one(owner, scid, capture.content_id))

    async def _searched(self, capture: Capture) -> Capture:
        """A capture of which only the id is known that cannot be asked for."""
        hub = self._xbox.mediahub
        listed = hub.clips if capture.kind is Kind.VIDEO else hub.screenshots
        async for one in listed(capture.owner):
            if one.content_id == capture.content_id:
                return _read(one)
        raise NotFound("There is no such capture")

    async def delete(self, capture: Capture) -> None:
        """Delete a capture of one's own for good. Raises NotFound, or another XboxError."""
        video = capture.kind is Kind.VIDEO
        if capture.scid:
            older = self._xbox.gameclips if video else self._xbox.screenshots
            await older(**_PATIENT).delete(capture.scid, capture.content_id)
        else:
            hub = self._xbox.mediahub(**_PATIENT)
            delete = hub.delete_clip if video else hub.delete_screenshot
            await delete(capture.content_id)


def _noting(known: set[str], found: Found) -> Found:
    """Tell of each, and note it."""

    def tell(capture: Capture) -> None:
        known.add(capture.content_id)
        found(capture)

    return tell


def _unless(known: set[str], found: Found) -> Found:
    """Tell only of what is not known yet, and note it."""

    def tell(capture: Capture) -> None:
        if capture.content_id not in known:
            known.add(capture.content_id)
            found(capture)

    return tell
