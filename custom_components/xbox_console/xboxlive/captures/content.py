"""The files of captures, piece by piece: addresses lapse and connections end, the file goes on."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from http import HTTPStatus
import random
import re
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientResponse
from yarl import URL

from ..errors import (
    ConnectionFailed,
    NotFound,
    RateLimited,
    ServiceUnavailable,
    Timeout,
    UnexpectedResponse,
    XboxError,
)
from ..hosts import secure
from ..transport import Transport
from .capture import Capture, Part, Place
from .gallery import Gallery

CHUNK = 2**20
_CONTENT_HOSTS = (".xboxlive.com",)
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_TROUBLES = (ConnectionFailed, ServiceUnavailable, RateLimited)
_TRIES = 6
"""In a row without a byte in between."""
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 30.0
_SIGNED_KEPT = 256
_PLACED = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_UNPLACED = re.compile(r"bytes \*/(\d+)")


class NotAvailable(NotFound):
    """The file cannot be had: there is none, or not where captures are."""


class OutOfRange(XboxError):
    """The file has no such part; `total` is how many bytes it has."""

    def __init__(self, total: int | None) -> None:
        """Keep the size."""
        super().__init__("The file has no such part")
        self.total = total


@dataclass(frozen=True, slots=True)
class Span:
    """Which bytes are wanted, as in a slice: a negative start counts from the end."""

    start: int = 0
    stop: int | None = None

    @property
    def header(self) -> str | None:
        """The value of `Range`; None for everything."""
        if self.start < 0:
            return f"bytes={self.start}"
        if self.start == 0 and self.stop is None:
            return None
        return f"bytes={self.start}-{'' if self.stop is None else self.stop - 1}"

    def within(self, total: int | None) -> Span:
        """The same for a file of so many bytes."""
        if total is None:
            return self
        start = self.start if self.start >= 0 else max(0, total + self.start)
        return Span(start, total if self.stop is None else min(self.stop, total))


WHOLE = Span()


def trusted(address: str) -> bool:
    """Whether something may be fetched from there: only https, and only where captures are."""
    try:
        url = URL(secure(address), encoded=True)
        return (
            url.scheme == "https"
            and url.explicit_port is None
            and url.user is None
            and (url.host or "").endswith(_CONTENT_HOSTS)
        )
    except ValueError:
        return False


class Contents:
    """The files of captures."""

    def __init__(self, transport: Transport, gallery: Gallery) -> None:
        """Ask the gallery for another address when one has lapsed."""
        self.transport = transport
        self._gallery = gallery
        self._signed: OrderedDict[str, Capture] = OrderedDict()

    def open(self, capture: Capture, part: Part, span: Span = WHOLE) -> Stream:
        """A file, or a part of it, to be entered as a context and then read."""
        return Stream(self, capture, part, span)

    async def place(
        self, capture: Capture, part: Part, lapsed: str | None
    ) -> tuple[Place, bool]:
        """Where a file is, and whether that was asked just now.

        `lapsed` is an address that does not work any more. Raises NotAvailable, XboxError.
        """
        known = self._signed.get(capture.content_id, capture).places.get(part)
        if known is not None and known.address != lapsed and not self._over(known):
            return known, False
        signed = await self._gallery.again(capture)
        self._signed[capture.content_id] = signed
        if len(self._signed) > _SIGNED_KEPT:
            self._signed.popitem(last=False)
        if (place := signed.places.get(part)) is None:
            raise NotAvailable("The capture has no such file")
        return place, True

    def _over(self, place: Place) -> bool:
        expires = place.expires
        return expires is not None and expires <= self.transport.clock.now()


class Stream:
    """A file on its way: where it begins and ends, what it is, and its bytes."""

    def __init__(
        self, contents: Contents, capture: Capture, part: Part, span: Span
    ) -> None:
        """Use `Contents.open` instead."""
        self._contents = contents
        self._transport = contents.transport
        self._capture, self._part = capture, part
        self.span = span
        """Once entered: exactly the bytes that come; the end is None if nobody tells it."""
        self.total: int | None = None
        """The size of the whole file, if it is told."""
        self.kind = ""
        """Its media type."""
        self._tag: str | None = None
        self._at = 0
        self._skip = 0
        self._exit = AsyncExitStack()
        self._response: ClientResponse | None = None

    async def __aenter__(self) -> Self:
        """Begin. Raises NotAvailable, OutOfRange, XboxError."""
        try:
            await self._persist(None)
        except BaseException:
            await self._exit.aclose()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End, wherever it is."""
        await self._exit.aclose()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes; what ends too early is taken up again. Raises NotAvailable, XboxError."""
        tries = 0
        while not self._complete:
            try:
                async for chunk in self._arriving():
                    tries = 0
                    yield chunk
            except _TROUBLES as error:
                tries += 1
                if tries >= _TRIES:
                    raise
                await self._persist(error, tries)

    @property
    def _complete(self) -> bool:
        return self._at == self.span.stop

    async def _arriving(self) -> AsyncIterator[bytes]:
        """The bytes of one answer. Raises ConnectionFailed if they end too early."""
        response = self._response
        assert response is not None
        host = response.url.host or ""
        try:
            async for chunk in response.content.iter_chunked(CHUNK):
                skipped = min(self._skip, len(chunk))
                self._skip -= skipped
                left = (
                    len(chunk) if self.span.stop is None else self.span.stop - self._at
                )
                wanted = chunk[skipped : skipped + left]
                if wanted:
                    self._at += len(wanted)
                    yield wanted
                if self._complete:
                    return
        except TimeoutError:
            raise Timeout(host) from None
        except ClientError, OSError, asyncio.IncompleteReadError:
            raise ConnectionFailed(host) from None
        if self.span.stop is not None:
            raise ConnectionFailed(host)
        self.span = replace(self.span, stop=self._at)

    async def _persist(self, trouble: XboxError | None, tries: int = 0) -> None:
        """Ask until there is an answer, with growing pauses. Raises XboxError."""
        while True:
            if trouble is not None:
                await asyncio.sleep(_pause(trouble, tries))
            try:
                await self._ask()
            except _TROUBLES as error:
                trouble, tries = error, tries + 1
                if tries >= _TRIES:
                    raise
            else:
                return

    async def _ask(self) -> None:
        """Get an answer with what is missing, from an address that works. Raises XboxError."""
        lapsed: str | None = None
        while True:
            place, fresh = await self._contents.place(self._capture, self._part, lapsed)
            response = await self._request(place.address)
            if not _refused(response.status):
                break
            if fresh:
                raise NotAvailable("The file of the capture is not there")
            lapsed = place.address
        self._take(response)

    async def _request(self, address: str) -> ClientResponse:
        """Ask an address, and those that it leads to. Raises NotAvailable, ConnectionFailed."""
        headers = {"Accept-Encoding": "identity"}
        if wanted := self._missing.header:
            headers["Range"] = wanted
        for _ in range(_MOST_REDIRECTS + 1):
            if not trusted(address):
                raise NotAvailable("The address is not one of captures")
            await self._exit.aclose()
            url = self._transport.hosts.locate(address)
            opening = self._transport.open(url, headers)
            try:
                response = await self._exit.enter_async_context(opening)
            except TimeoutError:
                raise Timeout(url.host or "") from None
            except ClientError, OSError:
                # The original names the address, whose signature is a secret.
                raise ConnectionFailed(url.host or "") from None
            if response.status not in _REDIRECTS:
                return response
            address = _led(address, response.headers.get("Location", ""))
        raise NotAvailable("The address leads nowhere")

    @property
    def _missing(self) -> Span:
        return replace(self.span, start=self._at) if self._response else self.span

    def _take(self, response: ClientResponse) -> None:
        """Understand what an answer holds. Raises OutOfRange, UnexpectedResponse, XboxError."""
        host, status = response.url.host or "", response.status
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            told = _UNPLACED.fullmatch(response.headers.get("Content-Range", ""))
            raise OutOfRange(int(told[1]) if told else None)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise RateLimited(host, _retry_after(response) or _FIRST_PAUSE)
        if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            raise ServiceUnavailable(host, f"HTTP {status}", _retry_after(response))
        begins, total = _placed(response)
        tag = response.headers.get("ETag")
        if self._response is None:
            self._begin(response, total)
        elif total != self.total or (tag and self._tag and tag != self._tag):
            raise UnexpectedResponse(host, status, "the file is another one now")
        self._tag = tag
        self._response = response
        self._skip = self._at - begins
        if self._skip < 0:
            raise UnexpectedResponse(host, status, "not the part that was asked for")

    def _begin(self, response: ClientResponse, total: int | None) -> None:
        self.total = total
        self.span = self.span.within(total)
        if total is None and self.span.start < 0:
            raise OutOfRange(None)
        if total is not None and (self.span.start >= total > 0):
            raise OutOfRange(total)
        self._at = self.span.start
        self.kind = response.content_type


def _led(address: str, target: str) -> str:
    """Where a redirect leads. Raises NotAvailable."""
    try:
        led = URL(secure(address), encoded=True).join(URL(target, encoded=True))
    except ValueError:
        raise NotAvailable("The address leads nowhere") from None
    return str(led)


def _refused(status: int) -> bool:
    """Whether the address does not work any more; what is said of that was never recorded."""
    return 400 <= status < 500 and status not in (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
        HTTPStatus.TOO_MANY_REQUESTS,
    )


def _placed(response: ClientResponse) -> tuple[int, int | None]:
    """Where the body of an answer begins in the file, and how long the file is."""
    if response.status == HTTPStatus.OK:
        return 0, response.content_length
    told = _PLACED.fullmatch(response.headers.get("Content-Range", ""))
    if told is None:
        raise UnexpectedResponse(
            response.url.host or "", response.status, "a part of unknown place"
        )
    return int(told[1]), int(told[3]) if told[3] != "*" else None


def _retry_after(response: ClientResponse) -> float | None:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None


def _pause(trouble: XboxError, tries: int) -> float:
    growing = _FIRST_PAUSE * 2.0**tries * random.uniform(0.75, 1.0)
    asked: float = getattr(trouble, "retry_after", None) or 0.0
    return min(max(growing, asked), _LONGEST_PAUSE)
