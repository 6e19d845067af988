"""The push channel as tests meet it: what happens is told at once, and looks are counted."""

from dataclasses import dataclass
from typing import Any

from simulator.activity.hub import Hub
from simulator.games.titles import Title
from simulator.world import LoggedRequest, World
from tests.integration.following import Following
from tests.integration.house import House

MIKA = "lanternfox2048"
LIVING_ROOM = "media_player.living_room"
PRESENCE = "userpresence.xboxlive.com"


@dataclass
class Pushed:
    """People who are followed, and a network that tells at once."""

    following: Following

    @property
    def house(self) -> House:
        """The house."""
        return self.following.house

    @property
    def world(self) -> World:
        """The simulated network."""
        return self.house.simulator.world

    @property
    def hub(self) -> Hub:
        """The other end of the channel."""
        return self.world.activity

    def do(self, key: str, action: str, **words: Any) -> None:
        """Let somebody do something, which the network tells at once."""
        self.following.do(key, action, **words)
        self.world.publish()

    def show(self, title: Title | None) -> None:
        """Bring something to the screen of the living room, or close what is there."""
        shell = self.house.console("living_room").shell
        if title is None:
            shell.home()
        else:
            shell.show(title)
        self.world.publish()

    def looks(self) -> list[LoggedRequest]:
        """Looks at people."""
        return [one for one in self.world.requests if one.host == PRESENCE]

    def statuses(self) -> int:
        """Looks at the living room."""
        path = f"/consoles/{self.house.console('living_room').id}"
        return len(self.house.requests(path))

    async def lag(self, entity_id: str, attribute: str | None = None) -> float:
        """Seconds until an entity shows something else; 0 if that takes no time."""
        seen = self.house.watch(entity_id, attribute)
        began = self.house.clock.now
        await self.house.clock.settle()
        while not seen:
            assert self.house.clock.now - began < 120, "nothing is shown"
            await self.house.clock.pass_by(0.1)
        return self.house.clock.now - began
