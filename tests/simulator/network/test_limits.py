"""The published limits, by service."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from tests.simulator.console_client import ConsoleClient
from tests.simulator.people_client import person, who

SOCIAL = "/social.xboxlive.com/users/me/summary"
PATHS = {
    "/userstats.xboxlive.com/users/me/scids/0/stats/MinutesPlayed": (100, 300),
    "/profile.xboxlive.com/users/me/profile/settings": (10, 30),
    "/userpresence.xboxlive.com/users/me": (30, 100),
    SOCIAL: (10, 30),
    "/peoplehub.xboxlive.com/users/me/people/friends": (10, 30),
    "/achievements.xboxlive.com/users/me/history/titles": (100, 300),
}


async def ask_often(
    remote: ConsoleClient, path: str, times: int, method: str = "GET"
) -> list[int]:
    """Return the statuses of many requests."""
    return [(await remote.ask(method, path)).status for _ in range(times)]


@pytest.mark.parametrize(("path", "limits"), PATHS.items())
async def test_limits(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    path: str,
    limits: tuple[int, int],
) -> None:
    """So many in 15 seconds, so many in 300; the answer says how long to wait."""
    burst, sustain = limits
    assert 429 not in await ask_often(remote, path, burst)
    freezer.tick(5)
    response = await remote.ask("GET", path)
    assert (response.status, response.headers["Retry-After"]) == (429, "10")
    assert await response.json() == {
        "version": 1,
        "currentRequests": burst + 1,
        "maxRequests": burst,
        "periodInSeconds": 15,
        "limitType": "rate",
    }
    freezer.tick(10)
    # The refused request counts as well.
    assert 429 not in await ask_often(remote, path, burst)
    left, passed = sustain - 2 * burst - 1, 15
    while left > 0:
        freezer.tick(15)
        passed += 15
        assert 429 not in await ask_often(remote, path, min(left, burst))
        left -= burst
    freezer.tick(15)
    response = await remote.ask("GET", path)
    assert (response.status, (await response.json())["periodInSeconds"]) == (429, 300)
    assert response.headers["Retry-After"] == str(300 - passed - 15)
    freezer.tick(300 - passed - 15)
    assert (await remote.ask("GET", path)).status != 429


async def test_presence_writes_are_counted_apart(remote: ConsoleClient) -> None:
    """Three in 15 seconds; batches are reading."""
    path = f"/userpresence.xboxlive.com/users/{who(remote, 'parent')}/state"
    assert (await ask_often(remote, path, 4, "PUT"))[3] == 429
    batch = "/userpresence.xboxlive.com/users/batch"
    assert 429 not in await ask_often(remote, batch, 30, "POST")
    assert await ask_often(remote, batch, 1, "POST") == [429]


async def test_services_and_people_are_counted_apart(remote: ConsoleClient) -> None:
    """One that is closed closes no other, and for nobody else."""
    assert (await ask_often(remote, SOCIAL, 11))[10] == 429
    friends = "/peoplehub.xboxlive.com/users/me/people/friends"
    assert 429 not in await ask_often(remote, friends, 10)
    child = remote.world.tokens.authorization(remote.world.accounts["child"])
    headers = remote.headers("2") | {"Authorization": child}
    assert (await remote.ask("GET", SOCIAL, headers=headers)).status == 200
    assert person(remote, "child").xuid


async def test_services_without_published_limits(remote: ConsoleClient) -> None:
    """Are not limited."""
    path = "/usersearch.xboxlive.com/suggest?q=a"
    assert 429 not in await ask_often(remote, path, 120)


async def test_reset_forgets(remote: ConsoleClient) -> None:
    """A fresh world counts from nothing."""
    await ask_often(remote, SOCIAL, 11)
    await remote.control("POST", "reset")
    assert 429 not in await ask_often(remote, SOCIAL, 10)
