"""Counts of friends and followers, and how people stand to the account (social.xboxlive.com)."""

from ..errors import GamertagNotFound
from ..model import Model, OpenEnum
from ..ratelimit import fine_grained
from ..service import ServiceClient, missing
from ..session import Service


class FriendStatus(OpenEnum):
    """How two people stand to each other, as Xbox 360 saw it."""

    NONE = "None"
    MUTUALLY_ACCEPTED = "MutuallyAccepted"
    OUTGOING_REQUEST = "OutgoingRequest"
    INCOMING_REQUEST = "IncomingRequest"


class SocialSummary(Model):
    """Counts, and how a person stands to the account; the last three only of the account itself."""

    target_following_count: int | None = None
    target_follower_count: int | None = None
    is_friend: bool | None = None
    is_caller_following_target: bool | None = None
    is_target_following_caller: bool | None = None
    has_caller_marked_target_as_favorite: bool | None = None
    has_caller_marked_target_as_identity_shared: bool | None = None
    legacy_friend_status: FriendStatus | None = None
    available_people_slots: int | None = None
    recent_change_count: int | None = None
    watermark: str | None = None


class Social(ServiceClient):
    """Counts of friends and followers."""

    _service = Service("social.xboxlive.com", contract=2, windows=fine_grained(10, 30))

    async def own(self) -> SocialSummary:
        """The counts of the account itself."""
        return await self._get(t"/users/me/summary", SocialSummary)

    async def of(self, xuid: str) -> SocialSummary:
        """The counts of a person."""
        return await self._get(t"/users/xuid({xuid})/summary", SocialSummary)

    async def of_gamertag(self, gamertag: str) -> SocialSummary:
        """The counts of a person, by gamertag. Raises GamertagNotFound."""
        with missing(GamertagNotFound, "There is no such player"):
            return await self._get(t"/users/gt({gamertag})/summary", SocialSummary)
