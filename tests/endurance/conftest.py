"""Time that stands still."""

# Fixtures: time and texts are the same here as in the tests of the integration.
from tests.integration.conftest import check_translations, freezer, frozen  # noqa: F401
