"""Who is meant by a gamertag or an id: anybody with an Xbox profile, followed or not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..account.errors import command_error
from ..const import DOMAIN
from ..xboxlive.errors import AccessDenied, NotFound, XboxError
from ..xboxlive.services.people import Decoration
from ..xboxlive.services.profile import Profile, Setting
from .coordinator import PeopleCoordinator
from .state import name_of

PATIENCE = 5.0
"""Seconds that a limit of the network may delay an answer."""
_PATIENCE_FOR_MANY = 40.0
_FEW = 3
"""Gamertags that are looked up one by one without asking who the friends are."""
_NAMES = (Setting.GAMERTAG, Setting.UNIQUE_MODERN_GAMERTAG)


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody by id, with the name that errors and answers use."""

    xuid: str
    gamertag: str


@contextmanager
def about(player: str) -> Iterator[None]:
    """Say in the user's words what the Xbox network did not tell or do."""
    try:
        yield
    except NotFound as error:
        raise _unknown(player) from error
    except AccessDenied as error:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="not_shown",
            translation_placeholders={"player": player},
        ) from error
    except XboxError as error:
        raise command_error(error, player) from error


async def player(people: PeopleCoordinator, sought: str | None) -> Player:
    """A player by gamertag or id, the account itself without one; followed ones cost no request."""
    (found,) = await players(people, [sought])
    return found


async def players(
    people: PeopleCoordinator, sought: Iterable[str | None]
) -> list[Player]:
    """Players by gamertag or id: all ids in one request, and friends in one, however many they are."""
    wanted = [people.xuid if each is None else each.strip() for each in sought]
    known = _followed(people)
    known |= await _by_id(people, _missing(wanted, known, ids=True))
    if len(_missing(wanted, known, ids=False)) > _FEW:
        known |= await _friends(people)
    strangers = _missing(wanted, known, ids=False)
    patience = PATIENCE if len(strangers) == 1 else _PATIENCE_FOR_MANY
    for gamertag in strangers:
        with about(gamertag):
            profile = await people.xbox.profiles(patience=patience).of_gamertag(
                gamertag, _NAMES
            )
        known[_folded(gamertag)] = _player(profile, gamertag)
    return [known[_folded(each)] for each in wanted]


def _missing(wanted: list[str], known: dict[str, Player], *, ids: bool) -> list[str]:
    new = {_folded(one): one for one in wanted if one.isdecimal() is ids}
    return [one for folded, one in new.items() if folded not in known]


def _folded(name: str) -> str:
    """A gamertag as two are compared: neither case nor spaces matter."""
    return "".join(name.split()).casefold()


def _followed(people: PeopleCoordinator) -> dict[str, Player]:
    """Those who are followed, by id and by both forms of their gamertags."""
    found: dict[str, Player] = {}
    for person in people.followed:
        one = Player(person.xuid, person.gamertag)
        modern = person.profile.unique_modern_gamertag if person.profile else None
        for name in filter(None, (modern, person.gamertag, person.xuid)):
            found[_folded(name)] = one
    return found


async def _by_id(people: PeopleCoordinator, xuids: list[str]) -> dict[str, Player]:
    """Players by id; whoever is unknown is not there. Raises ServiceValidationError."""
    if not xuids:
        return {}
    with about(xuids[0]):
        found = await people.xbox.profiles(patience=PATIENCE).batch(xuids, _NAMES)
    known = {profile.id: _player(profile, profile.id) for profile in found}
    if unknown := [xuid for xuid in xuids if xuid not in known]:
        raise _unknown(unknown[0])
    return known


async def _friends(people: PeopleCoordinator) -> dict[str, Player]:
    """The account's friends by both forms of their gamertags; none if they cannot be had."""
    try:
        friends = await people.xbox.people(patience=PATIENCE).friends(
            (Decoration.PREFERRED_COLOR,)
        )
    except XboxError:
        return {}
    return {
        _folded(name): Player(friend.xuid, name_of(friend) or name)
        for friend in friends.people
        for name in (friend.unique_modern_gamertag, friend.gamertag)
        if name
    }


def _player(profile: Profile, sought: str) -> Player:
    return Player(profile.id, profile.get(Setting.GAMERTAG) or sought)


def _unknown(player: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_player",
        translation_placeholders={"player": player},
    )
