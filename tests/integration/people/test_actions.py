"""Actions about players: what they return, what they cost, and what they say when it does not work."""

from typing import Any

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.service import async_get_all_descriptions
import pytest

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.people.actions import _ACTIONS
from tests.integration.entries import signed_in_entry
from tests.integration.following import TITLES, Following

MIKA = "LanternFox2048"


async def _ask(following: Following, action: str, **data: Any) -> dict[str, Any]:
    answer = await following.house.clock.result(
        following.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        ),
        within=30,
    )
    assert answer is not None
    return {**answer}


@pytest.mark.parametrize("named", ["gamertag", "id"])
async def test_a_player(following: Following, named: str) -> None:
    """By gamertag in any case, or by id; nobody has to follow them."""
    mika = following.person("mika")
    player = mika.xuid if named == "id" else mika.gamertag.upper()
    told = await _ask(following, "get_player", player=player)
    assert told["id"] == mika.xuid
    assert told["gamertag"] == MIKA
    assert told["modern_gamertag"] == "LanternFox#2048"
    assert told["gamerscore"] == mika.gamerscore
    assert told["bio"] == mika.bio
    assert told["location"] == mika.location
    assert told["is_friend"] is True
    assert told["followers"] >= 1


async def test_the_account_itself(following: Following) -> None:
    """Without naming anybody."""
    told = await _ask(following, "get_player")
    assert told["id"] == following.entry.unique_id
    assert told["gamertag"] == "QuietHarbor77"


async def test_a_search(following: Following) -> None:
    """By the beginning of a gamertag."""
    told = await _ask(following, "search_players", text="lantern")
    assert [player["gamertag"] for player in told["players"]] == [MIKA]
    assert told["players"][0]["id"] == following.person("mika").xuid
    assert await _ask(following, "search_players", text="zzz") == {"players": []}


async def test_friends(following: Following) -> None:
    """By name, with what they do."""
    told = await _ask(following, "get_friends")
    names = [friend["gamertag"] for friend in told["friends"]]
    assert names == sorted(names, key=str.casefold)
    assert {MIKA, "Paper Kite 31", "VelvetOrbit"} <= set(names)
    assert "SlowComet404" not in names
    (mika,) = [one for one in told["friends"] if one["gamertag"] == MIKA]
    assert mika["status"] == "Online"
    assert mika["is_favorite"] is True


async def test_friends_of_a_friend(following: Following) -> None:
    """If they show them."""
    told = await _ask(following, "get_friends", player=MIKA)
    assert "QuietHarbor77" in [friend["gamertag"] for friend in told["friends"]]


async def test_the_latest_achievements(following: Following) -> None:
    """Of consoles of any age, the latest first."""
    told = await _ask(following, "get_achievements")
    unlocked = told["achievements"]
    assert all(one["unlocked"] for one in unlocked)
    times = [one["unlocked_at"] for one in unlocked]
    assert times == sorted(times, reverse=True)
    titles = following.house.simulator.world.titles
    older = {one.name for one in titles["skyline-2011"].achievements}
    newer = {one.name for one in titles["nebula"].achievements}
    names = {one["name"] for one in unlocked}
    assert names & older
    assert names & newer
    few = await _ask(following, "get_achievements", limit=2)
    assert few["achievements"] == unlocked[:2]


@pytest.mark.parametrize("key", ["nebula", "skyline-2011"])
async def test_the_achievements_of_a_game(following: Following, key: str) -> None:
    """All of them, unlocked or not; the game by title id or name."""
    title = following.house.simulator.world.titles[key]
    told = await _ask(following, "get_achievements", game=str(title.title_id))
    assert {one["name"] for one in told["achievements"]} == {
        one.name for one in title.achievements
    }
    assert {one["unlocked"] for one in told["achievements"]} == {True, False}
    unlocked = next(one for one in told["achievements"] if one["unlocked"])
    assert unlocked["gamerscore"] > 0
    assert unlocked["game"] == title.name


async def test_the_statistics_of_several_people(following: Following) -> None:
    """In one request for all of them, whose ids are known; minutes, and what the game shows."""
    await following.follow("mika")
    following.house.forget_requests()
    told = await _ask(
        following,
        "get_stats",
        players=[MIKA, "QuietHarbor77", following.person("mika").xuid],
        game=TITLES["tidewater"],
        statistics=["MinutesPlayed", "LevelsCleared", "NoSuchThing"],
    )
    asked = [
        request.host
        for request in following.requests()
        if request.host.startswith(("userstats", "profile"))
    ]
    assert asked == ["userstats.xboxlive.com"]
    mika, own, again = told["players"]
    assert mika["gamertag"] == MIKA
    assert mika["statistics"]["MinutesPlayed"] == pytest.approx(2210, abs=2)
    assert own["statistics"]["MinutesPlayed"] == pytest.approx(940, abs=2)
    assert again == mika
    assert told["title_id"] == TITLES["tidewater"]


