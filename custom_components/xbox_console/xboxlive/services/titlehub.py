"""What people have played, and what a title is (titlehub.xboxlive.com)."""

from collections.abc import Iterable
from string.templatelib import Template

from ..model import Items, Json, Link, Model, Moment, OpenEnum, to_pascal
from ..service import ServiceClient
from ..session import Service
from .people import Person, TitleHistory


class TitleField(OpenEnum):
    """What to tell of each title beyond its name."""

    SCID = "scid"
    ACHIEVEMENT = "achievement"
    STATS = "stats"
    GAME_PASS = "gamepass"
    IMAGE = "image"
    DETAIL = "detail"
    FRIENDS_WHO_PLAYED = "friendswhoplayed"
    ALTERNATE_TITLE_ID = "alternateTitleId"
    PRODUCT_ID = "productId"
    CONTENT_BOARD = "contentBoard"


USUAL = (TitleField.ACHIEVEMENT, TitleField.IMAGE, TitleField.SCID)
EVERYTHING = (
    TitleField.ACHIEVEMENT,
    TitleField.ALTERNATE_TITLE_ID,
    TitleField.DETAIL,
    TitleField.IMAGE,
    TitleField.SCID,
    TitleField.STATS,
    TitleField.GAME_PASS,
    TitleField.PRODUCT_ID,
)


class TitleType(OpenEnum):
    """Whether a title is played or used."""

    GAME = "Game"
    APPLICATION = "Application"


class TitleAchievement(Model):
    """Progress in a title; `total_achievements` is 0 for titles of Xbox One and later."""

    current_achievements: int | None = None
    total_achievements: int | None = None
    current_gamerscore: int | None = None
    total_gamerscore: int | None = None
    progress_percentage: float | None = None
    source_version: int | None = None


class TitleStats(Model):
    """From which generation of the service the statistics of a title come."""

    source_version: int | None = None


class GamePass(Model):
    """Whether a title is in Game Pass."""

    is_game_pass: bool | None = None


class TitleImage(Model):
    """A picture; `type` is BoxArt, Poster, Tile, Logo, Screenshot …."""

    url: Link = None
    type: str | None = None


class Attribute(Model):
    """Something that a title can do, such as playing together, with how many it does it."""

    name: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    applicable_platforms: tuple[str, ...] = ()


class Availability(Model, names=to_pascal):
    """A way in which the Store offers a title."""

    availability_id: str | None = None
    sku_id: str | None = None
    actions: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


class TitleDetail(Model):
    """What the Store says of a title."""

    attributes: Items[Attribute] = ()
    availabilities: Items[Availability] = ()
    capabilities: tuple[str, ...] = ()
    description: str | None = None
    short_description: str | None = None
    developer_name: str | None = None
    publisher_name: str | None = None
    genres: tuple[str, ...] = ()
    min_age: int | None = None
    release_date: Moment = None
    vui_display_name: str | None = None
    xbox_live_gold_required: bool | None = None


class FriendsWhoPlayed(Model):
    """Who of the friends played a title."""

    people: Items[Person] = ()
    currently_playing_count: int | None = None
    have_played_count: int | None = None


class Title(Model):
    """A game or app; fields that were not asked for are None."""

    title_id: str
    name: str | None = None
    type: TitleType | None = None
    pfn: str | None = None
    bing_id: str | None = None
    windows_phone_product_id: str | None = None
    service_config_id: str | None = None
    product_id: str | None = None
    modern_title_id: str | None = None
    alternate_title_ids: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    display_image: Link = None
    media_item_type: str | None = None
    is_bundle: bool | None = None
    is_streamable: bool | None = None
    xbox_live_tier: str | None = None
    achievement: TitleAchievement | None = None
    stats: TitleStats | None = None
    game_pass: GamePass | None = None
    content_boards: Json = None
    images: Items[TitleImage] = ()
    friends_who_played: FriendsWhoPlayed | None = None
    title_history: TitleHistory | None = None
    detail: TitleDetail | None = None


class TitleList(Model):
    """Titles, and whose history they are."""

    xuid: str | None = None
    titles: Items[Title]


class Titlehub(ServiceClient):
    """What people have played, and what a title is."""

    _service = Service(
        "titlehub.xboxlive.com",
        contract=2,
        headers={
            "x-xbl-client-name": "XboxApp",
            "x-xbl-client-type": "UWA",
            "x-xbl-client-version": "39.39.22001.0",
        },
    )

    async def history(
        self, xuid: str, fields: Iterable[TitleField] = USUAL, limit: int = 100
    ) -> tuple[Title, ...]:
        """What a person played, the latest first."""
        return await self._titles(xuid, t"titlehistory", fields, maxItems=limit)

    async def title(
        self, xuid: str, title_id: str, fields: Iterable[TitleField] = EVERYTHING
    ) -> tuple[Title, ...]:
        """One title as a person has it. Raises NotFound if they do not."""
        return await self._titles(xuid, t"titleid({title_id})", fields)

    async def own_title(
        self, title_id: str, fields: Iterable[TitleField] = EVERYTHING
    ) -> tuple[Title, ...]:
        """One title as the account has it. Raises NotFound if it does not."""
        return await self.title(await self._session.xuid(), title_id, fields)

    async def own_title_of_package(
        self, package_family_name: str, fields: Iterable[TitleField] = EVERYTHING
    ) -> tuple[Title, ...]:
        """One title as the account has it, by package. Raises NotFound if it does not."""
        xuid = await self._session.xuid()
        return await self.title_of_package(xuid, package_family_name, fields)

    async def title_of_package(
        self,
        xuid: str,
        package_family_name: str,
        fields: Iterable[TitleField] = EVERYTHING,
    ) -> tuple[Title, ...]:
        """One title as a person has it, by package. Raises NotFound if they do not."""
        return await self._titles(xuid, t"pfn({package_family_name})", fields)

    async def batch(
        self,
        package_family_names: Iterable[str],
        fields: Iterable[TitleField] = EVERYTHING,
    ) -> tuple[Title, ...]:
        """Many titles by package, with nobody's history."""
        question: Json = {"pfns": [*package_family_names], "windowsPhoneProductIds": []}
        path = t"/titles/batch/decoration/{','.join(fields)}"
        return (await self._ask(path, question, TitleList)).titles

    async def batch_by_id(
        self, title_ids: Iterable[str], fields: Iterable[TitleField] = EVERYTHING
    ) -> tuple[Title, ...]:
        """Many titles by id, with nobody's history; unknown ones are left out."""
        question: Json = {"pfns": [], "titleIds": [*title_ids]}
        path = t"/titles/storeBatch/decoration/{','.join(fields)}"
        return (await self._ask(path, question, TitleList)).titles

    async def _titles(
        self, xuid: str, which: Template, fields: Iterable[TitleField], **query: int
    ) -> tuple[Title, ...]:
        path = t"/users/xuid({xuid})/titles/{which}/decoration/{','.join(fields)}"
        return (await self._get(path, TitleList, **query)).titles
