"""Presence and title history agree with what the consoles run."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from tests.simulator.console_client import ConsoleClient, Json

PRESENCE = "/userpresence.xboxlive.com"
TITLEHUB = "/titlehub.xboxlive.com"


async def presence(
    remote: ConsoleClient, path: str = "/users/me", level: str = "title"
) -> Json:
    """Read a record."""
    response = await remote.ask(
        "GET", f"{PRESENCE}{path}?level={level}", headers=remote.headers("3")
    )
    body: Json = await response.json()
    return body


async def test_presence_follows_the_console(remote: ConsoleClient) -> None:
    """Game over home, home alone, nothing."""
    record = await presence(remote)
    assert (record["xuid"], record["state"]) == (
        remote.world.accounts["parent"].xuid,
        "Online",
    )
    titles = record["devices"][0]["titles"]
    assert [(title["name"], title["placement"]) for title in titles] == [
        ("Home", "Background"),
        ("Starfall Odyssey", "Full"),
    ]
    assert "activity" not in titles[1]
    await remote.send(remote.on, "Shell/GoHome")
    record = await presence(remote)
    assert [
        (title["name"], title["placement"]) for title in record["devices"][0]["titles"]
    ] == [("Home", "Full")]
    remote.on.unplug()
    assert await presence(remote) == {"xuid": record["xuid"], "state": "Offline"}


async def test_levels(remote: ConsoleClient) -> None:
    """User, device, title, all."""
    assert "devices" not in await presence(remote, level="user")
    assert (await presence(remote, level="device"))["devices"] == [{"type": "Scarlett"}]
    everything = await presence(remote, level="all")
    assert everything["devices"][0]["titles"][1]["activity"] == {
        "richPresence": "In Starfall Odyssey"
    }
    response = await remote.ask(
        "GET", f"{PRESENCE}/users/me?level=nonsense", headers=remote.headers("3")
    )
    assert response.status == 400


async def test_strangers_are_offline(remote: ConsoleClient) -> None:
    """Nobody is known: always 200."""
    assert await presence(remote, "/users/xuid(2533274790011111)") == {
        "xuid": "2533274790011111",
        "state": "Offline",
    }


async def test_batch(remote: ConsoleClient) -> None:
    """A bare list; only those online when asked so."""
    parent, child = (remote.world.accounts[key].xuid for key in ("parent", "child"))
    headers = remote.headers("3")
    response = await remote.ask(
        "POST",
        f"{PRESENCE}/users/batch",
        headers=headers,
        json={"users": [child, parent]},
    )
    assert [(record["xuid"], record["state"]) for record in await response.json()] == [
        (child, "Offline"),
        (parent, "Online"),
    ]
    body = {"users": [child, parent], "onlineOnly": True, "level": "user"}
    response = await remote.ask(
        "POST", f"{PRESENCE}/users/batch", headers=headers, json=body
    )
    assert await response.json() == [{"xuid": parent, "state": "Online"}]


@pytest.mark.parametrize("body", [{}, {"users": "x"}, {"users": ["1"] * 1101}, []])
async def test_wrong_batch(remote: ConsoleClient, body: object) -> None:
    """No list, or too long a one."""
    response = await remote.ask(
        "POST", f"{PRESENCE}/users/batch", headers=remote.headers("3"), json=body
    )
    assert response.status == 400


async def test_presence_wants_its_contract(remote: ConsoleClient) -> None:
    """Contract 3; signed in."""
    assert (
        await remote.ask("GET", f"{PRESENCE}/users/me", headers=remote.headers("4"))
    ).status == 400
    assert (await remote.ask("GET", f"{PRESENCE}/users/me", headers={})).status == 401


async def titles(remote: ConsoleClient, path: str) -> tuple[int, list[Json]]:
    """Read titles of the parent."""
    xuid = remote.world.accounts["parent"].xuid
    response = await remote.ask(
        "GET",
        f"{TITLEHUB}/users/xuid({xuid})/titles/{path}",
        headers=remote.headers("2"),
    )
    return response.status, (await response.json())[
        "titles"
    ] if response.status == 200 else []


async def test_title_history(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """The latest first; what is launched moves up."""
    _, before = await titles(
        remote, "titlehistory/decoration/achievement,image,scid?maxItems=3"
    )
    assert len(before) == 3
    assert before[0]["name"] == "Starfall Odyssey"
    assert before[0]["displayImage"].startswith(
        "http://store-images.s-microsoft.com/image/"
    )
    assert (before[0]["detail"], before[0]["serviceConfigId"][-8:]) == (
        None,
        f"{1990010001:08x}",
    )
    await remote.control(
        "POST", f"consoles/{remote.on.id}/launch", {"product_id": "9ZM0SSL1GHTX"}
    )
    freezer.tick(4)
    _, after = await titles(remote, "titlehistory/decoration/detail?maxItems=999")
    assert after[0]["name"] == "Mosslight"
    assert after[0]["detail"]["publisherName"] == "Fern Twin"
    assert len({title["titleId"] for title in after}) == len(after)


async def test_achievements_count_in_title_history(remote: ConsoleClient) -> None:
    """Scores are told, but not how many achievements there are."""
    await remote.control("POST", f"consoles/{remote.on.id}/achievement")
    _, found = await titles(remote, "titleid(1990010001)/decoration/achievement")
    assert found[0]["achievement"] == {
        "currentAchievements": 1,
        "totalAchievements": 0,
        "currentGamerscore": 20,
        "totalGamerscore": 95,
        "progressPercentage": 21.0,
        "sourceVersion": 2,
    }


async def test_one_title(remote: ConsoleClient) -> None:
    """By title id or package family name; 404 for what was never played."""
    _, found = await titles(
        remote, "pfn(LarkMedia.Larkvision_5t9w3z7c1f4hj)/decoration/image"
    )
    assert [title["name"] for title in found] == ["Larkvision"]
    assert (await titles(remote, "titleid(42)/decoration/image"))[0] == 404


async def test_titlehub_wants_contract_and_language(remote: ConsoleClient) -> None:
    """Both are required."""
    path = f"{TITLEHUB}/users/xuid(1)/titles/titlehistory/decoration/image"
    headers = remote.headers("2")
    assert (await remote.ask("GET", path, headers=headers)).status == 200
    assert (
        await remote.ask("GET", path, headers=headers | {"x-xbl-contract-version": "1"})
    ).status == 400
    del headers["Accept-Language"]
    assert (await remote.ask("GET", path, headers=headers)).status == 400
