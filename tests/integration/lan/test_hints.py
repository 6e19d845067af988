"""What is heard in the local network makes us ask sooner, and lets us ask less."""

import itertools

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import PowerState
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from tests.integration.lan.conftest import BEDROOM, LIVING_ROOM, Home

MINUTE, HOUR = 60, 3600


def _lag(home: Home, seconds: float) -> None:
    """Let the Xbox network say what was so long ago."""
    knobs = {"status_lag_seconds": seconds, "list_lag_seconds": seconds}
    home.house.simulator.world.behave(ConsoleKnobs().changed(knobs), home.bedroom)


def _reads(home: Home) -> list[float]:
    """When the bedroom's status was read."""
    path = f"/consoles/{home.bedroom.id}"
    return [request.time for request in home.house.requests(path)]


@pytest.mark.usefixtures("reliable")
async def test_a_console_that_sleeps_costs_almost_nothing(home: Home) -> None:
    """The list every five minutes, its own status every ten; without the local network it is every ten seconds."""
    home.house.forget_requests()
    await home.house.clock.pass_by(HOUR / 2)
    assert 6 <= len(home.house.requests("/lists/devices")) <= 7
    assert len(home.house.requests()) <= 10


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


@pytest.mark.usefixtures("reliable")
@pytest.mark.parametrize("lag", [0, 3, 15])
async def test_the_network_may_lag_behind(home: Home, lag: float) -> None:
    """The console is read again until a read shows the change: no later than ten seconds after the network knows."""
    _lag(home, lag)
    await home.house.clock.pass_by(3 * MINUTE)
    home.start_by_hand()
    home.house.simulator.world.publish()
    await home.house.clock.pass_by(lag + 10)
    assert home.house.shows(BEDROOM) == "on"


@pytest.mark.usefixtures("reliable")
async def test_a_hint_that_comes_to_nothing_ends(home: Home) -> None:
    """A maintenance that the network does not call on: read after 10, 20, 40 s, then every minute for ten minutes."""
    await home.house.clock.pass_by(2 * MINUTE)
    home.house.forget_requests()
    home.knobs.answers_asleep = True
    await home.house.clock.pass_by(10 * MINUTE)
    [first, *reads] = _reads(home)
    # Once in ten minutes it is read anyway.
    moments = {round(read - first) for read in reads}
    assert {10, 20, 40, *range(100, 580, 60)} <= moments
    assert len(reads) <= 14
    assert home.house.shows(BEDROOM) == "off"
    await home.house.clock.pass_by(2 * MINUTE)
    home.house.forget_requests()
    # Now that it answers all the time it would not be noticed here: as without the local network.
    await home.house.clock.pass_by(5 * MINUTE)
    assert len(_reads(home)) >= 25
    home.start_by_hand()
    await home.house.clock.pass_by(13)
    assert home.house.shows(BEDROOM) == "on"


@pytest.mark.usefixtures("reliable")
async def test_what_the_network_says_already_is_no_hint(home: Home) -> None:
    """Going to sleep is seen in the cloud first; that it answers no more leads to no read."""
    home.start_by_hand()
    await home.house.clock.pass_by(3 * MINUTE)
    home.stop_by_hand()
    await home.house.clock.pass_by(13)
    assert home.house.shows(BEDROOM) == "off"
    await home.house.clock.pass_by(30)
    home.house.forget_requests()
    await home.house.clock.pass_by(4 * MINUTE)
    assert len(_reads(home)) <= 1


@pytest.mark.usefixtures("reliable")
async def test_one_that_is_on_again_before_it_was_missed(home: Home) -> None:
    """It answered all the time, or nearly: so it is looked at as often as without the local network."""
    home.start_by_hand()
    await home.house.clock.pass_by(3 * MINUTE)
    for asleep in (12, 20, 31):
        home.stop_by_hand()
        await home.house.clock.pass_by(asleep)
        assert home.house.shows(BEDROOM) == "off"
        home.start_by_hand()
        await home.house.clock.pass_by(13)
        assert home.house.shows(BEDROOM) == "on"
        await home.house.clock.pass_by(20)


async def test_one_that_is_relied_on_speaks_for_no_other(
    home: Home, entry: MockConfigEntry
) -> None:
    """The living room goes to sleep, and nobody knows yet whether it would be heard: the list is read as ever."""
    home.house.only("bedroom", "living_room")
    assert await home.house.set_up(entry)
    await home.grow_reliable()
    await home.house.clock.hurry(20 * MINUTE)
    living_room = home.house.console("living_room")
    living_room.power = PowerState.STANDBY
    await home.house.clock.pass_by(40)
    assert home.house.shows(LIVING_ROOM) == "off"
    living_room.shell.start()
    living_room.power = PowerState.ON
    await home.house.clock.pass_by(13)
    assert home.house.shows(LIVING_ROOM) == "on"


