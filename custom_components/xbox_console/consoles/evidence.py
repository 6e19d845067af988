"""What the witnesses said of one console, and what of it is believed. Pure: no clock, no network.

All times are seconds since 1970, given by the caller: what was heard must outlive a restart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from ..xboxlive.model import Json
from ..xboxlive.services.consoles import ConsoleStatus, PowerState

GRACE = 90.0
"""How long what an earlier run heard is still shown: after that, much may have happened."""
MAINTENANCE = 60.0
"""For so long a console that woke by itself and shows nothing is taken to look after itself."""
SECOND_LOOK = 5.0
"""Commands that get lost within this time are one odd answer; a later one is another."""
DOUBT = 600.0
"""How long one lost command is remembered."""
CUT_OFF = 24 * 3600.0
"""How long after the last lost command a console is taken to be cut off, if nothing tells otherwise."""
STATUS_LATE = 10.0
"""How long the list's new word waits for the console's own status, which knows better."""
ABSENCES = 4
"""Lists in a row without a console until it counts as gone."""
NOT_FOUND = 3
"""Statuses in a row that know no such console until it counts as gone though the list has it."""


class Witness(StrEnum):
    """Who proves that a console is there."""

    STATUS = "status"
    LIST = "list"
    COMMAND = "command"
    OPERATION = "operation"
    PRESENCE = "presence"
    PUSH = "push"
    LAN = "lan"


class Reason(StrEnum):
    """Why a power state is believed."""

    CUT_OFF = "cut_off"
    LIST = "list"
    NOTHING_HEARD = "nothing_heard"
    TOO_OLD = "too_old"
    MAINTENANCE = "maintenance"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is believed of the power, and why."""

    power: PowerState
    reason: Reason


class Remembered(TypedDict, total=False):
    """What of the evidence is kept over a restart; times are None where there is none."""

    status: dict[str, Json]
    status_at: float | None
    alive_at: float | None
    alive_by: str | None
    first_miss_at: float | None
    last_miss_at: float | None


