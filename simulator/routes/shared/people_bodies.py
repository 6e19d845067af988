"""Bodies of the people service (peoplehub), decoration by decoration."""

from collections.abc import Callable
import re

from simulator.games.titles import HOME_TITLE_ID
from simulator.people.person import Person, are_friends
from simulator.people.state import (
    Device,
    Running,
    appears_offline,
    played_by,
    presence_of,
)
from simulator.routes.shared.service import Call

NEVER = "0001-01-01T00:00:00"
GAMERPIC_HOST = "images-eds-ssl.xboxlive.com"
PLAIN_GAMERPIC_HOST = "images-eds.xboxlive.com"

_HISTORY = re.compile(r"titlehistory\((\d+)\)", re.IGNORECASE)


def gamerpic(call: Call, person: Person) -> str:
    """Return the address of somebody's picture."""
    if call.world.knobs.padded_gamerpics:
        return (
            f"http://{PLAIN_GAMERPIC_HOST}/image?url=gamerpic-{person.key}"
            "&background=0xababab&mode=Padding&format=png"
        )
    return f"https://{GAMERPIC_HOST}/image?url=gamerpic-{person.key}&format=png"


def presence_text(call: Call, person: Person) -> str:
    """Return presence in one line."""
    state, devices = presence_of(call.world, person, call.account)
    if devices:
        return _running_text(devices[0].front)
    seen = person.last_seen
    if state != "Offline" or seen is None or _hidden(call, person):
        return "Offline"
    return f"Last seen {_ago(call.world.clock.now() - seen.at)} ago: {seen.name or 'Xbox App'}"


def _running_text(running: Running) -> str:
    if running.title_id == HOME_TITLE_ID or not running.rich_presence:
        return running.name or "Online"
    return f"{running.name} - {running.rich_presence}"


