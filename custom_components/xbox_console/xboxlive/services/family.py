"""Who is in the Xbox family of the account (accounts.xboxlive.com).

The service answers, but its answer is not recorded: whatever has an id and a gamertag is a member.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Json
from ..service import ServiceClient
from ..session import Service

_XUIDS = ("xuid", "memberxuid", "userxuid")
_GAMERTAGS = ("gamertag", "membergamertag", "uniquemoderngamertag", "moderngamertag")
_TELLING = ("role", "age", "child", "type")
"""Parts of the names of members that may say who is a child."""
_CHILDREN = ("child", "kid", "teen", "minor")
_OTHERS = ("adult", "parent", "organi", "guardian")


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """Somebody in the family."""

    xuid: str = field(repr=False)
    gamertag: str = field(repr=False)
    child: bool | None
    """None if nothing says so."""


class Family(ServiceClient):
    """Who is in the Xbox family of the account."""

    _service = Service("accounts.xboxlive.com", contract=3)

    async def members(self) -> tuple[FamilyMember, ...]:
        """Everybody in it, the account itself too, each once. Raises AccessDenied, NotFound."""
        xuid = await self._session.xuid()
        reply = await self._request("GET", t"/family/memberXuid({xuid})")
        found = {member.xuid: member for member in _members(reply.json())}
        return tuple(found.values())


def _members(told: Json) -> Iterator[FamilyMember]:
    """Whatever looks like a member, wherever it is."""
    if isinstance(told, list):
        for item in told:
            yield from _members(item)
    elif isinstance(told, dict):
        known = {name.casefold(): value for name, value in told.items()}
        xuid = _first(known, _XUIDS)
        gamertag = _first(known, _GAMERTAGS)
        if xuid.isdecimal() and gamertag:
            yield FamilyMember(xuid, gamertag, _is_child(known))
        for value in told.values():
            yield from _members(value)


def _first(known: Mapping[str, Json], names: tuple[str, ...]) -> str:
    for name in names:
        value = known.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and value:
            return str(value)
    return ""


def _is_child(known: Mapping[str, Json]) -> bool | None:
    """Whether a word says so, or a member that is called like that."""
    for name, value in known.items():
        if not any(part in name for part in _TELLING):
            continue
        if isinstance(value, bool) and "child" in name:
            return value
        if isinstance(value, str):
            word = value.casefold()
            if any(part in word for part in _CHILDREN):
                return True
            if any(part in word for part in _OTHERS):
                return False
    return None
