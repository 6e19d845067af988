"""Who plays on which console, as presence tells of people and the network of consoles. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ..xboxlive.services.consoles import ConsoleType

_ELSEWHERE = frozenset({"Android", "PC", "Xbox 360", "iOS"})
"""What somebody plays on who does not sit before one of these consoles."""
_SERIES = "Xbox Series X|S"
_SERIES_TYPES = frozenset({ConsoleType.XBOX_SERIES_S, ConsoleType.XBOX_SERIES_X})
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who plays or uses something, on a platform by its name."""

    gamertag: str
    title_id: str
    platform: str
    since: datetime | None = None
    picture: str | None = None
    told: bool = False
    """Whether it is pushed when that ends."""


def is_pushed(players: Iterable[Player] | None) -> bool:
    """Whether it is pushed when somebody there ends what is played, and so what is in front."""
    return any(player.told for player in players or ())


@dataclass(frozen=True, slots=True)
class Seat:
    """A console that is on, and what it has in front; None where that is not known."""

    console_type: ConsoleType
    title_id: str | None


def seated(
    players: Iterable[Player], seats: Mapping[str, Seat]
) -> dict[str, tuple[Player, ...] | None]:
    """Who plays where, by console id, who came first first; None where it cannot be told.

    What runs decides, and the type of the console only among several: how a Series console is called
    in presence is not known, and *Xbox One* may mean one.
    """
    found: dict[str, list[Player]] = {console_id: [] for console_id in seats}
    unsure = set[str]()
    for player in players:
        fits = _fitting(player, seats)
        if len(fits) == 1:
            found[fits[0]].append(player)
        unsure.update(fits[1:] and fits)
    return {
        console_id: None
        if console_id in unsure
        else tuple(sorted(there, key=lambda player: player.since or _EVER))
        for console_id, there in found.items()
    }


def _fitting(player: Player, seats: Mapping[str, Seat]) -> list[str]:
    """The consoles at which somebody may sit."""
    if player.platform in _ELSEWHERE:
        return []
    fits = [key for key, seat in seats.items() if seat.title_id == player.title_id]
    if len(fits) > 1 and player.platform == _SERIES:
        return [key for key in fits if seats[key].console_type in _SERIES_TYPES] or fits
    return fits
