"""SIGKILL in the middle of a backup: no half file, no capture lost, and the next run ends the work."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
import hashlib
import json
from pathlib import Path
import random

import pytest

from custom_components.xbox_console.xboxlive.captures.archive import INDEX
from simulator.captures.gallery import Capture, content, take
from tests.kill.lives import Order
from tests.kill.test_kill import AT_ONCE, Live, Verdict, check, processes
from tests.running_simulator import RunningSimulator

_GUARDING = ("archive.py", "backup.py")
_RANDOM_POINTS = 50


@dataclass
class Darkroom:
    """Folders for captures, and processes that fill them."""

    simulator: RunningSimulator
    directory: Path
    live: Live

    def __post_init__(self) -> None:
        """Sign in."""
        world = self.simulator.world
        world.captures.clear()
        self._authorization = world.tokens.authorization(world.accounts["parent"])
        self._true: dict[str, str] = {}
        # Each life looks through all captures: no more are taken than processes can look after.
        self._turn = asyncio.Semaphore(AT_ONCE)

    def _take(self) -> list[Capture]:
        """Three captures that nobody else looks after."""
        world, parent = self.simulator.world, self.simulator.world.people["parent"]
        title = world.titles["starfall"]
        taken = [
            take(world, parent, kind, title)
            for kind in ("gameclip", "screenshot", "gameclip")
        ]
        for one in taken:
            file = content(world, one)
            whole = b"".join(file.parts(0, file.size))
            self._true[one.id] = hashlib.sha256(whole).hexdigest()
        return taken

    def _order(self, captures: list[Capture], point: int | None = None) -> Order:
        return Order(
            directory=str(self.directory / captures[0].id),
            network=self.simulator.url,
            authorization=self._authorization,
            captures=[one.id for one in captures],
            killed_at=point,
        )

    async def kill(self, lines: list[str], point: int) -> Verdict:
        """Kill a life at a line, look at what it left, and let the next one end the work."""
        async with self._turn:
            captures = self._take()
            first = await self.live(self._order(captures, point))
            problem = first.problem or self._lost(captures)
            second = await self.live(self._order(captures))
            problem = problem or second.problem or second.told or self._undone(captures)
        return Verdict(lines[point], first.killed, problem)

    def _whole(self, folder: Path, capture: Capture) -> bool:
        """Whether the file of a capture is there as the network had it."""
        found = [
            path
            for path in folder.glob(f"*{capture.id}.*")
            if path.suffix in (".mp4", ".png") and not path.name.startswith(".")
        ]
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in found]
        return digests == [self._true[capture.id]]

    def _lost(self, captures: list[Capture]) -> str:
        """What is wrong right after the kill."""
        there = {one.id for one in self.simulator.world.captures}
        folder = self.directory / captures[0].id
        for one in captures:
            if one.id not in there and not self._whole(folder, one):
                return "deleted without its file"
            if any(folder.glob(f"[!.]*{one.id}.mp4")) and not self._whole(folder, one):
                return "half a file has a final name"
        return ""

    def _undone(self, captures: list[Capture]) -> str:
        """What is wrong after the next run."""
        there = {one.id for one in self.simulator.world.captures}
        folder = self.directory / captures[0].id
        records = [
            json.loads(line)["id"]
            for line in (folder / INDEX).read_text().splitlines()
            if line.endswith("}")
        ]
        if not all(self._whole(folder, one) for one in captures):
            return "a file is missing"
        if any(one.id in there or one.id not in records for one in captures):
            return "not all was done"
        if any(path.suffix in (".part", ".sum") for path in folder.iterdir()):
            return "something is left over"
        return ""

    async def lines(self) -> list[str]:
        """The lines of a life that is not killed."""
        captures = self._take()
        life = await self.live(self._order(captures))
        assert (life.problem, life.told) == ("", "")
        assert self._undone(captures) == ""
        return life.lines


@pytest.fixture
async def darkroom(
    simulator: RunningSimulator, tmp_path: Path
) -> AsyncIterator[Darkroom]:
    """Nothing in it yet."""
    async with processes(simulator) as live:
        yield Darkroom(simulator, tmp_path, live)


async def test_at_each_line_that_guards_captures(darkroom: Darkroom) -> None:
    """Before the last time that each line of the archive and of the backup is run."""
    lines = await darkroom.lines()
    last = {
        line: point for point, line in enumerate(lines) if line.startswith(_GUARDING)
    }
    points = sorted(last.values())
    verdicts = await asyncio.gather(*(darkroom.kill(lines, point) for point in points))
    check(verdicts)
    assert sum(verdict.killed for verdict in verdicts) > 0.9 * len(points)


async def test_anywhere(darkroom: Darkroom) -> None:
    """At points anywhere in a backup and the deletion after it."""
    lines = await darkroom.lines()
    dice = random.Random(20261106)
    points = [dice.randrange(len(lines)) for _ in range(_RANDOM_POINTS)]
    check(await asyncio.gather(*(darkroom.kill(lines, point) for point in points)))
