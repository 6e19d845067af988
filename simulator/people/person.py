"""People: who they are, what they play, whom they know."""

from dataclasses import dataclass, field

CONSOLE_DEVICES = frozenset({"XboxOne", "Xbox360", "Scarlett", "XboxSeries", "Durango"})
"""Presence device types that run a home screen behind the game."""

BLUE = ("1081ca", "10314f", "105080")


@dataclass(kw_only=True)
class Session:
    """Somebody at a device; `since` in the clock's elapsed seconds."""

    device: str
    since: float
    title_id: int | None = None
    name: str = ""
    rich_presence: str = ""


@dataclass(frozen=True, kw_only=True)
class LastSeen:
    """Where somebody was before going offline; `at` in unix seconds."""

    device: str
    title_id: int
    name: str
    at: float


@dataclass(kw_only=True)
class Played:
    """What somebody has done in a title; `last` in unix seconds."""

    last: float
    minutes: float = 0.0


@dataclass(frozen=True, kw_only=True)
class LinkedAccount:
    """An account of another network that somebody shows."""

    network: str
    name: str | None


@dataclass(kw_only=True)
class Person:
    """Somebody with an Xbox profile."""

    key: str
    xuid: str = field(repr=False)
    gamertag: str
    modern_gamertag: str
    gamertag_suffix: str = ""
    gamerscore: int = 0
    bio: str = ""
    location: str = ""
    tenure: int = 0
    tier: str = "Gold"
    reputation: str = "GoodPlayer"
    colors: tuple[str, str, str] = BLUE
    """Primary, secondary and tertiary colour, without `#`."""
    linked: tuple[LinkedAccount, ...] = ()
    bare: bool = False
    """Every member that may be null is null, every text that may be empty is empty."""
    private: bool = False
    """Nobody else sees more than the gamertag."""
    cloaked: bool = False
    """Appears offline."""
    away: bool = False
    in_party: int = 0
    party_restriction: str = ""
    """Who may join the party: `followed`, `local`; empty: the service tells no details of it."""
    in_multiplayer: int = 0
    following: dict[str, float] = field(default_factory=dict)
    """Key of each followed person -> since when, in unix seconds."""
    console_ids: list[str] = field(default_factory=list, repr=False)
    """Consoles that are linked to the account."""
    favorites: set[str] = field(default_factory=set)
    requests: set[str] = field(default_factory=set)
    """Keys of people who have not answered this person's friend request."""
    sessions: dict[str, Session] = field(default_factory=dict)
    """By device type: what runs elsewhere than on the world's consoles."""
    last_seen: LastSeen | None = None
    played: dict[int, Played] = field(default_factory=dict)
    """By title id."""
    progress: dict[tuple[int, str], int] = field(default_factory=dict)
    """Percent of achievements begun, by title id and achievement id."""

    @property
    def unique_gamertag(self) -> str:
        """The modern gamertag with its suffix."""
        return (
            f"{self.modern_gamertag}#{self.gamertag_suffix}"
            if self.gamertag_suffix
            else self.modern_gamertag
        )

    def credit(self, title_id: int, at: float, seconds: float) -> None:
        """Count time in a title that was last used at `at`."""
        played = self.played.setdefault(title_id, Played(last=at))
        played.last = max(played.last, at)
        played.minutes += max(0.0, seconds) / 60


def are_friends(one: Person, other: Person) -> bool:
    """Tell whether each follows the other."""
    return other.key in one.following and one.key in other.following


def befriend(one: Person, other: Person, at: float) -> None:
    """Let two people follow each other."""
    one.following.setdefault(other.key, at)
    other.following.setdefault(one.key, at)
