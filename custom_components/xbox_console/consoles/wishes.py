"""What the user asked of one console and has not seen yet. Pure: no clock, no network.

Times are seconds of a clock that never goes back, given by the caller.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from ..xboxlive.errors import CommandFailed, ConsoleError, ConsoleOff, XboxError
from ..xboxlive.services.consoles import Operation, OperationStatus
from ..xboxlive.services.smartglass import console_error
from .commands import Aspect, ConsoleCommand
from .state import ConsoleState


class Outcome(StrEnum):
    """How a wish ended."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    REPLACED = "replaced"
    UNANSWERED = "unanswered"


@dataclass(slots=True, eq=False, kw_only=True)
class Wish:
    """One thing that was asked for, until the console shows it, denies it, or time is over."""

    command: ConsoleCommand
    deadline: float
    """Until when it may be shown without anything that confirms it."""
    before: ConsoleState
    """What was shown when it was made."""
    made_at: datetime
    sent_at: float | None = None
    op_id: str | None = None
    lenient: bool = False
    """Whether a refusal only means *not yet*, as of a console that just woke."""
    refused: bool = False
    """Whether the console has refused while the wish is lenient."""
    answered: bool = False
    """Whether the command's own operation is finished."""
    outcome: Outcome | None = None
    error: XboxError | None = None
    """Why it was denied."""
    by: ConsoleCommand | None = None
    """What replaced it."""
    gone: bool = False
    """Whether a console that restarts was seen to be off."""
    blank: bool = False
    """Whether a console that restarts was seen to show nothing."""
    rescued: bool = False
    """Whether somebody else was asked to help after the network could not."""
    waiters: int = 0
    """How many wait to hear how it ends."""
    listeners: list[Callable[[], None]] = field(default_factory=list)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self.outcome is None

    def shown(self, state: ConsoleState) -> ConsoleState:
        """The state as it is once the wish has come true."""
        if self.command.aspect is Aspect.RESTART:
            return self.before
        if self.command.aspect is Aspect.APP and self.sent_at is None:
            # Its console wakes up first.
            return state
        return self.command.effect(state) if self.command.effect else state

    def confirmed_by(self, observed: ConsoleState) -> bool:
        """Whether the aspect itself is as it was wished; an operation's word is none."""
        if self.command.aspect is Aspect.RESTART:
            return self._is_back(observed)
        effect = self.command.effect
        if effect is None or effect(observed) != observed:
            return False
        return self.command.aspect is Aspect.POWER or observed.on

    def _is_back(self, observed: ConsoleState) -> bool:
        """Whether a restarted console has been away, and is no longer: it may be called on all the time."""
        if not observed.on:
            self.gone = True
        elif observed.app is None:
            self.blank = True
        return observed.on and (self.gone or (self.blank and observed.app is not None))

    def end(
        self,
        outcome: Outcome,
        *,
        error: XboxError | None = None,
        by: ConsoleCommand | None = None,
    ) -> None:
        """Tell everybody who waits; what has ended stays as it ended."""
        if self.outcome is None:
            self.outcome, self.error, self.by = outcome, error, by
            self.tell()

    def tell(self) -> None:
        """Let everybody look who waits."""
        for listener in tuple(self.listeners):
            listener()


_REPLACES: dict[Aspect, tuple[Aspect, ...]] = {
    Aspect.POWER: (Aspect.POWER, Aspect.RESTART),
    Aspect.RESTART: (Aspect.POWER, Aspect.RESTART, Aspect.APP, Aspect.PLAYBACK),
    Aspect.APP: (Aspect.APP, Aspect.PLAYBACK),
    Aspect.PLAYBACK: (Aspect.PLAYBACK,),
    Aspect.TAP: (Aspect.TAP,),
    Aspect.PACKAGE: (),
}
"""Which wishes a new one takes the place of; what only follows its own operation never ends another."""


