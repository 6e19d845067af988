"""Consoles as hypothesis draws them: all that is not known of them, and only as much as a failure needs."""

from collections.abc import Collection, Mapping

from hypothesis import strategies as st

from simulator.consoles.knobs import DEFAULTS, ConsoleKnobs, ranges
from simulator.consoles.ranges import NEVER, Choice, Count, Range, Seconds


def _values(values: Range, *, never: bool) -> st.SearchStrategy[object]:
    match values:
        case Choice():
            return st.sampled_from(values.values)
        case Count():
            return st.integers(0, values.highest)
        case Seconds():
            numbers: st.SearchStrategy[object] = st.floats(
                values.lowest, values.highest
            ).map(lambda seconds: max(values.lowest, round(seconds, 1)))
            unset = st.none() if values.unset else st.nothing()
            endless = st.just(NEVER) if values.never and never else st.nothing()
            return st.one_of(unset, numbers, endless)
    raise AssertionError(values)


def console_knobs(
    only: Collection[str] | None = None, *, never: bool = True
) -> st.SearchStrategy[ConsoleKnobs]:
    """Draw a console.

    Args:
        only: Names of the knobs to draw; `wake` stands for all of `wake.…`. The others keep their defaults.
        never: Whether NEVER may be drawn where the default is not NEVER already.
    """
    drawn: Mapping[str, st.SearchStrategy[object]] = {
        name: _values(values, never=never)
        for name, values in ranges().items()
        if only is None or name in only or name.partition(".")[0] in only
    }
    # Knobs may be left out, so that a failure shrinks to those that matter.
    return st.fixed_dictionaries({}, optional=drawn).map(DEFAULTS.changed)
