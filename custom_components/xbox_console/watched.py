"""What triggers and conditions watch: which of our entities, and what their states say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR
from homeassistant.components.event import ATTR_EVENT_TYPE, DOMAIN as EVENT
from homeassistant.components.media_player import (
    ATTR_APP_ID,
    ATTR_APP_NAME,
    ATTR_INPUT_SOURCE,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_TITLE,
    DOMAIN as MEDIA_PLAYER,
)
from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.entity_component import DATA_INSTANCES
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import ATTR_GAME, DOMAIN
from .polled import XboxCoordinator
from .search import words
from .unlocks import UNLOCKED

CONF_APP = "app"
_ONE_LOOK = timedelta(seconds=1)
"""What one look tells is shown by all entities within this time; another look takes longer."""


def folded(names: Iterable[str]) -> frozenset[str]:
    """Names as they are compared: without case, accents, punctuation and trademark signs."""
    return frozenset("".join(words(name)) or name for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One kind of entity, and how its states are read."""

    domain: str
    key: str
    """The translation key that tells it from our other entities of the domain."""
    holds: Callable[[State], bool] = lambda state: state.state == STATE_ON
    """Whether the state says yes, whatever runs."""
    option: str | None = None
    """The option that names what is to run."""
    attributes: tuple[str, ...] = ()
    """Attributes by any of which what runs can be named; the first that is there tells it apart."""

    @property
    def specs(self) -> dict[str, DomainSpec]:
        """What Home Assistant's helpers want to know."""
        return {self.domain: DomainSpec()}

    def among(self, hass: HomeAssistant, entity_ids: Iterable[str]) -> set[str]:
        """The entities of this kind."""
        registry = er.async_get(hass)
        return {
            entity_id
            for entity_id in entity_ids
            if (entity := registry.async_get(entity_id)) is not None
            and (entity.domain, entity.platform, entity.translation_key)
            == (self.domain, DOMAIN, self.key)
        }

    def names(self, state: State) -> tuple[str, ...]:
        """What runs can be called."""
        named = (state.attributes.get(attribute) for attribute in self.attributes)
        return tuple(str(name) for name in named if name)

    def identity(self, state: State) -> str | None:
        """What tells that which runs from everything else."""
        return next(iter(self.names(state)), None)

    def fits(self, state: State, which: frozenset[str]) -> bool:
        """Whether one of `which` runs, or anything if none is named."""
        return bool(which & folded(self.names(state))) if which else self.holds(state)


ONLINE = Watched(domain=BINARY_SENSOR, key="online")
IN_GAME = Watched(
    domain=BINARY_SENSOR, key="in_game", option=ATTR_GAME, attributes=(ATTR_GAME,)
)
CONSOLE = Watched(
    domain=MEDIA_PLAYER,
    key="console",
    # Home, screensaver and the like have none; what is not identified yet has none, either.
    holds=lambda state: state.attributes.get(ATTR_MEDIA_CONTENT_ID) is not None,
    option=CONF_APP,
    attributes=(
        ATTR_MEDIA_CONTENT_ID,
        ATTR_APP_ID,
        ATTR_MEDIA_TITLE,
        ATTR_APP_NAME,
        ATTR_INPUT_SOURCE,
    ),
)

ACHIEVED = Watched(
    domain=EVENT,
    key="achievement",
    holds=lambda state: state.attributes.get(ATTR_EVENT_TYPE) == UNLOCKED,
    option=ATTR_GAME,
    attributes=(ATTR_GAME,),
)
PLAYED_TODAY = Watched(domain=SENSOR, key="played_today")


def is_news(hass: HomeAssistant, state: State) -> bool:
    """Whether a state tells more than what the first look corrected of what was remembered."""
    component = hass.data.get(DATA_INSTANCES, {}).get(
        split_entity_id(state.entity_id)[0]
    )
    entity = component.get_entity(state.entity_id) if component else None
    if not isinstance(entity, CoordinatorEntity):
        return False
    coordinator = entity.coordinator
    if not isinstance(coordinator, XboxCoordinator):
        return False
    first = coordinator.first_confirmed
    return first is not None and state.last_updated - first >= _ONE_LOOK
