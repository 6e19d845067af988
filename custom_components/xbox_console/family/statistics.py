"""Minutes played as long-term statistics: by person, and by person and game, hour by hour."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from homeassistant.components.recorder import DOMAIN as RECORDER, get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_add_external_statistics
from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import slugify
from homeassistant.util.unit_conversion import DurationConverter

from ..const import DOMAIN
from .sessions import Pages, Session

_EVERYTHING = "played"
_MINUTE = 60.0


def _statistic_id(device_id: str, title_id: str | None) -> str:
    """The id, made of the device's: whose it is does not show."""
    return f"{DOMAIN}:{device_id}_{slugify(title_id) if title_id else _EVERYTHING}"


def _rows(
    sessions: Iterable[Session], earlier: float, since: datetime
) -> list[StatisticData]:
    """Hours from `since` on; the sum goes on from what is no longer kept."""
    hours: dict[datetime, float] = defaultdict(float)
    for session in sessions:
        for hour, seconds in session.hours():
            hours[hour] += seconds
    total, rows = earlier, list[StatisticData]()
    for hour, seconds in sorted(hours.items()):
        total += seconds
        if hour >= since:
            rows.append(
                StatisticData(start=hour, state=seconds / _MINUTE, sum=total / _MINUTE)
            )
    return rows


def _told(
    pages: Pages, gamertag: str, since: datetime
) -> Iterator[tuple[str | None, str, list[StatisticData]]]:
    """What there is to tell: of which title, how it is called, hour by hour."""
    everything = sum(pages.earlier.values())
    yield None, gamertag, _rows(pages.sessions, everything, since)
    for title_id, game in pages.names.items():
        of_title = (one for one in pages.sessions if one.title_id == title_id)
        rows = _rows(of_title, pages.earlier.get(title_id, 0.0), since)
        yield title_id, f"{gamertag}: {game or title_id}", rows


@callback
def tell(hass: HomeAssistant, pages: Pages, gamertag: str) -> bool:
    """Give the recorder what it does not know yet; whether there is one, and something was given."""
    since, device_id = pages.untold, pages.device_id
    if since is None or device_id is None or RECORDER not in hass.config.components:
        return False
    for title_id, name, rows in _told(pages, gamertag, since):
        if rows:
            metadata = StatisticMetaData(
                has_sum=True,
                mean_type=StatisticMeanType.NONE,
                name=name,
                source=DOMAIN,
                statistic_id=_statistic_id(device_id, title_id),
                unit_class=DurationConverter.UNIT_CLASS,
                unit_of_measurement=UnitOfTime.MINUTES,
            )
            async_add_external_statistics(hass, metadata, rows)
    pages.untold = None
    return True


@callback
def clear(hass: HomeAssistant, pages: Pages) -> None:
    """Have the recorder forget somebody."""
    if pages.device_id is None or RECORDER not in hass.config.components:
        return
    titles = {None, *pages.earlier, *pages.names}
    get_instance(hass).async_clear_statistics(
        [_statistic_id(pages.device_id, title_id) for title_id in titles]
    )
