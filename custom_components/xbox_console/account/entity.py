"""What all entities share: each keeps nothing that can be worked out again."""

from functools import cache
from typing import Any

from homeassistant.helpers.entity import Entity
from homeassistant.helpers.update_coordinator import CoordinatorEntity
from propcache.api import cached_property

from .coordinator import XboxCoordinator

_KEPT = frozenset({"entity_registry_enabled_default", "name"})
"""Home Assistant looks whether a class has a `name` of its own; its test kit replaces the other."""


class XboxEntity[CoordinatorT: XboxCoordinator[Any]](CoordinatorEntity[CoordinatorT]):
    """An entity that reads its properties whenever they are asked for.

    Home Assistant keeps what each of them said: thirty words an entity, a tenth of all the memory that
    it takes, to save microseconds a state. Most say the same for all entities of a class.
    """

    _attr_has_entity_name = True

    def __init__(self, coordinator: CoordinatorT, context: Any = None) -> None:
        """Follow a coordinator; `context` says what it has to ask for the entity's sake."""
        super().__init__(coordinator, context)
        _keep_nothing(type(self))


@cache
def _keep_nothing(kind: type[Entity]) -> None:
    """Have the entities of a class read again what its parents would keep."""
    for name in dir(kind):
        kept = getattr(kind, name, None)
        if isinstance(kept, cached_property) and name not in _KEPT:
            setattr(kind, name, property(kept.func))
