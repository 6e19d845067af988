"""What every service class shares: host, contract, headers, verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from string.templatelib import Interpolation, Template
from typing import ClassVar, Unpack
from urllib.parse import quote, urlencode

from pydantic import ValidationError

from .errors import AccessDenied, NotFound, UnexpectedResponse
from .model import Json, Model
from .ratelimit import Window
from .session import Overrides, Session
from .transport import Reply


def judge(reply: Reply) -> None:
    """Raise what an HTTP status means for any service, if it means failure."""
    reply.raise_for_load()
    if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise AccessDenied(reply.host, reply.status)
    if reply.status == HTTPStatus.NOT_FOUND:
        raise NotFound(f"{reply.host} does not have this")
    if not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        raise reply.unexpected()


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service lives and how it wants to be asked."""

    host: str
    contract: int | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    signed_in: bool = True
    judge: Callable[[Reply], None] = judge


class ServiceClient:
    """The verbs of a service; a path is a template whose values are percent-encoded."""

    _service: ClassVar[Service]

    def __init__(self, session: Session) -> None:
        """Send through the session of an account."""
        self._session = session

    async def _request(
        self,
        method: str,
        path: Template,
        body: Json = None,
        parameters: Mapping[str, str] | None = None,
        **overrides: Unpack[Overrides],
    ) -> Reply:
        target = _encoded(path)
        if merged := {**(parameters or {}), **overrides.get("query", {})}:
            target += "?" + urlencode(merged, quote_via=quote, safe="(),;")
        return await self._session.request(
            self._service, method, target, body, **overrides
        )

    async def _get[ModelT: Model](
        self,
        path: Template,
        model: type[ModelT],
        parameters: Mapping[str, str] | None = None,
        **overrides: Unpack[Overrides],
    ) -> ModelT:
        return read(
            await self._request("GET", path, None, parameters, **overrides), model
        )

    async def _post[ModelT: Model](
        self,
        path: Template,
        body: Json,
        model: type[ModelT],
        **overrides: Unpack[Overrides],
    ) -> ModelT:
        return read(await self._request("POST", path, body, **overrides), model)


def read[ModelT: Model](reply: Reply, model: type[ModelT]) -> ModelT:
    """The body of an answer as a model. Raises UnexpectedResponse."""
    try:
        return model.model_validate(reply.json())
    except ValidationError as error:
        problem = (
            f"not a {model.__name__}: {error.errors(include_input=False)[0]['msg']}"
        )
        raise UnexpectedResponse(
            reply.host, reply.status, problem, reply.text
        ) from None


def _encoded(path: Template) -> str:
    return "".join(
        quote(str(part.value), safe="") if isinstance(part, Interpolation) else part
        for part in path
    )
