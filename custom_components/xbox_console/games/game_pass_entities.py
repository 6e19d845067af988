"""A calendar of what Game Pass gets and loses, and an event when something installed is about to leave."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import EntityDescription
from homeassistant.util import dt as dt_util

from ..account.devices import account_device
from ..account.entity import XboxEntity
from ..account.words import option_names
from ..const import ATTR_GAME
from .game_pass import KEYS, GamePassCoordinator, Leaving

_CALENDAR, _EVENT = KEYS
LEAVING = "leaving"
_DAY = timedelta(days=1)


class _GamePassEntity(XboxEntity[GamePassCoordinator]):
    """An entity of the account; what was seen needs nobody to answer."""

    def __init__(
        self, coordinator: GamePassCoordinator, description: EntityDescription
    ) -> None:
        """Belong to the device that stands for the account."""
        super().__init__(coordinator)
        self.entity_description = description
        entry = coordinator.config_entry
        self._attr_unique_id = f"{entry.unique_id}_{description.key}"
        self._attr_device_info = account_device(coordinator.hass, entry)

    @property
    @override
    def available(self) -> bool:
        """Always."""
        return True


def game_pass_calendars(coordinator: GamePassCoordinator) -> Iterator[CalendarEntity]:
    """The calendar of an account."""
    yield GamePassCalendar(
        coordinator,
        CalendarEntityDescription(key=_CALENDAR, translation_key=_CALENDAR),
    )


def game_pass_events(coordinator: GamePassCoordinator) -> Iterator[EventEntity]:
    """The event of an account."""
    yield LeavingEvent(
        coordinator,
        EventEntityDescription(
            key=_EVENT, translation_key=_EVENT, event_types=[LEAVING]
        ),
    )


class GamePassCalendar(_GamePassEntity, CalendarEntity):
    """One event a day and list: what was first seen there on that day. On while there is one today."""

    _words: dict[str, str]

    @override
    async def async_added_to_hass(self) -> None:
        """Learn the language of the house."""
        self._words = await option_names(self.hass, "game_pass")
        await super().async_added_to_hass()

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """What leaves, comes or was added today."""
        today = dt_util.start_of_local_day()
        return next(reversed(self._events(today, today + _DAY)), None)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """What was first seen in a period."""
        return self._events(dt_util.as_local(start_date), dt_util.as_local(end_date))

    def _events(self, start: datetime, end: datetime) -> list[CalendarEvent]:
        found = self.coordinator.days.between(start, end)
        return [
            self._event(midnight, kind, product_ids)
            for (midnight, kind), product_ids in sorted(found.items())
        ]

    def _event(
        self, midnight: datetime, kind: str, product_ids: list[str]
    ) -> CalendarEvent:
        names = sorted(map(self.coordinator.name_of, product_ids), key=str.casefold)
        return CalendarEvent(
            start=midnight.date(),
            end=midnight.date() + _DAY,
            summary=f"{self._words[kind]}: {', '.join(names)}",
            description="\n".join(names),
        )


class LeavingEvent(_GamePassEntity, EventEntity):
    """Fires once for each thing that is installed and about to leave."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.on_leaving(self._tell))

    @callback
    def _tell(self, leaving: Leaving) -> None:
        self._trigger_event(
            LEAVING,
            {
                ATTR_GAME: leaving.game,
                "product_id": leaving.product_id,
                "consoles": list(leaving.consoles),
            },
        )
        self.async_write_ha_state()
