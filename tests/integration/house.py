"""The demo world's consoles as tests meet them: told through Home Assistant, looked at from both ends."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    ServiceResponse,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import Console
from simulator.network.faults import Fault
from simulator.world import LoggedRequest
from tests.integration.virtual_time import VirtualTime
from tests.running_simulator import RunningSimulator

XCCS = "xccs.xboxlive.com"


@dataclass
class House:
    """Three consoles: `living_room` is on and in a game, `bedroom` sleeps, `playroom` has no remote features."""

    hass: HomeAssistant
    simulator: RunningSimulator
    clock: VirtualTime
    bodies: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the commands that the network received."""

    def console(self, name: str) -> Console:
        """The console itself, by its name in entity ids."""
        return next(
            console
            for console in self.simulator.world.consoles.values()
            if console.name.casefold().replace(" ", "_") == name
        )

    def only(self, *names: str) -> None:
        """Leave these consoles on the parent's account."""
        ids = [self.console(name).id for name in names]
        self.simulator.world.accounts["parent"].console_ids = ids

    def state(self, entity_id: str) -> State:
        """What Home Assistant shows."""
        state = self.hass.states.get(entity_id)
        assert state is not None, entity_id
        return state

    def shows(self, entity_id: str) -> str:
        """The state alone."""
        return self.state(entity_id).state

    def watch(self, entity_id: str, attribute: str | None = None) -> list[Any]:
        """The states that an entity goes through from now on, or an attribute; each once in a row."""

        def value(state: State) -> Any:
            return state.attributes.get(attribute) if attribute else state.state

        seen: list[Any] = []
        last = value(self.state(entity_id))

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            nonlocal last
            after = event.data["new_state"]
            if after is not None and value(after) != last:
                last = value(after)
                seen.append(last)

        async_track_state_change_event(self.hass, entity_id, changed)
        return seen

    def begin(
        self, action: str, entity_id: str, **data: object
    ) -> asyncio.Task[ServiceResponse]:
        """Perform an action, and go on before it is done."""
        domain, _, service = action.partition(".")
        return asyncio.create_task(
            self.hass.services.async_call(
                domain, service, {"entity_id": entity_id, **data}, blocking=True
            )
        )

    async def act(
        self, action: str, entity_id: str, within: float = 60, **data: object
    ) -> None:
        """Perform an action, letting as much time pass as it takes, but no more than `within` seconds."""
        await self.clock.result(self.begin(action, entity_id, **data), within)
        await self.clock.settle()

    @property
    def heard(self) -> list[tuple[str, str, dict[str, str]]]:
        """Type, name and parameters of each command that the network received."""
        return [
            (body["type"], body["command"], *body["parameters"]) for body in self.bodies
        ]

    def fail(self, **rule: Any) -> Fault:
        """Let something go wrong from now on."""
        return self.simulator.world.faults.add(Fault(**rule))

    def requests(self, path: str = "/", method: str = "GET") -> list[LoggedRequest]:
        """What the console service was asked, by the beginning of its path."""
        return [
            request
            for request in self.simulator.world.requests
            if request.host == XCCS
            and request.method == method
            and request.path.startswith(path)
        ]

    def forget_requests(self) -> None:
        """Count from here."""
        self.simulator.world.requests.clear()

    async def set_up(self, entry: MockConfigEntry) -> bool:
        """Set the entry up, and wait for what goes on in the background."""
        done = await self.clock.result(
            self.hass.config_entries.async_setup(entry.entry_id), within=30
        )
        await self.clock.settle()
        return done

    async def unload(self, entry: MockConfigEntry) -> bool:
        """Unload the entry."""
        done = await self.clock.result(
            self.hass.config_entries.async_unload(entry.entry_id), within=30
        )
        await self.clock.settle()
        return done
