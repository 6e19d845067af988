"""The parent's captures as tests meet them: taken in the simulator, looked at in Home Assistant."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.xbox_console.const import DOMAIN
from simulator.captures import gallery
from simulator.captures.gallery import Capture
from simulator.network.faults import Fault
from simulator.world import World
from tests.integration.house import House

ACCOUNT = "quietharbor77"
CLIPS = "gameclipscontent-d2001.media.xboxlive.com"
HUB = "mediahub.xboxlive.com"


@dataclass
class Recorder:
    """The parent's account, set up, with captures and a media folder."""

    house: House
    entry: MockConfigEntry
    media: Path
    http: ClientSessionGenerator
    websocket: WebSocketGenerator

    @property
    def hass(self) -> HomeAssistant:
        """Home Assistant."""
        return self.house.hass

    @property
    def world(self) -> World:
        """The simulated network."""
        return self.house.simulator.world

    @property
    def folder(self) -> Path:
        """Where captures go if nobody says otherwise."""
        return self.media / "xbox"

    def fail(self, **rule: Any) -> Fault:
        """Let something go wrong from now on."""
        return self.house.fail(**rule)

    def take(
        self, kind: gallery.Kind, title: str = "starfall", person: str = "parent"
    ) -> Capture:
        """Let somebody capture something now."""
        world = self.world
        return gallery.take(world, world.people[person], kind, world.titles[title])

    def own(self, kind: str | None = None) -> list[Capture]:
        """The parent's captures in the network, the newest first."""
        return gallery.of_person(self.world, self.world.people["parent"], kind)

    def content(self, capture: Capture, suffix: str = "") -> bytes:
        """What a file of a capture holds."""
        file = gallery.content(self.world, capture, suffix)
        return b"".join(file.parts(0, file.size))

    def asked(self, *hosts: str) -> list[str]:
        """Methods and paths of what hosts were asked, all hosts of captures if none is named."""
        return [
            f"{request.method} {request.path}"
            for request in self.world.requests
            if (request.host in hosts if hosts else _of_captures(request.host))
        ]

    def forget_requests(self) -> None:
        """Count from here."""
        self.world.requests.clear()

    async def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        await self.house.clock.pass_by(seconds)

    async def look(self) -> None:
        """Have everything read anew, as a user can."""
        await self.house.clock.result(
            self.hass.services.async_call(
                "homeassistant",
                "update_entity",
                {"entity_id": f"sensor.{ACCOUNT}_captures"},
                blocking=True,
            ),
            within=60,
        )
        await self.pass_by(5)

    async def act(self, action: str, within: float = 600, **data: Any) -> Any:
        """Perform an action and wait for what it returns."""
        answer = await self.house.clock.result(
            self.hass.services.async_call(
                DOMAIN, action, data, blocking=True, return_response=True
            ),
            within=within,
        )
        await self.house.clock.settle()
        return answer

    async def ask(self, kind: str, **data: Any) -> Any:
        """Ask over the WebSocket, as the frontend does."""
        clock = self.house.clock
        client = await clock.result(self.websocket(self.hass), within=5)
        await client.send_json_auto_id({"type": kind, **data})
        answer = await clock.result(client.receive_json(), within=60)
        await clock.result(client.close(), within=5)
        return answer

    async def browse(self, media_id: str = f"media-source://{DOMAIN}") -> Any:
        """A folder of the media panel."""
        answer = await self.ask("media_source/browse_media", media_content_id=media_id)
        assert answer["success"], answer
        return answer["result"]

    async def open(self, *titles: str) -> Any:
        """The folder to which titles lead, each inside the one before."""
        folder = await self.browse()
        for title in titles:
            (found,) = (
                child for child in folder["children"] if child["title"] == title
            )
            folder = await self.browse(found["media_content_id"])
        return folder

    async def get(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> tuple[int, Mapping[str, str], bytes]:
        """What our own view answers a signed-in user, or whoever has a signed path."""
        clock = self.house.clock
        client = await clock.result(self.http(), within=5)

        async def fetch() -> tuple[int, Mapping[str, str], bytes]:
            async with client.request(method, path, headers=headers) as response:
                return response.status, response.headers, await response.read()

        return await clock.result(fetch(), within=120)


def _of_captures(host: str) -> bool:
    return host == HUB or "content-" in host or "metadata" in host


def titles(folder: Any) -> list[str]:
    """What is in a folder."""
    return [child["title"] for child in folder["children"]]
