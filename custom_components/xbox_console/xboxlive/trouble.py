"""A service that does not work."""

from dataclasses import dataclass

_LONGEST_SILENCE = 600.0
"""Seconds between two failures that still count as one trouble: all that is ill is tried sooner."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A service that does not work; times in monotonic seconds."""

    since: float
    latest: float
    problem: str
    """What kind of error it was; the error itself would keep alive what was under way."""
    retry_after: float | None
    signing_in: bool
    """Whether the sign-in for other services suffers from it, rather than a request of its own."""

    @property
    def lasting(self) -> float:
        """Seconds between the first failure and the latest; 0 if there was but one."""
        return self.latest - self.since

    def counts(self, now: float) -> bool:
        """Whether it was tried lately: what nobody has asked for long may be well again."""
        pause = self.retry_after or 0.0
        return now - self.latest <= pause + _LONGEST_SILENCE
