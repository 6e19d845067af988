"""Requests for people: as few as promised, whatever the number of friends."""

import pytest

from simulator.demo.people import make_friends
from tests.integration.following import Following

HOUR = 3600.0


async def _follow_many(following: Following, count: int) -> None:
    """Follow so many friends, none of whom is online."""
    friends = make_friends(following.house.simulator.world, count)
    for friend in friends:
        following.do(friend.key, "offline")
    if friends:
        await following.follow(*(friend.key for friend in friends))


def _owner_leaves(following: Following) -> None:
    following.house.console("living_room").signed_in.clear()


async def _hour(following: Following, *, most: int) -> dict[str, int]:
    """What an hour costs, once everything that has just changed is known."""
    await following.house.clock.pass_by(600)
    counts = await following.requests_within(HOUR)
    assert sum(counts.values()) <= most, counts
    return counts


@pytest.mark.parametrize("friends", [0, 10, 100])
async def test_nobody_online(following: Following, friends: int) -> None:
    """A look every three minutes."""
    await _follow_many(following, friends)
    _owner_leaves(following)
    counts = await _hour(following, most=25)
    assert counts["userpresence.xboxlive.com"] >= 19


@pytest.mark.parametrize("friends", [0, 10, 100])
async def test_the_owner_plays_on_our_console(
    following: Following, friends: int
) -> None:
    """The console tells the game, people are looked at once a minute."""
    await _follow_many(following, friends)
    counts = await _hour(following, most=70)
    assert counts["userpresence.xboxlive.com"] >= 38


@pytest.mark.usefixtures("unpushed")
@pytest.mark.parametrize("friends", [1, 10, 100])
async def test_a_friend_plays_elsewhere(following: Following, friends: int) -> None:
    """Everyone is looked at twice a minute where nothing is pushed."""
    await _follow_many(following, friends)
    following.do("friend-1", "play", title="tidewater")
    counts = await _hour(following, most=130)
    assert counts["userpresence.xboxlive.com"] >= 115


async def test_every_friend_plays_elsewhere(following: Following) -> None:
    """It costs no more than one."""
    await _follow_many(following, 100)
    for number in range(1, 101):
        following.do(f"friend-{number}", "play", title="tidewater")
    await _hour(following, most=130)
    assert following.house.shows("binary_sensor.sandbar0100_in_game") == "on"
