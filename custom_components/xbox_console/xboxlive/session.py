"""The only place that sends HTTP to a service that needs a signed-in account."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
import time
from typing import Protocol, TypedDict, Unpack
from urllib.parse import quote, urlencode

from aiohttp import ClientWebSocketResponse
from multidict import CIMultiDict
from pydantic_core import to_json
from yarl import URL

from .errors import (
    AuthError,
    ConnectionFailed,
    ServiceUnavailable,
    SignInRequired,
    XboxError,
)
from .model import Json
from .ratelimit import Budget, Window, back_off
from .transport import Reply, Transport
from .trouble import Trouble

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_IDEMPOTENT = _READING | {"PUT", "DELETE"}
_DOMAIN = ".xboxlive.com"
"""Of the services that the sign-in is for."""
_REJECTED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service lives and how it wants to be asked."""

    host: str
    contract: int | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    writes: tuple[Window, ...] = ()
    """Windows of requests that change something, if the service counts them apart."""
    signed_in: bool = True
    judge: Callable[[Reply], None] = Reply.raise_for_status


type QueryValue = str | int | bool | None
type Query = Mapping[str, QueryValue]


class Overrides(TypedDict, total=False):
    """What a caller may change for one call.

    `form` is sent as the fields of a form, in place of a JSON body. `idempotent` says whether a
    request may be repeated; a POST that may is taken for a question, which changes nothing.
    `patience` is how many seconds the call may wait for its turn within the service's limits,
    `retry_for` how many seconds a failed one may be repeated.
    """

    language: str
    contract: int | str
    headers: Mapping[str, str]
    query: Query
    form: Mapping[str, str]
    patience: float
    retry_for: float
    idempotent: bool


class Authorizer(Protocol):
    """Whatever can sign a request in."""

    @property
    def xuid(self) -> str | None:
        """Whose sign-in this is; None until it is known."""

    async def authorization(self, *, awaited: bool = False) -> str:
        """A valid value for the `Authorization` header. Raises AuthError, ConnectionFailed ….

        If it is `awaited` by somebody, a pause of our own making is cut short.
        """

    async def renew(self, rejected: str, *, awaited: bool = False) -> str | None:
        """Another value after a service rejected this one; None if there is none to be had."""


_awaited: ContextVar[float] = ContextVar("awaited", default=0.0)


@contextmanager
def awaited(patience: float = 5.0) -> Iterator[None]:
    """Let the requests of a block wait so long for their turn: somebody waits for them."""
    token = _awaited.set(patience)
    try:
        yield
    finally:
        _awaited.reset(token)


