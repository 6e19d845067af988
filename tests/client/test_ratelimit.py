"""Burst and sustain windows, with a clock that the test turns."""

import asyncio

from hypothesis import given, strategies as st
import pytest

from custom_components.xbox_console.xboxlive.errors import (
    AccessDenied,
    ConnectionFailed,
    RateLimited,
    ServiceUnavailable,
    XboxError,
)
from custom_components.xbox_console.xboxlive.ratelimit import (
    Budget,
    Window,
    fine_grained,
)

HOST = "service.example"


class Machine:
    """Time that passes when somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Start anywhere."""
        self.now = 1000.0
        self._zero = asyncio.sleep

        async def sleep(seconds: float) -> None:
            self.now += seconds
            await self._zero(0)

        monkeypatch.setattr("asyncio.sleep", sleep)

    def budget(self, *windows: Window) -> Budget:
        """A budget in this time."""
        return Budget(HOST, windows, lambda: self.now)


async def _ask(
    budget: Budget, patience: float = 0.0, answer: XboxError | None = None
) -> None:
    """One request, and how it went."""
    async with budget.turn(patience):
        if answer is not None:
            raise answer


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with its own time."""
    return Machine(monkeypatch)


async def test_a_window_is_never_exceeded(machine: Machine) -> None:
    """The request after the last allowed one says exactly how long to wait."""
    budget = machine.budget(*fine_grained(3, 5))
    for left in (3, 2, 1):
        assert budget.remaining == left
        await _ask(budget, 0)
        machine.now += 1
    with pytest.raises(RateLimited) as refused:
        await _ask(budget, 0)
    assert refused.value.retry_after == pytest.approx(12)
    machine.now += 12
    await _ask(budget, 0)
    await asyncio.sleep(15)
    await _ask(budget, 0)
    assert budget.remaining == 0
    with pytest.raises(RateLimited) as refused:
        await _ask(budget)
    assert refused.value.retry_after == pytest.approx(1000 + 300 - machine.now)


async def test_patience_waits_and_no_longer(machine: Machine) -> None:
    """A caller chooses: wait that long at most, or hear at once that it takes longer."""
    budget = machine.budget(Window(1, 10))
    await _ask(budget, 0)
    before = machine.now
    await _ask(budget, 10)
    assert machine.now - before == pytest.approx(10)
    with pytest.raises(RateLimited):
        await _ask(budget, 9.9)
    assert machine.now - before == pytest.approx(10)


class Service:
    """A service that answers when the test says so."""

    def __init__(self, budget: Budget) -> None:
        """Nobody asks yet."""
        self.budget = budget
        self._answers: list[asyncio.Future[None]] = []

    async def ask(self, patience: float = 0.0) -> None:
        """Send a request, and wait for the answer."""
        async with self.budget.turn(patience):
            answer = asyncio.get_running_loop().create_future()
            self._answers.append(answer)
            try:
                await answer
            finally:
                if answer in self._answers:
                    self._answers.remove(answer)

    async def begin(self, count: int = 1) -> list[asyncio.Task[None]]:
        """Let so many ask at once."""
        tasks = [asyncio.create_task(self.ask()) for _ in range(count)]
        await asyncio.gather(*[asyncio.sleep(0)] * 3)
        return tasks

    @property
    def asked(self) -> int:
        """How many wait for an answer."""
        return len(self._answers)

    async def answer(self, *errors: XboxError | None) -> None:
        """Answer who waits, the first first."""
        for error in errors:
            answer = self._answers.pop(0)
            if error is None:
                answer.set_result(None)
            else:
                answer.set_exception(error)
            await asyncio.gather(*[asyncio.sleep(0)] * 3)


async def test_a_refusal_closes_until_then(machine: Machine) -> None:
    """Also where no limit is published; a shorter refusal does not open early."""
    assert machine.budget().remaining is None
    service = Service(machine.budget())
    asking = await service.begin(2)
    await service.answer(RateLimited(HOST, 20), RateLimited(HOST, 5))
    await asyncio.gather(*asking, return_exceptions=True)
    assert service.budget.remaining == 0
    for patience in (0, 5):
        with pytest.raises(RateLimited) as refused:
            await service.ask(patience)
        assert refused.value.retry_after == pytest.approx(20, abs=0.01)
        assert not refused.value.asked
    machine.now += 20
    (first,) = await service.begin()
    await service.answer(None)
    assert first.done()


@pytest.mark.parametrize(
    "failure",
    [
        ConnectionFailed(HOST),
        ServiceUnavailable(HOST, "HTTP 503"),
        ServiceUnavailable(HOST, "HTTP 503", 0.0),
        ServiceUnavailable(HOST, "HTTP 503", 1.0),
        RateLimited(HOST, 0.0),
        RateLimited(HOST, 1.0),
    ],
)
async def test_failures_in_a_row_are_followed_by_ever_longer_pauses(
    machine: Machine, failure: XboxError
) -> None:
    """Case W1: whatever the service wishes for, up to five minutes."""
    budget = machine.budget()
    pauses = []
    for _ in range(14):
        with pytest.raises(type(failure)) as told:
            await _ask(budget, answer=failure)
        assert told.value.asked
        with pytest.raises(XboxError) as refused:
            await _ask(budget)
        assert not refused.value.asked
        pauses.append(budget.closed_for)
        machine.now += pauses[-1]
    assert pauses[0] <= 1
    assert all(
        0.5 * expected <= pause <= max(1.0, 1.5 * expected)
        for pause, expected in zip(pauses, [0.5 * 2**n for n in range(9)], strict=False)
    )
    assert all(127 <= pause <= 301 for pause in pauses[9:])


@pytest.mark.parametrize("sign_of_life", [None, AccessDenied(HOST, 403)])
async def test_a_service_that_answers_is_well(
    machine: Machine, sign_of_life: XboxError | None
) -> None:
    """The next failure is a first one again."""
    budget = machine.budget()
    for _ in range(8):
        with pytest.raises(ConnectionFailed):
            await _ask(budget, answer=ConnectionFailed(HOST))
        machine.now += budget.closed_for
    await asyncio.gather(_ask(budget, answer=sign_of_life), return_exceptions=True)
    with pytest.raises(ConnectionFailed):
        await _ask(budget, answer=ConnectionFailed(HOST))
    assert budget.closed_for <= 0.75


async def test_the_failure_of_another_service_is_not_its_own(machine: Machine) -> None:
    """A sign-in that cannot be renewed says nothing about the service that wants it."""
    budget = machine.budget()
    with pytest.raises(ConnectionFailed):
        await _ask(budget, answer=ConnectionFailed("sign-in.example"))
    assert not budget.closed_for


async def test_what_fails_together_counts_once(machine: Machine) -> None:
    """Many that were on their way are no reason for a longer pause."""
    service = Service(machine.budget())
    asking = await service.begin(6)
    assert service.asked == 6
    await service.answer(*[ConnectionFailed(HOST)] * 6)
    await asyncio.gather(*asking, return_exceptions=True)
    assert service.budget.closed_for <= 0.75


async def test_one_goes_first_after_a_pause(machine: Machine) -> None:
    """Case W1: the others go when it worked, and not at all when it did not."""
    service = Service(machine.budget())
    with pytest.raises(ConnectionFailed):
        await _ask(service.budget, answer=ConnectionFailed(HOST))
    machine.now += service.budget.closed_for
    asking = await service.begin(5)
    assert service.asked == 1
    await service.answer(ConnectionFailed(HOST))
    assert service.asked == 0
    told = await asyncio.gather(*asking, return_exceptions=True)
    assert [getattr(error, "asked", None) for error in told] == [True, *[False] * 4]
    machine.now += service.budget.closed_for
    asking = await service.begin(5)
    await service.answer(None)
    assert service.asked == 4
    await service.answer(*[None] * 4)
    assert await asyncio.gather(*asking) == [None] * 5


async def test_who_goes_first_may_give_up(machine: Machine) -> None:
    """Then the next one goes first."""
    service = Service(machine.budget())
    with pytest.raises(ConnectionFailed):
        await _ask(service.budget, answer=ConnectionFailed(HOST))
    machine.now += service.budget.closed_for
    first, *others = await service.begin(3)
    first.cancel()
    await asyncio.wait({first})
    await asyncio.gather(*[asyncio.sleep(0)] * 3)
    assert service.asked == 1
    await service.answer(None, None)
    assert await asyncio.gather(*others) == [None, None]


async def test_who_has_somebody_waiting_goes_first(machine: Machine) -> None:
    """A person who presses a button is not told to wait for a pause of our own making."""
    budget = machine.budget()
    for _ in range(8):
        with pytest.raises(ConnectionFailed):
            await _ask(budget, answer=ConnectionFailed(HOST))
        machine.now += budget.closed_for
    with pytest.raises(ConnectionFailed):
        await _ask(budget, answer=ConnectionFailed(HOST))
    assert budget.closed_for > 60
    before = machine.now
    await _ask(budget, patience=5)
    assert machine.now == before
    assert not budget.closed_for


@given(
    burst=st.integers(1, 5),
    more=st.integers(0, 10),
    pauses=st.lists(st.floats(0, 20), max_size=60),
)
def test_no_period_ever_holds_too_many(
    burst: int, more: int, pauses: list[float]
) -> None:
    """Whenever requests come, any 15 and any 300 seconds stay within the limits."""
    now, sent, waits = 0.0, list[float](), list[float]()
    windows = fine_grained(burst, burst + more)
    budget = Budget(HOST, windows, lambda: now)
    for pause in pauses:
        now += pause
        try:
            asyncio.run(_ask(budget, 0))
            sent.append(now)
        except RateLimited as refused:
            waits.append(refused.retry_after)
    assert all(wait > 0 for wait in waits)
    for window in windows:
        for moment in sent:
            within = [each for each in sent if moment <= each < moment + window.seconds]
            assert len(within) <= window.requests