class Evidence:
    """Each witness's last word with its time."""

    def __init__(self) -> None:
        """Know nothing."""
        self.status = ConsoleStatus()
        self.status_at: float | None = None
        self.alive_at: float | None = None
        """When something last proved that the console is there; reading the same again does not."""
        self.alive_by: Witness | None = None
        self._current = False
        self._listed = PowerState.UNKNOWN
        self._listed_at = 0.0
        self._absences = 0
        self._not_found = 0
        self._first_miss_at: float | None = None
        self._last_miss_at: float | None = None
        self._woke_at: float | None = None

    @property
    def network_says(self) -> PowerState:
        """The network's own word for the power, believed or not."""
        return self.status.power_state if self._current else self._listed

    @property
    def listed(self) -> bool:
        """Whether the last list had it."""
        return self._absences == 0

    @property
    def present(self) -> bool:
        """Whether the account has the console: one odd answer alone does not take it away."""
        if self._absences and self._not_found:
            return False
        return self._absences < ABSENCES and self._not_found < NOT_FOUND

    def hear_status(self, status: ConsoleStatus, now: float, *, used: bool) -> None:
        """Take a status; `used` tells that somebody wants it to be on, or would see that it is."""
        before, known = self.status, self.status_at is not None
        self.status, self.status_at, self._current = status, now, True
        self._not_found = 0
        if not known or status != before:
            self.see_life(Witness.STATUS, now)
        if status.power_state != PowerState.ON or used:
            self._woke_at = None
        elif known and before.power_state != PowerState.ON:
            self._woke_at = now

    def hear_list(self, power: PowerState, now: float) -> bool:
        """Take the list's word; whether it is worth a look: its own word changed, and is news."""
        self._absences = 0
        before, self._listed = self._listed, power
        if power in (before, PowerState.UNKNOWN):
            return False
        self._listed_at = now
        if before != PowerState.UNKNOWN:
            self.see_life(Witness.LIST, now)
        return power != self.status.power_state

    def hear_absence(self) -> bool:
        """Take note that the list lacks the console; whether that is new, and worth a look."""
        self._absences += 1
        return self._absences == 1

    def hear_not_found(self) -> None:
        """Take note that the console's own status says that the account does not have it."""
        self._not_found += 1

    def see_life(self, witness: Witness, now: float) -> None:
        """Take note that the console did something."""
        self.alive_at, self.alive_by = now, witness
        self._first_miss_at = self._last_miss_at = None

    def see_presence(self, since: float) -> bool:
        """Take note that somebody has begun to play there; whether that is news of the console."""
        news = since > max(self.alive_at or 0.0, self._last_miss_at or 0.0)
        if news:
            self.see_life(Witness.PRESENCE, since)
        return news

    def miss(self, now: float) -> None:
        """Take note that nothing reached the console."""
        last = self._last_miss_at
        if last is None or (now - last > DOUBT and not self._is_cut_off(now)):
            self._first_miss_at = now
        self._last_miss_at = now

    def judge(self, now: float) -> Judgement:
        """The power to believe in."""
        return next(
            Judgement(power(self), reason)
            for reason, applies, power in _RULES
            if applies(self, now)
        )

    def _is_cut_off(self, now: float) -> bool:
        """Whether commands got lost again and again: one alone is an odd answer."""
        first, last = self._first_miss_at, self._last_miss_at
        if first is None or last is None or now - last > CUT_OFF:
            return False
        return last - first >= SECOND_LOOK

    def _says_on_but_is_cut_off(self, now: float) -> bool:
        said = self.network_says
        if said == PowerState.UNKNOWN:
            said = self.status.power_state
        return said == PowerState.ON and self._is_cut_off(now)

    def _list_knows_better(self, now: float) -> bool:
        """Whether the list has news, and the status does not come."""
        if self._listed == PowerState.UNKNOWN:
            return False
        late = now - self._listed_at > STATUS_LATE
        return not self._current or (self._listed_at > (self.status_at or 0.0) and late)

    def _is_too_old(self, now: float) -> bool:
        return not self._current and now - (self.status_at or 0.0) > GRACE

    def _looks_after_itself(self, _: float) -> bool:
        """Whether no look has found it on for long: that time goes by proves nothing."""
        if self._woke_at is None or self.status_at is None:
            return False
        return self.status_at - self._woke_at < MAINTENANCE

    def remembered(self) -> Remembered:
        """What is to be kept."""
        return Remembered(
            status=self.status.raw(),
            status_at=self.status_at,
            alive_at=self.alive_at,
            alive_by=self.alive_by,
            first_miss_at=self._first_miss_at,
            last_miss_at=self._last_miss_at,
        )

    @classmethod
    def restored(cls, kept: Remembered) -> Evidence:
        """What an earlier run left; nothing, if that cannot be used."""
        evidence = cls()
        try:
            evidence.status = ConsoleStatus.model_validate(kept["status"])
            evidence.status_at = _moment(kept["status_at"])
            evidence.alive_at = _moment(kept["alive_at"])
            evidence._first_miss_at = _moment(kept["first_miss_at"])
            evidence._last_miss_at = _moment(kept["last_miss_at"])
            evidence.alive_by = Witness(kept["alive_by"]) if kept["alive_by"] else None
        except KeyError, TypeError, ValueError:
            return cls()
        return evidence


def _moment(kept: float | None) -> float | None:
    return None if kept is None else float(kept)


_RULES: tuple[
    tuple[Reason, Callable[[Evidence, float], bool], Callable[[Evidence], PowerState]],
    ...,
] = (
    (
        Reason.CUT_OFF,
        Evidence._says_on_but_is_cut_off,  # noqa: SLF001 - the table is a part of it
        lambda _: PowerState.OFF,
    ),
    (
        Reason.LIST,
        Evidence._list_knows_better,  # noqa: SLF001
        lambda evidence: evidence._listed,  # noqa: SLF001
    ),
    (
        Reason.NOTHING_HEARD,
        lambda evidence, _: evidence.status_at is None,
        lambda _: PowerState.UNKNOWN,
    ),
    (
        Reason.TOO_OLD,
        Evidence._is_too_old,  # noqa: SLF001
        lambda _: PowerState.UNKNOWN,
    ),
    (
        Reason.MAINTENANCE,
        Evidence._looks_after_itself,  # noqa: SLF001
        lambda _: PowerState.CONNECTED_STANDBY,
    ),
    (
        Reason.STATUS,
        lambda *_: True,
        lambda evidence: evidence.status.power_state,
    ),
)
"""What outweighs what, the strongest first: the reason, when it applies, and the power it leads to."""
