"""An achievement that somebody unlocked, whichever generation of games it belongs to. Pure."""

from dataclasses import dataclass
from datetime import datetime

from ..xboxlive.services.achievements import Achievement, Achievement360

UNLOCKED = "unlocked"
"""The event that tells of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """What is told of an unlocked achievement; `rarity` is the percentage of players who have it."""

    key: tuple[str, str]
    """Which achievement: of which game, which one."""
    at: datetime | None
    name: str
    description: str | None
    gamerscore: int
    rarity: float | None
    game: str | None
    picture: str | None = None

    @classmethod
    def of(cls, achievement: Achievement | Achievement360, game: str | None) -> Unlock:
        """Read an achievement as the service sends it; `game` is the name if it does not tell."""
        share = achievement.rarity
        rarity = share.current_percentage if share else None
        if isinstance(achievement, Achievement360):
            return cls(
                key=(achievement.title_id or "", achievement.id),
                at=achievement.time_unlocked,
                name=achievement.name or "",
                description=achievement.description,
                gamerscore=achievement.gamerscore or 0,
                rarity=rarity,
                game=game,
            )
        named = next((title.name for title in achievement.title_associations), None)
        pictures = (media.url for media in achievement.media_assets if media.url)
        progression = achievement.progression
        return cls(
            key=(achievement.service_config_id or "", achievement.id),
            at=progression.time_unlocked if progression else None,
            name=achievement.name or "",
            description=achievement.description,
            gamerscore=achievement.gamerscore,
            rarity=rarity,
            game=named or game,
            picture=next(pictures, None),
        )
