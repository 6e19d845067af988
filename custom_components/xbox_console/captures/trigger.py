"""Triggers of captures: one was taken, one is about to be deleted by the network."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, override

from homeassistant.const import ATTR_ENTITY_ID, CONF_OPTIONS
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.entity_component import DATA_INSTANCES
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.target import (
    TargetStateChangedData,
    async_track_target_selector_state_change_event,
)
from homeassistant.helpers.trigger import (
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.util import dt as dt_util
from probatio import All, EnsureList, In, Optional, Required

from ..const import ATTR_GAME
from ..games.trigger import EVENT, WatchingTrigger
from ..xboxlive.captures.capture import Capture, Kind, Part
from .coordinator import CapturesCoordinator
from .view import path
from .watched import EXPIRING, NEW

ATTR_KIND = "kind"
CONF_BEFORE = "before"
_LOCAL_ID = "local_id"


class CaptureTaken(WatchingTrigger, StatelessEntityTriggerBase):
    """A capture came into the network."""

    _watched = NEW
    _domain_specs = NEW.specs
    _schema = EVENT.extend(
        {
            Required(CONF_OPTIONS, default={}): {
                Optional(ATTR_GAME): All(EnsureList(), [cv.string]),
                Optional(ATTR_KIND): All(EnsureList(), [In(list(Kind))]),
            }
        }
    )

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it is of a game and a kind that are meant."""
        kinds = self._options.get(ATTR_KIND)
        return self.fits(state) and (
            not kinds or state.attributes.get(ATTR_KIND) in kinds
        )

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it is another one: several may be told in the same millisecond."""
        return _taken(from_state) != _taken(to_state)


def _taken(state: State) -> tuple[object, ...]:
    return state.state, state.attributes.get(_LOCAL_ID), state.attributes.get("picture")


class _Watch:
    """Looks after the captures that one sensor tells of."""

    def __init__(
        self,
        hass: HomeAssistant,
        entity_id: str,
        before: timedelta,
        tell: Callable[[Capture, CapturesCoordinator], None],
    ) -> None:
        self._hass = hass
        self._entity_id = entity_id
        self._before = before
        self._tell = tell
        self._near: set[str] | None = None
        """Content ids of those that are about to expire; None until they were first known."""
        self._coordinator: CapturesCoordinator | None = None
        self._leave: CALLBACK_TYPE | None = None
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def follow(self) -> None:
        """Follow the sensor, which is another one after its account was loaded again."""
        component = self._hass.data.get(DATA_INSTANCES, {}).get(EXPIRING.domain)
        entity = component.get_entity(self._entity_id) if component else None
        found = getattr(entity, "coordinator", None)
        coordinator = found if isinstance(found, CapturesCoordinator) else None
        if coordinator is not self._coordinator:
            self.end()
            self._coordinator = coordinator
            if coordinator is not None:
                self._leave = coordinator.async_add_listener(self._look)
        self._look()

    @callback
    def end(self) -> None:
        """Follow it no longer."""
        self._disarm()
        if self._leave is not None:
            self._leave()
        self._leave = self._coordinator = None

    @callback
    def _disarm(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    @callback
    def _due(self, _: datetime) -> None:
        self._cancel = None
        self._look()

    @callback
    def _look(self) -> None:
        """Tell of those that have come near, and look again when the next one does."""
        self._disarm()
        coordinator = self._coordinator
        if coordinator is None or not coordinator.data.complete:
            return
        now = dt_util.utcnow()
        near: set[str] = set()
        later: list[datetime] = []
        for capture in coordinator.data.captures:
            if capture.expires_at is None:
                continue
            moment = capture.expires_at - self._before
            if moment > now:
                later.append(moment)
                continue
            near.add(capture.content_id)
            if self._near is not None and capture.content_id not in self._near:
                self._tell(capture, coordinator)
        # Who is out of sight for a while is not told again.
        self._near = near | (self._near or set())
        if later:
            job = HassJob(self._due, cancel_on_shutdown=True)
            self._cancel = async_track_point_in_utc_time(self._hass, job, min(later))


class CaptureNearedExpiry(WatchingTrigger):
    """The network is about to delete a capture."""

    _watched = EXPIRING
    _domain_specs = EXPIRING.specs
    _schema = EVENT.extend(
        {
            Required(CONF_OPTIONS): {
                Required(CONF_BEFORE): cv.positive_time_period,
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Watch nothing yet."""
        super().__init__(hass, config)
        self._before: timedelta = self._options[CONF_BEFORE]

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Look after every sensor of the target, those too that come later."""
        watches: dict[str, _Watch] = {}

        def watch(entity_id: str) -> _Watch:
            @callback
            def tell(capture: Capture, captures: CapturesCoordinator) -> None:
                payload = _payload(entity_id, capture, captures)
                run_action(payload, f"expiry of a capture of {entity_id}")

            return _Watch(self._hass, entity_id, self._before, tell)

        @callback
        def changed(data: TargetStateChangedData) -> None:
            watches[data.state_change_event.data["entity_id"]].follow()

        @callback
        def updated(
            added: set[str], removed: set[str], _: Mapping[str, State | None]
        ) -> None:
            for entity_id in removed:
                watches.pop(entity_id).end()
            for entity_id in added:
                watches[entity_id] = watch(entity_id)
                watches[entity_id].follow()

        leave = await async_track_target_selector_state_change_event(
            self._hass, self._target, changed, self.entity_filter, updated
        )

        return partial(_end, leave, watches)


@callback
def _end(leave: CALLBACK_TYPE, watches: Mapping[str, _Watch]) -> None:
    leave()
    for each in watches.values():
        each.end()


def _payload(
    entity_id: str, capture: Capture, captures: CapturesCoordinator
) -> dict[str, Any]:
    """What actions can use."""
    return {
        ATTR_ENTITY_ID: entity_id,
        ATTR_KIND: capture.kind,
        ATTR_GAME: capture.game,
        "picture": path(captures.config_entry.entry_id, capture, Part.THUMBNAIL),
        _LOCAL_ID: capture.local_id,
        "expires_at": capture.expires_at,
        "backed_up": capture.content_id in captures.data.backed_up,
    }


TRIGGERS: dict[str, type[Trigger]] = {
    "capture_taken": CaptureTaken,
    "capture_neared_expiry": CaptureNearedExpiry,
}
