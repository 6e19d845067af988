"""Burst and sustain windows, with a clock that the test turns."""

import asyncio

from hypothesis import given, strategies as st
import pytest

from custom_components.xbox_console.xboxlive.errors import RateLimited
from custom_components.xbox_console.xboxlive.ratelimit import (
    Budget,
    Window,
    fine_grained,
)


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
        return Budget("service.example", windows, lambda: self.now)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with its own time."""
    return Machine(monkeypatch)


async def test_a_window_is_never_exceeded(machine: Machine) -> None:
    """The request after the last allowed one says exactly how long to wait."""
    budget = machine.budget(*fine_grained(3, 5))
    for left in (3, 2, 1):
        assert budget.remaining == left
        await budget.spend(0)
        machine.now += 1
    with pytest.raises(RateLimited) as refused:
        await budget.spend(0)
    assert refused.value.retry_after == pytest.approx(12)
    machine.now += 12
    await budget.spend(0)
    await asyncio.sleep(15)
    await budget.spend(0)
    assert budget.remaining == 0
    assert budget.pause() == pytest.approx(1000 + 300 - machine.now)


async def test_patience_waits_and_no_longer(machine: Machine) -> None:
    """A caller chooses: wait that long at most, or hear at once that it takes longer."""
    budget = machine.budget(Window(1, 10))
    await budget.spend(0)
    before = machine.now
    await budget.spend(10)
    assert machine.now - before == pytest.approx(10)
    with pytest.raises(RateLimited):
        await budget.spend(9.9)
    assert machine.now - before == pytest.approx(10)


async def test_a_refusal_closes_until_then(machine: Machine) -> None:
    """Also where no limit is published; a shorter refusal does not open early."""
    assert machine.budget().remaining is None
    budget = machine.budget()
    budget.close(20)
    budget.close(5)
    assert budget.remaining == 0
    with pytest.raises(RateLimited) as refused:
        await budget.spend(0)
    assert refused.value.retry_after == pytest.approx(20)
    machine.now += 20
    await budget.spend(0)


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
    budget = Budget("service.example", windows, lambda: now)
    for pause in pauses:
        now += pause
        try:
            asyncio.run(budget.spend(0))
            sent.append(now)
        except RateLimited as refused:
            waits.append(refused.retry_after)
    assert all(wait > 0 for wait in waits)
    for window in windows:
        for moment in sent:
            within = [each for each in sent if moment <= each < moment + window.seconds]
            assert len(within) <= window.requests
