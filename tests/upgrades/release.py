"""What a release leaves behind: the files that it wrote, what the network knew then, and what was shown."""

from dataclasses import dataclass, field
from datetime import datetime
import json
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter

from simulator.accounts.oauth import AccessToken, RefreshToken
from simulator.accounts.tokens import XBOX_KINDS, XboxToken
from simulator.world import World

FOLDER = Path(__file__).parent

type Files = dict[str, Any]
"""Content by name, as in `.storage`."""
type Shown = dict[str, dict[str, Any]]
"""State and attributes by entity id."""


@dataclass(kw_only=True)
class Tokens:
    """The network's side of the tokens in the files."""

    refresh: list[RefreshToken]
    """The newest ones; each has those before it as predecessors."""
    access: list[AccessToken]
    xbox: list[XboxToken]

    @classmethod
    def found_in(cls, files: Files, world: World) -> Self:
        """What the network knows of the tokens that occur in the files and still count."""
        text, book = json.dumps(files), world.tokens
        refresh = [one for one in book.oauth.refresh.values() if one.value in text]
        older = {one.predecessor.value for one in refresh if one.predecessor}
        issued = [
            token
            for kind in XBOX_KINDS
            for value in sorted(book.secrets)
            if value in text and (token := book.find(kind, value)) is not None
        ]
        return cls(
            refresh=[one for one in refresh if one.value not in older],
            access=[
                one
                for one in book.oauth.access.values()
                if one.value in text and book.lives(one)
            ],
            xbox=[token for token in issued if book.lives(token)],
        )

    def honoured_by(self, world: World) -> None:
        """Let a world know them."""
        for newest in self.refresh:
            token: RefreshToken | None = newest
            while token is not None:
                world.tokens.oauth.refresh[token.value] = token
                token = token.predecessor
        world.tokens.oauth.access |= {one.value: one for one in self.access}
        for one in self.xbox:
            world.tokens.adopt(one)


@dataclass(kw_only=True)
class Release:
    """One folder beside this file."""

    version: str
    begun: datetime
    """When its home began."""
    ended: datetime
    """When its power was cut."""
    shown: Shown = field(repr=False)
    tokens: Tokens = field(repr=False)
    files: Files = field(default_factory=dict, repr=False)

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return FOLDER / self.version

    @staticmethod
    def load(folder: Path) -> Release:
        """Read what was recorded."""
        release = _RELEASE.validate_json((folder / "release.json").read_text())
        release.files = {
            file.name: json.loads(file.read_text())
            for file in sorted((folder / "storage").iterdir())
        }
        return release

    def save(self) -> None:
        """Write it. Raises FileExistsError for a version that was recorded before."""
        (self.folder / "storage").mkdir(parents=True)
        kept = _RELEASE.dump_python(self, mode="json", exclude={"files"})
        for name, content in {
            "release.json": kept,
            **{f"storage/{name}": content for name, content in self.files.items()},
        }.items():
            text = json.dumps(content, indent=2, ensure_ascii=False)
            (self.folder / name).write_text(f"{text}\n")


# Made before a test holds the time still: pydantic does not know a datetime that does.
_RELEASE = TypeAdapter(Release)


def releases() -> list[Path]:
    """The folders of all releases that were recorded."""
    folders = sorted(file.parent for file in FOLDER.glob("*/release.json"))
    assert folders, "without a release nothing would be tested"
    return folders
