"""People of the demo world as tests meet them: followed through the flow, moved in the simulator."""

from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import SOURCE_USER, SubentryFlowResult
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.people.person import Person
from simulator.screen.people_panel import ACTIONS
from simulator.world import LoggedRequest
from tests.integration.entries import signed_in_entry
from tests.integration.house import House

PEOPLE_HOSTS = {
    f"{name}.xboxlive.com"
    for name in (
        "achievements",
        "peoplehub",
        "profile",
        "social",
        "titlehub",
        "userpresence",
        "userstats",
        "xblmessaging",
    )
}
"""The services that tell about people."""
TITLES = {
    "tidewater": "1990010003",
    "starfall": "1990010001",
}


@dataclass
class Following:
    """The parent's entry, with people to follow."""

    house: House
    entry: MockConfigEntry

    @property
    def hass(self) -> HomeAssistant:
        """Home Assistant."""
        return self.house.hass

    def person(self, key: str) -> Person:
        """Somebody in the simulated world."""
        return self.house.simulator.world.people[key]

    def do(self, key: str, action: str, **words: Any) -> None:
        """Let somebody do something in the simulated world."""
        world = self.house.simulator.world
        if "title" in words:
            title = world.titles[words.pop("title")]
            words["title_id"] = str(title.title_id)
        ACTIONS[action](world, self.person(key), words)

    async def flow(self) -> SubentryFlowResult:
        """Open the dialog."""
        return await self._answered(
            self.hass.config_entries.subentries.async_init(
                (self.entry.entry_id, "person"), context={"source": SOURCE_USER}
            )
        )

    async def submit(
        self, page: SubentryFlowResult, *picked: str
    ) -> SubentryFlowResult:
        """Pick friends by id or players by gamertag."""
        return await self._answered(
            self.hass.config_entries.subentries.async_configure(
                page["flow_id"], {"people": list(picked)}
            )
        )

    async def _answered(self, question: Any) -> SubentryFlowResult:
        result: SubentryFlowResult = await self.house.clock.result(question, within=30)
        await self.house.clock.settle()
        return result

    async def follow(self, *keys: str) -> None:
        """Follow people through the dialog, and wait for the first look at all of them."""
        page = await self.flow()
        picked = [self.person(key).xuid for key in keys]
        result = await self.submit(page, *picked)
        assert result["type"] == "create_entry", result
        await self.house.clock.pass_by(5)

    async def beside(self, account: str) -> Following:
        """Another account of the simulated world, set up beside this one."""
        self.house.simulator.world.accounts[account].refusal = None
        entry = await self.house.clock.result(
            signed_in_entry(self.hass, self.house.simulator, account), within=30
        )
        assert await self.house.set_up(entry)
        return Following(self.house, entry)

    def requests(self) -> list[LoggedRequest]:
        """What the services for people were asked."""
        return [
            request
            for request in self.house.simulator.world.requests
            if request.host in PEOPLE_HOSTS
        ]

    async def requests_within(self, seconds: float) -> dict[str, int]:
        """How often each service for people is asked in the next `seconds`."""
        self.house.forget_requests()
        counts: dict[str, int] = {}
        # The simulator does not keep requests for ever.
        for _ in range(int(seconds // 300)):
            await self.house.clock.pass_by(300)
            for request in self.requests():
                counts[request.host] = counts.get(request.host, 0) + 1
            self.house.forget_requests()
        return counts
