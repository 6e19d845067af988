"""A backup of 500 captures through everything that may go wrong, and beside curl when nothing does.

python -m benchmarks.captures [--count 500] [--megabytes 4] [--folder FOLDER]

The simulated network runs in this process, what is measured in one of its own.
"""

import argparse
import asyncio
from dataclasses import dataclass
import hashlib
import json
import os
from pathlib import Path
import shutil
import signal
import sys
import tempfile
import time

from aiohttp import ClientSession, web

from custom_components.xbox_console.xboxlive.captures.archive import Archive
from custom_components.xbox_console.xboxlive.captures.backup import Backup
from custom_components.xbox_console.xboxlive.captures.capture import Capture
from custom_components.xbox_console.xboxlive.captures.content import Contents
from custom_components.xbox_console.xboxlive.captures.gallery import Gallery
from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.hosts import Hosts
from custom_components.xbox_console.xboxlive.session import Session
from custom_components.xbox_console.xboxlive.transport import Transport
from simulator.app import create_app
from simulator.captures.gallery import content, signed_uri, suffix_of, thumbnail_uri
from simulator.network.faults import Fault
from simulator.world import World

_MEGABYTE = 10**6
_FAILING = 0.02
_LIFETIME = 5.0
_GIGABIT = 10**9
_ROUNDS = 3
_DOMAIN = "media.xboxlive.com"
_CONTENT_HOSTS = tuple(
    f"{kind}content-d2001.{_DOMAIN}" for kind in ("gameclips", "screenshots")
)


@dataclass(frozen=True)
class _Result:
    """What a run of the backup tells of itself."""

    seconds: float
    megabytes: float
    peak_memory: float
    """Megabytes that the process took more than before it began."""
    failures: int


class _SignedIn:
    """Somebody whose sign-in holds."""

    def __init__(self, xuid: str, authorization: str) -> None:
        self.xuid: str | None = xuid
        self._authorization = authorization

    async def authorization(self, *, awaited: bool = False) -> str:
        return self._authorization

    async def renew(self, rejected: str, *, awaited: bool = False) -> str | None:
        return None


async def _back_up(folder: str, network: str, xuid: str, authorization: str) -> None:
    """Run the backup in this process, and print what came of it."""
    async with ClientSession() as http:
        transport = Transport(http, Hosts.behind(network))
        gallery = Gallery(XboxLive(Session(transport, _SignedIn(xuid, authorization))))
        found: list[Capture] = []
        await gallery.own(found.append)
        # From here on the kernel counts the peak anew.
        Path("/proc/self/clear_refs").write_text("5")
        before = _peak()
        begun = time.monotonic()
        backup = Backup(
            Archive(Path(folder)), Contents(transport, gallery), lambda _: None
        )
        outcome = await backup.run(found)
        seconds = time.monotonic() - begun
    megabytes = outcome.bytes / _MEGABYTE
    print(json.dumps([seconds, megabytes, _peak() - before, len(outcome.failures)]))


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / _MEGABYTE


class _Bench:
    """A network with captures, and programs that fetch them."""

    def __init__(self, world: World, url: str, folder: Path) -> None:
        self.world, self.url, self.folder = world, url, folder

    async def start(self, folder: Path) -> asyncio.subprocess.Process:
        """Begin a backup in a process of its own."""
        parent = self.world.accounts["parent"]
        words = (
            str(folder),
            self.url,
            parent.xuid,
            self.world.tokens.authorization(parent),
        )
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.captures", "--back-up", *words),
            stdout=asyncio.subprocess.PIPE,
        )

    async def back_up(self, folder: Path) -> _Result:
        """Run a backup to its end."""
        process = await self.start(folder)
        told, _ = await process.communicate()
        assert process.returncode == 0
        return _Result(*json.loads(told))

    async def curl(self, folder: Path) -> float:
        """Fetch the same files with curl, four at a time; returns seconds."""
        folder.mkdir()
        lines: list[str] = []
        for capture in self.world.captures:
            suffix = suffix_of(self.world, capture)
            uri, _ = signed_uri(self.world, capture, suffix, _DOMAIN)
            for address in (uri, thumbnail_uri(self.world, capture, _DOMAIN)):
                path = address.removeprefix("https://")
                output = folder / f"{capture.id}{len(lines)}"
                lines.append(f'url = "{self.url}/{path}"\noutput = "{output}"\n')
        config = folder.with_suffix(".curl")
        config.write_text("".join(lines))
        begun = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            "curl",
            "--no-progress-meter",
            "--parallel",
            "--parallel-max",
            "4",
            "--config",
            config,
        )
        assert await process.wait() == 0
        return time.monotonic() - begun

    def whole(self, folder: Path) -> int:
        """How many captures are in a folder byte for byte."""
        files = {
            path.stem.rpartition(" ")[2]: path
            for path in folder.iterdir()
            if path.suffix in (".mp4", ".png")
            and path.name[0] != "."
            and "thumbnail" not in path.name
        }
        return sum(
            self._same(capture, files.get(capture.id))
            for capture in self.world.captures
        )

    def _same(self, capture: object, path: Path | None) -> bool:
        if path is None:
            return False
        file = content(self.world, capture)  # type: ignore[arg-type]  # it is one of the world's
        true = hashlib.sha256()
        for part in file.parts(0, file.size):
            true.update(part)
        with path.open("rb") as kept:
            return hashlib.file_digest(kept, "sha256").digest() == true.digest()

    def hard(self) -> None:
        """Let addresses lapse soon, and some answers fail."""
        self.world.knobs.capture_url_seconds = _LIFETIME
        self.world.knobs.capture_cut_at_expiry = True
        for host in (*_CONTENT_HOSTS, "mediahub.xboxlive.com"):
            self.world.faults.add(
                Fault(kind="status", status=500, host=host, chance=_FAILING)
            )
        for host in _CONTENT_HOSTS:
            self.world.faults.add(Fault(kind="cut", host=host, chance=_FAILING))

    def easy(self) -> None:
        """Let nothing go wrong."""
        self.world.knobs.capture_url_seconds = 3600.0
        self.world.knobs.capture_cut_at_expiry = False
        self.world.faults.clear()


