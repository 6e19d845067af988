"""The home that releases are recorded in: two accounts, three consoles, a receiver, friends."""

from homeassistant.bootstrap import async_load_base_functionality
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import State
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from simulator.accounts.apps import APPS
from simulator.demo.consoles import ONE_X_ID, SERIES_S_ID, SERIES_X_ID
from simulator.world import World
from tests.integration.house import House

DOMAIN = "xbox_console"
LIVING_ROOM, BEDROOM, PLAYROOM = SERIES_X_ID, ONE_X_ID, SERIES_S_ID
PARENT, CHILD = "QuietHarbor77", "PocketComet4821"
"""Titles of the two entries."""
OWN_APP = next(app for app in APPS.values() if app.policy == "web" and app.secret)
"""The app that the family registered."""
LOUDNESS = "sensor.receiver"
RECEIVER = {
    "platform": "universal",
    "name": "Receiver",
    "unique_id": "receiver",
    "children": [],
    "attributes": {"state": LOUDNESS, "volume_level": f"{LOUDNESS}|level"},
    "commands": {"volume_set": {"action": "test.set_volume"}},
}


def share_consoles(world: World) -> None:
    """Let the child sign in, and see the parent's consoles."""
    child = world.accounts["child"]
    child.refusal = None
    child.console_ids = [LIVING_ROOM, BEDROOM, PLAYROOM]


class Home:
    """Home Assistant as it starts: from the files it finds."""

    def __init__(self, house: House) -> None:
        """Stand at the demo world's consoles, which both accounts have."""
        self.house = house
        self.hass = house.hass
        share_consoles(house.simulator.world)
        # What an own app may see is not what is looked at here.
        house.simulator.world.knobs.own_app_captures = "all"

    async def read_files(self) -> None:
        """Read registries and entries, and set up what does not come from us."""
        assert await self.house.clock.result(
            async_load_base_functionality(self.hass), within=5
        )
        self.hass.states.async_set(LOUDNESS, "on", {"level": 0.4})
        assert await async_setup_component(
            self.hass, "media_player", {"media_player": [RECEIVER]}
        )
        await self.house.clock.settle()

    def entry(self, title: str) -> ConfigEntry:
        """An account."""
        return next(
            entry
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            if entry.title == title
        )

    def shown(self) -> dict[str, State]:
        """What is shown of everything that is ours."""
        registry = er.async_get(self.hass)
        return {
            entity_id: state
            for entity_id, entity in sorted(registry.entities.items())
            if entity.platform == DOMAIN
            and (state := self.hass.states.get(entity_id)) is not None
        }
