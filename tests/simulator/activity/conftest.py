"""A socket to the push channel, as a plain program would open one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
import json
from typing import Any
from urllib.parse import quote

from aiohttp import ClientWebSocketResponse, WSMsgType
import pytest

from simulator.screen.people_panel import ACTIONS
from simulator.world import World
from tests.simulator.console_client import ConsoleClient

HOST = "/rta.xboxlive.com"
SUBPROTOCOL = "rta.xboxlive.com.V2"
PRESENCE = "https://userpresence.xboxlive.com/users/xuid({})/{}"


@dataclass
class Line:
    """A socket and the world behind it."""

    socket: ClientWebSocketResponse
    world: World
    sequence: int = 0

    async def say(self, *message: object) -> None:
        """Send an array."""
        await self.socket.send_str(json.dumps(message))

    async def hear(self) -> Any:
        """What comes next."""
        message = await self.socket.receive(timeout=5)
        assert message.type in (WSMsgType.TEXT, WSMsgType.BINARY), message
        return json.loads(message.data)

    async def subscribe(self, uri: str) -> Any:
        """The answer to a subscription."""
        self.sequence += 1
        await self.say(1, self.sequence, uri)
        return await self.hear()

    def of(self, key: str, what: str) -> str:
        """The address of somebody's presence."""
        return PRESENCE.format(self.world.people[key].xuid, what)

    def do(self, key: str, action: str, **words: Any) -> None:
        """Let somebody do something."""
        if "title" in words:
            words["title_id"] = str(self.world.titles[words.pop("title")].title_id)
        ACTIONS[action](self.world, self.world.people[key], words)
        self.world.publish()


type Connect = Callable[..., Awaitable[Line]]


@pytest.fixture
def authorization(remote: ConsoleClient) -> str:
    """The parent's sign-in."""
    account = remote.world.accounts["parent"]
    return remote.world.tokens.authorization(account)


@pytest.fixture
async def connect(remote: ConsoleClient, authorization: str) -> AsyncIterator[Connect]:
    """The way to open sockets; all end with the test."""
    lines: list[Line] = []

    async def opened(nonce: str | None = None) -> Line:
        path = f"{HOST}/connect"
        if nonce is not None:
            path += f"?nonce={quote(nonce, safe='')}"
        headers = {} if nonce is not None else {"Authorization": authorization}
        socket = await remote.http.ws_connect(
            path, protocols=(SUBPROTOCOL,), headers=headers
        )
        lines.append(Line(socket, remote.world))
        return lines[-1]

    yield opened
    for line in lines:
        await line.socket.close()


@pytest.fixture
async def line(connect: Connect) -> Line:
    """One socket, signed in by header."""
    return await connect()
