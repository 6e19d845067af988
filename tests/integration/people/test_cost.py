"""What people cost, service by service, when a tenth of them changes the game all the time."""

from collections import Counter

import pytest

from simulator.demo.people import make_friends
from tests.integration.following import Following

CHANGE = 600.0
GAMES = ("starfall", "nebula", "tidewater")
TURNS = 3
"""Changes in half an hour: in the first one every game is new to everybody, in the second none is."""


async def _twice_half_an_hour(
    following: Following, friends: int, busy: int
) -> tuple[Counter[str], Counter[str]]:
    """Requests by service in each half an hour, if `busy` of so many friends change the game every ten minutes."""
    house = following.house
    people = make_friends(house.simulator.world, friends)
    for person in people:
        following.do(person.key, "offline")
    if people:
        await following.follow(*(person.key for person in people))
    await house.clock.pass_by(CHANGE)
    halves: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for turn in range(2 * TURNS):
        house.forget_requests()
        for number, person in enumerate(people[:busy]):
            # One after the other, as people do.
            title = GAMES[(turn + number) % len(GAMES)]
            following.do(person.key, "play", title=title)
            await house.clock.pass_by(CHANGE / busy)
        if not busy:
            await house.clock.pass_by(CHANGE)
        hosts = [request.host.partition(".")[0] for request in following.requests()]
        halves[turn // TURNS].update(hosts)
    return halves


@pytest.mark.usefixtures("unpushed", "without_consoles")
@pytest.mark.parametrize(
    ("friends", "busy", "base"),
    [(0, 0, 15), (10, 1, 70), (30, 3, 70), (40, 40, 70)],
)
async def test_half_an_hour_of_people(
    following: Following, friends: int, busy: int, base: int
) -> None:
    """Case I2: looks at everybody together, one request for a game that ends, two for one that is new.

    A change of the game is an end and a beginning.
    """
    first, second = await _twice_half_an_hour(following, friends, busy)
    changes = busy * TURNS
    assert first.total() <= base + 3 * changes, first
    assert second.total() <= base + changes, second
    assert second["achievements"] <= changes
    assert second["titlehub"] == second["userstats"] == 0, "nothing is asked again"
    assert max(first["peoplehub"], second["peoplehub"]) <= 5


@pytest.mark.usefixtures("without_consoles")
async def test_half_an_hour_of_people_that_is_pushed(following: Following) -> None:
    """Case I2: each change is looked at as it is told, everybody once a minute; the rest is as ever."""
    changes = 20 * TURNS
    first, second = await _twice_half_an_hour(following, 20, busy=20)
    for half in (first, second):
        assert half["userpresence"] <= changes + 31, half
        assert half["peoplehub"] <= 5
    assert first.total() <= 70 + 4 * changes, first
    assert second.total() <= 70 + 2 * changes, second
    assert second["titlehub"] == second["userstats"] == 0, "nothing is asked again"


@pytest.mark.usefixtures("without_consoles")
async def test_one_game_of_many_people(following: Following) -> None:
    """Case I2: it is described once, and their minutes are one request."""
    house = following.house
    people = make_friends(house.simulator.world, 40)
    for person in people:
        following.do(person.key, "offline")
    await following.follow(*(person.key for person in people))
    await house.clock.pass_by(CHANGE)
    house.forget_requests()
    for person in people:
        following.do(person.key, "play", title="mosslight")
    await house.clock.pass_by(CHANGE)
    asked = [(one.host.partition(".")[0], one.path) for one in following.requests()]
    hosts = Counter(host for host, _ in asked)
    assert hosts["userstats"] == 1
    assert hosts["titlehub"] == 40
    described = [
        path for host, path in asked if host == "titlehub" and "detail" in path
    ]
    assert len(described) == 1
    assert hosts["achievements"] == 1, "how many there are is counted once"
    assert house.shows("sensor.sandbar0040_played_in_this_game") != "unknown"
    progress = house.state("sensor.sandbar0040_now_playing")
    assert progress.attributes["achievements_total"] > 0
