"""A small gallery in the simulated network, a folder, and what has to be in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from custom_components.xbox_console.xboxlive.captures.archive import Archive
from custom_components.xbox_console.xboxlive.captures.backup import (
    Backup,
    Freed,
    Progress,
    free,
)
from custom_components.xbox_console.xboxlive.captures.capture import Capture
from custom_components.xbox_console.xboxlive.captures.content import Contents
from custom_components.xbox_console.xboxlive.captures.gallery import Gallery
from custom_components.xbox_console.xboxlive.client import XboxLive
from simulator.captures import gallery as simulated
from simulator.network.faults import Fault
from tests.client.network import Network

CONTENT = "gameclipscontent-d2001.media.xboxlive.com"


@dataclass
class Scene:
    """The parent's captures, few enough to be quick."""

    network: Network
    xbox: XboxLive
    folder: Path
    own_app: bool = False
    told: list[Progress] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Leave two clips and two screenshots."""
        del self.network.world.captures[4:]
        self.gallery = Gallery(self.xbox, own_app=self.own_app)
        self.contents = Contents(self.network.transport, self.gallery)
        self.archive = Archive(self.folder)

    def fail(self, **rule: object) -> Fault:
        """Let something go wrong from now on."""
        return self.network.world.faults.add(Fault(**rule))  # type: ignore[arg-type]  # names are checked by Fault

    async def listed(self) -> list[Capture]:
        """What the network tells of the account's captures, the newest first."""
        found: list[Capture] = []
        await self.gallery.own(found.append)
        return sorted(found, key=lambda one: str(one.taken_at), reverse=True)

    async def clip(self) -> Capture:
        """The newest clip."""
        return next(one for one in await self.listed() if one.kind == "video")

    async def back_up(self, captures: list[Capture] | None = None) -> Progress:
        """Bring captures into the folder."""
        backup = Backup(self.archive, self.contents, self.told.append)
        return await backup.run(await self.listed() if captures is None else captures)

    async def free(self, *, by_size: bool = True, unsafe: bool = False) -> Freed:
        """Delete from the network what is safe in the folder."""
        return await free(
            partial(self.archive.proves, by_size=by_size),
            self.gallery,
            await self.listed(),
            unsafe=unsafe,
        )

    def true_content(self, capture: Capture, suffix: str = "") -> bytes:
        """What a file of a capture holds in the network."""
        world = self.network.world
        one = next(each for each in world.captures if each.id == capture.content_id)
        file = simulated.content(world, one, suffix)
        return b"".join(file.parts(0, file.size))

    def files(self) -> dict[str, bytes]:
        """What is in the folder under a final name, the index aside."""
        return {path.name: path.read_bytes() for path in self._visible()}

    def leftovers(self) -> list[str]:
        """What is in the folder besides: unfinished files."""
        return sorted(
            path.name
            for path in self.folder.iterdir()
            if path.name.startswith(".") and path.suffix != ".jsonl"
        )

    def _visible(self) -> Iterator[Path]:
        return (path for path in self.folder.iterdir() if path.name[0] != ".")
