"""A plain client of the console service: it sends what the facts say and checks nothing."""

from dataclasses import dataclass
from typing import Any
import uuid

from aiohttp import ClientResponse, ClientSession

from simulator.captures.gallery import Capture
from simulator.consoles.console import Console
from simulator.demo.consoles import ONE_X_ID, SERIES_S_ID, SERIES_X_ID
from simulator.people.unlocks import Unlock
from simulator.world import World

XCCS = "/xccs.xboxlive.com"
SESSION_ID = "0d3d5f2e-8a1b-4c6d-9e7f-1a2b3c4d5e6f"

type Json = dict[str, Any]


@dataclass
class ConsoleClient:
    """Speaks for the parent; `on` is at play, `asleep` sleeps, `closed` has its remote features off."""

    http: ClientSession
    world: World

    def __post_init__(self) -> None:
        """Sign in."""
        self.sign_in()
        self._captures, self._unlocks = (
            len(self.world.captures),
            len(self.world.unlocks),
        )

    def sign_in(self) -> None:
        """Take a new token, as after a day."""
        self.authorization = self.world.tokens.authorization(
            self.world.accounts["parent"]
        )

    @property
    def new_captures(self) -> list[Capture]:
        """What was taken since."""
        return self.world.captures[self._captures :]

    @property
    def new_unlocks(self) -> list[Unlock]:
        """What was unlocked since."""
        return self.world.unlocks[self._unlocks :]

    @property
    def on(self) -> Console:
        """The console that is on."""
        return self.world.consoles[SERIES_X_ID]

    @property
    def asleep(self) -> Console:
        """The console that sleeps."""
        return self.world.consoles[ONE_X_ID]

    @property
    def closed(self) -> Console:
        """The console whose remote features are off."""
        return self.world.consoles[SERIES_S_ID]

    def headers(self, contract: str = "4", **more: str) -> dict[str, str]:
        """Return what every request carries."""
        return {
            "Authorization": self.authorization,
            "x-xbl-contract-version": contract,
            "skillplatform": "RemoteManagement",
            "Accept-Language": "en-US",
        } | {name.replace("_", "-"): value for name, value in more.items()}

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        json: object = None,
    ) -> ClientResponse:
        """Send a request and read the whole answer."""
        async with self.http.request(
            method,
            path.lstrip("/"),
            headers=self.headers() if headers is None else headers,
            json=json,
        ) as response:
            await response.read()
            return response

    async def download(self, path: str) -> tuple[str, bytes]:
        """Return a file's type and content, without signing in."""
        async with self.http.get(path.lstrip("/")) as response:
            return response.content_type, await response.read()

    async def get(
        self, path: str, headers: dict[str, str] | None = None
    ) -> tuple[int, Json]:
        """Read from the console service; a body that is empty counts as {}."""
        response = await self.ask("GET", f"{XCCS}{path}", headers=headers)
        return response.status, await response.json() if await response.text() else {}

    async def status(self, console: Console) -> Json:
        """Return what the network says of a console."""
        return (await self.get(f"/consoles/{console.id}"))[1]

    def body(
        self, console_id: str, kind: str, command: str, parameters: object
    ) -> Json:
        """Return a command's body."""
        return {
            "destination": "Xbox",
            "type": kind,
            "command": command,
            "sessionId": SESSION_ID,
            "sourceId": "com.microsoft.smartglass",
            "parameters": parameters,
            "linkedXboxId": console_id,
        }

    async def send(
        self, console: Console | str, order: str, **parameters: object
    ) -> tuple[int, Json]:
        """Send `type/command`."""
        console_id = console if isinstance(console, str) else console.id
        kind, _, command = order.partition("/")
        response = await self.ask(
            "POST",
            f"{XCCS}/commands",
            json=self.body(console_id, kind, command, [parameters]),
        )
        return response.status, await response.json() if await response.text() else {}

    async def operation(
        self, console: Console, op_id: str, contract: str = "3"
    ) -> Json:
        """Follow a command."""
        headers = self.headers(contract, x_xbl_opId=op_id, x_xbl_deviceId=console.id)
        return (await self.get("/opStatus", headers))[1]

    async def outcome(self, console: Console, op_id: str) -> str:
        """Return a command's operationStatus."""
        body = await self.operation(console, op_id)
        return str(body["opStatusList"][0]["operationStatus"])

    async def behave(self, console: Console, **knobs: object) -> None:
        """Set a console's knobs; `wake__op_seconds` means `wake.op_seconds`."""
        body = {name.replace("__", "."): value for name, value in knobs.items()}
        status, answer = await self.control(
            "PATCH", f"consoles/{console.id}/knobs", body
        )
        assert status == 200, answer

    async def told(self, console: Console, op_id: str) -> str:
        """Return a command's operationStatus, or `404` or `empty` when there is none."""
        headers = self.headers("3", x_xbl_opId=op_id, x_xbl_deviceId=console.id)
        status, body = await self.get("/opStatus", headers)
        if status != 200:
            return str(status)
        found = body["opStatusList"]
        return str(found[0]["operationStatus"]) if found else "empty"

    async def listed(self) -> dict[str, str]:
        """Return powerState of each console in the list, by id."""
        _, body = await self.get("/lists/devices")
        return {item["id"]: item["powerState"] for item in body["result"]}

    async def control(
        self, method: str, path: str, body: object = None
    ) -> tuple[int, Any]:
        """Use the control endpoints."""
        response = await self.ask(method, f"_simulator/{path}", json=body)
        text = await response.text()
        return response.status, await response.json() if text else None


def new_id() -> str:
    """Return an id that nobody has."""
    return uuid.uuid4().hex[:16].upper()
