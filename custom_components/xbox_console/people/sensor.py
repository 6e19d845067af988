"""Sensors of a person: what they play, since when, how far they have come."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfTime
from homeassistant.helpers.typing import StateType

from ..account.naming import as_state
from .coordinator import INBOX, MINUTES, PeopleCoordinator
from .entity import PersonEntity, known
from .followed import Followed
from .state import Person

type Attributes = Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class PersonSensorDescription(SensorEntityDescription):
    """A sensor and how it reads a person."""

    value_fn: Callable[[Person], StateType | datetime]
    attributes_fn: Callable[[Person], Attributes] = lambda _: None


def _now_playing(person: Person) -> Attributes:
    playing = person.playing
    if playing is None:
        return None
    return known(
        title_id=playing.title_id,
        product_id=playing.product_id,
        platform=playing.platform,
        rich_presence=playing.rich_presence,
        description=playing.description,
        genres=", ".join(playing.genres),
        game_pass=playing.game_pass,
        achievements=playing.achievements,
        achievements_total=playing.total_achievements,
        gamerscore=playing.gamerscore,
        gamerscore_total=playing.total_gamerscore,
    )


_COUNTS: tuple[tuple[str, Callable[[Person], int | None]], ...] = (
    ("friends", lambda person: person.friends),
    ("followers", lambda person: person.followers),
    ("following", lambda person: person.following),
)
SENSORS = (
    PersonSensorDescription(
        key="status",
        translation_key="status",
        value_fn=lambda person: person.status,
    ),
    PersonSensorDescription(
        key="now_playing",
        translation_key="now_playing",
        value_fn=lambda person: person.playing.name if person.playing else None,
        attributes_fn=_now_playing,
    ),
    PersonSensorDescription(
        key="gamerscore",
        translation_key="gamerscore",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda person: person.gamerscore,
    ),
    PersonSensorDescription(
        key="last_online",
        translation_key="last_online",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda person: person.last_online,
    ),
    PersonSensorDescription(
        key="played_today",
        translation_key="played_today",
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.TOTAL_INCREASING,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        value_fn=lambda person: person.minutes_today,
    ),
    PersonSensorDescription(
        key="played_in_game",
        translation_key="played_in_game",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=1,
        value_fn=lambda person: person.minutes_in_game,
    ),
    PersonSensorDescription(
        key="progress",
        translation_key="progress",
        native_unit_of_measurement=PERCENTAGE,
        value_fn=lambda person: person.game.progress if person.game else None,
    ),
    *(
        PersonSensorDescription(
            key=key,
            translation_key=key,
            state_class=SensorStateClass.MEASUREMENT,
            entity_category=EntityCategory.DIAGNOSTIC,
            entity_registry_enabled_default=False,
            value_fn=value_fn,
        )
        for key, value_fn in _COUNTS
    ),
)

UNREAD = SensorEntityDescription(
    key="unread_messages",
    translation_key="unread_messages",
    state_class=SensorStateClass.MEASUREMENT,
)


def person_sensors(
    people: PeopleCoordinator, person: Followed
) -> Iterator[SensorEntity]:
    """The sensors of a person; the account itself has an inbox, too."""
    for description in SENSORS:
        context = (
            (MINUTES, person.xuid) if description.key == "played_in_game" else None
        )
        yield PersonSensor(people, person, description, context)
    if person.xuid == people.xuid:
        yield UnreadSensor(people, person, UNREAD, INBOX)


class PersonSensor(PersonEntity, SensorEntity):
    """Reads the state of a person."""

    entity_description: PersonSensorDescription
    _unrecorded_attributes = frozenset({"description"})

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """The value now."""
        return as_state(self.entity_description.value_fn(self.person))

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """What else is known of it."""
        return self.entity_description.attributes_fn(self.person)


class UnreadSensor(PersonEntity, SensorEntity):
    """Reads the account's inbox."""

    @property
    @override
    def native_value(self) -> int | None:
        """How many conversations hold something unread."""
        return self.coordinator.data.unread
