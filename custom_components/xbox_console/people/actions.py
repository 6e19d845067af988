"""Actions about players: anybody with an Xbox profile, followed or not, as one account may see them."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonValueType
from probatio import All, Coerce, EnsureList, Length, Optional, Range, Required, Schema

from ..const import ATTR_GAME, DOMAIN
from ..games.search import words
from ..xboxlive.client import XboxLive
from ..xboxlive.services.achievements import Achievement, Achievement360
from ..xboxlive.services.people import Person
from ..xboxlive.services.profile import Profile, Setting
from ..xboxlive.services.titlehub import Title
from ..xboxlive.services.userstats import MINUTES_PLAYED, Statistic
from .coordinator import PeopleCoordinator
from .messages import write
from .players import PATIENCE, Player, about, player, players
from .state import name_of
from .unlocks import Unlock

ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_LIMIT = "limit"
ATTR_MESSAGE = "message"
ATTR_PLAYER = "player"
ATTR_PLAYERS = "players"
ATTR_STATISTICS = "statistics"
ATTR_TEXT = "text"

_XBOX_360 = "Xbox360"
_MOST = 100
_TEXT = All(cv.string, Length(min=1))
_TEXTS = All(EnsureList(), [_TEXT], Length(min=1, max=_MOST))
_LIMIT = All(Coerce(int), Range(min=1, max=_MOST))

type _Object = dict[str, JsonValueType]


async def _get_player(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    known = await player(people, call.data.get(ATTR_PLAYER))
    xbox = people.xbox
    with about(known.gamertag):
        profile = await xbox.profiles(patience=PATIENCE).of(known.xuid)
        summary = await xbox.social(patience=PATIENCE).of(known.xuid)
    return {
        **_profile(profile, known),
        "followers": summary.target_follower_count,
        "following": summary.target_following_count,
        "is_friend": summary.is_friend,
    }


def _profile(profile: Profile, known: Player) -> _Object:
    return {
        "id": known.xuid,
        "gamertag": known.gamertag,
        "modern_gamertag": profile.get(Setting.UNIQUE_MODERN_GAMERTAG),
        "gamerscore": profile.gamerscore,
        "picture": profile.picture,
        "real_name": profile.get(Setting.REAL_NAME) or None,
        "bio": profile.get(Setting.BIO) or None,
        "location": profile.get(Setting.LOCATION) or None,
        "tier": profile.get(Setting.ACCOUNT_TIER),
        "reputation": profile.get(Setting.XBOX_ONE_REP),
    }


async def _search_players(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    text: str = call.data[ATTR_TEXT]
    with about(text):
        found = await people.xbox.usersearch(patience=PATIENCE).suggest(text)
    return {
        "players": [
            {
                "id": user.id,
                "gamertag": user.gamertag,
                "picture": user.display_pic_uri,
            }
            for user in found
        ]
    }


async def _get_friends(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    service = people.xbox.people(patience=PATIENCE)
    if ATTR_PLAYER not in call.data:
        with about(people.config_entry.title):
            friends = (await service.friends()).people
    else:
        known = await player(people, call.data[ATTR_PLAYER])
        with about(known.gamertag):
            friends = (await service.friends_of(known.xuid)).people
    named = sorted(friends, key=lambda friend: (name_of(friend) or "").casefold())
    return {"friends": [_friend(friend) for friend in named]}


def _friend(friend: Person) -> _Object:
    return {
        "id": friend.xuid,
        "gamertag": name_of(friend),
        "gamerscore": friend.gamer_score,
        "picture": friend.display_pic_raw,
        "status": friend.presence_state,
        "doing": friend.presence_text,
        "last_online": _iso(friend.last_seen_date_time_utc),
        "is_favorite": friend.is_favorite,
    }


async def _titles_of(xbox: XboxLive, known: Player, limit: int) -> tuple[Title, ...]:
    with about(known.gamertag):
        return await xbox.titlehub(patience=PATIENCE).history(known.xuid, limit=limit)


async def _title(xbox: XboxLive, known: Player, game: str) -> Title:
    """A game by name or else title id, among those that somebody played: some are called a number."""
    wanted = words(game)
    played = await _titles_of(xbox, known, 1000)
    for title in played:
        if wanted and words(title.name or "") == wanted:
            return title
    for title in played:
        if game == title.title_id:
            return title
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="not_played",
        translation_placeholders={"game": game, "player": known.gamertag},
    )


async def _title_id(xbox: XboxLive, known: Player, game: str) -> str:
    """The id of a game by name; or the id itself, of a game that need not have been played."""
    try:
        return (await _title(xbox, known, game)).title_id
    except HomeAssistantError:
        if game.isdecimal():
            return game
        raise


async def _get_achievements(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    known = await player(people, call.data.get(ATTR_PLAYER))
    xbox, limit = people.xbox, call.data[ATTR_LIMIT]
    if ATTR_GAME in call.data:
        title = await _title(xbox, known, call.data[ATTR_GAME])
        found = await _of_title(xbox, known, title, limit)
    else:
        found = await _latest(xbox, known, limit)
    answer: list[JsonValueType] = [*found]
    return {"id": known.xuid, "gamertag": known.gamertag, "achievements": answer}


async def _of_title(
    xbox: XboxLive, known: Player, title: Title, limit: int
) -> list[_Object]:
    """All achievements of a game; one for Xbox 360 may run on newer consoles as well."""
    services = (
        (xbox.achievements, xbox.achievements_360)
        if _XBOX_360 in title.devices
        else (xbox.achievements,)
    )
    found: list[_Object] = []
    with about(known.gamertag):
        for service in services:
            asked = service(patience=PATIENCE).of_title(
                known.xuid, title.title_id, limit=limit
            )
            found += [_achievement(one, title.name) async for one in asked]
    return found[:limit]


async def _latest(xbox: XboxLive, known: Player, limit: int) -> list[_Object]:
    """What somebody unlocked last, on consoles of any age."""
    unlocks: list[Achievement | Achievement360] = []
    with about(known.gamertag):
        for service in (xbox.achievements, xbox.achievements_360):
            asked = service(patience=PATIENCE)
            unlocks += [one async for one in asked.latest(known.xuid, limit)]
    never = datetime.min.replace(tzinfo=UTC)
    unlocks.sort(
        key=lambda one: Unlock.of(one, lambda _: None).at or never, reverse=True
    )
    return [_achievement(one, None) for one in unlocks[:limit]]


def _achievement(one: Achievement | Achievement360, game: str | None) -> _Object:
    unlock = Unlock.of(one, lambda _: game)
    return {
        "achievement_id": one.id,
        "name": unlock.name,
        "description": unlock.description or one.locked_description,
        "game": unlock.game,
        "gamerscore": unlock.gamerscore,
        "rarity": unlock.rarity,
        "picture": unlock.picture,
        "unlocked": bool(one.unlocked),
        "unlocked_at": _iso(unlock.at),
    }


async def _get_stats(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    known = await players(people, call.data.get(ATTR_PLAYERS, [None]))
    xbox = people.xbox
    title_id = await _title_id(xbox, known[0], call.data[ATTR_GAME])
    with about(known[0].gamertag):
        answer = await xbox.userstats(patience=PATIENCE).batch(
            dict.fromkeys(one.xuid for one in known),
            title_id,
            call.data[ATTR_STATISTICS],
        )
    told: dict[str, _Object] = {one.xuid: {} for one in known}
    # What was asked for, then what the game itself shows.
    groups = (
        answer.stat_lists_collection,
        *(group.stat_lists_collection for group in answer.groups),
    )
    for collection in chain.from_iterable(groups):
        person = told.get(collection.arrange_by_field_id or "")
        if person is not None:
            person.update({one.name: _value(one) for one in collection.stats})
    return {
        "title_id": title_id,
        "players": [
            {"id": one.xuid, "gamertag": one.gamertag, "statistics": told[one.xuid]}
            for one in known
        ],
    }


def _value(statistic: Statistic) -> JsonValueType:
    return statistic.value if statistic.number is None else statistic.number


async def _get_recent_titles(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    known = await player(people, call.data.get(ATTR_PLAYER))
    xbox = people.xbox
    titles = await _titles_of(xbox, known, call.data[ATTR_LIMIT])
    return {
        "id": known.xuid,
        "gamertag": known.gamertag,
        "titles": [_played(title) for title in titles],
    }


def _played(title: Title) -> _Object:
    achieved, history = title.achievement, title.title_history
    return {
        "title_id": title.title_id,
        "name": title.name,
        "kind": (title.type or "").lower() or None,
        "devices": [*title.devices],
        "last_played": _iso(history.last_time_played) if history else None,
        "achievements": achieved.current_achievements if achieved else None,
        "gamerscore": achieved.current_gamerscore if achieved else None,
        "gamerscore_total": achieved.total_gamerscore if achieved else None,
        "progress": achieved.progress_percentage if achieved else None,
        "picture": title.display_image,
    }


async def _send_message(people: PeopleCoordinator, call: ServiceCall) -> _Object:
    known = await player(people, call.data[ATTR_PLAYER])
    sent = await write(
        people.xbox,
        known.xuid,
        known.gamertag,
        call.data[ATTR_MESSAGE],
    )
    return {
        "id": known.xuid,
        "gamertag": known.gamertag,
        "message_id": sent.message_id,
        "conversation_id": sent.conversation_id,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Action:
    """What an action asks for an account, and with which data."""

    ask: Callable[[PeopleCoordinator, ServiceCall], Awaitable[_Object]]
    schema: VolDictType
    responds: SupportsResponse = SupportsResponse.ONLY


_ANYBODY: VolDictType = {Optional(ATTR_PLAYER): _TEXT}
_ACTIONS = {
    "get_player": _Action(ask=_get_player, schema=_ANYBODY),
    "search_players": _Action(ask=_search_players, schema={Required(ATTR_TEXT): _TEXT}),
    "get_friends": _Action(ask=_get_friends, schema=_ANYBODY),
    "get_achievements": _Action(
        ask=_get_achievements,
        schema={
            **_ANYBODY,
            Optional(ATTR_GAME): _TEXT,
            Optional(ATTR_LIMIT, default=32): _LIMIT,
        },
    ),
    "get_stats": _Action(
        ask=_get_stats,
        schema={
            Optional(ATTR_PLAYERS): _TEXTS,
            Required(ATTR_GAME): _TEXT,
            Optional(ATTR_STATISTICS, default=[MINUTES_PLAYED]): _TEXTS,
        },
    ),
    "get_recent_titles": _Action(
        ask=_get_recent_titles,
        schema={**_ANYBODY, Optional(ATTR_LIMIT, default=20): _LIMIT},
    ),
    "send_message": _Action(
        ask=_send_message,
        schema={Required(ATTR_PLAYER): _TEXT, Required(ATTR_MESSAGE): _TEXT},
        responds=SupportsResponse.OPTIONAL,
    ),
}


@callback
def register(
    hass: HomeAssistant, people_of: Callable[[ConfigEntry], PeopleCoordinator]
) -> None:
    """Register all actions; `people_of` gives the people of a loaded entry."""
    for name, action in _ACTIONS.items():
        hass.services.async_register(
            DOMAIN,
            name,
            _performed(hass, action, people_of),
            schema=Schema({**action.schema, Optional(ATTR_CONFIG_ENTRY_ID): cv.string}),
            supports_response=action.responds,
        )


def _performed(
    hass: HomeAssistant,
    action: _Action,
    people_of: Callable[[ConfigEntry], PeopleCoordinator],
) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    """The action for the account that is named, or for the only one."""

    async def perform(call: ServiceCall) -> ServiceResponse:
        entry: ConfigEntry = async_get_config_entry(
            hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
        )
        return await action.ask(people_of(entry), call)

    return perform
