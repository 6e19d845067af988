"""en.json: well formed, complete, and nothing in it that nobody shows; test_languages.py has the others."""

import ast
from collections.abc import Iterator, Mapping
import re
import string
from typing import Any

import pytest

from tests.checks.files import INTEGRATION, leaves, modules, translations

_TEXTS = dict(leaves(translations()))
_KEY = re.compile(r"(?!.*__)(?![_-])[a-z0-9-_]+(?<![_-])")
_URL = re.compile(r"https?://")
_HTML = re.compile(r"</?[a-z][^>]*>")
_QUOTED_PLACEHOLDER = re.compile(r"'\{\w+\}'")


def _sections(tree: object, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each object of a tree with its dotted path."""
    if isinstance(tree, Mapping):
        yield path, tree
        for key, value in tree.items():
            yield from _sections(value, f"{path}.{key}" if path else key)


def _placeholders(text: str) -> set[str]:
    return {
        name for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


def test_keys_are_well_formed() -> None:
    """Keys are lower case, without a doubled, leading or trailing separator."""
    keys = {key for _, section in _sections(translations()) for key in section}
    assert not {key for key in keys if not _KEY.fullmatch(key)}


@pytest.mark.parametrize("path", _TEXTS)
def test_a_text_can_be_shown_as_it_is(path: str) -> None:
    """No addresses, no HTML, no stray space, no reference, placeholders that can be filled."""
    text = _TEXTS[path]
    assert text.strip() == text
    assert text
    assert not _URL.search(text), "give addresses as a placeholder"
    assert not _HTML.search(text)
    assert not _QUOTED_PLACEHOLDER.search(text)
    assert "[%key:" not in text
    assert all(name.isidentifier() for name in _placeholders(text))


def test_no_word_stands_behind_a_number() -> None:
    """A unit is one text for any number, and "1 games" or "5 Spiel(e)" read badly; no language has any."""
    assert not [path for path in _TEXTS if path.endswith(".unit_of_measurement")]


def test_field_descriptions_belong_to_fields() -> None:
    """Whatever has a description has a name."""
    for path, section in _sections(translations()):
        described = section.get("data_description", {})
        assert described.keys() <= section.get("data", {}).keys(), path


def _words() -> set[str]:
    """Return every string in the shipped code: a key that is shown is written somewhere."""
    return {
        node.value
        for path in INTEGRATION.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {
        node.id.lower()
        for path in INTEGRATION.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name)
    }


@pytest.mark.parametrize("section", ["exceptions", "issues"])
def test_no_text_is_left_over(section: str) -> None:
    """Every error and every issue that has words occurs in the code."""
    assert not translations().get(section, {}).keys() - _words()


def test_the_words_of_the_cards_are_those_that_they_say() -> None:
    """Each word of `common` is asked for by a module, whole or by its beginning; each that is asked for is there."""
    modules = INTEGRATION / "frontend" / "modules"
    code = "\n".join(path.read_text() for path in modules.iterdir())
    words = translations()["common"].keys()
    literals = set(re.findall(r"""["'`]([a-z_]+)["'`$]""", code))
    assert not {
        word
        for word in words - literals
        if not any(f"`{beginning}${{" in code for beginning in _beginnings(word))
    }
    asked = set(re.findall(r"""\b(?:say|words)\((?:hass, )?"([a-z_]+)\"""", code))
    assert asked
    assert asked <= words


def _beginnings(word: str) -> Iterator[str]:
    """Everything that a word may begin with, up to a joint."""
    for joint in re.finditer("_", word):
        yield word[: joint.end()]


def _calls_with_key() -> Iterator[tuple[str, ast.Call, str]]:
    for name, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    if keyword.arg == "translation_key" and isinstance(
                        keyword.value, ast.Constant
                    ):
                        yield name, node, str(keyword.value.value)


def _section_of(module: str, call: ast.Call) -> str:
    """Return the section of en.json that a call takes its text from."""
    arguments = {keyword.arg for keyword in call.keywords}
    if "severity" in arguments:
        return "issues"
    if "fields" in arguments:
        return "selector"
    if "translation_domain" in arguments:
        return "exceptions"
    return f"entity.{module.removeprefix('person_')}"


def _given(call: ast.Call) -> set[str] | None:
    """Return the placeholders of a call; None if they are made elsewhere."""
    for keyword in call.keywords:
        if keyword.arg == "translation_placeholders":
            if not isinstance(keyword.value, ast.Dict):
                return None
            keys = keyword.value.keys
            return {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return set()


def test_every_key_in_the_code_has_words() -> None:
    """Each translation key that the code names is in en.json, and gets its placeholders."""
    for module, call, key in _calls_with_key():
        section = f"{_section_of(module, call)}.{key}"
        texts = {
            path: text
            for path, text in _TEXTS.items()
            if f"{path}.".startswith(f"{section}.")
        }
        assert texts, f"{module}.py, line {call.lineno}: {section} is not in en.json"
        given = _given(call)
        needed = set().union(*map(_placeholders, texts.values()))
        if given is not None and not section.startswith("entity."):
            assert needed == given, f"{module}.py, line {call.lineno}: {section}"
