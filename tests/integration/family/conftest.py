"""What the tests about the family share."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry


@pytest.fixture
def loaded(living_room_only: None, loaded: MockConfigEntry) -> MockConfigEntry:
    """The parent's account, set up; several consoles are looked for all the time, and matter to nobody here."""
    return loaded
