"""Achievements that somebody unlocked, whichever generation of games they belong to. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from ..account.watching import KeptPeriods, Watching
from ..xboxlive.services.achievements import Achievement, Achievement360

UNLOCKED = "unlocked"
"""The event that tells of one."""
_MOST_TOLD = 200
"""More than the services tell at a time."""

type NameOf = Callable[[str | None], str | None]
"""What a title is called, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What is told of an unlocked achievement; `rarity` is the percentage of players who have it."""

    key: str
    """Which achievement: of which game, which one."""
    at: datetime | None
    """When, as the network says."""
    name: str | None
    description: str | None
    gamerscore: int
    rarity: float | None
    title_id: str | None = None
    game: str | None
    picture: str | None = None

    @classmethod
    def of(cls, achievement: Achievement | Achievement360, name_of: NameOf) -> Unlock:
        """Read an achievement as the service sends it; `name_of` names games where it does not."""
        share = achievement.rarity
        rarity = share.current_percentage if share else None
        if isinstance(achievement, Achievement360):
            return cls(
                key=f"{achievement.title_id or ''} {achievement.id}",
                at=achievement.time_unlocked,
                name=achievement.name,
                description=achievement.description,
                gamerscore=achievement.gamerscore or 0,
                rarity=rarity,
                title_id=achievement.title_id,
                game=name_of(achievement.title_id),
            )
        belongs_to = next(iter(achievement.title_associations), None)
        title_id = belongs_to.id if belongs_to else None
        pictures = (media.url for media in achievement.media_assets if media.url)
        progression = achievement.progression
        return cls(
            key=f"{achievement.service_config_id or ''} {achievement.id}",
            at=progression.time_unlocked if progression else None,
            name=achievement.name,
            description=achievement.description,
            gamerscore=achievement.gamerscore,
            rarity=rarity,
            title_id=title_id,
            game=(belongs_to and belongs_to.name) or name_of(title_id),
            picture=next(pictures, None),
        )


class KeptUnlocks(TypedDict):
    """What is kept over a restart: periods watched, and the keys of what was told."""

    watched: KeptPeriods
    told: list[str]


class Unlocks:
    """Tells each unlock of a person once, whenever it is noticed.

    News is what was unlocked while somebody watched, in this run or an earlier one; never what
    happened before or in between. All times are the network's.
    """

    def __init__(self) -> None:
        """Start without having watched."""
        self._watching = Watching()
        self._told: dict[str, None] = {}

    def restore(self, kept: KeptUnlocks) -> None:
        """Go on from where an earlier run ended. Raises ValueError."""
        self._told = dict.fromkeys(kept["told"])
        self._watching.restore(kept["watched"])

    def kept(self, now: datetime) -> KeptUnlocks:
        """What is to be kept."""
        if self._watching.watching:
            self._watching.watch(now, now)
        watched = self._watching.kept("milliseconds")
        return KeptUnlocks(watched=watched, told=[*self._told])

    def watch(self, since: datetime, now: datetime) -> None:
        """Watch until now; `since` is when this run began to."""
        self._watching.watch(since, now)

    def is_news(self, unlock: Unlock) -> bool:
        """Whether something was unlocked while somebody watched, and was not told."""
        if unlock.at is None or unlock.key in self._told:
            return False
        return self._watching.covers(unlock.at)

    def news(self, unlocks: Iterable[Unlock]) -> list[Unlock]:
        """Those that are told now, in the order in which they happened."""
        new = {unlock.key: unlock for unlock in unlocks if self.is_news(unlock)}
        told = [*self._told, *new]
        self._told = dict.fromkeys(told[-_MOST_TOLD:])
        return sorted(new.values(), key=lambda unlock: (unlock.at is None, unlock.at))
