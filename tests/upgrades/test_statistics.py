"""What a home has recorded over the years goes on in the same statistics."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_import_statistics,
    statistics_during_period,
    validate_statistics,
)
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from tests.upgrades.home import Home
from tests.upgrades.release import Release

# Fixtures: a home is the same here as in the other tests of upgrades.
from tests.upgrades.test_upgrade import (  # noqa: F401
    SOON,
    _power_up,
    _set_up,
    frozen,
    hass_storage,
    home,
    release,
)

HOUR = timedelta(hours=1)
COUNTED = {
    *("gamerscore", "friends", "followers", "following", "unread_messages"),
    *("installed_games", "installed_apps"),
}


@pytest.fixture
def enable_statistics() -> bool:
    """The recorder makes statistics of what it records."""
    return True


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(
    frozen: FrozenDateTimeFactory,  # noqa: F811 - pytest finds fixtures by name
    recorder_mock: Recorder,
    enable_custom_integrations: None,
) -> None:
    """Let Home Assistant record, in a time that stands still from the start."""


def _counts(at: Home) -> dict[str, str | None]:
    """The sensors that count something, and the word that their registration has for it."""
    return {
        entity.entity_id: entity.unit_of_measurement
        for entity in er.async_get(at.hass).entities.values()
        if entity.translation_key in COUNTED and entity.domain == "sensor"
    }


async def _recorded(at: Home, counts: dict[str, str | None], unit: str) -> None:
    """An hour of each, as the recorder wrote it down when the sensor was shown with its word."""
    hour = dt_util.utcnow().replace(minute=0, second=0, microsecond=0) - HOUR
    for entity_id, word in counts.items():
        metadata = StatisticMetaData(
            has_sum=False,
            mean_type=StatisticMeanType.ARITHMETIC,
            name=None,
            source="recorder",
            statistic_id=entity_id,
            unit_class=None,
            unit_of_measurement=word and (unit or word),
        )
        rows = [StatisticData(start=hour, mean=1.0, min=1.0, max=1.0)]
        async_import_statistics(at.hass, metadata, rows)
    await async_wait_recording_done(at.hass)


@pytest.mark.parametrize("unit", ["", "Pers."], ids=["as it was", "in German"])
async def test_counts_lose_their_word_and_go_on(
    home: Home,  # noqa: F811 - pytest finds fixtures by name
    release: Release,  # noqa: F811
    unit: str,
) -> None:
    """No more "1 conversations"; the statistics lose nothing, and nobody is asked to repair them."""
    await _power_up(home, release.ended + SOON)
    counts = _counts(home)
    await _recorded(home, counts, unit)
    await _set_up(home)
    await home.house.clock.hurry(HOUR.total_seconds())
    states = {name: home.hass.states.get(name) for name in counts}
    # The console in the playroom leaves what is installed unknown.
    shown = {
        name: state
        for name, state in states.items()
        if state is not None and state.state.isdecimal()
    }
    assert len(shown) >= 10
    assert not [
        name
        for name, state in shown.items()
        if ATTR_UNIT_OF_MEASUREMENT in state.attributes
    ]
    await async_wait_recording_done(home.hass)
    recorder = get_instance(home.hass)
    problems = await recorder.async_add_executor_job(validate_statistics, home.hass)
    assert not {name: told for name, told in problems.items() if name in shown}
    rows = await recorder.async_add_executor_job(
        statistics_during_period,
        *(home.hass, dt_util.utcnow() - 3 * HOUR, None, {*counts}, "hour", None),
        {"mean"},
    )
    assert {name for name in counts if rows[name][0]["mean"] == 1.0} == {*counts}
    assert {name for name in shown if len(rows[name]) > 1} == {*shown}
