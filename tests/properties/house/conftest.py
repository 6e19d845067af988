"""The house of the tests of the integration."""

# Fixtures: what Home Assistant is, is the same here as in the tests of the integration.
from tests.integration.conftest import (  # noqa: F401
    auto_enable_custom_integrations,
    check_translations,
    clock,
    freezer,
    frozen,
    hass_config_dir,
    house,
    simulator,
)
