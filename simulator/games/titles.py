"""Games, apps and extras: what can be installed, launched and looked up."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
import uuid

_NAMESPACE = uuid.UUID("6f1c3f2e-54a6-4d0f-9a51-0d2b7c8e4a10")

# The system's own AUMIDs and title ids, which clients know by heart.
HOME_AUMID = "Xbox.Dashboard_8wekyb3d8bbwe!Xbox.Dashboard.Application"
HOME_TITLE_ID = 750323071
SCREENSAVER_AUMID = "Xbox.IdleScreen_8wekyb3d8bbwe!Xbox.IdleScreen.Application"
SCREENSAVER_TITLE_ID = 851275400
GUIDE_AUMID = "Xbox.Guide_8wekyb3d8bbwe!Xbox.Guide.Application"
GUIDE_TITLE_ID = 1052052983


@dataclass(frozen=True)
class Achievement:
    """Something to earn in a game."""

    id: str
    name: str
    description: str
    gamerscore: int


@dataclass(frozen=True, kw_only=True)
class Title:
    """A product; `kind` is `Game`, `App` or `Dlc`."""

    key: str
    kind: str
    name: str | None
    product_id: str | None
    title_id: int | None
    package_family_name: str | None
    app_id: str = "App"
    publisher: str = ""
    description: str = ""
    category: str = "Other"
    released: str = "2024-03-12T00:00:00.0000000Z"
    size_bytes: int = 0
    parent: str | None = None
    """Key of the game that a Dlc extends."""
    media: tuple[tuple[str, float], ...] = ()
    """What a media app can play: (name, seconds)."""
    achievements: tuple[Achievement, ...] = ()
    generation: str = "One"
    """`One` for this and the last generation's own games, `360` for those that came before."""
    devices: tuple[str, ...] = ("XboxOne", "XboxSeries")
    """Where it runs, as the title hub writes it."""
    game_pass: bool = False
    scene: str = "hills"
    """How its art is drawn."""
    colors: tuple[str, str, str] = ("#0b3d2e", "#107c10", "#e8f5e9")
    """Top, bottom and accent of its art."""

    @property
    def aumid(self) -> str | None:
        """Application user model id: `<package family name>!<app id>`."""
        return (
            None
            if self.package_family_name is None
            else f"{self.package_family_name}!{self.app_id}"
        )

    @property
    def unique_id(self) -> str:
        """The installation's id: package family name of an app, GUID of anything else."""
        if self.kind == "App" and self.package_family_name is not None:
            return self.package_family_name
        return str(uuid.uuid5(_NAMESPACE, f"unique/{self.key}")).upper()

    @property
    def legacy_product_id(self) -> str | None:
        """GUID of the former catalogue; only games have one."""
        return (
            str(uuid.uuid5(_NAMESPACE, f"legacy/{self.key}")).upper()
            if self.kind == "Game"
            else None
        )

    @property
    def scid(self) -> str:
        """Service configuration id, in the form that Xbox services use: the title id is its tail."""
        return f"00000000-0000-0000-0000-0000{self.title_id or 0:08x}"


_ALTERNATE_IDS: dict[str, Callable[[Title], str | None]] = {
    "packagefamilyname": lambda title: title.package_family_name,
    "xboxtitleid": lambda title: str(title.title_id) if title.title_id else None,
    "legacyxboxproductid": lambda title: title.legacy_product_id,
}


class Titles:
    """All titles, to be found by any of their ids."""

    def __init__(self, titles: Iterable[Title]) -> None:
        """Index the titles."""
        self._by_key = {title.key: title for title in titles}

    def __iter__(self) -> Iterator[Title]:
        """Iterate over all titles."""
        return iter(self._by_key.values())

    def add(self, title: Title) -> None:
        """Let a title join."""
        self._by_key[title.key] = title

    def __getitem__(self, key: str) -> Title:
        """Return a title by its key."""
        return self._by_key[key]

    def by_product_id(self, product_id: str) -> Title | None:
        """Find a title by its 12-character product id; case does not matter, as in the catalogue."""
        wanted = product_id.upper()
        return next((title for title in self if title.product_id == wanted), None)

    def by_alternate_id(self, kind: str, value: str) -> Title | None:
        """Find a title by `PackageFamilyName`, `XboxTitleId` or `LegacyXboxProductId`."""
        read = _ALTERNATE_IDS.get(kind.lower())
        if read is None:
            return None
        return next(
            (title for title in self if (read(title) or "").lower() == value.lower()),
            None,
        )

    def by_title_id(self, title_id: int) -> Title | None:
        """Find a launchable title by its title id."""
        return next(
            (
                title
                for title in self
                if title.title_id == title_id and title.kind != "Dlc"
            ),
            None,
        )
