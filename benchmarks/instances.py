"""A real Home Assistant, a process of its own, with either integration in it beside a simulated network."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, override

from aiohttp import ClientSession

from benchmarks.houses import ACCOUNT, Furnish
from benchmarks.web_sign_in import web_app, web_token
from scripts.config_directory import DOMAIN, store
from scripts.homeassistant_instance import HomeAssistant
from scripts.processes import free_port
from scripts.sign_in import sign_in
from simulator.world import World
from tests.running_simulator import running_simulator

# As a script, and without its folder on the path: nothing of ours comes into that process by it.
_DETOUR = ("-P", str(Path(__file__).with_name("detour.py")))
_ENTRIES = "/api/config/config_entries/entry"


@dataclass(frozen=True)
class Instance:
    """One that runs: its process can be asked what it takes."""

    home: HomeAssistant
    world: World
    simulator_url: str
    session: ClientSession
    directory: Path

    @property
    def processor(self) -> float:
        """Seconds of the processor that the process has taken."""
        *_, told = self._told("stat").rpartition(")")
        in_user, in_system = told.split()[11:13]
        return (int(in_user) + int(in_system)) / os.sysconf("SC_CLK_TCK")

    @property
    def resident(self) -> float:
        """MiB of memory that the process has now."""
        pages = int(self._told("statm").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2

    def _told(self, name: str) -> str:
        assert self.home.program is not None
        return Path(f"/proc/{self.home.program.pid}/{name}").read_text()

    async def do(self, console_id: str, action: str, body: dict[str, object]) -> None:
        """Do something at a console, by the simulator's page."""
        url = f"{self.simulator_url}/_simulator/consoles/{console_id}/{action}"
        async with self.session.post(url, json=body, raise_for_status=True):
            pass


class Side(ABC):
    """An integration."""

    domain: str

    @abstractmethod
    async def sign_in(self, instance: Instance) -> None:
        """Add the account. Home Assistant runs before it and after it."""

    async def entry_id(self, home: HomeAssistant) -> str:
        """Its one entry, which is set up."""
        (entry,) = await home.request("GET", f"{_ENTRIES}?domain={self.domain}")
        assert entry["state"] == "loaded", entry["reason"]
        return str(entry["entry_id"])


class Ours(Side):
    """This project's integration."""

    domain = DOMAIN

    @override
    async def sign_in(self, instance: Instance) -> None:
        await sign_in(instance.home, instance.simulator_url, ACCOUNT)


class Core(Side):
    """Home Assistant's own: its sign-in needs a browser, so what that leaves behind is written down."""

    domain = "xbox"

    @override
    async def sign_in(self, instance: Instance) -> None:
        await instance.home.stop()
        storage = instance.directory / ".storage"
        app, account = web_app(), instance.world.accounts[ACCOUNT]
        credentials = {
            "id": "app",
            "domain": self.domain,
            "client_id": app.client_id,
            "client_secret": app.secret,
        }
        store(storage, "application_credentials", 1, {"items": [credentials]})
        entries = storage / "core.config_entries"
        kept: dict[str, Any] = json.loads(entries.read_text())
        entry = {
            **kept["data"]["entries"][0],
            "entry_id": "benchmark",
            "domain": self.domain,
            "title": account.gamertag,
            "unique_id": account.xuid,
            "source": "user",
            "version": 1,
            "minor_version": 3,
            "data": {"auth_implementation": "app", "token": web_token(instance.world)},
        }
        kept["data"]["entries"].append(entry)
        entries.write_text(json.dumps(kept))
        await instance.home.start()


SIDES: dict[str, Side] = {"ours": Ours(), "core": Core()}


@asynccontextmanager
async def running(side: Side, furnish: Furnish) -> AsyncGenerator[Instance]:
    """Run Home Assistant with the account signed in, beside a network with such a house."""
    with TemporaryDirectory() as name:
        async with ClientSession() as session, running_simulator() as simulator:
            world = simulator.world
            furnish(world)
            world.requests = deque()
            home = HomeAssistant(
                session, Path(name), free_port(), simulator.url, program=_DETOUR
            )
            instance = Instance(home, world, simulator.url, session, Path(name))
            try:
                await home.start()
                await side.sign_in(instance)
                yield instance
            finally:
                await home.stop()
