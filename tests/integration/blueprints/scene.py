"""A home with blueprints in use, each filled in as a user does, run on the simulated network."""

import json
from pathlib import Path
import shutil
from typing import Any
from unittest.mock import patch

from homeassistant.components import automation
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_mock_service

from tests.integration.following import Following
from tests.integration.house import XCCS

BLUEPRINTS = Path(__file__).parents[3] / "blueprints/automation/xbox_console"
LIVING_ROOM, BEDROOM = "media_player.living_room", "media_player.bedroom"
ACCOUNT, MIKA, CHILD = "quietharbor77", "lanternfox2048", "pocketcomet4821"
MINUTE = 60.0


class Scene:
    """A home with some of the blueprints in use."""

    def __init__(self, following: Following, folder: Path) -> None:
        """Copy the blueprints where Home Assistant looks for them."""
        self.following = following
        self.hass: HomeAssistant = following.hass
        self.house = following.house
        self.hass.config.config_dir = str(folder)
        self._configuration = folder / "configuration.yaml"
        shutil.copytree(BLUEPRINTS, folder / "blueprints/automation/xbox_console")
        self._automations: list[dict[str, Any]] = []
        self.told = async_mock_service(self.hass, "test", "tell")
        self.written = async_mock_service(self.hass, "notify", "send_message")

    async def use(self, blueprint: str, alias: str = "Ours", **inputs: Any) -> None:
        """Make an automation of it, beside those that are there."""
        path = f"xbox_console/{blueprint}.yaml"
        self._automations.append(
            {"alias": alias, "use_blueprint": {"path": path, "input": inputs}}
        )
        assert await async_setup_component(
            self.hass, "automation", {"automation": self._automations}
        )
        if len(self._automations) > 1:
            await self.reload()
        await self.house.clock.settle()
        assert self.house.shows(f"automation.{alias.casefold()}") == "on"

    async def reload(self) -> None:
        """Read the automations anew, as after a change in the editor."""
        await self._load(self._automations)

    async def _load(self, automations: list[dict[str, Any]]) -> None:
        self._configuration.write_text(json.dumps({"automation": automations}))
        await self.hass.services.async_call("automation", "reload", blocking=True)
        await self.house.clock.settle()

    async def stop(self) -> None:
        """Stop Home Assistant: runs end, and only what it keeps is left."""
        await self._load([])
        assert await self.house.unload(self.following.entry)

    async def start(self) -> None:
        """Start Home Assistant again."""
        assert await self.house.set_up(self.following.entry)
        # Automations that a start brings are not told to be reloaded.
        with patch.object(automation, "EVENT_AUTOMATION_RELOADED", "none"):
            await self._load(self._automations)
        self.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
        await self.house.clock.settle()

    async def restart(self, seconds: float = 30) -> None:
        """Be down for so long."""
        await self.stop()
        await self.house.clock.pass_by(seconds)
        await self.start()

    async def end(self) -> None:
        """Leave nothing running."""
        for entity_id in self.hass.states.async_entity_ids("automation"):
            await self.house.act("automation.turn_off", entity_id)

    async def pass_by(self, minutes: float) -> None:
        """Let so many minutes go by."""
        await self.house.clock.pass_by(minutes * MINUTE)

    async def outage(self, minutes: float, host: str = XCCS) -> None:
        """Let so many minutes go by in which a service answers nothing."""
        fault = self.house.fail(kind="status", host=host)
        await self.pass_by(minutes)
        self.house.simulator.world.faults.remove(fault.id)

    def device(self, entity_id: str) -> str:
        """The device of an entity."""
        entity = er.async_get(self.hass).async_get(entity_id)
        assert entity is not None and entity.device_id
        return entity.device_id

    async def play(self, console: str, *keys: str, title: str = "starfall") -> None:
        """Let accounts play at a console, woken by hand if it sleeps."""
        there = self.house.console(console)
        if not there.is_on:
            there.wake()
            await self.house.clock.pass_by(10)
        there.signed_in[:] = keys
        there.launch(self.house.simulator.world.titles[title])
        await self.house.clock.pass_by(10)

    def is_on(self, console: str) -> bool:
        """Whether a console is on."""
        return self.house.console(console).is_on

    @property
    def messages(self) -> list[str]:
        """What was written, the oldest first."""
        return [call.data["message"] for call in self.written]


def tell(**data: str) -> list[dict[str, Any]]:
    """Actions that say something."""
    return [{"action": "test.tell", "data": data}]


def data(calls: list[ServiceCall], what: str) -> list[Any]:
    """One of the values of each call."""
    return [call.data[what] for call in calls]