async def _hard_backup(bench: _Bench, count: int) -> None:
    """Addresses lapse, answers fail, and the process is killed when half has come."""
    bench.hard()
    folder = bench.folder / "hard"
    process = await bench.start(folder)
    while len(list(folder.glob("*.json")) if folder.exists() else ()) < count // 2:
        assert process.returncode is None
        await asyncio.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    had = len(list(folder.glob("*.json")))
    result = await bench.back_up(folder)
    whole = await asyncio.to_thread(bench.whole, folder)
    print(f"killed when {had} of {count} captures had come; resumed:")
    print(
        f"  {whole} of {count} whole, {result.failures} failed, {len(bench.world.captures)} still in the network"
    )
    print(
        f"  {result.megabytes:.0f} MB in {result.seconds:.1f} s, {result.peak_memory:.1f} MB of memory"
    )


async def _beside_curl(bench: _Bench, pace: int) -> None:
    """`pace`: bytes a second of each transfer; 0: as fast as this machine can."""
    bench.easy()
    bench.world.knobs.capture_bytes_per_second = pace
    fastest = {"curl": 0.0, "backup": 0.0}
    for number in range(_ROUNDS):
        fetched, kept = (bench.folder / f"{kind}{number}" for kind in fastest)
        seconds = await bench.curl(fetched)
        size = sum(path.stat().st_size for path in fetched.iterdir()) / _MEGABYTE
        result = await bench.back_up(kept)
        speeds = {"curl": size / seconds, "backup": result.megabytes / result.seconds}
        fastest = {kind: max(speed, speeds[kind]) for kind, speed in fastest.items()}
        shutil.rmtree(fetched)
        shutil.rmtree(kept)
    bench.world.knobs.capture_bytes_per_second = 0
    share = fastest["backup"] / fastest["curl"]
    paced = f"{4 * pace / _MEGABYTE:.0f} MB/s at most" if pace else "as fast as it can"
    print(
        f"{paced}: curl {fastest['curl']:.0f} MB/s, backup {fastest['backup']:.0f} MB/s: {share:.2f}"
    )


async def _large_clip(bench: _Bench) -> None:
    """One clip of two gigabytes."""
    bench.easy()
    del bench.world.captures[1:]
    bench.world.knobs.capture_file_bytes = 2 * 10**9
    result = await bench.back_up(bench.folder / "large")
    print(f"a clip of {result.megabytes:.0f} MB: {result.peak_memory:.1f} MB of memory")


async def _measure(options: argparse.Namespace) -> None:
    world = World.demo()
    world.captures.clear()
    world.knobs.capture_quota_bytes = 10**12
    world.add_captures(options.count)
    world.knobs.capture_file_bytes = options.megabytes * _MEGABYTE
    runner = web.AppRunner(create_app(world), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        bench = _Bench(world, f"http://127.0.0.1:{port}", Path(folder))
        await _hard_backup(bench, options.count)
        for pace in (0, _GIGABIT // 8 // 4):
            await _beside_curl(bench, pace)
        await _large_clip(bench)
    await runner.cleanup()


def main() -> None:
    """Measure, or be what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--megabytes", type=int, default=4)
    parser.add_argument(
        "--folder", type=Path, help="on the disk that is to be measured"
    )
    parser.add_argument("--back-up", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    asyncio.run(_back_up(*options.back_up) if options.back_up else _measure(options))


if __name__ == "__main__":
    main()
