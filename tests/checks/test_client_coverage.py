"""The client has all that the documents name which it was made from, and the page says so."""

from copy import deepcopy
from typing import Any

import pytest

from scripts.client_coverage import NAMES, PAGE, problems, tables
from scripts.tables import filled


def test_every_name_has_its_equivalent() -> None:
    """Case K: methods, parameters, members and words; whatever is missing is named."""
    assert not list(problems())


@pytest.mark.parametrize(
    ("kind", "name", "parts"),
    [
        ("methods", "people.get_enemies", ""),
        ("methods", "people.get_friends_own", "decoration_fields patience"),
        ("members", "people.Person", "xuid shoe_size"),
        ("members", "people.Shoe", "size"),
        ("words", "smartglass.PowerState", "On Molten"),
    ],
)
def test_a_missing_name_shows(kind: str, name: str, parts: str) -> None:
    """A method, a parameter, a member, a model, a word that is not here."""
    names: Any = deepcopy(NAMES)
    names["python-xbox 0.4.0"][kind][name] = parts
    (line,) = problems(names)
    assert line.startswith(f"python-xbox 0.4.0: {name}: ")


def test_the_page_is_up_to_date() -> None:
    """`python -m scripts.client_coverage` writes it."""
    page = PAGE.read_text()
    made = tables()
    assert page == filled(page, made)
    for text in made.values():
        assert text in page
