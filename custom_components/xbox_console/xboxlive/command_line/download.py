"""Captures from the Xbox network to a folder."""

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path, PurePosixPath
import re

from aiohttp import ClientError, ClientSession, ClientTimeout

from ..client import XboxLive
from ..errors import ClipNotFound, ConnectionFailed, UnexpectedResponse, XboxError
from ..model import Json
from ..services.mediahub import Clip, Locator, Screenshot

_TIMEOUT = ClientTimeout(total=None, connect=10, sock_read=30)
_CHUNK = 256 * 1024
_NOT_IN_NAMES = re.compile(r"[^\w .()-]+")

type Capture = Clip | Screenshot


class Download:
    """Brings captures into a folder, each whole or not at all; what is there already stays."""

    def __init__(
        self,
        xbox: XboxLive,
        http: ClientSession,
        folder: Path,
        progress: Callable[[str], None],
    ) -> None:
        """Tell `progress` how far it has come."""
        self._xbox = xbox
        self._http = http
        self._folder = folder
        self._progress = progress

    async def all(self, captures: Sequence[Capture]) -> list[dict[str, Json]]:
        """What became of each capture; one that fails does not keep the others."""
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        done: list[dict[str, Json]] = []
        for number, capture in enumerate(captures, 1):
            file = self._folder / file_name(capture)
            place = f"{number} of {len(captures)}: {file.name}"
            try:
                state = await self._one(capture, file, place)
            except XboxError as error:
                state = str(error)
            done.append({"file": file.name, "state": state})
        return done

    async def _one(self, capture: Capture, file: Path, place: str) -> str:
        if await asyncio.to_thread(file.exists):
            return "there already"
        try:
            await self._fetch(capture, file, place)
        except UnexpectedResponse:
            # The address has expired, perhaps while the captures before this one came.
            await self._fetch(await self._signed_anew(capture), file, place)
        return "downloaded"

    async def _signed_anew(self, capture: Capture) -> Capture:
        local_id, hub = capture.local_id or "", self._xbox.mediahub
        if isinstance(capture, Clip):
            return await hub.clip(local_id)
        return await hub.screenshot(local_id)

    async def _fetch(self, capture: Capture, file: Path, place: str) -> None:
        """Raises UnexpectedResponse for an address that is not good (any more), ConnectionFailed."""
        if (address := capture.media_url) is None:
            raise ClipNotFound("The capture has no file yet")
        part = file.with_name(f"{file.name}.part")
        try:
            await self._stream(address, part, place)
            await asyncio.to_thread(part.replace, file)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)

    async def _stream(self, address: str, part: Path, place: str) -> None:
        url = self._xbox.session.transport.hosts.locate(address)
        host, size = url.host or "", 0
        try:
            async with self._http.get(url, timeout=_TIMEOUT) as answer:
                if answer.status != HTTPStatus.OK:
                    raise UnexpectedResponse(host, answer.status, "not the file")
                with await asyncio.to_thread(part.open, "wb") as opened:
                    async for chunk in answer.content.iter_chunked(_CHUNK):
                        await asyncio.to_thread(opened.write, chunk)
                        size += len(chunk)
                        self._progress(f"{place} {_share(size, answer.content_length)}")
        except ClientError, TimeoutError:
            # The original names the address, which whoever has it can download.
            raise ConnectionFailed(host) from None


def _share(size: int, whole: int | None) -> str:
    return f"{100 * size // whole} %" if whole else f"{size} bytes"


def file_name(capture: Capture) -> str:
    """When and in which title it was taken, its id, and what kind of file it is."""
    locator = capture.locator(Locator.DOWNLOAD)
    path = PurePosixPath(((locator and locator.uri) or "").partition("?")[0])
    taken = f"{at:%Y-%m-%d %H.%M.%S}" if (at := capture.captured_at) else None
    words = filter(None, (taken, capture.title_name, capture.content_id))
    return _NOT_IN_NAMES.sub("_", " ".join(words) + path.suffix.lower())
