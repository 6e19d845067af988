"""The documentation says what the code does."""

from scripts.refusals import PAGE, tables
from scripts.tables import filled


def test_every_refusal_is_in_the_documentation() -> None:
    """Number, name and text are those of the code; `python -m scripts.refusals` writes them."""
    page = PAGE.read_text()
    assert page == filled(page, tables())
    for table in tables().values():
        assert table in page
