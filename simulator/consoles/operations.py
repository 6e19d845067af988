"""Commands under way, as opStatus reports them."""

from dataclasses import dataclass, field
import math
import uuid


@dataclass(kw_only=True)
class Operation:
    """A command that was accepted: pending until `done_at`, then `outcome`."""

    console_id: str
    command: str
    session_id: str
    started_at: float
    done_at: float = math.inf
    outcome: str = "Succeeded"
    message: str | None = None
    decided: bool = False
    """The outcome is fixed, whatever comes of the command."""
    xccs_error_code: str | None = None
    answer: str = "found"
    """`found`, or what opStatus says instead: `empty` list, or `404`."""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def report(self, outcome: str, message: str | None) -> None:
        """Note what came of the command, unless that is decided."""
        if not self.decided:
            self.outcome, self.message = outcome, message

    def decide(self, outcome: str) -> None:
        """Fix the outcome."""
        self.outcome, self.message, self.decided = outcome, None, True

    def status_at(self, now: float, forced: str = "") -> str:
        """Return operationStatus at a time; `forced` takes the place of what really happened."""
        return "Pending" if now < self.done_at else forced or self.outcome


class Operations:
    """All operations by id."""

    def __init__(self) -> None:
        """Start with none."""
        self._by_id: dict[str, Operation] = {}

    def add(self, operation: Operation) -> Operation:
        """Keep an operation and return it."""
        self._by_id[operation.id] = operation
        return operation

    def find(
        self, op_id: str, console_id: str, now: float, kept_seconds: float
    ) -> Operation | None:
        """Return an operation of this console that has not been forgotten yet."""
        found = self._by_id.get(op_id)
        if (
            found is None
            or found.console_id != console_id
            or now - found.started_at > kept_seconds
        ):
            return None
        return found

    def lose(self, console_id: str, now: float) -> None:
        """Let what is under way on a console time out: nobody will report back."""
        for operation in self._by_id.values():
            if operation.console_id == console_id and now < operation.done_at:
                operation.report("TimedOut", "The console did not answer")

    def latest(self, console_id: str) -> Operation | None:
        """Return the console's most recent operation."""
        return next(
            (
                op
                for op in reversed(self._by_id.values())
                if op.console_id == console_id
            ),
            None,
        )
