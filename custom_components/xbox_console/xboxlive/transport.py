"""One HTTP exchange, with a limit to everything: time, size, and what can come out of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from http import HTTPStatus
import time

from aiohttp import (
    ClientError,
    ClientHandlerType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    ClientWSTimeout,
    DummyCookieJar,
    WSServerHandshakeError,
)
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from .clock import Clock
from .correlation import CorrelationVector
from .errors import (
    AccessDenied,
    ConnectionFailed,
    ContractNotSupported,
    NotFound,
    NotModified,
    RateLimited,
    ServiceUnavailable,
    Timeout,
    UnexpectedResponse,
)
from .hosts import PRODUCTION, Hosts
from .model import Json

_parsed: Callable[[bytes], Json]
try:
    # Quicker than what is always there; Home Assistant brings it.
    from orjson import loads as _parsed
except ImportError:
    from pydantic_core import from_json as _parsed

_TIMEOUT = ClientTimeout(total=15, connect=5)
_FILE_TIMEOUT = ClientTimeout(total=None, connect=10, sock_read=30)
_FILE_BUFFER = 2**20
_HANDSHAKE = 15.0
_CLOSING = ClientWSTimeout(ws_close=2.0)
_HEARTBEAT = 30.0
"""Seconds between two pings; a socket that does not answer one within half of it is dead."""
_LARGEST_MESSAGE = 1024 * 1024
_LARGEST_BODY = 8 * 1024 * 1024
_DEFAULT_PAUSE = 15.0
"""Seconds to wait after a 429 without `Retry-After`: the burst window of the Xbox services."""
_LONGEST_PAUSE = 3600.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whatever its status."""

    host: str
    status: int
    headers: CIMultiDictProxy[str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body as text, for an excerpt."""
        return self.body[:2000].decode(errors="replace")

    def json(self) -> Json:
        """The body as JSON. Raises UnexpectedResponse."""
        if not self.body.strip():
            raise UnexpectedResponse(self.host, self.status, "the body is empty")
        try:
            return _parsed(self.body)
        except ValueError:
            raise UnexpectedResponse(
                self.host, self.status, "the body is not JSON", self.text
            ) from None

    @property
    def members(self) -> dict[str, Json]:
        """The body as JSON object, empty if it is anything else: for looking into refusals."""
        try:
            parsed = self.json()
        except UnexpectedResponse:
            return {}
        return parsed if isinstance(parsed, dict) else {}

    @property
    def retry_after(self) -> float | None:
        """Seconds that the service asks to wait."""
        value = self.headers.get("Retry-After", "")
        return min(float(value), _LONGEST_PAUSE) if value.isdecimal() else None

    def raise_for_load(self) -> None:
        """Raise RateLimited or ServiceUnavailable if the status says so, for any service."""
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            pause = self.retry_after
            raise RateLimited(self.host, _DEFAULT_PAUSE if pause is None else pause)
        ill = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if self.status == HTTPStatus.REQUEST_TIMEOUT or (
            # 501: the service is well, but never does what it was asked for.
            ill and self.status != HTTPStatus.NOT_IMPLEMENTED
        ):
            raise ServiceUnavailable(self.host, f"HTTP {self.status}", self.retry_after)

    def raise_for_status(self) -> None:
        """Raise what the status means for any service, if it means failure."""
        self.raise_for_load()
        if self.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise AccessDenied(self.host, self.status)
        if self.status == HTTPStatus.NOT_FOUND:
            raise NotFound(f"{self.host} does not have this")
        if not HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES:
            raise self.unexpected()

    def unexpected(self) -> UnexpectedResponse:
        """The error for an answer that no other explains."""
        kind, problem = _UNEXPECTED.get(
            self.status, (UnexpectedResponse, "not expected here")
        )
        return kind(self.host, self.status, problem, self.text)


_UNEXPECTED: Mapping[int, tuple[type[UnexpectedResponse], str]] = {
    HTTPStatus.NOT_MODIFIED: (NotModified, "nothing has changed"),
    HTTPStatus.NOT_ACCEPTABLE: (ContractNotSupported, "not in this contract version"),
}


async def _read_limited(chunks: AsyncIterator[bytes]) -> bytes | None:
    """The whole body, or None as soon as it is larger than any honest answer."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > _LARGEST_BODY:
            return None
    return bytes(body)


async def _stay(request: ClientRequest, ask: ClientHandlerType) -> ClientResponse:
    """Ask, but go nowhere else: whoever signs in for a socket does so where it was asked for."""
    response = await ask(request)
    if response.status in _REDIRECTS:
        response.close()
        raise WSServerHandshakeError(
            response.request_info,
            (),
            status=response.status,
            headers=response.headers,
        )
    return response


class Transport:
    """Sends requests to Microsoft's hosts and learns their time from each answer.

    All of its requests carry one correlation vector, which grows by one with each.
    """

    def __init__(
        self, http: ClientSession, hosts: Hosts = PRODUCTION, clock: Clock | None = None
    ) -> None:
        """Use an aiohttp session that the caller owns."""
        self._http = http
        self.hosts = hosts
        self.clock = clock or Clock()
        self.correlation = CorrelationVector()

    async def exchange(
        self,
        method: str,
        host: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> Reply:
        """Send one request to the percent-encoded `path` of `host` and read the answer.

        Raises ConnectionFailed, Timeout, and UnexpectedResponse for a body past the size limit.
        """
        url = self.hosts.url(host, path)
        sent = CIMultiDict({"MS-CV": self.correlation.increment()})
        sent.update(headers)
        started = time.monotonic()
        try:
            async with self._http.request(
                method,
                url,
                headers=sent,
                data=body,
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                content = await _read_limited(response.content.iter_chunked(65536))
                reply = Reply(host, response.status, response.headers, content or b"")
        except TimeoutError:
            raise Timeout(host) from None
        except ClientError, asyncio.IncompleteReadError, OSError:
            # The original names the address, whose path may hold an id.
            raise ConnectionFailed(host) from None
        if content is None:
            raise UnexpectedResponse(
                host, reply.status, f"the body is larger than {_LARGEST_BODY} bytes"
            )
        self.clock.learn(reply.headers.get("Date"), time.monotonic() - started, host)
        return reply

    def open(
        self, url: URL, headers: Mapping[str, str]
    ) -> AbstractAsyncContextManager[ClientResponse]:
        """Ask for a file that is read piece by piece; nobody is signed in, no redirect is followed."""
        return self._http.get(
            url,
            headers=headers,
            allow_redirects=False,
            timeout=_FILE_TIMEOUT,
            read_bufsize=_FILE_BUFFER,
        )

    async def open_socket(
        self, host: str, path: str, subprotocol: str, headers: Mapping[str, str]
    ) -> ClientWebSocketResponse:
        """Open a WebSocket that is pinged, and ends when no answer comes.

        Raises ConnectionFailed, Timeout, and what the status means with which the handshake was refused.
        """
        url = self.hosts.url(host, path)
        try:
            async with (
                asyncio.timeout(_HANDSHAKE),
                # A session of its own, because only a whole session can be kept from redirects here.
                ClientSession(
                    connector=self._http.connector,
                    connector_owner=False,
                    headers=self._http.headers,
                    cookie_jar=DummyCookieJar(),
                    middlewares=(_stay,),
                ) as http,
            ):
                return await http.ws_connect(
                    url,
                    protocols=(subprotocol,),
                    headers=headers,
                    heartbeat=_HEARTBEAT,
                    timeout=_CLOSING,
                    max_msg_size=_LARGEST_MESSAGE,
                )
        except WSServerHandshakeError as error:
            answered = CIMultiDictProxy(CIMultiDict(error.headers or {}))
            reply = Reply(host, error.status, answered, b"")
        except TimeoutError:
            raise Timeout(host) from None
        except ClientError, OSError:
            raise ConnectionFailed(host) from None
        reply.raise_for_status()
        raise reply.unexpected()
