"""Every language says what English says, in the words that its players know."""

from collections.abc import Iterator, Mapping
from functools import cache
import json
import re
import string

import pytest

from tests.checks.files import INTEGRATION, ROOT, leaves, translations

_ENGLISH = dict(leaves(translations()))
_LANGUAGES = sorted(
    path.stem
    for path in (INTEGRATION / "translations").glob("*.json")
    if path.stem != "en"
)
_GLOSSARIES = ROOT / "tests" / "checks" / "glossary"
_HTML = re.compile(r"</?[a-z][^>]*>")
_QUOTED_PLACEHOLDER = re.compile(r"'\{\w+\}'")
_MESSAGE_FORMAT = re.compile(r"\{\w+,")
_LINK = re.compile(r"\]\(([^)]*)\)")
_MARKS = ("**", "`", "\n", "# ", "[")
_WORD = re.compile(r"[^\W\d_]{2,}")

type Glossary = Mapping[str, Mapping[str, list[str]]]

pytestmark = pytest.mark.parametrize("language", _LANGUAGES)


@cache
def _texts(language: str) -> Mapping[str, str]:
    return dict(leaves(translations(f"{language}.json")))


@cache
def _terms(language: str) -> Mapping[str, list[str]]:
    """Return the stems that a language may have for each English term."""
    glossary: Glossary = json.loads((_GLOSSARIES / f"{language}.json").read_text())
    terms: Mapping[str, list[str]] = glossary["terms"]
    return terms


@cache
def _as_in_english(language: str) -> frozenset[str]:
    """Return the texts that are rightly the same as in English."""
    glossary = json.loads((_GLOSSARIES / f"{language}.json").read_text())
    return frozenset(glossary["as_in_english"])


@cache
def _term_pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Match the longest term at each place, plurals as well, whole words only."""
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w.{{])({'|'.join(map(re.escape, longest_first))})(?:s|es)?(?![\w}}])",
        re.IGNORECASE,
    )


def _pairs(language: str) -> Iterator[tuple[str, str, str]]:
    texts = _texts(language)
    return ((path, english, texts[path]) for path, english in _ENGLISH.items())


def _placeholders(text: str) -> list[str]:
    return sorted(
        {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    )


def test_the_texts_are_those_of_english(language: str) -> None:
    """The same keys in the same order: two files can be read side by side."""
    assert list(_texts(language)) == list(_ENGLISH)


def test_what_is_filled_in_is_the_same(language: str) -> None:
    """Placeholders are kept, links lead to the same place, marks are as many."""
    for path, english, text in _pairs(language):
        assert _placeholders(text) == _placeholders(english), path
        assert _LINK.findall(text) == _LINK.findall(english), path
        assert [*map(text.count, _MARKS)] == [*map(english.count, _MARKS)], path


def test_a_text_can_be_shown_as_it_is(language: str) -> None:
    """No HTML, no stray blank, no quoted placeholder, no form that only a frontend can fill."""
    for path, text in _texts(language).items():
        assert text == text.strip(), path
        assert text, path
        assert "  " not in text, path
        assert not _HTML.search(text), path
        assert not _QUOTED_PLACEHOLDER.search(text), path
        assert not _MESSAGE_FORMAT.search(text), path
        assert "://" not in text, path


def test_nothing_is_left_in_english(language: str) -> None:
    """A text that equals the English one is on the list of those that may."""
    same = {
        english
        for _, english, text in _pairs(language)
        if english == text and _WORD.search(re.sub(r"\{\w+\}", "", text))
    }
    assert same == _as_in_english(language)


def test_the_words_are_those_of_the_console(language: str) -> None:
    """Where English has a term of the glossary, the translation has one of its words."""
    terms = _terms(language)
    pattern = _term_pattern(tuple(terms))
    missing = [
        f"{path}: {term} is none of {terms[term.lower()]} in {text!r}"
        for path, english, text in _pairs(language)
        for term in pattern.findall(english)
        if not any(stem.casefold() in text.casefold() for stem in terms[term.lower()])
    ]
    assert not missing, "\n".join(missing)


def test_the_glossary_has_the_terms_of_the_others(language: str) -> None:
    """All languages keep to the same terms, and each of them is used."""
    terms = _terms(language)
    assert terms.keys() == _terms("de").keys()
    found = _term_pattern(tuple(terms)).findall("\n".join(_ENGLISH.values()))
    assert {term.lower() for term in found} == set(terms)
