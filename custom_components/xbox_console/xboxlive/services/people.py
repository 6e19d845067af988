"""Friends and other people (peoplehub.xboxlive.com)."""

from collections.abc import Iterable
from string.templatelib import Template

from ..model import Items, Json, Link, Model, Moment, OpenEnum, to_pascal
from ..ratelimit import fine_grained
from ..service import ServiceClient
from ..session import Service


class Decoration(OpenEnum):
    """What to tell of each person beyond the plain profile."""

    SUGGESTION = "suggestion"
    RECENT_PLAYER = "recentPlayer"
    FOLLOWER = "follower"
    PREFERRED_COLOR = "preferredColor"
    DETAIL = "detail"
    MULTIPLAYER_SUMMARY = "multiplayerSummary"
    PRESENCE_DETAIL = "presenceDetail"
    TITLE_PRESENCE = "titlePresence"
    TITLE_SUMMARY = "titleSummary"
    PRESENCE_TITLE_IDS = "presenceTitleIds"
    COMMUNITY_MANAGER_TITLES = "communityManagerTitles"
    SOCIAL_MANAGER = "socialManager"
    BROADCAST = "broadcast"
    TOURNAMENT_SUMMARY = "tournamentSummary"
    AVATAR = "avatar"


USUAL = (
    Decoration.PREFERRED_COLOR,
    Decoration.DETAIL,
    Decoration.MULTIPLAYER_SUMMARY,
    Decoration.PRESENCE_DETAIL,
)


class PresenceDetailState(OpenEnum):
    """Whether a person is on that device or was last seen there."""

    ACTIVE = "Active"
    LAST_SEEN = "LastSeen"


class Suggestion(Model, names=to_pascal):
    """Why a person is suggested."""

    type: str | None = None
    priority: int | None = None
    reasons: str | None = None
    title_id: str | None = None


class Recommendation(Model, names=to_pascal):
    """Why a person is recommended."""

    type: str | None = None
    reasons: tuple[str, ...] = ()


class SessionRef(Model):
    """A multiplayer session: of which service configuration, made from which template."""

    scid: str | None = None
    template_name: str | None = None
    name: str | None = None


class PartyDetails(Model):
    """A party that a person is in."""

    session_ref: SessionRef | None = None
    status: str | None = None
    visibility: str | None = None
    join_restriction: str | None = None
    accepted: int | None = None


class MultiplayerSummary(Model):
    """How many sessions and parties a person is in."""

    in_multiplayer_session: int | None = None
    in_party: int | None = None
    joinable_activities: tuple[Json, ...] = ()
    party_details: Items[PartyDetails] = ()


class RecentPlayer(Model):
    """Where the account met a person."""

    titles: tuple[Json, ...] = ()
    text: str | None = None


class Follower(Model):
    """Since when a person follows the account."""

    text: str | None = None
    followed_date_time: Moment = None
    followed_date_time_utc: Moment = None


class PreferredColor(Model):
    """Six hexadecimal digits each."""

    primary_color: str | None = None
    secondary_color: str | None = None
    tertiary_color: str | None = None


class PresenceDetail(Model, names=to_pascal):
    """What a person does, or last did, on a device; texts are in the language of the request."""

    device: str | None = None
    device_sub_type: str | None = None
    state: PresenceDetailState | None = None
    title_id: str | None = None
    title_type: str | None = None
    presence_text: str | None = None
    rich_presence_text: str | None = None
    gameplay_type: str | None = None
    is_primary: bool | None = None
    is_game: bool | None = None
    is_broadcasting: bool | None = None


class TitlePresence(Model, names=to_pascal):
    """Whether a person plays the title of the caller."""

    is_currently_playing: bool | None = None
    presence_text: str | None = None
    title_name: str | None = None
    title_id: str | None = None


class TitleHistory(Model):
    """When a title was played; the people service says which one, too."""

    last_time_played: Moment = None
    visible: bool | None = None
    can_hide: bool | None = None
    title_id: str | None = None
    title_name: str | None = None


class SocialManager(Model):
    """What a person manages on behalf of titles."""

    title_ids: tuple[str, ...] = ()
    pages: tuple[Json, ...] = ()


class Avatar(Model):
    """The figure of a person."""

    update_time_offset: Moment = None
    spritesheet_metadata: Json = None


class PersonDetail(Model):
    """More about a person, and how they stand to the account; `tenure` in years."""

    account_tier: str | None = None
    bio: str | None = None
    location: str | None = None
    tenure: int | None = None
    watermarks: tuple[str, ...] = ()
    is_verified: bool | None = None
    blocked: bool | None = None
    mute: bool | None = None
    follower_count: int | None = None
    following_count: int | None = None
    friend_count: int | None = None
    has_game_pass: bool | None = None
    can_be_friended: bool | None = None
    can_be_followed: bool | None = None
    is_favorite: bool | None = None
    is_friend: bool | None = None
    is_friend_list_shared: bool | None = None
    is_friend_request_received: bool | None = None
    is_friend_request_sent: bool | None = None
    is_following_caller: bool | None = None
    is_followed_by_caller: bool | None = None


class LinkedAccount(Model):
    """An account on another network."""

    network_name: str | None = None
    display_name: str | None = None
    show_on_profile: bool | None = None
    is_family_friendly: bool | None = None