def _ago(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{int(seconds // size)}{unit}"
    return "1m"


def _hidden(call: Call, person: Person) -> bool:
    return appears_offline(call.world, person, call.account)


def _devices(call: Call, person: Person) -> list[Device]:
    return presence_of(call.world, person, call.account)[1]


def _detail(call: Call, person: Person) -> dict[str, object] | None:
    if not call.sees(person):
        return None
    everybody = call.world.people
    body: dict[str, object] = {
        "accountTier": person.tier,
        "bio": person.bio,
        "isVerified": False,
        "location": person.location,
        "tenure": str(person.tenure),
        "watermarks": [],
        "blocked": False,
        "mute": False,
        "followerCount": sum(person.key in one.following for one in everybody.values()),
        "followingCount": len(person.following),
        "hasGamePass": person.tenure > 5,
    }
    if not call.world.knobs.friend_members:
        return body
    return body | {
        **_friendship(call, person),
        "canBeFriended": True,
        "canBeFollowed": True,
        "friendCount": sum(
            person.key in everybody[key].following
            for key in person.following
            if key in everybody
        ),
        "isFriendListShared": not person.private,
        **_following(call, person),
    }


def _friendship(call: Call, person: Person) -> dict[str, object]:
    viewer = call.account
    return {
        "isFriend": are_friends(viewer, person),
        "isFriendRequestReceived": viewer.key in person.requests,
        "isFriendRequestSent": person.key in viewer.requests,
    }


def _following(call: Call, person: Person) -> dict[str, object]:
    viewer = call.account
    return {
        "isFavorite": person.key in viewer.favorites,
        "isFollowingCaller": viewer.key in person.following,
        "isFollowedByCaller": person.key in viewer.following,
    }


def _multiplayer(call: Call, person: Person) -> dict[str, object]:
    online = bool(_devices(call, person))
    values = {
        "inMultiplayerSession": person.in_multiplayer if online else 0,
        "inParty": person.in_party if online else 0,
    }
    if call.world.knobs.multiplayer_summary == "pascal":
        return {name[0].upper() + name[1:]: value for name, value in values.items()}
    return {
        **values,
        "joinableActivities": [],
        "partyDetails": _parties(person) if online else [],
    }


def _parties(person: Person) -> list[dict[str, object]]:
    if not (person.in_party and person.party_restriction):
        return []
    return [
        {
            "sessionRef": {
                "scid": "00000000-0000-0000-0000-000000007492",
                "templateName": "chat",
                "name": f"party-of-{person.key}",
            },
            "status": "active",
            "visibility": "open",
            "joinRestriction": person.party_restriction,
            "accepted": person.in_party,
        }
    ]


def _presence_details(call: Call, person: Person) -> list[dict[str, object]]:
    return [
        {
            "IsBroadcasting": False,
            "Device": device.type,
            "PresenceText": _running_text(running),
            "State": "Active",
            "TitleId": str(running.title_id),
            "TitleType": None,
            "IsPrimary": number == 0 and running is device.front,
            "IsGame": _told_game(call, running.title_id),
            "RichPresenceText": running.rich_presence or None,
        }
        for number, device in enumerate(_devices(call, person))
        for running in device.titles
    ] or _last_details(call, person)


def _last_details(call: Call, person: Person) -> list[dict[str, object]]:
    seen = person.last_seen
    if seen is None or _hidden(call, person):
        return []
    return [
        {
            "IsBroadcasting": False,
            "Device": seen.device,
            "PresenceText": presence_text(call, person),
            "State": "LastSeen",
            "TitleId": str(seen.title_id),
            "TitleType": None,
            "IsPrimary": True,
            "IsGame": _told_game(call, seen.title_id),
            "RichPresenceText": None,
        }
    ]


def _is_game(call: Call, title_id: int) -> bool:
    title = call.world.titles.by_title_id(title_id)
    return title is not None and title.kind == "Game"


def _told_game(call: Call, title_id: int) -> bool | None:
    return _is_game(call, title_id) if call.world.knobs.is_game_told else None


def _title_presence(call: Call, person: Person) -> dict[str, object]:
    games = [
        device.front
        for device in _devices(call, person)
        if _is_game(call, device.front.title_id)
    ]
    return {
        "IsCurrentlyPlaying": bool(games),
        "PresenceText": _running_text(games[0]) if games else None,
        "TitleName": games[0].name if games else None,
        "TitleId": str(games[0].title_id) if games else None,
    }


def _title_ids(call: Call, person: Person) -> list[str]:
    running = [
        str(title.title_id)
        for device in _devices(call, person)
        for title in device.titles
    ]
    seen = person.last_seen
    if running or seen is None or _hidden(call, person):
        return running
    return [str(seen.title_id)]


def _colors(call: Call, person: Person) -> dict[str, object]:
    names = ("primaryColor", "secondaryColor", "tertiaryColor")
    if person.bare:
        return dict.fromkeys(names)
    return dict(zip(names, person.colors, strict=True))


def _follower(call: Call, person: Person) -> dict[str, object]:
    since = person.following.get(call.account.key)
    return {
        "text": "Follows you" if since else None,
        "followedDateTime": call.time(since) if since else NEVER,
    }


type _Builder = Callable[[Call, Person], object]

# Decoration, in lower case -> member and what it holds.
DECORATIONS: dict[str, tuple[str, _Builder]] = {
    "suggestion": (
        "suggestion",
        lambda call, person: {
            "Type": None,
            "Priority": 0,
            "Reasons": None,
            "TitleId": None,
        },
    ),
    "multiplayersummary": ("multiplayerSummary", _multiplayer),
    "recentplayer": (
        "recentPlayer",
        lambda call, person: {"titles": [], "text": None},
    ),
    "follower": ("follower", _follower),
    "preferredcolor": ("preferredColor", _colors),
    "presencedetail": ("presenceDetails", _presence_details),
    "titlepresence": ("titlePresence", _title_presence),
    "titlesummary": ("titleSummaries", lambda call, person: None),
    "presencetitleids": ("presenceTitleIds", _title_ids),
    "detail": ("detail", _detail),
    "communitymanagertitles": ("communityManagerTitles", lambda call, person: None),
    "socialmanager": (
        "socialManager",
        lambda call, person: {"titleIds": [], "pages": []},
    ),
    "broadcast": ("broadcast", lambda call, person: []),
    "tournamentsummary": ("tournamentSummary", lambda call, person: None),
    "avatar": (
        "avatar",
        lambda call, person: {
            "updateTimeOffset": f"{NEVER}+00:00",
            "spritesheetMetadata": None,
        },
    ),
}


def _last_seen_time(call: Call, person: Person) -> str | None:
    seen, wobble = person.last_seen, call.world.knobs.last_seen_wobble_seconds
    if seen is None or _hidden(call, person) or _devices(call, person):
        return None
    return call.time(seen.at + (wobble if len(call.world.requests) % 2 else 0.0))


def _identity(call: Call, person: Person) -> dict[str, object]:
    hidden_score = not call.sees(person) or person.bare
    return {
        "displayName": None if person.bare else person.gamertag,
        "realName": "",
        "displayPicRaw": gamerpic(call, person),
        "showUserAsAvatar": "1",
        "gamertag": person.gamertag,
        "gamerScore": "0" if hidden_score else str(person.gamerscore),
        "modernGamertag": person.modern_gamertag,
        "modernGamertagSuffix": person.gamertag_suffix,
        "uniqueModernGamertag": person.unique_gamertag,
        "xboxOneRep": person.reputation,
    }


def _linked(person: Person) -> list[dict[str, object]]:
    return [
        {
            "networkName": linked.network,
            "displayName": linked.name,
            "showOnProfile": True,
            "isFamilyFriendly": True,
        }
        for linked in person.linked
    ]


def person_body(
    call: Call, person: Person, decorations: str, reason: str | None = None
) -> dict[str, object]:
    """Return a person as the viewer sees it; members of decorations that were not asked for are null."""
    wanted = {name.strip().lower() for name in decorations.split(",")}
    state = presence_of(call.world, person, call.account)[0]
    since = call.account.following.get(person.key)
    relation = _friendship(call, person) if call.world.knobs.friend_members else {}
    return {
        "xuid": person.xuid,
        **_following(call, person),
        "isIdentityShared": False,
        "addedDateTimeUtc": call.time(since) if since else None,
        **_identity(call, person),
        "presenceState": state,
        **relation,
        "presenceText": presence_text(call, person),
        "presenceDevices": None,
        "isBroadcasting": False,
        "isCloaked": person.cloaked if person is call.account else None,
        "isQuarantined": False,
        "isXbox360Gamerpic": False,
        "lastSeenDateTimeUtc": _last_seen_time(call, person),
        "recommendation": {"Type": "FriendOfFriend", "Reasons": [reason]}
        if reason
        else None,
        "search": None,
        "titleHistory": _title_history(call, person, decorations),
        **{
            member: build(call, person) if name in wanted else None
            for name, (member, build) in DECORATIONS.items()
        },
        "linkedAccounts": _linked(person),
        "colorTheme": "gamerpicblur",
        "preferredFlag": "",
        "preferredPlatforms": [],
    }


def _title_history(call: Call, person: Person, decorations: str) -> object:
    """Return what `titlehistory(<title id>)` asks for."""
    asked = _HISTORY.search(decorations)
    if asked is None or not call.sees(person):
        return None
    played = played_by(call.world, person).get(int(asked[1]))
    title = call.world.titles.by_title_id(int(asked[1]))
    if played is None or title is None:
        return None
    return {
        "TitleName": title.name,
        "TitleId": str(title.title_id),
        "LastTimePlayed": call.time(played.last),
    }
