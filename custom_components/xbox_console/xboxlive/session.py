"""The only place that sends HTTP to a service that needs a signed-in account."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
import random
import time
from typing import Protocol, TypedDict, Unpack

from pydantic_core import to_json

from .errors import (
    ConnectionFailed,
    ConsoleError,
    NotFound,
    RateLimited,
    ServiceUnavailable,
    SignInRequired,
)
from .model import Json
from .ratelimit import Budget, Window
from .transport import Reply, Transport

_IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
_FIRST_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service lives and how it wants to be asked."""

    host: str
    contract: int | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    lane: str = ""
    """Tells requests apart that the service counts on their own, such as writes."""
    signed_in: bool = True
    judge: Callable[[Reply], None] = Reply.raise_for_status


class Overrides(TypedDict, total=False):
    """What a caller may change for one call.

    `patience` is how many seconds the call may wait for its turn within the service's limits,
    `retry_for` how many seconds a failed one may be repeated.
    """

    language: str
    contract: int | str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    patience: float
    retry_for: float
    idempotent: bool


class Authorizer(Protocol):
    """Whatever can sign a request in."""

    @property
    def xuid(self) -> str | None:
        """Whose sign-in this is; None until it is known."""

    async def authorization(self) -> str:
        """A valid value for the `Authorization` header. Raises AuthError, ConnectionFailed …."""

    async def renew(self, rejected: str) -> str | None:
        """Another value after a service rejected this one; None if there is none to be had."""


@dataclass(slots=True)
class Trouble:
    """A service that does not work; times in monotonic seconds."""

    since: float
    latest: float
    error: ConnectionFailed | ServiceUnavailable
    signing_in: bool
    """Whether the sign-in for other services suffers from it, rather than a request of its own."""

    @property
    def lasting(self) -> float:
        """Seconds between the first failure and the latest; 0 if there was but one."""
        return self.latest - self.since


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
        self.budgets: dict[str, Budget] = {}
        self.troubles: dict[str, Trouble] = {}
        """By host: what failed whenever it was asked since."""
        self._forbidden: str | None = None
        """The authorization whose 403 is known to mean what it says: another one changed nothing."""

    async def xuid(self) -> str:
        """The XUID of the account. Raises AuthError and ConnectionFailed where it must sign in."""
        if self._authorizer.xuid is None:
            await self._authorizer.authorization()
        if self._authorizer.xuid is None:
            raise SignInRequired("The sign-in does not say whose it is")
        return self._authorizer.xuid

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
        pause = _FIRST_PAUSE
        while True:
            try:
                reply = await self._attempt(service, method, target, body, overrides)
            except (ConnectionFailed, ServiceUnavailable) as error:
                self._failed(service, error)
                wait = max(
                    pause * random.uniform(0.5, 1.5),
                    getattr(error, "retry_after", None) or 0.0,
                )
                if time.monotonic() + wait > give_up:
                    raise
            except ConsoleError, NotFound:
                self._worked(service)
                raise
            else:
                self._worked(service)
                return reply
            await asyncio.sleep(wait)
            pause *= 2

    def _failed(
        self, service: Service, error: ConnectionFailed | ServiceUnavailable
    ) -> None:
        now = time.monotonic()
        before = self.troubles.get(error.host)
        since = before.since if before else now
        signing_in = error.host != service.host
        self.troubles[error.host] = Trouble(since, now, error, signing_in)

    def _worked(self, service: Service) -> None:
        """Forget the trouble with a service, and with the sign-in that it needed."""
        self.troubles.pop(service.host, None)
        if service.signed_in:
            for host in [host for host, it in self.troubles.items() if it.signing_in]:
                del self.troubles[host]

    async def _attempt(
        self,
        service: Service,
        method: str,
        target: str,
        body: Json,
        overrides: Overrides,
    ) -> Reply:
        budget = self.budgets.setdefault(
            service.host + service.lane, Budget(service.host, service.windows)
        )
        authorization = (
            await self._authorizer.authorization() if service.signed_in else None
        )
        await budget.spend(overrides.get("patience", 0.0))
        reply = await self._send(
            service, method, target, body, authorization, overrides
        )
        if authorization is not None and self._doubts(authorization, reply):
            renewed = await self._authorizer.renew(authorization)
            if renewed is not None:
                await budget.spend(overrides.get("patience", 0.0))
                reply = await self._send(
                    service, method, target, body, renewed, overrides
                )
            if reply.status == HTTPStatus.FORBIDDEN:
                self._forbidden = renewed or authorization
        try:
            service.judge(reply)
        except RateLimited as error:
            budget.close(error.retry_after)
            raise
        except ServiceUnavailable as error:
            budget.close(error.retry_after or 0.0)
            raise
        return reply

    def _doubts(self, authorization: str, reply: Reply) -> bool:
        """Whether an answer may mean that the token is no longer good.

        A 403 mostly means what it says, such as privacy: it is doubted once a token.
        """
        if reply.status == HTTPStatus.FORBIDDEN:
            return authorization != self._forbidden
        return reply.status == HTTPStatus.UNAUTHORIZED

    async def _send(
        self,
        service: Service,
        method: str,
        target: str,
        body: Json,
        authorization: str | None,
        overrides: Overrides,
    ) -> Reply:
        headers = {
            "Accept": "application/json",
            "Accept-Language": overrides.get("language", self.language),
            **service.headers,
        }
        if contract := overrides.get("contract", service.contract):
            headers["x-xbl-contract-version"] = str(contract)
        if authorization is not None:
            headers["Authorization"] = authorization
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        headers |= overrides.get("headers", {})
        content = None if body is None else to_json(body)
        return await self.transport.exchange(
            method, service.host, target, headers, content
        )
