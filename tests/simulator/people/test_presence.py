"""Presence of people away from the world's consoles."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from tests.simulator.console_client import ConsoleClient
from tests.simulator.people_client import call, do, person, presence, read, who

TIDEWATER, STARFALL = "1990010003", "1990010001"
BATCH = "/userpresence.xboxlive.com/users/batch"


async def test_playing_elsewhere(remote: ConsoleClient) -> None:
    """A console runs home behind the game, a computer only the game."""
    [device] = (await presence(remote, "mika"))["devices"]
    assert device["type"] == "Scarlett"
    assert [(one["id"], one["placement"]) for one in device["titles"]] == [
        ("750323071", "Background"),
        (TIDEWATER, "Full"),
    ]
    assert device["titles"][1]["activity"] == {
        "richPresence": "Mending nets in the harbour"
    }
    await do(remote, "tove", "play", title_id=STARFALL, device="WindowsOneCore")
    [device] = (await presence(remote, "tove"))["devices"]
    assert [one["name"] for one in device["titles"]] == ["Starfall Odyssey"]


async def test_coming_and_going(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Online, away, in another game, without one, gone: last seen there and then."""
    await do(remote, "tove", "online", device="Android")
    record = await presence(remote, "tove")
    assert (record["state"], record["devices"][0]["titles"][0]["name"]) == (
        "Online",
        "Xbox App",
    )
    await do(remote, "tove", "online", device="Android", away=True)
    assert (await presence(remote, "tove"))["state"] == "Away"
    await do(remote, "tove", "play", product_id="9ZNBD7RGT2KV")
    freezer.tick(60)
    await do(remote, "tove", "stop")
    await do(remote, "tove", "offline")
    assert await presence(remote, "tove") == {
        "xuid": person(remote, "tove").xuid,
        "state": "Offline",
        "lastSeen": {
            "deviceType": "Android",
            "titleId": "328178078",
            "titleName": "",
            "timestamp": remote.world.clock.iso(),
        },
    }
    played = person(remote, "tove").played[1990010002]
    assert (played.minutes, played.last) == (1.0, remote.world.clock.now())


async def test_presence_moment_does_not_move(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """The same game has the same lastModified however often it is read."""
    first = await presence(remote, "mika")
    freezer.tick(30)
    assert await presence(remote, "mika") == first


async def test_the_console_tells_last_seen(remote: ConsoleClient) -> None:
    """What ran when the console went off; the own record lacks it."""
    remote.on.unplug()
    own = await read(remote, "/userpresence.xboxlive.com/users/me", "3")
    assert "lastSeen" not in own
    assert person(remote, "parent").last_seen is not None
    remote.world.knobs.own_last_seen = True
    own = await read(remote, "/userpresence.xboxlive.com/users/me", "3")
    assert (own["lastSeen"]["titleId"], own["lastSeen"]["deviceType"]) == (
        STARFALL,
        "Scarlett",
    )


async def test_privacy_empties(remote: ConsoleClient) -> None:
    """Always 200, but nothing is told."""
    await do(remote, "mika", "privacy", enabled=True)
    xuid = person(remote, "mika").xuid
    assert await presence(remote, "mika") == {"xuid": xuid, "state": "Offline"}
    await do(remote, "mika", "privacy", enabled=False)
    assert (await presence(remote, "mika"))["state"] == "Online"


async def test_appear_offline(remote: ConsoleClient) -> None:
    """By the caller for itself only; others see nobody, oneself still does, or not."""
    remote.world.knobs.rate_limits = False
    path = f"/userpresence.xboxlive.com/users/{who(remote, 'parent')}/state"
    response = await remote.ask(
        "PUT", path, headers=remote.headers("3"), json={"state": "Cloaked"}
    )
    assert (response.status, await response.text()) == (200, "")
    assert person(remote, "parent").cloaked
    assert (await presence(remote, "parent"))["state"] == "Online"
    remote.world.knobs.cloaked_from_self = True
    assert (await presence(remote, "parent"))["state"] == "Offline"
    assert (await call(remote, "PUT", path, "3", {"state": "Active"}))[0] == 200
    assert (await presence(remote, "parent"))["state"] == "Online"
    other = path.replace(who(remote, "parent"), who(remote, "mika"))
    assert (await call(remote, "PUT", other, "3", {"state": "Cloaked"}))[0] == 403
    assert (await call(remote, "PUT", path, "3", {"state": "Gone"}))[0] == 400


async def test_cloaked_friend(remote: ConsoleClient) -> None:
    """A friend who appears offline does so."""
    await do(remote, "mika", "cloak", enabled=True)
    assert (await presence(remote, "mika"))["state"] == "Offline"


@pytest.mark.parametrize(
    ("filters", "state"),
    [
        ({"deviceTypes": ["Scarlett"]}, "Online"),
        ({"deviceTypes": ["iOS"]}, "Offline"),
        ({"titles": [TIDEWATER]}, "Online"),
        ({"titles": [STARFALL]}, "Offline"),
    ],
)
async def test_batch_filters(
    remote: ConsoleClient, filters: dict[str, object], state: str
) -> None:
    """Only certain devices or titles."""
    body = {"users": [person(remote, "mika").xuid], **filters}
    status, records = await call(remote, "POST", BATCH, "3", body)
    assert (status, [record["state"] for record in records]) == (200, [state])


async def test_a_thousand_friends_in_one_batch(remote: ConsoleClient) -> None:
    """Every fifth is online, every tenth plays."""
    friends = remote.world.add_friends(1000)
    body = {"users": [friend.xuid for friend in friends], "level": "all"}
    status, records = await call(remote, "POST", BATCH, "3", body)
    online = [record for record in records if record["state"] == "Online"]
    assert (status, len(records), len(online)) == (200, 1000, 200)
