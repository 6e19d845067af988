"""Requests for people: as few as promised, whatever the number of friends."""

import pytest

from simulator.demo.people import make_friends
from tests.integration.following import Following

HALF_AN_HOUR = 1800.0


async def _follow_many(following: Following, count: int) -> None:
    """Follow so many friends, none of whom is online."""
    friends = make_friends(following.house.simulator.world, count)
    for friend in friends:
        following.do(friend.key, "offline")
    if friends:
        await following.follow(*(friend.key for friend in friends))


async def _half_an_hour(following: Following, *, most: int) -> dict[str, int]:
    """What it costs, once everything that has just changed is known."""
    await following.house.clock.pass_by(300)
    counts = await following.requests_within(HALF_AN_HOUR)
    assert sum(counts.values()) <= most, counts
    return counts


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize("friends", [0, 100])
async def test_nobody_online(following: Following, friends: int) -> None:
    """A look every three minutes."""
    await _follow_many(following, friends)
    counts = await _half_an_hour(following, most=12)
    assert counts["userpresence.xboxlive.com"] >= 9


@pytest.mark.usefixtures("living_room_only")
@pytest.mark.parametrize("friends", [0, 30])
async def test_the_owner_plays_on_our_console(
    following: Following, friends: int
) -> None:
    """The console tells the game, people are looked at once a minute."""
    await _follow_many(following, friends)
    counts = await _half_an_hour(following, most=35)
    assert counts["userpresence.xboxlive.com"] >= 19


@pytest.mark.usefixtures("unpushed", "without_consoles")
@pytest.mark.parametrize("friends", [1, 30])
async def test_a_friend_plays_elsewhere(following: Following, friends: int) -> None:
    """Everyone is looked at twice a minute where nothing is pushed."""
    await _follow_many(following, friends)
    following.do("friend-1", "play", title="tidewater")
    counts = await _half_an_hour(following, most=65)
    assert counts["userpresence.xboxlive.com"] >= 57


@pytest.mark.usefixtures("without_consoles")
async def test_every_friend_plays_elsewhere(following: Following) -> None:
    """It costs no more than one."""
    await _follow_many(following, 30)
    for number in range(1, 31):
        following.do(f"friend-{number}", "play", title="tidewater")
    await _half_an_hour(following, most=65)
    assert following.house.shows("binary_sensor.sandbar0030_in_game") == "on"
