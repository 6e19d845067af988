"""Commands that wait for their turn at one console, and the order in which they get it. Pure.

A console hears one command at a time, and each takes the network a moment. What comes faster than
that piles up: steps of the volume become one command, repeats of a held direction one tap, texts
the last of them, and everything else goes before the volume. Single taps keep their order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .commands import Aspect, ConsoleCommand, Instruction, steps_of, text_of, with_steps

HELD = 0.16
"""Seconds between calls of a held button at most: nobody taps that fast."""
MOST_STEPS = 20
"""Steps of the volume that one command may take: more than that nobody means."""


@dataclass(slots=True, eq=False, kw_only=True)
class Job:
    """A command in the queue."""

    instruction: Instruction | None
    """None for nothing at all, when its turn comes."""
    asked_at: float
    awake: bool = True
    """Whether the console has to be on for it."""
    repeat: bool = False
    """Whether it stands for a button that is held down, and is done only while it is."""
    askers: int = 1
    """How many wait for it."""
    drop: Callable[[], None] = lambda: None
    """Called when it loses its turn to something else."""

    @property
    def command(self) -> ConsoleCommand | None:
        """The command, if it is certain already: a toggle depends on what is then."""
        told = self.instruction
        return told if isinstance(told, ConsoleCommand) else None

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
        self._asked_at: dict[str, float] = {}

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def put(self, job: Job) -> Job:
        """Let a command wait for its turn; the job that stands for it may be one that waits already."""
        command = job.command
        stands_for = self._joined(command, job.asked_at) if command else None
        if command is not None:
            self._asked_at[_button(command)] = job.asked_at
        if stands_for is not None:
            stands_for.askers += 1
            return stands_for
        if job.steps is None:
            # What a button that was held down would still do, it would do to something else.
            self._drop([one for one in self._waiting if one.repeat])
        self._waiting.append(job)
        return job

    def _joined(self, command: ConsoleCommand, now: float) -> Job | None:
        """The waiting job that does what a command asks for as well, or does now."""
        if (steps := steps_of(command)) is not None:
            return self._louder(command, steps)
        last = self._waiting[-1] if self._waiting else None
        if last is None or last.command is None:
            return None
        if text_of(command) is not None and text_of(last.command) is not None:
            # A text replaces the one before it, so that one need not be seen.
            last.instruction = command
            return last
        held = now - self._asked_at.get(_button(command), -HELD) <= HELD
        if not (command.repeats and held and _same_button(last, command)):
            return None
        last.repeat = True
        return last

    def _louder(self, command: ConsoleCommand, steps: int) -> Job | None:
        """The last change of the volume that waits, made so much larger, if it goes the same way."""
        last = next((job for job in reversed(self._waiting) if job.steps), None)
        if last is None or last.steps is None or not _same_button(last, command):
            return None
        last.instruction = with_steps(command, min(last.steps + steps, MOST_STEPS))
        return last

    def take(self, ready: Callable[[Job], bool], now: float) -> Job | None:
        """Give the next that is ready its turn: the volume can wait for whatever else there is."""
        self._drop([job for job in self._waiting if self._released(job, now)])
        able = [job for job in self._waiting if ready(job)]
        job = next((job for job in able if not job.steps), able[0] if able else None)
        if job is not None:
            self._waiting.remove(job)
        return job

    def _released(self, job: Job, now: float) -> bool:
        """Whether a job is a repeat of a button that nobody holds down any more."""
        if not job.repeat or job.command is None:
            return False
        return now - self._asked_at[_button(job.command)] > HELD

    def _drop(self, surplus: Iterable[Job]) -> None:
        for job in surplus:
            self._waiting.remove(job)
            job.drop()

    def discard(self, job: Job) -> bool:
        """Let go of a job that somebody does not want any more; whether it waited, and nobody else does."""
        job.askers -= 1
        if job.askers > 0 or job not in self._waiting:
            return False
        self._waiting.remove(job)
        return True


def _button(command: ConsoleCommand) -> str:
    """What is pressed for it, whatever the number of steps."""
    parameters = command.command.parameters
    return f"{command.command.name} {parameters.get('keyType') or parameters.get('direction')}"


def _same_button(job: Job, command: ConsoleCommand) -> bool:
    return job.command is not None and _button(job.command) == _button(command)
