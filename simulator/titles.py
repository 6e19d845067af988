"""Games, apps and extras: what can be installed, launched and looked up. All invented, but for the system's own."""

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


def _achievements(*names: str) -> tuple[Achievement, ...]:
    return tuple(
        Achievement(
            id=str(number),
            name=name,
            description=f"{name}: done.",
            gamerscore=(10, 20, 50, 15)[number % 4],
        )
        for number, name in enumerate(names, 1)
    )


_GAMES: tuple[Title, ...] = (
    Title(
        key="starfall",
        kind="Game",
        name="Starfall Odyssey",
        product_id="9ZHTX4LLQ7SF",
        title_id=1990010001,
        package_family_name="HalcyonForge.StarfallOdyssey_3x7q9v2m5k8tw",
        app_id="StarfallShipping",
        publisher="Halcyon Forge",
        description="A lone courier, a broken moon, and eleven worlds that still wait for their mail.",
        category="Role playing",
        size_bytes=86_436_216_832,
        achievements=_achievements(
            "First Light", "Moonbreaker", "Eleven Letters", "The Long Way Home"
        ),
        scene="planet",
        colors=("#120c3a", "#c2417c", "#ffd9a0"),
    ),
    Title(
        key="nebula",
        kind="Game",
        name="Nebula Drift GT",
        product_id="9ZNBD7RGT2KV",
        title_id=1990010002,
        package_family_name="VantaLoop.NebulaDriftGT_8f2h6n4p1r5wz",
        publisher="Vanta Loop",
        description="Anti-gravity racing through the rings of a gas giant.",
        category="Racing & flying",
        size_bytes=112_742_891_520,
        achievements=_achievements("Photo Finish", "Slipstream", "Clean Lap"),
        scene="speed",
        colors=("#06121f", "#0a6ebd", "#35e0ff"),
    ),
    Title(
        key="tidewater",
        kind="Game",
        name="Tidewater Tales",
        product_id="9ZTWT5CZY8MB",
        title_id=1990010003,
        package_family_name="GullAndAnchor.TidewaterTales_5d9t3c7x1v4ny",
        publisher="Gull & Anchor",
        description="Restore a harbour town, one boat and one neighbour at a time.",
        category="Family & kids",
        size_bytes=6_442_450_944,
        achievements=_achievements("Good Morning", "Full Nets", "Lamplighter"),
        scene="waves",
        colors=("#ffb877", "#f26f63", "#11566b"),
    ),
    Title(
        key="lanterns",
        kind="Game",
        name="Iron Lanterns",
        product_id="BZQ3LNTRNSX1",
        title_id=1990010004,
        package_family_name="NinthCartographer.IronLanterns_7k1m5p9s3w2qe",
        publisher="Ninth Cartographer",
        description="Turn-based tactics in a city where the night never quite ends.",
        category="Strategy & simulation",
        size_bytes=23_622_320_128,
        achievements=_achievements("Night Watch", "No One Left Behind"),
        scene="city",
        colors=("#0d1117", "#3b2a4f", "#f5b942"),
    ),
    Title(
        key="skyline",
        kind="Game",
        name="Skyline",
        product_id="9ZSKYL1NGMX4",
        title_id=1990010005,
        package_family_name="PaperComet.Skyline_2b6f8j4m9r1tx",
        publisher="Paper Comet",
        description="Build a city in the clouds. Try to keep it there.",
        category="Strategy & simulation",
        size_bytes=4_294_967_296,
        achievements=_achievements("Ground Floor", "Cloud Nine"),
        scene="hills",
        colors=("#7cc4ff", "#e9f6ff", "#3a7d5a"),
    ),
    Title(
        key="skyline-2011",
        kind="Game",
        name="Skyline",
        product_id="BZSKY2011CLS",
        title_id=1990010006,
        package_family_name="OldQuay.Skyline_4g8k2n6q1u5za",
        publisher="Old Quay Interactive",
        description="The 2011 rooftop-running classic, unchanged.",
        category="Action & adventure",
        size_bytes=1_610_612_736,
        achievements=_achievements(
            "First Leap", "Night Run", "No Hands", "Pigeon Friend"
        ),
        generation="360",
        devices=("Xbox360", "XboxOne", "XboxSeries"),
        scene="city",
        colors=("#ff8a3d", "#572a6e", "#1b1030"),
    ),
    Title(
        key="lighthouse",
        kind="Game",
        name=(
            "Chronicles of the Everlasting Lighthouse: The Keeper's Remembrance – "
            "Anniversary Definitive Collector's Edition"
        ),
        product_id="CZ8LGHTHS5KR",
        title_id=1990010007,
        package_family_name="TallowHouse.EverlastingLighthouse_1a5e9h3k7n2rv",
        publisher="Tallow House",
        description="Every chapter, every storm, every remastered foghorn.",
        category="Action & adventure",
        size_bytes=141_733_920_768,
        achievements=_achievements("Wick Trimmed", "Stormglass"),
        scene="beam",
        colors=("#07182b", "#24506b", "#ffe08a"),
    ),
    Title(
        key="flyingfish",
        kind="Game",
        name="Летучая Рыба — 飛び魚の冒険 ¡Olé! 🐟",
        product_id="9ZFLYF1SHQ6J",
        title_id=1990010008,
        package_family_name="KiteAndKoi.FlyingFish_9m3p7s1v5y8bd",
        publisher="Kite & Koi",
        description="Прыгай выше! 波を越えて。",
        category="Platformer",
        size_bytes=3_221_225_472,
        achievements=_achievements("Первый прыжок", "満月"),
        scene="waves",
        colors=("#17c3b2", "#227c9d", "#fef9ef"),
    ),
    Title(
        key="hexagarden",
        kind="Game",
        name="Hexagarden",
        product_id="9ZHX6GRDN3PW",
        title_id=1990010009,
        package_family_name="QuietPrism.Hexagarden_6c2g8k4n1r9tv",
        publisher="Quiet Prism",
        description="A puzzle that grows while you sleep.",
        category="Puzzle & trivia",
        size_bytes=805_306_368,
        achievements=_achievements("Sprout", "In Bloom"),
        scene="hexes",
        colors=("#1f4d3a", "#74b72e", "#f9f3c4"),
    ),
    Title(
        key="boot",
        kind="Game",
        name="Golden Boot 27",
        product_id="CZ27GLDNBTFC",
        title_id=1990010010,
        package_family_name="TouchlineWorks.GoldenBoot27_8v4y2b6e1h5km",
        publisher="Touchline Works",
        description="Every league that we could make up.",
        category="Sports",
        size_bytes=52_613_349_376,
        achievements=_achievements("Kick-off", "Hat-trick"),
        scene="rings",
        colors=("#0f5132", "#1f9d55", "#ffd54a"),
    ),
    Title(
        key="mosslight",
        kind="Game",
        name="Mosslight",
        product_id="9ZM0SSL1GHTX",
        title_id=1990010011,
        package_family_name="FernTwin.Mosslight_3n7r1u5x9a4cf",
        publisher="Fern Twin",
        description="Two foxes share one lantern. For one or two players.",
        category="Platformer",
        size_bytes=9_663_676_416,
        achievements=_achievements("Kindled", "Better Together"),
        scene="forest",
        colors=("#06231c", "#2f7d5b", "#d7ff9e"),
    ),
)


