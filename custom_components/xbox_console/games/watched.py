"""What triggers and conditions watch: which of our entities, and what their states say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.entity_component import DATA_INSTANCES
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..account.coordinator import XboxCoordinator
from ..const import DOMAIN
from .search import words

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


def coordinator_of(hass: HomeAssistant, state: State) -> object:
    """The coordinator of the entity that a state is of; None if there is none."""
    component = hass.data.get(DATA_INSTANCES, {}).get(
        split_entity_id(state.entity_id)[0]
    )
    entity = component.get_entity(state.entity_id) if component else None
    return entity.coordinator if isinstance(entity, CoordinatorEntity) else None


def is_news(hass: HomeAssistant, state: State) -> bool:
    """Whether a state tells more than what the first look corrected of what was remembered."""
    coordinator = coordinator_of(hass, state)
    if not isinstance(coordinator, XboxCoordinator):
        return False
    first = coordinator.first_confirmed
    return first is not None and state.last_updated - first >= _ONE_LOOK
