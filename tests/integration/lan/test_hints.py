"""What is heard in the local network makes us ask sooner, and lets us ask less."""

import pytest

from tests.integration.lan.conftest import BEDROOM, Home

MINUTE, HOUR = 60, 3600


@pytest.mark.usefixtures("reliable")
async def test_a_console_that_sleeps_costs_almost_nothing(home: Home) -> None:
    """The list every five minutes, its own status every ten; today that is every ten seconds."""
    home.house.forget_requests()
    await home.house.clock.pass_by(HOUR)
    assert 12 <= len(home.house.requests("/lists/devices")) <= 13
    assert len(home.house.requests()) <= 20


@pytest.mark.usefixtures("reliable")
async def test_a_console_started_by_hand_shows_within_six_seconds(home: Home) -> None:
    """Though the Xbox network is asked every five minutes only."""
    for pause in (61.3, 62.7, 64.1, 66.9):
        await home.house.clock.pass_by(pause)
        home.start_by_hand()
        await home.house.clock.pass_by(6)
        assert home.house.shows(BEDROOM) == "on"
        home.stop_by_hand()
        await home.house.clock.pass_by(120)
        assert home.house.shows(BEDROOM) == "off"
