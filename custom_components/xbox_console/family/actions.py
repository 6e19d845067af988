"""Actions about people who are devices: to let them play longer."""

from collections.abc import Callable, Iterator

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.service import async_register_admin_service
from probatio import All, Coerce, EnsureList, Length, Range, Required, Schema

from ..const import DOMAIN
from ..people.followed import Followed
from .family import Family

ATTR_MINUTES = "minutes"
_MOST = 24 * 60
_GRANT = Schema(
    {
        Required(ATTR_DEVICE_ID): All(EnsureList(), [cv.string], Length(min=1)),
        Required(ATTR_MINUTES): All(Coerce(int), Range(min=1, max=_MOST)),
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
    hass: HomeAssistant, device_id: str, family_of: FamilyOf
) -> tuple[Family, Followed]:
    """The person that a device stands for. Raises ServiceValidationError."""
    device = dr.async_get(hass).async_get(device_id)
    if device is not None:
        for family in _families(hass, family_of):
            if (person := family.people.of_device(device)) is not None:
                return family, person
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="not_a_person",
        translation_placeholders={"device": device_id},
    )


def _families(hass: HomeAssistant, family_of: FamilyOf) -> Iterator[Family]:
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        yield family_of(entry)
