"""Asking what somebody unlocked last."""

from ..xboxlive.client import XboxLive
from ..xboxlive.services.achievements import Achievements, Achievements360
from .followed import Followed
from .titles import Titles
from .unlocks import Unlock

type Service = Achievements | Achievements360

_PAGE = 32
_XBOX_360 = "Xbox360"


async def latest_unlocks(
    xbox: XboxLive, person: Followed, titles: Titles
) -> list[Unlock]:
    """What a person unlocked last, as far back as there may be news. Raises XboxError."""
    found: list[Unlock] = []
    likely = _generations(xbox, person, titles)
    others = [one for one in _both(xbox) if one not in likely]
    for service in (*likely, *others):
        # What was played while the network was away was never seen.
        if service in others and _points(person, found) >= person.points_due:
            break
        number = 0
        async for achieved in service.latest(person.xuid, None, page_size=_PAGE):
            unlock = Unlock.of(achieved, titles.name_of)
            number += 1
            if number > _PAGE and not person.unlocks.is_news(unlock):
                break
            found.append(unlock)
    return found


def _points(person: Followed, found: list[Unlock]) -> int:
    """By how much the score is higher for what is news."""
    return sum(one.gamerscore for one in found if person.unlocks.is_news(one))


def _both(xbox: XboxLive) -> tuple[Service, ...]:
    return xbox.achievements_360, xbox.achievements


def _generations(xbox: XboxLive, person: Followed, titles: Titles) -> list[Service]:
    """Who knows of the games that were played; both if nothing was seen."""
    older = {
        title_id
        for title_id, device in person.recent.items()
        if _XBOX_360 in (device, *titles.devices_of(title_id))
    }
    newer = person.recent.keys() - older
    services: list[Service] = []
    if older or not newer:
        services.append(xbox.achievements_360)
    if newer or not older:
        services.append(xbox.achievements)
    return services
