"""What people have achieved in titles (achievements.xboxlive.com)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Final

from ..conversion import After
from ..model import Items, Link, Model, Moment, OpenEnum, called
from ..ratelimit import fine_grained
from ..service import Page, ServiceClient, only
from ..session import Service

_NEVER_360: Final = datetime(2002, 11, 15, tzinfo=UTC)

type Unlocked = Annotated[
    Moment, After(lambda moment: None if moment == _NEVER_360 else moment)
]
"""When something was unlocked; Xbox 360 means never by its own first day."""


class ProgressState(OpenEnum):
    """How far a person has come with an achievement."""

    ACHIEVED = "Achieved"
    IN_PROGRESS = "InProgress"
    NOT_STARTED = "NotStarted"


class RarityCategory(OpenEnum):
    """How few have it."""

    UNSET = "Unset"
    RARE = "Rare"
    COMMON = "Common"


class Rarity(Model):
    """How many of the players have an achievement, in percent."""

    current_category: RarityCategory | None = None
    current_percentage: float | None = None


class TitleAssociation(Model):
    """A title that an achievement belongs to."""

    id: str | None = None
    name: str | None = None


class Requirement(Model):
    """What is to be done, and how much of it is."""

    id: str | None = None
    current: str | None = None
    target: str | None = None
    value_type: str | None = None


class Progression(Model):
    """How far a person has come; never unlocked is None."""

    requirements: Items[Requirement] = ()
    time_unlocked: Unlocked = None


class MediaAsset(Model):
    """A picture of an achievement."""

    name: str | None = None
    type: str | None = None
    url: Link = None


class Reward(Model):
    """What an achievement brings, such as Gamerscore."""

    name: str | None = None
    description: str | None = None
    value: str | None = None
    type: str | None = None
    value_type: str | None = None


class Achievement(Model):
    """An achievement of a title for Xbox One or later, as a person stands to it."""

    id: str
    service_config_id: str | None = None
    name: str | None = None
    description: str | None = None
    locked_description: str | None = None
    title_associations: Items[TitleAssociation] = ()
    progress_state: ProgressState | None = None
    progression: Progression | None = None
    rarity: Rarity | None = None
    rewards: Items[Reward] = ()
    media_assets: Items[MediaAsset] = ()
    platforms: tuple[str, ...] = ()
    is_secret: bool | None = None
    is_revoked: bool | None = None
    product_id: str | None = None
    achievement_type: str | None = None

    @property
    def unlocked(self) -> bool:
        """Whether the person has it."""
        return self.progress_state == ProgressState.ACHIEVED

    @property
    def gamerscore(self) -> int:
        """Points that it brings."""
        points = (each.value for each in self.rewards if each.type == "Gamerscore")
        return sum(int(value) for value in points if value and value.isdecimal())


class Achievement360(Model):
    """An achievement of a title for Xbox 360."""

    id: str
    title_id: str | None = None
    name: str | None = None
    description: str | None = None
    locked_description: str | None = None
    gamerscore: int | None = None
    unlocked: bool | None = None
    unlocked_online: bool | None = None
    time_unlocked: Unlocked = None
    rarity: Rarity | None = None
    is_secret: bool | None = None
    is_revoked: bool | None = None
    platform: int | None = None
    type: int | None = None


class TitleProgress(Model):
    """How far a person has come in a title for Xbox One or later."""

    title_id: str
    name: str | None = None
    service_config_id: str | None = None
    title_type: str | None = None
    platform: str | None = None
    last_unlock: Moment = None
    earned_achievements: int | None = None
    current_gamerscore: int | None = None
    max_gamerscore: int | None = None


class TitleProgress360(Model):
    """How far a person has come in a title for Xbox 360."""

    title_id: str
    name: str | None = None
    title_type: int | None = None
    platforms: tuple[int, ...] = ()
    last_played: Moment = None
    current_achievements: int | None = None
    current_gamerscore: int | None = None
    total_achievements: int | None = None
    total_gamerscore: int | None = None


class AchievementPage(Page[Achievement], names=called(items="achievements")):
    """Achievements for Xbox One and later."""

    items: Items[Achievement]


class AchievementPage360(Page[Achievement360], names=called(items="achievements")):
    """Achievements for Xbox 360."""

    items: Items[Achievement360]


class ProgressPage(Page[TitleProgress], names=called(items="titles")):
    """Titles for Xbox One and later."""

    items: Items[TitleProgress]


class ProgressPage360(Page[TitleProgress360], names=called(items="titles")):
    """Titles for Xbox 360."""

    items: Items[TitleProgress360]


class _Generation[AchievementT, ProgressT](ServiceClient):
    """What both generations are asked alike; the service tells them apart by the contract."""

    _page: type[Page[AchievementT]]
    _titles: type[Page[ProgressT]]

    def latest(
        self, xuid: str, limit: int | None = 32, page_size: int | None = None
    ) -> AsyncIterator[AchievementT]:
        """What a person unlocked, the latest first; in one page unless its size is given."""
        return self._list(
            t"/users/xuid({xuid})/achievements",
            self._page,
            limit,
            unlockedOnly=True,
            orderBy="UnlockTime",
            maxItems=page_size or limit or 100,
        )

    def progress(
        self, xuid: str, page_size: int = 32, limit: int | None = None
    ) -> AsyncIterator[ProgressT]:
        """The titles that a person played, the latest first."""
        path = t"/users/xuid({xuid})/history/titles"
        return self._list(path, self._titles, limit, maxItems=page_size)


class Achievements(_Generation[Achievement, TitleProgress]):
    """Achievements for Xbox One and later, with how rare they are."""

    _service = Service(
        "achievements.xboxlive.com", contract=4, windows=fine_grained(100, 300)
    )
    _page = AchievementPage
    _titles = ProgressPage

    def of_title(
        self, xuid: str, title_id: str, page_size: int = 100, limit: int | None = None
    ) -> AsyncIterator[Achievement]:
        """All achievements of a title, as a person stands to them."""
        path = t"/users/xuid({xuid})/achievements"
        return self._list(
            path, AchievementPage, limit, titleId=title_id, maxItems=page_size
        )

    async def total(self, xuid: str, title_id: str) -> int:
        """How many achievements a title has; 0 if that is not told."""
        page = await self._get(
            t"/users/xuid({xuid})/achievements",
            AchievementPage,
            titleId=title_id,
            maxItems=1,
        )
        return (page.paging_info and page.paging_info.total_records) or 0

    async def one(self, xuid: str, scid: str, achievement_id: str) -> Achievement:
        """One achievement. Raises NotFound."""
        path = t"/users/xuid({xuid})/achievements/{scid}/{achievement_id}"
        return only((await self._get(path, AchievementPage)).items)


class Achievements360(_Generation[Achievement360, TitleProgress360]):
    """Achievements for Xbox 360."""

    _service = replace(Achievements._service, contract=3)  # noqa: SLF001 - the same service
    _page = AchievementPage360
    _titles = ProgressPage360

    def of_title(
        self, xuid: str, title_id: str, limit: int | None = None
    ) -> AsyncIterator[Achievement360]:
        """All achievements of a title, as a person stands to them."""
        path = t"/users/xuid({xuid})/titleachievements"
        return self._list(path, AchievementPage360, limit, titleId=title_id)

    def earned(
        self, xuid: str, title_id: str, limit: int | None = None
    ) -> AsyncIterator[Achievement360]:
        """The achievements of a title that a person has."""
        path = t"/users/xuid({xuid})/achievements"
        return self._list(path, AchievementPage360, limit, titleId=title_id)
