"""Actions about people who are devices: to let them play longer, and how long they played."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.util.json import JsonValueType
from probatio import (
    All,
    Coerce,
    EnsureList,
    In,
    Length,
    Optional,
    Range,
    Required,
    Schema,
)

from ..account.options import Options
from ..const import DOMAIN
from ..people.followed import Followed
from ..people.play_time import beginning
from .family import Family
from .sessions import KEPT, Pages

ATTR_MINUTES = "minutes"
ATTR_BY = "by"
ATTR_END = "end_date"
ATTR_START = "start_date"
_DAY, _GAME = "day", "game"
_A_WEEK = timedelta(days=6)
_ONE = timedelta(days=1)
_MOST = 24 * 60
_GRANT = Schema(
    {
        Required(ATTR_DEVICE_ID): All(EnsureList(), [cv.string], Length(min=1)),
        Required(ATTR_MINUTES): All(Coerce(int), Range(min=1, max=_MOST)),
    }
)

_GET = Schema(
    {
        Required(ATTR_DEVICE_ID): cv.string,
        Optional(ATTR_START): cv.date,
        Optional(ATTR_END): cv.date,
        Optional(ATTR_BY, default=_DAY): In((_DAY, _GAME)),
    }
)

type FamilyOf = Callable[[ConfigEntry], Family]


@callback
def register(hass: HomeAssistant, family_of: FamilyOf) -> None:
    """Register all actions; `family_of` gives the family of a loaded entry."""

    @callback
    def grant(call: ServiceCall) -> None:
        meant = [
            _budgeted(hass, device_id, family_of)
            for device_id in call.data[ATTR_DEVICE_ID]
        ]
        for family, person in meant:
            family.budgets.grant(person, call.data[ATTR_MINUTES])

    def get_play_time(call: ServiceCall) -> ServiceResponse:
        family, person = of_device(hass, call.data[ATTR_DEVICE_ID], family_of)
        return play_time(family, person, call)

    hass.services.async_register(
        DOMAIN,
        "get_play_time",
        callback(get_play_time),
        schema=_GET,
        supports_response=SupportsResponse.ONLY,
    )
    async_register_admin_service(hass, DOMAIN, "grant_play_time", grant, schema=_GRANT)


def _budgeted(
    hass: HomeAssistant, device_id: str, family_of: FamilyOf
) -> tuple[Family, Followed]:
    """The person that a device stands for, who has a budget. Raises ServiceValidationError."""
    family, person = of_device(hass, device_id, family_of)
    if family.budgets.limits(person) is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="no_budget",
            translation_placeholders={"player": person.gamertag},
        )
    return family, person


def of_device(
    hass: HomeAssistant, device_id: str | None, family_of: FamilyOf
) -> tuple[Family, Followed]:
    """The person that a device stands for. Raises ServiceValidationError."""
    device = dr.async_get(hass).async_get(device_id or "")
    if device is not None:
        for family in _families(hass, family_of):
            if (person := family.people.of_device(device)) is not None:
                return family, person
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="not_a_person",
        translation_placeholders={"device": device_id or ""},
    )


def _families(hass: HomeAssistant, family_of: FamilyOf) -> Iterator[Family]:
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        yield family_of(entry)


def play_time(family: Family, person: Followed, call: ServiceCall) -> ServiceResponse:
    """How long somebody played in some days of play, the last week if none are named."""
    today = person.today(family.people.now).day
    last: date = call.data.get(ATTR_END, today)
    first: date = call.data.get(ATTR_START, last - _A_WEEK)
    if not timedelta() <= last - first <= KEPT:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="days_in_wrong_order"
        )
    starts = Options.of(family.people.config_entry).day_start
    days = [first + number * _ONE for number in range((last - first).days + 1)]
    pages = family.diary.pages(person)
    period = beginning(first, starts), beginning(last + _ONE, starts)
    answer: dict[str, JsonValueType] = {
        "gamertag": person.gamertag,
        "start_date": first.isoformat(),
        "end_date": last.isoformat(),
        "minutes": _minutes(pages, *period),
    }
    if call.data[ATTR_BY] == _GAME:
        answer["games"] = [
            {
                "title_id": title_id,
                "game": pages.names[title_id],
                "minutes": int(seconds // 60),
            }
            for title_id, seconds in pages.by_title(*period).items()
        ]
    else:
        answer["days"] = [
            {
                "date": day.isoformat(),
                "minutes": _minutes(
                    pages, beginning(day, starts), beginning(day + _ONE, starts)
                ),
            }
            for day in days
        ]
    return answer


def _minutes(pages: Pages, start: datetime, end: datetime) -> int:
    return int(sum(pages.by_title(start, end).values()) // 60)