async def test_a_statistic_that_a_game_does_not_keep(following: Following) -> None:
    """There is no number for it."""
    told = await _ask(following, "get_stats", game="Hexagarden", statistics="Nothing")
    (own,) = told["players"]
    assert own["statistics"].get("Nothing") is None


async def test_recent_titles(following: Following) -> None:
    """The latest first, with the progress made."""
    told = await _ask(following, "get_recent_titles", player=MIKA, limit=2)
    assert [title["name"] for title in told["titles"]] == [
        "Tidewater Tales",
        "Starfall Odyssey",
    ]
    assert told["titles"][0]["title_id"] == TITLES["tidewater"]
    assert told["titles"][0]["kind"] == "game"
    assert told["titles"][0]["last_played"].startswith("2026-11-06")


async def test_a_message(following: Following) -> None:
    """To anybody who takes it, with or without asking for the answer."""
    told = await _ask(following, "send_message", player=MIKA, message="Boats at eight?")
    assert told["gamertag"] == MIKA
    assert told["message_id"]
    sender = following.entry.unique_id or ""
    messages = following.house.simulator.world.messages
    newest = messages.between(sender, following.person("mika").xuid)[0]
    assert newest.text == "Boats at eight?"


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("get_player", {"player": "Nobody At All"}, "unknown_player"),
        ("get_player", {"player": "2533274799999999"}, "unknown_player"),
        ("get_achievements", {"game": "Chess of 1472"}, "not_played"),
        ("send_message", {"player": MIKA, "message": "x" * 257}, "message_length"),
        ("send_message", {"player": MIKA, "message": "  "}, "message_length"),
    ],
)
async def test_what_cannot_be_done_is_the_users_mistake(
    following: Following, action: str, data: dict[str, Any], key: str
) -> None:
    """Said in words, without a traceback."""
    with pytest.raises(ServiceValidationError) as error:
        await _ask(following, action, **data)
    assert error.value.translation_key == key


@pytest.mark.parametrize(
    ("action", "host", "data"),
    [
        ("get_player", "profile", {}),
        ("search_players", "usersearch", {"text": "lantern"}),
        ("get_friends", "peoplehub", {}),
        ("get_achievements", "achievements", {}),
        ("get_stats", "userstats", {"game": TITLES["tidewater"]}),
        ("get_recent_titles", "titlehub", {}),
        ("send_message", "xblmessaging", {"player": MIKA, "message": "Hello"}),
    ],
)
async def test_a_service_that_is_ill_is_named(
    following: Following, action: str, host: str, data: dict[str, Any]
) -> None:
    """Whichever it is."""
    await following.follow("mika")
    following.house.fail(kind="status", host=f"{host}.xboxlive.com", status=503)
    with pytest.raises(HomeAssistantError) as error:
        await _ask(following, action, **data)
    assert error.value.translation_key == "service_unavailable"
    assert f"{host}.xboxlive.com" in str(error.value.translation_placeholders)


async def test_what_is_private_is_said_to_be(following: Following) -> None:
    """It is not the account's fault."""
    following.house.fail(kind="status", host="peoplehub.xboxlive.com", status=403)
    with pytest.raises(HomeAssistantError) as error:
        await _ask(following, "get_friends", player=MIKA)
    assert error.value.translation_key == "not_shown"


async def test_several_accounts(following: Following) -> None:
    """The one that is named asks; without a name there is no guess."""
    following.house.simulator.world.accounts["child"].refusal = None
    child = await signed_in_entry(following.hass, following.house.simulator, "child")
    assert await following.house.set_up(child)
    with pytest.raises(ServiceValidationError):
        await _ask(following, "get_player")
    told = await _ask(following, "get_player", config_entry_id=child.entry_id)
    assert told["id"] == child.unique_id


async def test_all_are_described(following: Following) -> None:
    """So that the editor offers their fields."""
    described = (await async_get_all_descriptions(following.hass))[DOMAIN]
    for name, action in _ACTIONS.items():
        fields = {str(field) for field in action.schema} | {"config_entry_id"}
        assert described[name]["fields"].keys() == fields, name
