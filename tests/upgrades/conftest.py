"""A home that starts from files."""

import pytest

# Fixtures: a house is the same here as in the tests of the integration.
from tests.integration.conftest import (  # noqa: F401
    auto_enable_custom_integrations,
    check_translations,
    clock,
    frozen,
    house,
    simulator,
)
from tests.integration.house import House
from tests.upgrades.home import Home


@pytest.fixture
def load_registries() -> bool:
    """They are read from files, not made empty."""
    return False


@pytest.fixture
def home(house: House) -> Home:  # noqa: F811 - pytest finds fixtures by name
    """The home, before its files are read."""
    return Home(house)