class Session:
    """Sends the requests of one account: signed in, within the limits, retried where that is safe."""

    def __init__(
        self,
        transport: Transport,
        authorizer: Authorizer,
        *,
        language: str = "en-US",
        market: str = "US",
        retry_for: float = 0.0,
    ) -> None:
        """Retry idempotent requests for up to `retry_for` seconds."""
        self.transport = transport
        self.language = language
        self.market = market
        self._authorizer = authorizer
        self._retry_for = retry_for
        self.services: dict[str, Service] = {}
        """By host: how each service that is made use of wants to be asked."""
        self.budgets: dict[str, Budget] = {}
        self.on_new_sign_in: list[Callable[[], None]] = []
        """Called when the requests carry another authorization than those before."""
        self._signed_in: str | None = None
        self._troubles: dict[str, Trouble] = {}
        self._forbidden: str | None = None
        """The authorization whose 403 is known to mean what it says: another one changed nothing."""

    @property
    def troubles(self) -> dict[str, Trouble]:
        """By host: what failed whenever it was asked since, as far as it was asked lately."""
        now = time.monotonic()
        return {host: it for host, it in self._troubles.items() if it.counts(now)}

    async def xuid(self) -> str:
        """The XUID of the account. Raises AuthError and ConnectionFailed where it must sign in."""
        if self._authorizer.xuid is None:
            await self._authorizer.authorization(awaited=_awaited.get() > 0)
        if self._authorizer.xuid is None:
            raise SignInRequired("The sign-in does not say whose it is")
        return self._authorizer.xuid

    async def send(
        self,
        method: str,
        address: str,
        body: Json = None,
        **overrides: Unpack[Overrides],
    ) -> Reply:
        """Send any request to an absolute address: to what no service here has a verb for.

        It is signed in, counted and judged like those of the service that lives there. Raises
        ValueError for a host that the sign-in is not meant for, and what `request` raises.
        """
        url = URL(address)
        host = url.host or ""
        if url.scheme != "https" or not (
            host in self.services or host.endswith(_DOMAIN)
        ):
            raise ValueError("not an https address of a service of the Xbox network")
        service = self.services.get(host, Service(host))
        target = with_query(url.raw_path_qs, overrides.get("query", {}))
        return await self.request(service, method, target, body, **overrides)

    async def request(
        self,
        service: Service,
        method: str,
        target: str,
        body: Json = None,
        **overrides: Unpack[Overrides],
    ) -> Reply:
        """Send one request; return an answer that the service means as success.

        It is repeated after a failure only if it is idempotent: by its method, unless that is said.

        Raises ConnectionFailed, Timeout, ServiceUnavailable, RateLimited, AccessDenied, NotFound,
        AuthError, UnexpectedResponse, and what the service's own judge knows.
        """
        idempotent = overrides.get("idempotent", method in _IDEMPOTENT)
        retry_for = overrides.get("retry_for", self._retry_for) if idempotent else 0.0
        give_up = time.monotonic() + retry_for
        failures = 0
        while True:
            try:
                reply = await self._attempt(service, method, target, body, overrides)
            except (ConnectionFailed, ServiceUnavailable) as error:
                failures += 1
                self._failed(service, error)
                closed_for = self._budget(service, method, overrides).closed_for
                asked = getattr(error, "retry_after", None) or 0.0
                wait = max(back_off(failures), closed_for, asked)
                if time.monotonic() + wait > give_up:
                    raise
            except XboxError as error:
                if _shows_life(service, error):
                    self._worked(service)
                raise
            else:
                self._worked(service)
                return reply
            await asyncio.sleep(wait)

    async def authorization(self) -> str:
        """What signs a request in, for who sends it himself. Raises AuthError and ConnectionFailed."""
        return self._noted(await self._authorizer.authorization())

    async def open_socket(
        self,
        service: Service,
        target: str,
        subprotocol: str,
        authorization: str | None = None,
    ) -> ClientWebSocketResponse:
        """Open a WebSocket; without an authorization the target has to say who asks.

        Raises what `Transport.open_socket` raises.
        """
        headers = {"Accept-Language": self.language}
        if authorization is not None:
            headers["Authorization"] = authorization
        return await self.transport.open_socket(
            service.host, target, subprotocol, headers
        )

    def _noted(self, authorization: str) -> str:
        """Tell who wants to know of it that the sign-in is another one now."""
        before, self._signed_in = self._signed_in, authorization
        if before not in (None, authorization):
            for tell in self.on_new_sign_in:
                tell()
        return authorization

    def _failed(
        self, service: Service, error: ConnectionFailed | ServiceUnavailable
    ) -> None:
        if not error.asked:
            return
        now = time.monotonic()
        before = self.troubles.get(error.host)
        since = before.since if before else now
        signing_in = error.host != service.host
        self._troubles[error.host] = Trouble(
            since,
            now,
            problem=type(error).__name__,
            retry_after=getattr(error, "retry_after", None),
            signing_in=signing_in,
        )

    def _worked(self, service: Service) -> None:
        """Forget the trouble with a service, and with the sign-in that it needed."""
        self._troubles.pop(service.host, None)
        if service.signed_in:
            for host in [host for host, it in self._troubles.items() if it.signing_in]:
                del self._troubles[host]

    def _budget(self, service: Service, method: str, overrides: Overrides) -> Budget:
        reads = method in _READING or (
            method == "POST" and overrides.get("idempotent", False)
        )
        lane, windows = (
            ("", service.windows)
            if reads or not service.writes
            else (" (writes)", service.writes)
        )
        return self.budgets.setdefault(
            service.host + lane, Budget(service.host, windows)
        )

    async def _attempt(
        self,
        service: Service,
        method: str,
        target: str,
        body: Json,
        overrides: Overrides,
    ) -> Reply:
        """Send, in the turn that the service's limits give."""
        content, content_type = _content(body, overrides.get("form"))
        headers = self._headers(service, content_type, overrides)
        budget = self._budget(service, method, overrides)
        patience = overrides.get("patience", _awaited.get())

        async def exchange(authorization: str | None, *, last: bool = True) -> Reply:
            signed = CIMultiDict(headers)
            if authorization is not None:
                # A caller may send another sign-in.
                signed.setdefault("Authorization", authorization)
            async with budget.turn(patience):
                reply = await self.transport.exchange(
                    method, service.host, target, signed, content
                )
                if last or reply.status not in _REJECTED:
                    service.judge(reply)
            return reply

        if not service.signed_in:
            return await exchange(None)
        reply = await self._with_sign_in(
            partial(exchange, last=False), awaited=patience > 0
        )
        if reply.status in _REJECTED:
            service.judge(reply)
        return reply

    async def _with_sign_in(
        self, exchange: Callable[[str], Awaitable[Reply]], *, awaited: bool
    ) -> Reply:
        """Send signed in, and once more with a renewed sign-in if the first was rejected."""
        authorization = self._noted(
            await self._authorizer.authorization(awaited=awaited)
        )
        reply = await exchange(authorization)
        if reply.status in _REJECTED and self._doubts(authorization, reply):
            renewed = await self._authorizer.renew(authorization, awaited=awaited)
            if renewed is not None:
                authorization = self._noted(renewed)
                reply = await exchange(renewed)
            if reply.status == HTTPStatus.FORBIDDEN:
                self._forbidden = authorization
        return reply

    def _doubts(self, authorization: str, reply: Reply) -> bool:
        """Whether an answer may mean that the token is no longer good.

        A 403 mostly means what it says, such as privacy: it is doubted once a token.
        """
        if reply.status == HTTPStatus.FORBIDDEN:
            return authorization != self._forbidden
        return reply.status == HTTPStatus.UNAUTHORIZED

    def _headers(
        self, service: Service, content_type: str | None, overrides: Overrides
    ) -> CIMultiDict[str]:
        headers = CIMultiDict(
            {
                "Accept": "application/json",
                "Accept-Language": overrides.get("language", self.language),
                **service.headers,
            }
        )
        if contract := overrides.get("contract", service.contract):
            headers["x-xbl-contract-version"] = str(contract)
        if content_type:
            headers["Content-Type"] = content_type
        headers.update(overrides.get("headers", {}))
        return headers


def _shows_life(service: Service, error: XboxError) -> bool:
    """Whether a service has answered, though not what was hoped for."""
    its_own = getattr(error, "host", service.host) == service.host
    return error.asked and its_own and not isinstance(error, AuthError)


def with_query(target: str, query: Query) -> str:
    """A path with values after it as the services want them; those that are None are left out."""
    written = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in query.items()
        if value is not None
    }
    if not written:
        return target
    joint = "&" if "?" in target else "?"
    return target + joint + urlencode(written, quote_via=quote, safe="(),;")


def _content(
    body: Json, form: Mapping[str, str] | None
) -> tuple[bytes | None, str | None]:
    """What is sent, and what it is."""
    if form is not None:
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    if body is None:
        return None, None
    return to_json(body), "application/json; charset=utf-8"
