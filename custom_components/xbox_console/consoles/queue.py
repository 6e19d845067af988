"""Commands that wait for their turn at one console, and the order in which they get it. Pure.

A console hears one command at a time, and each takes the network a moment. What comes faster than
that piles up: steps of the volume become one command, repeats of a held direction one tap, and
everything else goes before them. Single taps keep their order.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .commands import Aspect, ConsoleCommand, Meaning, steps_of, with_steps

HELD = 0.16
"""Seconds between calls of a held button at most: nobody taps that fast."""
MOST_STEPS = 20
"""Steps of the volume that one command may take: more than that nobody means."""


@dataclass(slots=True, eq=False, kw_only=True)
class Job:
    """A command in the queue; `last_put` is when it was asked for, or joined, last."""

    meaning: Meaning
    last_put: float
    awake: bool = True
    """Whether the console has to be on for it."""
    held: bool = False
    """Whether it stands for more than one repeat of a button that is held down."""
    drop: Callable[[], None] = lambda: None
    """Called when it loses its turn to something else."""

    @property
    def command(self) -> ConsoleCommand | None:
        """The command, if it is certain already: a toggle depends on what is then."""
        return self.meaning if isinstance(self.meaning, ConsoleCommand) else None

    @property
    def power(self) -> bool:
        """Whether it is about the power: that never waits for the console to be on."""
        command = self.command
        return command is not None and command.aspect is Aspect.POWER

    @property
    def steps(self) -> int | None:
        """Steps of the volume, which it does not matter when they come."""
        return steps_of(self.command) if self.command else None


class Queue:
    """What waits, in the order in which it came."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._waiting: list[Job] = []
        self._last_put: dict[str, float] = {}

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def put(self, job: Job) -> Job:
        """Let a command wait for its turn; the job that stands for it may be one that waits already."""
        command = job.command
        if command is not None and command.repeats and self._waiting:
            if joined := self._joined(self._waiting[-1], command, job.last_put):
                return joined
        if command is not None:
            self._last_put[_button(command)] = job.last_put
        if command is None or not command.repeats:
            # The button was released: what it would still do, it would do to something else.
            for surplus in [one for one in self._waiting if one.held and not one.steps]:
                self._waiting.remove(surplus)
                surplus.drop()
        self._waiting.append(job)
        return job

    def _joined(self, last: Job, command: ConsoleCommand, now: float) -> Job | None:
        """The job at the end of the queue, if the same button being held down made it."""
        if last.command is None or _button(last.command) != _button(command):
            return None
        held = now - self._last_put.get(_button(command), 0.0) <= HELD
        self._last_put[_button(command)] = now
        if steps := steps_of(last.command):
            total = min(steps + (steps_of(command) or 1), MOST_STEPS)
            last.meaning = with_steps(last.command, total)
        elif not held:
            return None
        last.last_put, last.held = now, True
        return last

    def take(self, ready: Callable[[Job], bool]) -> Job | None:
        """Give the next that is ready its turn: the volume can wait for whatever else there is."""
        able = [job for job in self._waiting if ready(job)]
        job = next((job for job in able if not job.steps), able[0] if able else None)
        if job is not None:
            self._waiting.remove(job)
        return job

    def put_back(self, job: Job) -> None:
        """Let a job wait on that had its turn too early."""
        self._waiting.insert(0, job)

    def discard(self, job: Job) -> bool:
        """Let go of a job that nobody wants any more; whether it still waited."""
        if job in self._waiting:
            self._waiting.remove(job)
            return True
        return False


def _button(command: ConsoleCommand) -> str:
    """What is pressed for it, whatever the number of steps."""
    parameters = command.command.parameters
    return f"{command.command.name} {parameters.get('keyType') or parameters.get('direction')}"
