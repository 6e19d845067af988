"""A real Home Assistant in a process of its own, and a way to talk to it.

`scripts/develop` and the browser tests start, seed, onboard and ask it this one way.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
import json
from pathlib import Path
import sys
import time
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse

from scripts.config_directory import NAME, PASSWORD, USERNAME, has_user, seed
from scripts.processes import LOOPBACK, Program

_PATIENCE = 60.0
_PAUSE = 0.1


class StartFailed(Exception):
    """Home Assistant did not come up; the message ends with the end of its log."""


class CommandFailed(Exception):
    """Home Assistant refused a WebSocket command."""


class Connection:
    """A signed-in WebSocket connection: commands, and word that something happened."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        """Talk over `socket`, which is signed in."""
        self._socket = socket
        self._last_id = 0
        self._events = 0

    async def command(self, command: str, **data: object) -> Any:
        """Send a command and return its result. Raises CommandFailed."""
        self._last_id += 1
        await self._socket.send_json({"id": self._last_id, "type": command, **data})
        while (reply := await self._receive())["type"] != "result":
            pass
        if not reply["success"]:
            raise CommandFailed(f"{command}: {reply['error']['message']}")
        return reply["result"]

    async def subscribe(self, *event_types: str) -> None:
        """Have events of these types counted for `next_events`."""
        for event_type in event_types:
            await self.command("subscribe_events", event_type=event_type)

    async def next_events(self) -> None:
        """Wait until an event came after the last call. Raises ConnectionResetError."""
        while not self._events:
            await self._receive()
        self._events = 0

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Yield each event that comes. Raises ConnectionResetError."""
        while True:
            message = await self._receive()
            if message["type"] == "event":
                yield message["event"]

    async def _receive(self) -> dict[str, Any]:
        message = await self._socket.receive()
        if not isinstance(message.data, str):
            raise ConnectionResetError("Home Assistant closed the connection")
        reply: dict[str, Any] = json.loads(message.data)
        self._events += reply["type"] == "event"
        return reply


class HomeAssistant:
    """Home Assistant on the loopback address, with one user, who is signed in here."""

    def __init__(
        self,
        session: ClientSession,
        directory: Path,
        port: int,
        simulator_url: str,
        lan: str | None = None,
        program: Sequence[str] = ("-m", "homeassistant"),
    ) -> None:
        """Run in the config directory `directory`, against the simulator and its local network, if it has one.

        `program` is what Python is to run, where it is not Home Assistant as it comes.
        """
        self.url = f"http://{LOOPBACK}:{port}"
        self.program: Program | None = None
        self._session = session
        self._directory = directory
        self._port = port
        self._program = program
        self._simulated = {"XBOX_CONSOLE_SIMULATOR": simulator_url}
        if lan is not None:
            self._simulated["XBOX_CONSOLE_SIMULATOR_LAN"] = lan
        self._client = {"client_id": f"{self.url}/"}
        self._tokens: dict[str, Any] = {}

    async def start(self) -> None:
        """Start the process and wait until everything is set up. Raises StartFailed."""
        seed(self._directory, self._port)
        self.program = await Program.start(
            sys.executable,
            *self._program,
            *("--config", str(self._directory), "--log-no-color", "--skip-pip"),
            log=self._directory / "console.log",
            directory=self._directory,
            environment={**self._simulated, "HA_DISABLE_LOG_FILE": "1"},
        )
        try:
            async with asyncio.timeout(_PATIENCE):
                while not await self._is_running(self.program):
                    await asyncio.sleep(_PAUSE)
        except TimeoutError as error:
            raise StartFailed(self.program.last_words()) from error

    async def stop(self) -> None:
        """Stop the process."""
        if self.program:
            await self.program.stop()

    async def request(
        self, method: str, path: str, json_body: object = None, form: object = None
    ) -> Any:
        """Ask the REST API and return its answer. Raises ClientError."""
        token = self._tokens.get("access_token")
        async with self._session.request(
            method,
            f"{self.url}{path}",
            json=json_body,
            data=form,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            raise_for_status=True,
        ) as response:
            return await response.json()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Open a WebSocket connection."""
        async with self._session.ws_connect(f"{self.url}/api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json(
                {"type": "auth", "access_token": self._tokens["access_token"]}
            )
            if (reply := await socket.receive_json())["type"] != "auth_ok":
                raise CommandFailed(reply["message"])
            yield Connection(socket)

    async def command(self, command: str, **data: object) -> Any:
        """Send one WebSocket command and return its result. Raises CommandFailed."""
        async with self.connection() as connection:
            return await connection.command(command, **data)

    def browser_tokens(self) -> str:
        """Return what the frontend keeps in `localStorage.hassTokens` of its user."""
        expires = time.time() + self._tokens["expires_in"]
        return json.dumps(
            {
                **self._tokens,
                "hassUrl": self.url,
                "clientId": self._client["client_id"],
                "expires": int(expires * 1000),
            }
        )

    async def _is_running(self, program: Program) -> bool:
        if program.exit_code is not None:
            raise StartFailed(program.last_words())
        try:
            if not self._tokens:
                self._tokens = await self._sign_in()
            config = await self.request("GET", "/api/config")
        except ClientError:
            return False
        return bool(config["state"] == "RUNNING")

    async def _sign_in(self) -> dict[str, Any]:
        if has_user(self._directory):
            code = await self._log_in()
        else:
            code = await self._create_user()
        tokens: dict[str, Any] = await self.request(
            "POST",
            "/auth/token",
            form={**self._client, "grant_type": "authorization_code", "code": code},
        )
        return tokens

    async def _create_user(self) -> str:
        user = {"name": NAME, "username": USERNAME, "password": PASSWORD}
        created = await self.request(
            "POST", "/api/onboarding/users", {**self._client, **user, "language": "en"}
        )
        return str(created["auth_code"])

    async def _log_in(self) -> str:
        handler = {"handler": ["homeassistant", None], "redirect_uri": f"{self.url}/"}
        flow = await self.request(
            "POST", "/auth/login_flow", {**self._client, **handler}
        )
        user = {"username": USERNAME, "password": PASSWORD}
        done = await self.request(
            "POST", f"/auth/login_flow/{flow['flow_id']}", {**self._client, **user}
        )
        return str(done["result"])


@asynccontextmanager
async def running(
    directory: Path, port: int, simulator_url: str, lan: str | None = None
) -> AsyncIterator[HomeAssistant]:
    """Run Home Assistant for as long as the context lasts. Raises StartFailed."""
    async with ClientSession() as session:
        home = HomeAssistant(session, directory, port, simulator_url, lan)
        try:
            await home.start()
            yield home
        finally:
            await home.stop()
