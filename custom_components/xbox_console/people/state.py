"""What a person is doing, judged from what the services say of them. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeGuard

from ..xboxlive.services.people import Person as Profile
from ..xboxlive.services.presence import (
    OnlineState,
    Placement,
    PresenceRecord,
    TitleState,
)
from ..xboxlive.services.titlehub import Title, TitleAchievement
from .titles import Known

_NOT_PLAYED = frozenset({"750323071", "851275400", "1052052983", "328178078"})
"""Title ids of home, screensaver, guide and the Xbox app on phones."""
_PLATFORMS = {
    "Android": "Android",
    "Durango": "Xbox One",
    "iOS": "iOS",
    "PC": "PC",
    "Scarlett": "Xbox Series X|S",
    "Win32": "PC",
    "WindowsOneCore": "PC",
    "Xbox360": "Xbox 360",
    "XboxOne": "Xbox One",
    "XboxSeries": "Xbox Series X|S",
}
_ONLINE = (OnlineState.ONLINE, OnlineState.AWAY)
_TELLING = (*_ONLINE, OnlineState.OFFLINE)


@dataclass(frozen=True, slots=True)
class Front:
    """A title in front of somebody, as presence tells it."""

    title_id: str
    name: str | None
    device: str
    rich_presence: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """What somebody plays or uses, with what is known of it; counts are the person's own."""

    title_id: str
    name: str | None
    """None as long as nothing has named it."""
    platform: str
    game: bool
    """Whether it is known to be one."""
    rich_presence: str | None = None
    since: datetime | None = field(default=None, compare=False)
    product_id: str | None = None
    game_pass: bool | None = None
    description: str | None = None
    genres: tuple[str, ...] = ()
    achievements: int | None = None
    total_achievements: int | None = None
    gamerscore: int | None = None
    total_gamerscore: int | None = None
    progress: float | None = None
    """Percent."""
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One snapshot of a person; entities are functions of it."""

    gamertag: str
    visible: bool = True
    """Whether the network still knows the person."""
    presence: OnlineState = OnlineState.UNKNOWN
    playing: Playing | None = None
    last_online: datetime | None = None
    gamerscore: int | None = None
    friends: int | None = None
    followers: int | None = None
    following: int | None = None
    in_party: bool | None = None
    joinable: bool | None = None
    """Whether others may join the party unasked."""
    multiplayer: bool | None = None
    """Whether the person is in a session with others."""
    picture: str | None = None
    cloaked: bool | None = None
    """Whether the person appears offline to others; known of the account itself."""
    minutes_today: int = 0
    minutes_in_game: int | None = None
    """Minutes ever played of what is being played."""

    @property
    def online(self) -> bool | None:
        """Whether the person is there; None if that is not known."""
        return is_online(self) if self.presence in _TELLING else None

    @property
    def game(self) -> Playing | None:
        """The game that is being played."""
        return self.playing if self.playing and self.playing.game else None

    @property
    def status(self) -> str | None:
        """What the person does in one line; `online`, `away` or `offline` if that is all."""
        if self.playing is None:
            return None if self.online is None else self.presence.lower()
        told = (self.playing.name, self.playing.rich_presence)
        return " - ".join(filter(None, told)) or self.presence.lower()


def is_online(person: Person) -> bool:
    """Whether a person is there, away from the controller or not."""
    return person.presence in _ONLINE


def there(record: PresenceRecord | None) -> bool:
    """Whether a record says that its person is online."""
    return record is not None and record.state in _ONLINE


def tells(record: PresenceRecord | None) -> TypeGuard[PresenceRecord]:
    """Whether there is a record, and it says if its person is online."""
    return record is not None and record.state in _TELLING


def is_played(title_id: str) -> bool:
    """Whether a title is more than a screen to get to others."""
    return title_id not in _NOT_PLAYED


def in_front(record: PresenceRecord | None) -> Iterator[Front]:
    """What somebody plays or uses, device by device; home and its like are not that."""
    if record is None or not there(record):
        return
    for device in record.devices:
        for title in device.titles:
            if (
                title.id
                and is_played(title.id)
                and title.placement != Placement.BACKGROUND
                and title.state in (TitleState.ACTIVE, None)
            ):
                yield Front(
                    title_id=title.id,
                    name=title.name or None,
                    device=device.type or "",
                    rich_presence=title.activity.rich_presence
                    if title.activity
                    else None,
                    since=title.last_modified,
                )


def playing(
    record: PresenceRecord | None,
    known: Callable[[str], Known],
    shown: str | None = None,
) -> Playing | None:
    """What somebody plays, a game before an app, the title that is `shown` before others.

    `known` tells what is known of a title by its id.
    """
    everything = (_playing(front, known(front.title_id)) for front in in_front(record))
    return min(
        everything,
        # The order of the devices means nothing: it varies from answer to answer.
        key=lambda one: (not one.game, one.title_id != shown, one.platform),
        default=None,
    )


def _playing(front: Front, known: Known) -> Playing:
    title = known.title or Title(title_id=front.title_id)
    detail, achieved = title.detail, known.progress or TitleAchievement()
    # Progress of a title without Gamerscore is not told.
    scored = bool(achieved.total_gamerscore)
    return Playing(
        title_id=front.title_id,
        name=known.name or front.name,
        platform=_PLATFORMS.get(front.device, front.device),
        game=known.game is True,
        rich_presence=front.rich_presence,
        since=front.since,
        product_id=title.product_id,
        game_pass=title.game_pass.is_game_pass if title.game_pass else None,
        description=detail.short_description or detail.description if detail else None,
        genres=detail.genres if detail else (),
        achievements=achieved.current_achievements if scored else None,
        # 0 is what the service says where it does not count.
        total_achievements=achieved.total_achievements or known.total,
        gamerscore=achieved.current_gamerscore if scored else None,
        total_gamerscore=achieved.total_gamerscore or None,
        progress=achieved.progress_percentage if scored else None,
        picture=title.display_image
        or next((image.url for image in title.images if image.url), None),
    )


def name_of(profile: Profile | None) -> str | None:
    """What a person is called."""
    if profile is None:
        return None
    return profile.gamertag or profile.unique_modern_gamertag
