"""A service that says what a test wants it to say, on a real socket."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
import json

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from multidict import CIMultiDictProxy

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.session import Session
from custom_components.xbox_console.xboxlive.transport import Transport

OWN_XUID = "2533270000000101"


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; `path` begins with the host."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: CIMultiDictProxy[str]
    text: str

    @property
    def body(self) -> Json:
        """The body as JSON."""
        body: Json = json.loads(self.text) if self.text else None
        return body


@dataclass(frozen=True)
class Said:
    """An answer: JSON, or bytes as they are."""

    body: Json | bytes = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """What goes over the wire."""
        if isinstance(self.body, bytes):
            body = self.body
        else:
            body = b"" if self.body is None else json.dumps(self.body).encode()
        return web.Response(body=body, status=self.status, headers=self.headers)


@dataclass
class SignedIn:
    """A sign-in; `fresh` are the values that it can be renewed to."""

    xuid: str | None = OWN_XUID
    value: str = "XBL3.0 x=hash;first"
    fresh: list[str] = field(default_factory=list)
    authorizations: int = 0

    async def authorization(self, *, awaited: bool = False) -> str:
        """The value for the header."""
        self.authorizations += 1
        return self.value

    async def renew(self, rejected: str, *, awaited: bool = False) -> str | None:
        """Another value, as long as there are any."""
        assert rejected == self.value
        if not self.fresh:
            return None
        self.value = self.fresh.pop(0)
        return self.value


@dataclass
class Scripted:
    """The client, and the services as the test scripts them."""

    xbox: XboxLive
    session: Session
    account: SignedIn
    asked: list[Asked] = field(default_factory=list)
    answers: list[Said | Callable[[Asked], Said]] = field(default_factory=list)

    def say(self, *answers: Json | Said | Callable[[Asked], Said]) -> None:
        """Answer the next requests like that; the last answer is given again and again."""
        self.answers = [
            answer if isinstance(answer, Said) or callable(answer) else Said(answer)
            for answer in answers
        ]

    @property
    def last(self) -> Asked:
        """The latest request."""
        return self.asked[-1]

    async def answer(self, request: web.Request) -> web.Response:
        """Take down a request and answer it."""
        asked = Asked(
            request.method,
            request.raw_path.partition("?")[0],
            request.query,
            request.headers,
            await request.text(),
        )
        self.asked.append(asked)
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return (said if isinstance(said, Said) else said(asked)).response()


@asynccontextmanager
async def scripted_services(retry_for: float = 0.0) -> AsyncIterator[Scripted]:
    """All services on one loopback address."""
    scripted: list[Scripted] = []

    async def answer(request: web.Request) -> web.Response:
        return await scripted[0].answer(request)

    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{anything:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server, ClientSession() as http:
        account = SignedIn()
        session = Session(
            Transport(http, Hosts.behind(str(server.make_url("/")))),
            account,
            language="de-DE",
            market="DE",
            retry_for=retry_for,
        )
        scripted.append(Scripted(XboxLive(session), session, account))
        yield scripted[0]