class Wishes:
    """The wishes that are alive, at most one of an aspect; each package has one of its own."""

    def __init__(self) -> None:
        """Wish nothing."""
        self._alive: list[Wish] = []
        self.rescue: Callable[[Wish], bool] = lambda _: False
        """Asks somebody else to wake the console; whether there is anybody."""

    def __iter__(self) -> Iterator[Wish]:
        """Those that are alive, in the order in which they are laid over what is believed."""
        self._alive = [wish for wish in self._alive if wish.alive]
        return iter(sorted(self._alive, key=lambda wish: wish.command.aspect))

    def of(self, *aspects: Aspect) -> Wish | None:
        """The living wish for one of these aspects."""
        return next((wish for wish in self if wish.command.aspect in aspects), None)

    def make(self, wish: Wish) -> Wish:
        """Add a wish; those that it takes the place of end as replaced."""
        command = wish.command
        replaced = set(_REPLACES[command.aspect])
        if command.sleeps:
            replaced |= {Aspect.APP, Aspect.PLAYBACK}
        for other in self:
            if other.command.aspect in replaced:
                other.end(Outcome.REPLACED, by=command)
        self._alive.append(wish)
        return wish

    def hear(self, observed: ConsoleState, asked_at: float) -> None:
        """End what a status confirms that was asked for after the command was sent."""
        for wish in self:
            if (
                wish.sent_at is not None
                and wish.sent_at <= asked_at
                and wish.confirmed_by(observed)
            ):
                wish.end(Outcome.CONFIRMED)

    def hear_operation(
        self, wish: Wish, operation: Operation | None, now: float
    ) -> None:
        """Take what opStatus says of a wish's command: it may deny, and confirms only what nothing shows."""
        if operation is None:
            wish.op_id = None
        elif not operation.pending:
            wish.op_id, wish.answered = None, True
            denial = denial_of(operation)
            if denial is not None:
                self.refuse(wish, denial, now)
            elif wish.command.aspect in _BY_OPERATION:
                wish.end(Outcome.CONFIRMED)
            else:
                wish.tell()

    def refuse(self, wish: Wish, error: XboxError, now: float) -> None:
        """Take a refusal, which of a console that just woke may mean *not yet*."""
        if not wish.alive:
            return
        if wish.lenient:
            wish.refused = True
            wish.tell()
        elif isinstance(error, ConsoleError) and self._rescued(wish, now):
            wish.error = error
        else:
            # An ill service says nothing about the console.
            wish.end(Outcome.DENIED, error=error)

    def expire(self, now: float) -> None:
        """End what has waited long enough."""
        for wish in self:
            if now >= wish.deadline and not self._rescued(wish, now):
                # What nobody could help with ends as the network has said.
                denied = wish.sent_at is not None and wish.error is not None
                outcome = Outcome.DENIED if denied else Outcome.UNANSWERED
                wish.end(outcome, error=wish.error)

    def _rescued(self, wish: Wish, now: float) -> bool:
        """Whether a wake that the network cannot do goes on because somebody else may."""
        if not wish.command.wakes or wish.rescued or not self.rescue(wish):
            return False
        wish.rescued, wish.op_id = True, None
        wish.sent_at, wish.deadline = now, now + wish.command.patience
        wish.tell()
        return True

    @property
    def next_deadline(self) -> float | None:
        """When the next one expires."""
        return min((wish.deadline for wish in self), default=None)

    def shown(self, believed: ConsoleState) -> ConsoleState:
        """What is shown: the wishes laid over what is believed, and which of them that hangs on."""
        state, pending = believed, None
        for wish in self:
            laid = wish.shown(state)
            changes = laid != state or wish.command.aspect is Aspect.RESTART
            if pending is None and changes and wish.command.pending:
                pending = wish
            state = laid
        return replace(
            state,
            pending=pending.command.pending if pending else None,
            pending_since=pending.made_at if pending else None,
        )


_BY_OPERATION = (Aspect.TAP, Aspect.PACKAGE)
"""Nothing in a status shows that these were done: their own operation is the only witness."""


def denial_of(operation: Operation) -> ConsoleError | None:
    """What a finished operation means; None is success."""
    if operation.operation_status == OperationStatus.OFF_CONSOLE_ERROR:
        return ConsoleOff()
    if operation.xccs_error_code and operation.xccs_error_code != "OK":
        return console_error(operation.xccs_error_code)
    if operation.operation_status == OperationStatus.SUCCEEDED or operation.succeeded:
        return None
    return CommandFailed(operation.operation_status)
