"""The calendar of a person: one event a session."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..people.coordinator import PeopleCoordinator
from ..people.entity import PersonEntity
from ..people.followed import Followed
from .budgets import DIARY
from .family import Family
from .sessions import Pages, Session

_MINUTE = timedelta(minutes=1)
_QUARTER = timedelta(minutes=15)
_HOUR = timedelta(hours=1)


def person_calendars(
    people: PeopleCoordinator, family: Family, person: Followed
) -> Iterator[CalendarEntity]:
    """The diary of a person: shown at once of the account itself, and of whoever has a budget."""
    shown = person.xuid == people.xuid or family.budgets.limits(person) is not None
    description = CalendarEntityDescription(
        key=DIARY, translation_key=DIARY, entity_registry_enabled_default=shown
    )
    yield DiaryCalendar(people, family.diary.pages(person), person, description)


def _event(session: Session) -> CalendarEvent:
    lines = [
        f"{int(session.total // 60)} min",
        *(f"🏆 {one}" for one in session.unlocked),
    ]
    start, end = dt_util.as_local(session.start), dt_util.as_local(session.end)
    return CalendarEvent(
        start=start,
        # Home Assistant compares what clocks show, which run backwards once a year.
        end=end if end >= start else dt_util.as_local(session.start + _HOUR),
        summary=session.game or "?",
        description="\n".join(lines),
    )


def _going_on(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """When what goes on began and may end, in local time, as a clock shows it: before now, and after now.

    In the hour that comes twice, and where the machine's time is wrong, it would not be so; Home
    Assistant would call it over, or wait for a beginning that has been, again and again.
    """
    now = dt_util.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    began, ends = dt_util.as_local(start), dt_util.as_local(end)
    return began if began <= now else hour, ends if now < ends else hour + _HOUR


class DiaryCalendar(PersonEntity, CalendarEntity):
    """On while somebody plays a game."""

    def __init__(
        self,
        people: PeopleCoordinator,
        pages: Pages,
        followed: Followed,
        description: CalendarEntityDescription,
    ) -> None:
        """Belong to a person."""
        super().__init__(people, followed, description)
        self._pages = pages

    @property
    @override
    def available(self) -> bool:
        """Whether the person is followed: what is written needs nobody to answer."""
        return self.xuid in self.coordinator.data.persons

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """What is being played; when it ends is a guess that moves on now and then."""
        game = self.person.game if self.available else None
        session = self._pages.sessions[-1] if self._pages.sessions else None
        if game is None or session is None or session.title_id != game.title_id:
            return None
        # The machine's time may be another than the network's, in which sessions are written.
        guess = max(dt_util.utcnow(), session.end) + _QUARTER
        quarter = guess.minute // 15 * 15
        start, end = _going_on(
            session.start,
            guess.replace(minute=quarter, second=0, microsecond=0) + _QUARTER,
        )
        return CalendarEvent(start=start, end=end, summary=session.game or "?")

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write when something begins, goes on for a quarter, or ends."""
        shown = self.available, self.event
        if shown != self._shown:
            self._shown = shown
            self.async_write_ha_state()

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """The sessions of a period; what lasted less than a minute is none."""
        return [
            _event(session)
            for session in self._pages.between(start_date, end_date)
            if session.end - session.start >= _MINUTE
        ]
