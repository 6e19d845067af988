"""The budgets of an entry: where they are kept, who changes them, who is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_utc_time_change
from homeassistant.util import dt as dt_util

from ..account.options import CONF_BUDGET
from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from .limits import Budget, Limits

DIARY = "diary"
"""Key of the calendar that is shown of whoever has a budget."""
KEYS = frozenset(
    {
        "bedtime_end",
        "bedtime_start",
        "daily_budget",
        "limit_play",
        "more_minutes",
        "over_budget",
        "remaining_today",
        "weekend_budget",
    }
)
"""Keys of the entities that are there only with a budget."""


def kept_limits(entry: ConfigEntry, subentry_id: str | None) -> Mapping[str, Any]:
    """What an entry keeps of a person, where the limits are: of the account itself in its options."""
    if subentry_id is None:
        return entry.options
    subentry = entry.subentries.get(subentry_id)
    return subentry.data if subentry else {}


class Budgets:
    """The limits of everyone who has some; they are kept in the entry, and nowhere else."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, people: PeopleCoordinator
    ) -> None:
        """Tell listeners at least each minute, for bedtime comes without any look."""
        self._hass = hass
        self._entry = entry
        self._people = people
        self._listeners: list[CALLBACK_TYPE] = []
        self._tidy()
        entry.async_on_unload(async_track_utc_time_change(hass, self._tick, second=0))

    @callback
    def _tick(self, _: datetime) -> None:
        self._tell()

    @callback
    def _tell(self) -> None:
        for tell in tuple(self._listeners):
            tell()

    @callback
    def listen(self, tell: Callable[[], None]) -> CALLBACK_TYPE:
        """Call when a budget may have changed; returns the way to stop that."""
        self._listeners.append(tell)
        return lambda: self._listeners.remove(tell)

    @callback
    def _tidy(self) -> None:
        """Take away the entities of budgets that were switched off, and show what comes with one."""
        registry = er.async_get(self._hass)
        ours = {
            entity.unique_id: entity
            for entity in er.async_entries_for_config_entry(
                registry, self._entry.entry_id
            )
        }
        for person in self._people.followed:
            ids = f"{self._people.xuid}_{person.xuid}_"
            diary = ours.get(ids + DIARY)
            if self.limits(person) is None:
                for key in KEYS:
                    if (entity := ours.get(ids + key)) is not None:
                        registry.async_remove(entity.entity_id)
            elif diary and diary.disabled_by is er.RegistryEntryDisabler.INTEGRATION:
                registry.async_update_entity(diary.entity_id, disabled_by=None)

    def limits(self, person: Followed) -> Limits | None:
        """The limits of somebody; None without a budget."""
        kept = kept_limits(self._entry, person.subentry_id).get(CONF_BUDGET)
        return Limits.restore(kept) if kept is not None else None

    def of(self, person: Followed) -> Budget | None:
        """What the limits come to now; None without a budget."""
        if (limits := self.limits(person)) is None:
            return None
        # Home Assistant's clock says when bedtime is; time played is the network's.
        return Budget.of(limits, person.today(self._people.now), dt_util.utcnow())

    @callback
    def change(self, person: Followed, **changes: Any) -> None:
        """Change the limits of somebody who has some."""
        if (limits := self.limits(person)) is None:
            return
        kept = {
            **kept_limits(self._entry, person.subentry_id),
            CONF_BUDGET: replace(limits, **changes).kept(),
        }
        entries = self._hass.config_entries
        if person.subentry_id is None:
            entries.async_update_entry(self._entry, options=kept)
        else:
            subentry = self._entry.subentries[person.subentry_id]
            entries.async_update_subentry(self._entry, subentry, data=kept)
        self._tell()

    @callback
    def grant(self, person: Followed, minutes: int) -> None:
        """Let somebody play longer, today only."""
        if (limits := self.limits(person)) is None:
            return
        day = person.today(self._people.now).day
        granted = limits.on_top(day) + minutes
        self.change(person, granted=granted, granted_on=day)
