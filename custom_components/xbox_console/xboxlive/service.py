"""What every service class shares: its verbs."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from copy import copy
from string.templatelib import Template
import sys
from typing import ClassVar, Self, Unpack
from urllib.parse import quote

from .errors import NotFound, UnexpectedResponse
from .model import Json, Model
from .session import Overrides, Query, QueryValue, Service, Session, with_query
from .transport import Reply


class PagingInfo(Model):
    """Where a list goes on."""

    continuation_token: str | None = None
    total_records: int | None = None


class Page[ItemT](Model):
    """One of several answers that make up a list."""

    items: tuple[ItemT, ...] = ()
    continuation_token: str | None = None
    paging_info: PagingInfo | None = None

    @property
    def next(self) -> str | None:
        """The token that leads to the next page; None or empty on the last."""
        return (self.paging_info or self).continuation_token


class ServiceClient:
    """The verbs of a service; a path is a template whose values are percent-encoded.

    Called, it gives the same service with something changed for the calls made through it:
    `xbox.people(language="de-DE", patience=5).friends()`.
    """

    _service: ClassVar[Service]

    def __init__(self, session: Session) -> None:
        """Send through the session of an account."""
        self._session = session
        self._overrides: Overrides = {}
        session.services.setdefault(self._service.host, self._service)

    def __call__(self, **overrides: Unpack[Overrides]) -> Self:
        """The same service with another language, contract, headers, query or patience."""
        changed = copy(self)
        changed._overrides = {**self._overrides, **overrides}  # noqa: SLF001 - a copy of itself
        return changed

    @property
    def _language(self) -> str:
        return self._overrides.get("language", self._session.language)

    async def _request(
        self,
        method: str,
        path: Template,
        body: Json = None,
        *,
        parameters: Query | None = None,
        service: Service | None = None,
        **overrides: Unpack[Overrides],
    ) -> Reply:
        changed: Overrides = {**self._overrides, **overrides}
        query = {**(parameters or {}), **changed.get("query", {})}
        target = with_query(_encoded(path), query)
        return await self._session.request(
            service or self._service, method, target, body, **changed
        )

    async def _do(
        self,
        method: str,
        path: Template,
        body: Json = None,
        **overrides: Unpack[Overrides],
    ) -> None:
        """Ask for something that is done or not; whatever is told of it is not needed.

        Raises UnexpectedResponse if what comes back is something else than JSON: then the service did not
        answer, or not to the end.
        """
        reply = await self._request(method, path, body, **overrides)
        if reply.body.strip():
            reply.json()

    async def _get[ModelT: Model](
        self, path: Template, model: type[ModelT], **query: QueryValue
    ) -> ModelT:
        return read(await self._request("GET", path, parameters=query), model)

    async def _post[ModelT: Model](
        self, path: Template, body: Json, model: type[ModelT]
    ) -> ModelT:
        return read(await self._request("POST", path, body), model)

    async def _ask[ModelT: Model](
        self, path: Template, question: Json, model: type[ModelT]
    ) -> ModelT:
        """POST a question: it changes nothing, so it may be repeated."""
        reply = await self._request("POST", path, question, idempotent=True)
        return read(reply, model)

    def _list[ItemT](
        self,
        path: Template,
        page: type[Page[ItemT]],
        limit: int | None,
        *,
        first: Query | None = None,
        **query: QueryValue,
    ) -> AsyncIterator[ItemT]:
        """A list that is read page by page, as its items are asked for.

        `first` is asked for the first page only: further ones go on from there.
        """

        async def fetch(token: str | None) -> Page[ItemT]:
            where = {"continuationToken": token} if token else first or {}
            return await self._get(path, page, **{**where, **query})

        return pages(fetch, limit)


@contextmanager
def missing(kind: type[NotFound], what: str) -> Iterator[None]:
    """Say what it is that was not found. Raises that kind of NotFound."""
    try:
        yield
    except NotFound:
        raise kind(what) from None


def only[ItemT](items: tuple[ItemT, ...]) -> ItemT:
    """The one thing that was asked for. Raises NotFound."""
    if not items:
        raise NotFound("There is no such thing")
    return items[0]


async def pages[ItemT](
    fetch: Callable[[str | None], Awaitable[Page[ItemT]]], limit: int | None
) -> AsyncIterator[ItemT]:
    """The items of all pages, one page fetched at a time, up to `limit` in all.

    `fetch` gets the token that leads to the next page. A service that repeats a token, or gives one
    after an empty page, has no more.
    """
    token: str | None = None
    seen: set[str | None] = {None, ""}
    left = sys.maxsize if limit is None else limit
    while left > 0:
        page = await fetch(token)
        for item in page.items[:left]:
            yield item
        left -= len(page.items)
        token = page.next
        if token in seen or not page.items:
            return
        seen.add(token)


def read[ModelT: Model](reply: Reply, model: type[ModelT]) -> ModelT:
    """The body of an answer as a model; one that tells nothing is none. Raises UnexpectedResponse."""

    def answer(json: Json) -> ModelT:
        answered = model.model_validate(json)
        if not answered.tells:
            raise ValueError(f"a {model.__name__} of which nothing can be read")
        return answered

    return _understood(reply, answer)


def read_all[ModelT: Model](reply: Reply, model: type[ModelT]) -> tuple[ModelT, ...]:
    """The body of an answer that is a bare list. Raises UnexpectedResponse."""
    return _understood(reply, model.model_validate_named)


def _understood[T](reply: Reply, reader: Callable[[Json], T]) -> T:
    try:
        return reader(reply.json())
    except ValueError as error:
        raise UnexpectedResponse(
            reply.host, reply.status, str(error), reply.text
        ) from None


def _encoded(path: Template) -> str:
    """A path whose interpolated values are percent-encoded; paths within it already are."""
    return "".join(
        part if isinstance(part, str) else _value(part.value) for part in path
    )


def _value(value: object) -> str:
    return (
        _encoded(value)
        if isinstance(value, Template)
        else quote(str(value), safe=",()")
    )
