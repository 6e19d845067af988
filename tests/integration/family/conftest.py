"""What the tests about the family share."""

# Fixtures: a family is people, for whom several consoles matter as little.
from tests.integration.people.conftest import loaded  # noqa: F401