_APPS: tuple[Title, ...] = (
    Title(
        key="larkvision",
        kind="App",
        name="Larkvision",
        product_id="9ZLRKV1S10NT",
        title_id=1990020001,
        package_family_name="LarkMedia.Larkvision_5t9w3z7c1f4hj",
        publisher="Lark Media",
        description="Films, series and live television.",
        category="Entertainment",
        size_bytes=48_234_496,
        media=(
            ("The Salt Road, episode 1", 2640.0),
            ("The Salt Road, episode 2", 2580.0),
            ("Nine Small Bridges", 6420.0),
        ),
        scene="play",
        colors=("#3b0764", "#be185d", "#ffffff"),
    ),
    Title(
        key="cassette",
        kind="App",
        name="Cassette Radio",
        product_id="9ZCSSTTR4D10",
        title_id=1990020002,
        package_family_name="LoopStreet.CassetteRadio_2j6m8p4s1v9xa",
        publisher="Loop Street",
        description="Music and podcasts.",
        category="Music",
        size_bytes=31_457_280,
        media=(
            ("Harbour Lights", 214.0),
            ("Slow Elevator", 187.0),
            ("Paper Moonlight", 251.0),
        ),
        scene="note",
        colors=("#052e2b", "#0d9488", "#fef08a"),
    ),
    Title(
        key="weather",
        kind="App",
        name="Cumulo Weather",
        product_id="9ZCMLWTHR7DK",
        title_id=1990020003,
        package_family_name="CumuloLabs.Weather_7y3b1e5h9k2nq",
        publisher="Cumulo Labs",
        description="Will it rain on you?",
        category="News & weather",
        size_bytes=12_582_912,
        scene="planet",
        colors=("#1e6fd9", "#9ad4ff", "#fff3b0"),
    ),
    Title(
        key="postcard",
        kind="App",
        name="Postcard",
        product_id="9ZP0STC4RDWX",
        title_id=1990020004,
        package_family_name="BlueStamp.Postcard_1d5g9j3m7q2tw",
        publisher="Blue Stamp",
        description="Send your captures to people you like.",
        category="Social",
        size_bytes=20_971_520,
        scene="rings",
        colors=("#1d3557", "#457b9d", "#f1faee"),
    ),
    # Installed by hand: neither the network nor the catalogue knows what it is.
    Title(
        key="sideloaded",
        kind="App",
        name=None,
        product_id=None,
        title_id=None,
        package_family_name="DevKit.Prototype_4s8v2y6b1e5gk",
        size_bytes=5_242_880,
    ),
)


_EXTRAS: tuple[Title, ...] = (
    Title(
        key="starfall-ember",
        kind="Dlc",
        name="Starfall Odyssey: Ember Moon",
        product_id="9ZSTRFEMBRDL",
        title_id=0,
        package_family_name=None,
        publisher="Halcyon Forge",
        description="A twelfth world.",
        size_bytes=7_516_192_768,
        parent="starfall",
        scene="planet",
        colors=("#2b0a0a", "#d1462f", "#ffd166"),
    ),
    Title(
        key="tidewater-lanterns",
        kind="Dlc",
        name=None,
        product_id=None,
        title_id=None,
        package_family_name=None,
        size_bytes=209_715_200,
        parent="tidewater",
    ),
)


def demo_titles() -> list[Title]:
    """Return the sample catalogue."""
    return [*_GAMES, *_APPS, *_EXTRAS]
