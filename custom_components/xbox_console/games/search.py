"""Which game or app somebody means. Pure: no clock, no network."""

from collections.abc import Container, Iterator
from difflib import SequenceMatcher
from enum import IntEnum
import re
import unicodedata

from .library import App, Kind, Library

LIMIT = 35
"""Most results: more would fill the context of a language model."""

_CLOSE = 0.84
_FAR = 0.7
"""Likeness (0..1) from which a name counts as misheard or mistyped."""
_SHORTEST_GUESS = 3
"""Letters from which likeness means anything."""
_APOSTROPHES = re.compile("['’`]")


class Match(IntEnum):
    """How a name answers a query, the best first."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    CLOSE = 3
    FAR = 4


def words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    letters = (
        letter if letter.isalnum() else " "
        for letter in plain
        if not unicodedata.combining(letter)
    )
    return "".join(letters).split()


def match(wanted: list[str], name: list[str]) -> tuple[Match, float] | None:
    """How a name answers a query, both as words, and how well of its kind (0..1); None if not at all."""
    sought, found = "".join(wanted), "".join(name)
    if not sought or not found:
        return None
    share = min(len(sought), len(found)) / max(len(sought), len(found))
    if sought == found:
        return Match.EXACT, 1.0
    if found.startswith(sought):
        return Match.PREFIX, share
    if _all_begin(wanted, name) or f" {' '.join(name)} " in f" {' '.join(wanted)} ":
        return Match.WORD, share
    likeness = _likeness(sought, _parts(name, len(wanted)))
    if likeness < _FAR:
        return None
    return (Match.CLOSE if likeness >= _CLOSE else Match.FAR), likeness


def _all_begin(wanted: list[str], name: list[str]) -> bool:
    return all(any(word.startswith(begin) for word in name) for begin in wanted)


def _parts(name: list[str], length: int) -> Iterator[str]:
    """The name, and what of it is about as long as the query."""
    yield "".join(name)
    for size in {length - 1, length, length + 1} - {0}:
        for start in range(len(name) - size + 1):
            yield "".join(name[start : start + size])


def _likeness(sought: str, parts: Iterator[str]) -> float:
    if len(sought) < _SHORTEST_GUESS:
        return 0.0
    best = 0.0
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(sought)
    for part in parts:
        matcher.set_seq1(part)
        # The cheap bounds spare most of the work.
        least = max(best, _FAR)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
            best = max(best, matcher.ratio())
    return best


def search(
    query: str,
    library: Library,
    among: Container[App] | None = None,
    limit: int = LIMIT,
) -> list[App]:
    """Installed games and apps that a query may mean, of all or `among` some, the likeliest first.

    Exact names come before beginnings, words and likeness; among equals games before apps, then
    what fits better, then what was used last.
    """
    wanted = words(query)
    hits: dict[App, tuple[Match, bool, float, float]] = {}
    for name, app in library.names:
        if (among is None or app in among) and (answer := match(wanted, words(name))):
            how, well = answer
            used = app.last_active.timestamp() if app.last_active else 0.0
            rank = (how, app.kind is not Kind.GAME, -well, -used)
            hits[app] = min(rank, hits.get(app, rank))
    return sorted(hits, key=lambda app: (hits[app], app.name.casefold()))[:limit]
