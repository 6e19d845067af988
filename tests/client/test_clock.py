"""The services' time, learned from their answers."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from custom_components.xbox_console.xboxlive.clock import Clock

LOCAL = 1_780_000_000.0


def date(seconds: float) -> str:
    """A `Date` header."""
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


def clock() -> Clock:
    """A clock on a machine whose time stands still."""
    return Clock(lambda: LOCAL)


@pytest.mark.parametrize("skew", [-600, -30, 30, 600, 400 * 86400])
def test_a_wrong_machine_clock_is_corrected(skew: int) -> None:
    """Whatever the machine thinks, the clock shows the services' time to the second."""
    corrected = clock()
    assert corrected.learn(date(LOCAL + skew), 0.2)
    assert corrected.timestamp() == pytest.approx(LOCAL + skew, abs=1)
    assert corrected.now() == datetime.fromtimestamp(corrected.timestamp(), UTC)
    assert (corrected.after(90) - corrected.now()).total_seconds() == 90


@pytest.mark.parametrize("skew", [-4, -1, 0, 1, 4])
def test_a_right_machine_clock_is_left_alone(skew: int) -> None:
    """`Date` has whole seconds and travels: small differences are noise."""
    corrected = clock()
    assert not corrected.learn(date(LOCAL + skew), 0.2)
    assert corrected.timestamp() == LOCAL


def test_a_slow_answer_proves_little() -> None:
    """What half the round trip explains is no skew."""
    corrected = clock()
    assert not corrected.learn(date(LOCAL - 9), 10.0)
    assert corrected.skew == 0.0


def test_the_correction_ends_when_the_machine_clock_is_set_right() -> None:
    """The skew is learned anew from each answer, and small changes do not make it jump."""
    corrected = clock()
    corrected.learn(date(LOCAL + 600), 0)
    skew = corrected.skew
    assert not corrected.learn(date(LOCAL + 602), 0)
    assert corrected.skew == skew
    assert corrected.learn(date(LOCAL), 0)
    assert corrected.skew == 0.0


@pytest.mark.parametrize("header", [None, "", "yesterday", "Thu, 32 Foo 9999 99:99:99"])
def test_no_or_a_broken_date_teaches_nothing(header: str | None) -> None:
    """The clock goes on as before."""
    corrected = clock()
    assert not corrected.learn(header, 0)
    assert corrected.timestamp() == LOCAL


@pytest.mark.parametrize("wrong", [-3600, 3600])
@pytest.mark.parametrize("order", [["a", "b", "c"], ["c", "b", "a"], ["b", "a", "c"]])
def test_one_host_that_does_not_know_the_time_is_outvoted(
    wrong: int, order: list[str]
) -> None:
    """However often it speaks, what is signed and counted keeps its time."""
    corrected = clock()
    told = {"a": wrong, "b": 600, "c": 600}
    for host in [*order, "a", "a", "a"]:
        corrected.learn(date(LOCAL + told[host]), 0, host)
    assert corrected.timestamp() == pytest.approx(LOCAL + 600, abs=1)


def test_of_two_hosts_that_differ_the_nearer_counts() -> None:
    """The machine's own time is mostly right."""
    corrected = clock()
    corrected.learn(date(LOCAL + 3600), 0, "a")
    corrected.learn(date(LOCAL), 0, "b")
    assert corrected.skew == 0.0


def test_a_machine_clock_that_is_set_is_noticed_by_one_host_alone() -> None:
    """What others said long ago counts no more."""
    steady = 0.0
    corrected = Clock(lambda: LOCAL, lambda: steady)
    for host in "abc":
        corrected.learn(date(LOCAL + 600), 0, host)
    steady = 601.0
    assert corrected.learn(date(LOCAL), 0, "a")
    assert corrected.skew == 0.0
