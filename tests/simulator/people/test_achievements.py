"""Achievements, gamerscore and statistics follow what people do."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from tests.simulator.console_client import ConsoleClient, Json
from tests.simulator.people_client import call, do, person, profile, read, who

HOST = "/achievements.xboxlive.com/users"
STATS = "/userstats.xboxlive.com"
STARFALL, TIDEWATER, OLD_SKYLINE = 1990010001, 1990010003, 1990010006


async def achievements(
    remote: ConsoleClient, key: str, query: str, contract: str = "4"
) -> list[Json]:
    """Return a page of somebody's achievements."""
    path = f"{HOST}/{who(remote, key)}/achievements?{query}"
    found: list[Json] = (await read(remote, path, contract))["achievements"]
    return found


async def test_unlocking_at_the_console_is_told_everywhere(
    remote: ConsoleClient,
) -> None:
    """In achievements, in gamerscore, in the title history."""
    query = f"titleId={STARFALL}"
    before = await achievements(remote, "parent", query)
    assert [item["progressState"] for item in before] == [
        "NotStarted",
        "InProgress",
        "NotStarted",
        "NotStarted",
    ]
    assert before[1]["progression"]["requirements"][0]["current"] == "12"
    await remote.control("POST", f"consoles/{remote.on.id}/achievement")
    after = await achievements(remote, "parent", query)
    assert (after[0]["progressState"], after[0]["rewards"][0]["value"]) == (
        "Achieved",
        "20",
    )
    assert after[0]["progression"]["timeUnlocked"] > "2026"
    assert (await profile(remote, "parent"))["gamerScore"] == "18270"
    path = f"/titlehub.xboxlive.com/users/{who(remote, 'parent')}/titles"
    body = await read(remote, f"{path}/titleid({STARFALL})/decoration/achievement", "2")
    assert body["titles"][0]["achievement"]["currentGamerscore"] == 20


async def test_a_friend_unlocks(remote: ConsoleClient) -> None:
    """What is played, or what is named; progress before it."""
    await do(remote, "mika", "progress", id="3", percent=50)
    [_, _, third] = await achievements(remote, "mika", f"titleId={TIDEWATER}")
    assert third["progression"]["requirements"][0]["current"] == "10"
    state = await do(remote, "mika", "unlock")
    [_, _, third] = await achievements(remote, "mika", f"titleId={TIDEWATER}")
    assert (third["progressState"], state["gamerscore"]) == ("Achieved", 41375 + 15)
    status, answer = await remote.control("POST", "people/mika/unlock")
    assert (status, answer["error"]) == (400, "nothing left to unlock")
    await do(remote, "pip", "unlock", title_id=STARFALL, id="4")
    found = await achievements(remote, "pip", f"titleId={STARFALL}&unlockedOnly=true")
    assert [item["id"] for item in found] == ["4"]


async def test_rarity_only_in_newer_contracts(remote: ConsoleClient) -> None:
    """Contract 4 tells it, 2 does not."""
    [first, *_] = await achievements(remote, "parent", f"titleId={STARFALL}")
    assert first["rarity"]["currentCategory"] in ("Rare", "Common")
    [first, *_] = await achievements(remote, "parent", f"titleId={STARFALL}", "2")
    assert "rarity" not in first


async def test_pages(remote: ConsoleClient) -> None:
    """The token is an offset; all pages together are everything, without doubles."""
    found: list[str] = []
    token: str | None = ""
    while token is not None:
        path = f"{HOST}/{who(remote, 'parent')}/achievements?maxItems=7"
        page = await read(remote, f"{path}&continuationToken={token}", "2")
        found += [item["name"] for item in page["achievements"]]
        token = page["pagingInfo"]["continuationToken"]
    assert len(found) == len(set(found)) == page["pagingInfo"]["totalRecords"] > 14
    path = f"{HOST}/{who(remote, 'parent')}/achievements?continuationToken=x"
    assert (await call(remote, "GET", path, "2"))[0] == 400


