"""SIGKILL in the middle of a renewal: after the next start the entry still signs in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from itertools import count, cycle, islice
import json
import os
from pathlib import Path
import random
import sys

from aiohttp import ClientSession
import pytest

from custom_components.xbox_console.account.account import SignIn
from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP, App
from custom_components.xbox_console.xboxlive.hosts import Hosts
from tests.client.network import OWN_APP, Network
from tests.kill.lives import Life, Order
from tests.running_simulator import RunningSimulator

ROOT = Path(__file__).parents[2]
_RENEWALS = 3
"""A lost refresh token shows when its successor has been used: not before the second renewal."""
_RANDOM_POINTS = 50
_SHORT = 50.0
"""Seconds; less than the margin, so that whatever is needed next has to be renewed."""
AT_ONCE = 2


@dataclass(frozen=True)
class Verdict:
    """What came of a life and of the one after it."""

    line: str
    killed: bool
    problem: str


type Live = Callable[[Order], Awaitable[Life]]
"""Has an order carried out."""


@asynccontextmanager
async def processes(simulator: RunningSimulator) -> AsyncIterator[Live]:
    """The processes that lives are forked from."""
    idle: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
    programs = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.kill.lives"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=2**24,
            cwd=ROOT,
            env={**os.environ, "XBOX_CONSOLE_SIMULATOR": simulator.url},
        )
        for _ in range(AT_ONCE)
    ]
    for program in programs:
        idle.put_nowait(program)

    async def live(order: Order) -> Life:
        program = await idle.get()
        try:
            assert program.stdin is not None
            assert program.stdout is not None
            program.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
            return Life(**json.loads(await program.stdout.readline()))
        finally:
            idle.put_nowait(program)

    yield live
    for program in programs:
        await program.communicate()


class Household:
    """Homes whose config directories outlive their processes."""

    def __init__(
        self,
        simulator: RunningSimulator,
        network: Network,
        directory: Path,
        live: Live,
    ) -> None:
        """Keep the homes in a directory."""
        self._simulator, self._network, self._directory = simulator, network, directory
        self._numbers = count()
        self.live = live

    def home(self, app: App) -> str:
        """A new config directory, with an account that has just signed in."""
        storage = self._directory / str(next(self._numbers)) / ".storage"
        storage.mkdir(parents=True)
        credentials = self._network.credentials(app)
        entry: dict[str, object] = {
            **dict.fromkeys(("created_at", "modified_at"), "2026-11-06T18:00:00+00:00"),
            "entry_id": "e1",
            "domain": DOMAIN,
            "title": "Q",
            "unique_id": "1",
            "version": 1,
            "minor_version": 1,
            "source": "user",
            "subentries": [],
            "options": {},
            "disabled_by": None,
            "discovery_keys": {},
            "pref_disable_new_entities": False,
            "pref_disable_polling": False,
            "data": dict(SignIn(credentials=credentials.stored(), sequence=1)),
        }
        kept = {"version": 1, "minor_version": 5, "key": "core.config_entries"}
        (storage / "core.config_entries").write_text(
            json.dumps({**kept, "data": {"entries": [entry]}})
        )
        return str(storage.parent)

    async def kill(self, app: App, lines: list[str], point: int) -> Verdict:
        """Kill a life at a line, and see whether the next one signs in and can go on."""
        home = self.home(app)
        first = await self.live(
            Order(directory=home, renewals=_RENEWALS, killed_at=point)
        )
        second = await self.live(Order(directory=home, renewals=2))
        problem = first.problem or second.problem
        if not problem:
            book = self._simulator.world.tokens
            assert book.authenticate(second.told).key == "parent"
        return Verdict(lines[point], first.killed, problem)

    async def lines(self, app: App) -> list[str]:
        """The lines of a life that is not killed."""
        life = await self.live(Order(directory=self.home(app), renewals=_RENEWALS))
        assert not life.problem
        return life.lines


@pytest.fixture
async def household(
    simulator: RunningSimulator, tmp_path: Path
) -> AsyncIterator[Household]:
    """Homes at a network where an old refresh token dies when its successor is used."""
    knobs = simulator.world.tokens.knobs
    knobs.refresh_policy = "reuse_detection"
    knobs.long_access_seconds = knobs.short_access_seconds = int(_SHORT)
    knobs.user_seconds = knobs.device_seconds = knobs.title_seconds = _SHORT
    knobs.xsts_seconds = _SHORT
    async with ClientSession() as http:
        network = Network(simulator.world, http, Hosts.behind(simulator.url))
        async with processes(simulator) as live:
            yield Household(simulator, network, tmp_path, live)


def check(verdicts: list[Verdict]) -> None:
    """Tell how many of the killed signed in again, and fail unless all did."""
    lost = [verdict for verdict in verdicts if verdict.problem]
    killed = sum(verdict.killed for verdict in verdicts)
    sys.stdout.write(f"{killed - len(lost)} of {killed}\n")
    assert not lost


async def test_at_each_line_that_guards_the_tokens(household: Household) -> None:
    """Before each line of the chain and of the account, in the last of three renewals."""
    lines = await household.lines(XBOX_APP)
    last = {
        line: point
        for point, line in enumerate(lines)
        if line.startswith(("chain.py", "account.py"))
    }
    verdicts = await asyncio.gather(
        *(household.kill(XBOX_APP, lines, point) for point in last.values())
    )
    check(verdicts)
    assert sum(verdict.killed for verdict in verdicts) > 0.9 * len(last)


async def test_at_random(household: Household) -> None:
    """At points anywhere in three renewals, for both kinds of app by turns."""
    lines = {app: await household.lines(app) for app in (XBOX_APP, OWN_APP)}
    apps, points = cycle(lines), random.Random(20261106)
    verdicts: list[Verdict] = []
    # A life may be over before its line: two threads do not always run the same ones.
    while (missing := _RANDOM_POINTS - sum(verdict.killed for verdict in verdicts)) > 0:
        verdicts += await asyncio.gather(
            *(
                household.kill(app, lines[app], points.randrange(len(lines[app])))
                for app in islice(apps, missing)
            )
        )
        assert len(verdicts) < 2 * _RANDOM_POINTS
    check(verdicts)