class Person(Model):
    """A person as the account may see them; decorations that were not asked for are None.

    What nobody has ever seen filled is kept as it comes.
    """

    xuid: str
    gamertag: str | None = None
    modern_gamertag: str | None = None
    modern_gamertag_suffix: str | None = None
    unique_modern_gamertag: str | None = None
    display_name: str | None = None
    real_name: str | None = None
    display_pic_raw: Link = None
    show_user_as_avatar: str | None = None
    is_xbox_360_gamerpic: bool | None = None
    color_theme: str | None = None
    preferred_flag: str | None = None
    preferred_platforms: tuple[Json, ...] = ()
    gamer_score: int | None = None
    xbox_one_rep: str | None = None
    presence_state: str | None = None
    presence_text: str | None = None
    presence_devices: Json = None
    last_seen_date_time_utc: Moment = None
    added_date_time_utc: Moment = None
    friended_date_time_utc: Moment = None
    is_favorite: bool | None = None
    is_friend: bool | None = None
    is_friend_request_received: bool | None = None
    is_friend_request_sent: bool | None = None
    is_following_caller: bool | None = None
    is_followed_by_caller: bool | None = None
    is_broadcasting: bool | None = None
    is_cloaked: bool | None = None
    is_identity_shared: bool | None = None
    is_quarantined: bool | None = None
    suggestion: Suggestion | None = None
    recommendation: Recommendation | None = None
    search: Json = None
    title_history: TitleHistory | None = None
    title_summaries: Json = None
    community_manager_titles: Json = None
    social_manager: SocialManager | None = None
    broadcast: tuple[Json, ...] = ()
    tournament_summary: Json = None
    avatar: Avatar | None = None
    multiplayer_summary: MultiplayerSummary | None = None
    recent_player: RecentPlayer | None = None
    follower: Follower | None = None
    preferred_color: PreferredColor | None = None
    presence_details: Items[PresenceDetail] = ()
    title_presence: TitlePresence | None = None
    presence_title_ids: tuple[str, ...] = ()
    detail: PersonDetail | None = None
    linked_accounts: Items[LinkedAccount] = ()


class RecommendationSummary(Model):
    """How many people are recommended for which reason."""

    friend_of_friend: int | None = None
    facebook_friend: int | None = None
    phone_contact: int | None = None
    follower: int | None = None
    vip: int | None = None
    steam_friend: int | None = None
    promote_suggestions: bool | None = None
    community_suggestion: int | None = None


class FriendFinderState(Model):
    """For each other network whether friends are looked for there, and whether that can be done."""

    discord_opt_in_status: str | None = None
    discord_token_status: str | None = None
    facebook_opt_in_status: str | None = None
    facebook_token_status: str | None = None
    instagram_opt_in_status: str | None = None
    instagram_token_status: str | None = None
    mixer_opt_in_status: str | None = None
    mixer_token_status: str | None = None
    phone_opt_in_status: str | None = None
    phone_token_status: str | None = None
    reddit_opt_in_status: str | None = None
    reddit_token_status: str | None = None
    steam_opt_in_status: str | None = None
    steam_token_status: str | None = None
    twitch_opt_in_status: str | None = None
    twitch_token_status: str | None = None
    twitter_opt_in_status: str | None = None
    twitter_token_status: str | None = None
    you_tube_opt_in_status: str | None = None
    you_tube_token_status: str | None = None


class FriendRequestSummary(Model):
    """How many friend requests wait."""

    friend_requests_received_count: int | None = None


class PeopleList(Model):
    """People, with what the service says of the list."""

    people: Items[Person]
    recommendation_summary: RecommendationSummary | None = None
    friend_finder_state: FriendFinderState | None = None
    friend_request_summary: FriendRequestSummary | None = None


class People(ServiceClient):
    """Friends and other people, each with the decorations that are asked for."""

    _service = Service(
        "peoplehub.xboxlive.com", contract=7, windows=fine_grained(10, 30)
    )

    async def friends(self, decorations: Iterable[Decoration] = USUAL) -> PeopleList:
        """The friends of the account."""
        return await self._people(t"/users/me/people/friends", decorations)

    async def friends_of(
        self, xuid: str, decorations: Iterable[Decoration] = USUAL
    ) -> PeopleList:
        """The friends of someone else, if they share their list."""
        return await self._people(t"/users/xuid({xuid})/people/friends", decorations)

    async def by_xuid(
        self, *xuids: str, decorations: Iterable[Decoration] = USUAL
    ) -> PeopleList:
        """A few people, friends or not."""
        people = t"/users/me/people/xuids({','.join(xuids)})"
        return await self._people(people, decorations)

    async def batch(
        self, xuids: Iterable[str], decorations: Iterable[Decoration] = USUAL
    ) -> PeopleList:
        """Many people in one request."""
        path = t"/users/me/people/batch/decoration/{','.join(decorations)}"
        return await self._ask(path, {"xuids": [*xuids]}, PeopleList)

    async def recommendations(
        self, decorations: Iterable[Decoration] = (Decoration.DETAIL,)
    ) -> PeopleList:
        """People whom the account may know."""
        return await self._people(t"/users/me/people/recommendations", decorations)

    async def recent_players(self) -> PeopleList:
        """People with whom the account played lately."""
        return await self._get(t"/users/me/people/recentplayers", PeopleList)

    async def _people(
        self, people: Template, decorations: Iterable[Decoration]
    ) -> PeopleList:
        path = t"{people}/decoration/{','.join(decorations)}"
        return await self._get(path, PeopleList)