async def test_orders_and_filters(remote: ConsoleClient) -> None:
    """The latest unlock first; only locked ones; no challenges."""
    found = await achievements(remote, "mika", "orderBy=UnlockTime&unlockedOnly=true")
    times = [item["progression"]["timeUnlocked"] for item in found]
    assert len(times) == 6
    assert times == sorted(times, reverse=True)
    locked = await achievements(remote, "mika", "possibleOnly=true&orderBy=Title")
    assert {item["progressState"] for item in locked} == {"NotStarted", "InProgress"}
    assert await achievements(remote, "mika", "types=Challenge") == []
    path = f"{HOST}/{who(remote, 'mika')}/achievements?orderBy=Size"
    assert (await call(remote, "GET", path, "2"))[0] == 400


async def test_one_achievement(remote: ConsoleClient) -> None:
    """By service configuration and id."""
    [first, *_] = await achievements(remote, "mika", f"titleId={STARFALL}")
    path = f"{HOST}/{who(remote, 'mika')}/achievements/{first['serviceConfigId']}"
    assert (await read(remote, f"{path}/1", "4"))["achievements"] == [first]
    assert (await call(remote, "GET", f"{path}/99", "4"))[0] == 404


async def test_games_of_the_360(remote: ConsoleClient) -> None:
    """All of a game, those earned, and the history, in the older shape."""
    path = f"{HOST}/{who(remote, 'parent')}"
    body = await read(remote, f"{path}/titleachievements?titleId={OLD_SKYLINE}", "1")
    assert [item["unlocked"] for item in body["achievements"]] == [True] * 2 + [
        False
    ] * 2
    assert body["achievements"][3]["timeUnlocked"] == "2002-11-15T00:00:00.0000000Z"
    earned = await achievements(remote, "parent", f"titleId={OLD_SKYLINE}", "3")
    assert [(item["id"], "rarity" in item) for item in earned] == [(1, True), (2, True)]
    body = await read(remote, f"{path}/history/titles", "1")
    assert [
        (item["name"], item["currentAchievements"], item["totalAchievements"])
        for item in body["titles"]
    ] == [("Skyline", 2, 4)]


async def test_history(remote: ConsoleClient) -> None:
    """Every title with achievements; the older contract's token has a time too."""
    path = f"{HOST}/{who(remote, 'parent')}/history/titles"
    body = await read(remote, f"{path}?maxItems=50", "2")
    assert len(body["titles"]) == body["pagingInfo"]["totalRecords"] >= 9
    assert "Skyline" in {item["name"] for item in body["titles"]}
    assert all(item["maxGamerscore"] > 0 for item in body["titles"])


@pytest.mark.parametrize("key", ["sable", "pip"])
async def test_nothing_to_tell(remote: ConsoleClient, key: str) -> None:
    """Private people and those without a history: empty lists, no errors."""
    assert await achievements(remote, key, "") == []
    path = f"/titlehub.xboxlive.com/users/{who(remote, key)}/titles"
    body = await read(remote, f"{path}/titlehistory/decoration/image", "2")
    assert body["titles"] == []


async def minutes(remote: ConsoleClient, key: str, scid: str) -> Json:
    """Return somebody's MinutesPlayed."""
    path = f"{STATS}/users/{who(remote, key)}/scids/{scid}/stats/MinutesPlayed"
    [collection] = (await read(remote, path, "2"))["statlistscollection"]
    [found] = collection["stats"]
    result: Json = found
    return result


