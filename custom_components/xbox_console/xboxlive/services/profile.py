"""What people show of themselves (profile.xboxlive.com)."""

from collections.abc import Iterable
from string.templatelib import Template
from typing import Final

from ..errors import GamertagNotFound
from ..hosts import secure
from ..model import Items, Json, Model, OpenEnum
from ..ratelimit import fine_grained
from ..service import ServiceClient, missing, only
from ..session import Service


class Setting(OpenEnum):
    """Something that a profile can hold; all values are text."""

    GAME_DISPLAY_NAME = "GameDisplayName"
    APP_DISPLAY_NAME = "AppDisplayName"
    APP_DISPLAY_PIC_RAW = "AppDisplayPicRaw"
    GAME_DISPLAY_PIC_RAW = "GameDisplayPicRaw"
    PUBLIC_GAMERPIC = "PublicGamerpic"
    SHOW_USER_AS_AVATAR = "ShowUserAsAvatar"
    GAMERSCORE = "Gamerscore"
    GAMERTAG = "Gamertag"
    MODERN_GAMERTAG = "ModernGamertag"
    MODERN_GAMERTAG_SUFFIX = "ModernGamertagSuffix"
    UNIQUE_MODERN_GAMERTAG = "UniqueModernGamertag"
    ACCOUNT_TIER = "AccountTier"
    TENURE_LEVEL = "TenureLevel"
    XBOX_ONE_REP = "XboxOneRep"
    PREFERRED_COLOR = "PreferredColor"
    LOCATION = "Location"
    BIO = "Bio"
    WATERMARKS = "Watermarks"
    REAL_NAME = "RealName"
    REAL_NAME_OVERRIDE = "RealNameOverride"
    IS_QUARANTINED = "IsQuarantined"


EVERYTHING: Final = tuple(Setting)


class ProfileSetting(Model):
    """One thing that a profile holds."""

    id: Setting
    value: str | None = None


class Profile(Model):
    """A person's profile; `id` is the XUID."""

    id: str
    host_id: str | None = None
    settings: Items[ProfileSetting] = ()
    is_sponsored_user: bool | None = None

    def get(self, setting: Setting) -> str | None:
        """A value, if it was asked for and the person shows it."""
        return next((each.value for each in self.settings if each.id == setting), None)

    @property
    def gamertag(self) -> str | None:
        """The modern gamertag with its number where there is one."""
        return self.get(Setting.UNIQUE_MODERN_GAMERTAG) or self.get(Setting.GAMERTAG)

    @property
    def gamerscore(self) -> int | None:
        """Points of all titles."""
        sent = self.get(Setting.GAMERSCORE)
        return int(sent) if sent and sent.isdecimal() else None

    @property
    def picture(self) -> str | None:
        """Address of the gamer picture."""
        return (sent := self.get(Setting.GAME_DISPLAY_PIC_RAW)) and secure(sent)


class ProfileList(Model):
    """Profiles."""

    profile_users: Items[Profile]


class Profiles(ServiceClient):
    """What people show of themselves. Raises GamertagNotFound for an unknown gamertag or XUID."""

    _service = Service("profile.xboxlive.com", contract=3, windows=fine_grained(10, 30))

    async def own(self, settings: Iterable[Setting] = EVERYTHING) -> Profile:
        """The profile of the account itself."""
        return await self._one(t"me", settings)

    async def of(self, xuid: str, settings: Iterable[Setting] = EVERYTHING) -> Profile:
        """The profile of a person."""
        return await self._one(t"xuid({xuid})", settings)

    async def of_gamertag(
        self, gamertag: str, settings: Iterable[Setting] = EVERYTHING
    ) -> Profile:
        """The profile of a person, by gamertag."""
        return await self._one(t"gt({gamertag})", settings)

    async def batch(
        self, xuids: Iterable[str], settings: Iterable[Setting] = EVERYTHING
    ) -> tuple[Profile, ...]:
        """The profiles of many people in one request."""
        question: Json = {"settings": [*settings], "userIds": [*xuids]}
        path = t"/users/batch/profile/settings"
        return (await self._ask(path, question, ProfileList)).profile_users

    async def _one(self, person: Template, settings: Iterable[Setting]) -> Profile:
        path = t"/users/{person}/profile/settings"
        with missing(GamertagNotFound, "There is no such player"):
            found = await self._get(path, ProfileList, settings=",".join(settings))
            return only(found.profile_users)
