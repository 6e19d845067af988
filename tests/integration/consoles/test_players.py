"""Who plays here: whom presence has at what a console runs."""

import pytest

from custom_components.xbox_console.consoles.players import Player, Seat, seated
from custom_components.xbox_console.xboxlive.services.consoles import ConsoleType
from tests.integration.following import Following

SENSOR = "sensor.living_room_who_plays_here"
ONE = Seat(ConsoleType.XBOX_ONE_X, "1")
SERIES = Seat(ConsoleType.XBOX_SERIES_X, "1")
OTHER = Seat(ConsoleType.XBOX_SERIES_S, "2")


def _player(platform: str, title_id: str = "1") -> Player:
    return Player("Somebody", title_id, platform)


@pytest.mark.parametrize(
    ("platform", "seats", "where"),
    [
        ("Xbox One", {"a": SERIES, "b": OTHER}, {"a": 1, "b": 0}),
        ("Xbox Series X|S", {"a": ONE}, {"a": 1}),
        ("Xbox Series X|S", {"a": ONE, "b": SERIES}, {"a": 0, "b": 1}),
        ("Xbox One", {"a": ONE, "b": SERIES}, {"a": None, "b": None}),
        ("Xbox Series X|S", {"a": SERIES, "b": SERIES}, {"a": None, "b": None}),
        ("PC", {"a": SERIES}, {"a": 0}),
        ("Somewhere new", {"a": SERIES}, {"a": 1}),
        ("Xbox One", {"a": OTHER}, {"a": 0}),
        ("Xbox One", {}, {}),
    ],
)
def test_what_runs_decides_before_the_type(
    platform: str, seats: dict[str, Seat], where: dict[str, int | None]
) -> None:
    """The type decides only among several, and nothing where two still fit."""
    found = seated([_player(platform)], seats)
    assert {
        key: None if there is None else len(there) for key, there in found.items()
    } == where


async def test_who_plays_is_shown_with_a_picture(following: Following) -> None:
    """Who came first is the state, all of them are in the attribute."""
    await following.follow("mika")
    house = following.house
    console = house.console("living_room")
    console.signed_in.clear()
    following.do("mika", "stop")
    await house.clock.pass_by(200)
    assert house.shows(SENSOR) == "unknown"
    assert house.state(SENSOR).attributes["people"] == []
    following.do("mika", "play", title="starfall")
    await house.clock.pass_by(200)
    mika = following.person("mika").gamertag
    assert house.shows(SENSOR) == mika
    assert house.state(SENSOR).attributes["people"] == [mika]
    assert house.state(SENSOR).attributes["entity_picture"]


async def test_who_plays_may_have_an_account_of_its_own(following: Following) -> None:
    """Somebody of another account than the console's, until it is gone."""
    house = following.house
    house.console("living_room").signed_in[:] = ["child"]
    await house.clock.pass_by(200)
    assert house.state(SENSOR).attributes["people"] == []
    own = await following.beside("child")
    await house.clock.pass_by(200)
    child = following.person("child").gamertag
    assert house.shows(SENSOR) == child
    assert house.state(SENSOR).attributes["people"] == [child]
    assert await house.unload(own.entry)
    await house.clock.pass_by(200)
    assert house.state(SENSOR).attributes["people"] == []


async def test_somebody_whom_two_accounts_follow_is_there_once(
    following: Following,
) -> None:
    """However many know who plays."""
    await following.follow("child")
    following.house.console("living_room").signed_in[:] = ["child"]
    await following.beside("child")
    await following.house.clock.pass_by(200)
    people = following.house.state(SENSOR).attributes["people"]
    assert people == [following.person("child").gamertag]
