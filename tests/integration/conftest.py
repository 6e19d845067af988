"""What the tests on Home Assistant share."""

from collections.abc import Iterator

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from tests.integration.account import signed_in_entry
from tests.integration.translations import watch_translations
from tests.running_simulator import RunningSimulator


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration."""


@pytest.fixture(autouse=True)
def check_translations() -> Iterator[None]:
    """Fail when something was shown that translations/en.json has no words for."""
    with watch_translations() as missing:
        yield
    assert not missing, "\n".join(sorted(missing))


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Snapshots the way Home Assistant writes them."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def simulator(
    simulator: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> RunningSimulator:
    """The Xbox network in a box, with the integration pointed at it."""
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR", simulator.url)
    return simulator


@pytest.fixture
async def entry(hass: HomeAssistant, simulator: RunningSimulator) -> MockConfigEntry:
    """The parent's account, signed in but not set up."""
    return await signed_in_entry(hass, simulator)


@pytest.fixture
async def loaded(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """The parent's account, set up, everything read once."""
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry
