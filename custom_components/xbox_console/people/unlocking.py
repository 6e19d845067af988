"""Asking what somebody unlocked last."""

from ..xboxlive.client import XboxLive
from ..xboxlive.services.achievements import Achievements, Achievements360
from .followed import Followed
from .titles import Titles
from .unlocks import Unlock

_PAGE = 32
_XBOX_360 = "Xbox360"


async def latest_unlocks(
    xbox: XboxLive, person: Followed, titles: Titles
) -> list[Unlock]:
    """What a person unlocked last, as far back as there may be news. Raises XboxError."""
    found: list[Unlock] = []
    for service in _generations(xbox, person, titles):
        number = 0
        async for achieved in service.latest(person.xuid, None, page_size=_PAGE):
            unlock = Unlock.of(achieved, titles.name_of)
            number += 1
            if number > _PAGE and not person.unlocks.is_news(unlock):
                break
            found.append(unlock)
    return found


def _generations(
    xbox: XboxLive, person: Followed, titles: Titles
) -> list[Achievements | Achievements360]:
    """Who knows of the games that were played; both if nothing was seen."""
    older = {
        title_id
        for title_id, device in person.recent.items()
        if _XBOX_360 in (device, *titles.devices_of(title_id))
    }
    newer = person.recent.keys() - older
    services: list[Achievements | Achievements360] = []
    if older or not newer:
        services.append(xbox.achievements_360)
    if newer or not older:
        services.append(xbox.achievements)
    return services
