"""Whether one console answers, and whether that can be relied on. Pure: no clock, no network.

Anybody in the local network can forge an answer, so nothing here is ever shown: it only tells when to ask.
Times are seconds of a clock that never goes back, given by the caller.
"""

SILENCES = 3
"""Questions in a row without an answer until a console counts as gone."""
DOUBT = 60.0
"""Seconds after the network calls it on within which a console that can be relied on has answered."""
MAINTENANCE = 600.0
"""Seconds for which one may answer that is not on: it looks after itself."""


class Presence:
    """What was heard of one console, compared with what the network says."""

    def __init__(self, *, healthy: bool = False) -> None:
        """Know nothing but whether it could be relied on before."""
        self.answers: bool | None = None
        """None while that is not known."""
        self._alone_at: float | None = None
        """When it began to answer while the network did not call it on, if it still does and that does not."""
        self.on: bool | None = None
        """The network's word."""
        self.healthy = healthy
        """It answered while it was on, and its changes were those that the network told."""
        self._silences = 0
        self._answered_on = False
        self._changed = False
        self._doubted_at: float | None = None

    def hear_answer(self, now: float) -> bool:
        """Take an answer; whether it is the first after silence."""
        self._silences = 0
        return self._become(answers=True, now=now)

    def hear_silence(self, now: float) -> bool:
        """Take note that a question was not answered; whether that is the end of its answers."""
        self._silences += 1
        if self._silences < SILENCES:
            return False
        return self._become(answers=False, now=now)

    def lose_touch(self) -> None:
        """Take note that it cannot be asked: whether it answers is not known any more."""
        self.answers, self._silences, self._alone_at = None, 0, None

    def hear_network(self, *, on: bool, now: float) -> None:
        """Take the network's word."""
        if on and not self.on:
            self._doubted_at = None if self.answers else now
        elif not on:
            self._doubted_at = None
        if on:
            self._alone_at = None
        self.on = on
        self._compare()

    def _become(self, *, answers: bool, now: float) -> bool:
        before, self.answers = self.answers, answers
        if answers is before:
            return False
        self._alone_at = now if answers and self.on is False else None
        # What is first heard of it is no change that could agree with anything.
        self._changed |= before is not None
        if answers:
            self._doubted_at = None
        self._compare()
        return answers or before is not None

    def _compare(self) -> None:
        if self.answers and self.on:
            self._answered_on = True
        if self._answered_on and self._changed and self.answers is self.on:
            self.healthy = True

    def check(self, now: float) -> None:
        """Rely on it no longer if it is on for long and was not heard."""
        if self._doubted_at is not None and now - self._doubted_at >= DOUBT:
            self.healthy = self._answered_on = self._changed = False
            self._doubted_at = None

    @property
    def agrees(self) -> bool:
        """Whether it answers exactly if the network calls it on."""
        return self.answers is self.on

    @property
    def lost(self) -> bool:
        """Whether it is on and does not answer: it may have moved."""
        return self.on is True and self.answers is False

    def vouches(self, now: float) -> bool:
        """Whether it would be heard if it came on, so that the network need not be asked often."""
        if not self.healthy or self.on is not False:
            return False
        if self.answers:
            # It looks after itself. One that still answers may be on again before it was missed.
            alone = self._alone_at
            return alone is not None and now - alone < MAINTENANCE
        return self.answers is False