async def test_minutes_played_grow(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """On our console and elsewhere, while it is played."""
    starfall, tidewater = (
        remote.world.titles[key].scid for key in ("starfall", "tidewater")
    )
    before = await minutes(remote, "parent", starfall)
    assert (before["type"], before["value"]) == ("Integer", "3120")
    freezer.tick(30 * 60 + 1)
    assert (await minutes(remote, "mika", tidewater))["value"] == "2240"
    assert (await minutes(remote, "parent", starfall))["value"] == "3150"
    await remote.send(remote.on, "Shell/GoHome")
    freezer.tick(30 * 60)
    assert (await minutes(remote, "parent", starfall))["value"] == "3150"


async def test_statistics_that_nobody_has(remote: ConsoleClient) -> None:
    """Games that count no minutes, people who never played: no value."""
    garden = remote.world.titles["hexagarden"].scid
    assert "value" not in await minutes(remote, "child", garden)
    starfall = remote.world.titles["starfall"].scid
    assert "value" not in await minutes(remote, "pip", starfall)
    assert "value" not in await minutes(remote, "sable", starfall)


async def test_batch(remote: ConsoleClient) -> None:
    """Groups by title and statistics by title or configuration, of several people."""
    xuids = [person(remote, key).xuid for key in ("parent", "mika")]
    body = {
        "arrangebyfield": "xuid",
        "groups": [{"name": "Hero", "titleId": STARFALL}],
        "stats": [
            {"name": "MinutesPlayed", "titleId": STARFALL},
            {"name": "MinutesPlayed", "scid": remote.world.titles["boot"].scid},
        ],
        "xuids": xuids,
    }
    status, answer = await call(remote, "POST", f"{STATS}/batch", "2", body)
    assert status == 200
    [group] = answer["groups"]
    assert (group["name"], group["titleid"]) == ("Hero", str(STARFALL))
    hero = group["statlistscollection"][1]["stats"][0]
    assert (hero["value"], hero["groupproperties"]["Ordinal"]) == ("63", "1")
    assert hero["properties"]["DisplayName"] == "Letters delivered"
    assert [
        [stat["value"] for stat in one["stats"]]
        for one in answer["statlistscollection"]
    ] == [["3120", "1905"], ["1260", "60"]]
    for wrong in ({**body, "arrangebyfield": "day"}, {**body, "xuids": "1"}):
        assert (await call(remote, "POST", f"{STATS}/batch", "2", wrong))[0] == 400


async def test_documented_batch(remote: ConsoleClient) -> None:
    """The first contract: users, configurations, numbers as numbers."""
    scid = remote.world.titles["starfall"].scid
    body = {
        "requestedusers": [int(person(remote, "mika").xuid), 1],
        "requestedscids": [
            {"scid": scid, "requestedstats": ["MinutesPlayed", "Nonsense"]}
        ],
    }
    status, answer = await call(remote, "POST", f"{STATS}/batch", "1", body)
    assert (status, answer) == (
        200,
        {
            "users": [
                {
                    "xuid": person(remote, "mika").xuid,
                    "gamertag": "LanternFox2048",
                    "scids": [
                        {
                            "scid": scid,
                            "stats": [
                                {
                                    "statname": "MinutesPlayed",
                                    "type": "Integer",
                                    "value": 1260,
                                }
                            ],
                        }
                    ],
                }
            ]
        },
    )


async def test_value_metadata(remote: ConsoleClient) -> None:
    """Contract 3 names what is counted."""
    scid = remote.world.titles["starfall"].scid
    path = f"{STATS}/users/{who(remote, 'mika')}/scids/{scid}/stats/WorldsVisited"
    body = await read(remote, f"{path}?include=valuemetadata", "3")
    [stat] = body["statlistscollection"][0]["stats"]
    assert stat["properties"] == {"DisplayName": "Worlds visited"}
    unknown = path.replace(scid, "00000000-0000-0000-0000-000000000001")
    assert (await call(remote, "GET", unknown, "2"))[0] == 404


async def test_titles_in_batches(remote: ConsoleClient) -> None:
    """By family name or id, whoever has them; who among the friends plays."""
    path = "/titlehub.xboxlive.com/titles/storeBatch/decoration/friendswhoplayed,scid"
    pfn = remote.world.titles["boot"].package_family_name
    body = {"pfns": [pfn], "titleIds": [str(TIDEWATER), "1"]}
    status, answer = await call(remote, "POST", path, "2", body)
    assert (status, answer["xuid"]) == (200, None)
    tidewater, boot = answer["titles"]
    assert (tidewater["name"], boot["name"]) == ("Tidewater Tales", "Golden Boot 27")
    friends = tidewater["friendsWhoPlayed"]
    assert (friends["currentlyPlayingCount"], friends["havePlayedCount"]) == (1, 1)
    assert friends["people"][0]["gamertag"] == "LanternFox2048"
    assert (await call(remote, "POST", path, "2", {"pfns": []}))[0] == 400
