"""Binary sensors of a person: whether they are there, and whether they play."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)

from ..const import ATTR_GAME, ATTR_TITLE_ID
from .coordinator import PeopleCoordinator
from .entity import PersonEntity, known
from .followed import Followed
from .state import Person


@dataclass(frozen=True, kw_only=True)
class PersonBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor and how it reads a person."""

    value_fn: Callable[[Person], bool | None]
    attributes_fn: Callable[[Person], Mapping[str, Any] | None] = lambda _: None


def _game(person: Person) -> Mapping[str, Any] | None:
    """What is played: by id, for a name may be learned later."""
    if (game := person.game) is None:
        return None
    return known(**{ATTR_GAME: game.name, ATTR_TITLE_ID: game.title_id})


BINARY_SENSORS = (
    PersonBinarySensorDescription(
        key="online", translation_key="online", value_fn=lambda person: person.online
    ),
    PersonBinarySensorDescription(
        key="in_game",
        translation_key="in_game",
        value_fn=lambda person: (
            None if person.online is None else person.game is not None
        ),
        # Triggers and conditions compare it: two entities would change one after the other.
        attributes_fn=_game,
    ),
    PersonBinarySensorDescription(
        key="in_party",
        translation_key="in_party",
        entity_registry_enabled_default=False,
        value_fn=lambda person: person.in_party,
        attributes_fn=lambda person: known(
            joinable=person.joinable, multiplayer=person.multiplayer
        ),
    ),
)


def person_binary_sensors(
    people: PeopleCoordinator, person: Followed
) -> Iterator[BinarySensorEntity]:
    """The binary sensors of a person."""
    for description in BINARY_SENSORS:
        yield PersonBinarySensor(people, person, description)


class PersonBinarySensor(PersonEntity, BinarySensorEntity):
    """Reads the state of a person."""

    entity_description: PersonBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it is so; None if that is not known yet."""
        return self.entity_description.value_fn(self.person)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What else is told."""
        return self.entity_description.attributes_fn(self.person)