@pytest.mark.usefixtures("reliable")
async def test_silence_while_the_network_calls_it_on_is_a_hint(home: Home) -> None:
    """Three questions without an answer: the plug may be out."""
    home.start_by_hand()
    await home.house.clock.pass_by(3 * MINUTE)
    home.bedroom.unplug()
    await home.house.clock.pass_by(2 * MINUTE)
    assert home.house.shows(BEDROOM) == "on"
    assert (
        sum(
            home.segment.kinds("probe")[-1].at - packet.at < 95
            for packet in home.segment.kinds("probe")
        )
        >= 3
    )


@pytest.mark.usefixtures("reliable")
async def test_a_console_that_is_not_heard_when_it_comes_on_is_relied_on_no_longer(
    home: Home,
) -> None:
    """A minute after the network has called it on; from then on it is looked at as often as ever."""
    home.knobs.answers = False
    home.start_by_hand()
    await home.house.clock.pass_by(5 * MINUTE + 13)
    assert home.house.shows(BEDROOM) == "on"
    await home.house.clock.pass_by(70)
    home.stop_by_hand()
    await home.house.clock.pass_by(MINUTE)
    home.start_by_hand()
    await home.house.clock.pass_by(13)
    assert home.house.shows(BEDROOM) == "on"


async def test_one_that_never_answered_is_not_relied_on(
    home: Home, entry: MockConfigEntry
) -> None:
    """Another part of the network, a firewall: nothing is slower than without."""
    home.house.only("bedroom")
    home.knobs.answers = False
    assert await home.house.set_up(entry)
    await home.grow_reliable()
    home.house.forget_requests()
    await home.house.clock.pass_by(10 * MINUTE)
    assert len(home.house.requests()) >= 55


async def test_it_is_still_relied_on_after_a_restart(
    home: Home, reliable: MockConfigEntry
) -> None:
    """What was learned is kept; three questions without an answer, and it is quiet."""
    assert await home.house.unload(reliable)
    assert await home.house.set_up(reliable)
    await home.house.clock.pass_by(30)
    home.house.forget_requests()
    await home.house.clock.pass_by(20 * MINUTE)
    assert len(home.house.requests()) <= 8
    home.start_by_hand()
    await home.house.clock.pass_by(6)
    assert home.house.shows(BEDROOM) == "on"


@pytest.mark.usefixtures("reliable")
async def test_one_that_has_moved_is_found_again(home: Home) -> None:
    """By everybody being asked, at most every ten minutes; nothing is sent to its old address for ever."""
    home.knobs.host = 7
    home.start_by_hand()
    await home.house.clock.pass_by(17 * MINUTE)
    everybody = [packet.at for packet in home.segment.kinds("probe") if not packet.host]
    assert all(b - a > 9.9 * MINUTE for a, b in itertools.pairwise(everybody))
    assert home.segment.kinds("probe")[-1].host == 7


@pytest.mark.usefixtures("reliable")
async def test_an_address_with_a_new_owner_is_given_up(home: Home) -> None:
    """Another console of the account answers there: everybody is asked."""
    living_room = home.house.console("living_room")
    home.house.simulator.world.accounts["parent"].console_ids.append(living_room.id)
    await home.house.clock.pass_by(6 * MINUTE)
    assert home.house.shows(LIVING_ROOM) == "playing"
    home.segment.of(living_room.id).host = home.segment.host_of(home.bedroom.id)
    home.knobs.host = 5
    home.start_by_hand()
    await home.house.clock.pass_by(12 * MINUTE)
    assert home.segment.kinds("probe")[-1].host in (2, 5)
    assert 5 in {packet.host for packet in home.segment.kinds("probe")}


async def test_questions_are_rare(home: Home, reliable: MockConfigEntry) -> None:
    """Every five seconds while it sleeps, every thirty otherwise; none to a console nobody wants to know of."""
    home.segment.heard.clear()
    await home.house.clock.pass_by(10 * MINUTE)
    assert 118 <= len(home.segment.kinds("probe")) <= 121
    assert {packet.host for packet in home.segment.kinds("probe")} == {2}
    home.start_by_hand()
    await home.house.clock.pass_by(MINUTE)
    home.segment.heard.clear()
    await home.house.clock.pass_by(10 * MINUTE)
    assert 19 <= len(home.segment.kinds("probe")) <= 21


@pytest.mark.usefixtures("reliable")
async def test_a_network_that_never_tells_costs_five_minutes(home: Home) -> None:
    """Neither list nor status knows; nothing breaks, and nothing is shown that nobody said."""
    _lag(home, NEVER)
    home.start_by_hand()
    await home.house.clock.pass_by(5 * MINUTE)
    assert home.house.shows(BEDROOM) == "off"
