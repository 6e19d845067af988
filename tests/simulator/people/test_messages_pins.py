"""Messages, pins and television listings."""

from itertools import pairwise

import pytest

from simulator.people.messages import conversation_id
from tests.simulator.console_client import ConsoleClient, Json
from tests.simulator.people_client import call, do, person, read, who

ME = "/xblmessaging.xboxlive.com/network/Xbox/users/me"


async def inbox(remote: ConsoleClient) -> Json:
    """Return the parent's inbox."""
    found: Json = (await read(remote, f"{ME}/inbox?maxItems=100", "1"))["primary"]
    return found


def talk(remote: ConsoleClient, key: str) -> str:
    """Return the path of a conversation."""
    return f"{ME}/conversations/users/{who(remote, key)}"


def text(value: str) -> Json:
    """Return what sends a text."""
    return {"parts": [{"contentType": "text", "version": 0, "text": value}]}


def shown(message: Json) -> str:
    """Return a message's text."""
    return str(message["contentPayload"]["content"]["parts"][0]["text"])


def test_conversation_id() -> None:
    """Numbers 0x0009000000000001 and 0x0009000000000002, worked out by hand; the same for both."""
    one, two = str(0x0009000000000001), str(0x0009000000000002)
    expected = "00000001-0000-0009-0200-000000000900"
    assert conversation_id(one, two) == conversation_id(two, one) == expected
    assert conversation_id(one, "0") == "00000000-0000-0000-0100-000000000900"


async def test_inbox(remote: ConsoleClient) -> None:
    """The latest first; one is unread, and more when somebody writes."""
    box = await inbox(remote)
    assert (box["totalCount"], box["unreadCount"]) == (3, 1)
    assert [shown(one["lastMessage"]) for one in box["conversations"]] == [
        "Boat is ready, are you?",
        "Of course.",
        "Welcome to the simulated network.",
    ]
    assert [one["isRead"] for one in box["conversations"]] == [False, True, True]
    await do(remote, "pip", "message", text="Hello?")
    box = await inbox(remote)
    assert (box["unreadCount"], shown(box["conversations"][0]["lastMessage"])) == (
        2,
        "Hello?",
    )
    await do(remote, "parent", "read")
    assert (await inbox(remote))["unreadCount"] == 0


async def test_send(remote: ConsoleClient) -> None:
    """It arrives, and can be read back."""
    status, sent = await call(remote, "POST", talk(remote, "pip"), "1", text("Welcome"))
    assert (status, sent["conversationId"]) == (
        200,
        conversation_id(person(remote, "parent").xuid, person(remote, "pip").xuid),
    )
    body = await read(remote, talk(remote, "pip"), "1")
    assert [(one["messageId"], shown(one)) for one in body["messages"]] == [
        (sent["messageId"], "Welcome")
    ]
    assert remote.world.messages.unread(person(remote, "pip").xuid) == 1


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("pip", text("x" * 256), 200),
        ("pip", text("x" * 257), 400),
        ("sable", text("hello"), 403),
        ("pip", {"parts": []}, 400),
        ("pip", {"parts": [{"contentType": "image"}]}, 400),
        ("pip", text(""), 400),
    ],
)
async def test_what_can_be_sent(
    remote: ConsoleClient, key: str, body: object, status: int
) -> None:
    """Up to 256 characters of text, to those who want it."""
    assert (await call(remote, "POST", talk(remote, key), "1", body))[0] == status


async def test_unknown_conversation(remote: ConsoleClient) -> None:
    """Answers as an empty one."""
    body = await read(remote, talk(remote, "pip"), "1")
    assert (body["participants"], body["messages"], body["timestamp"]) == (
        None,
        None,
        "0001-01-01T00:00:00",
    )
    nobody = f"{ME}/conversations/users/xuid(1)"
    assert (await call(remote, "POST", nobody, "1", text("hello")))[0] == 404


async def test_delete_messages(remote: ConsoleClient) -> None:
    """One for oneself, then the whole conversation."""
    body = await read(remote, talk(remote, "tove"), "1")
    last, first = body["messages"]
    path = f"{ME}/conversations/{body['conversationId']}/messages/{last['messageId']}"
    assert (await call(remote, "DELETE", path, "1"))[0] == 200
    assert (await call(remote, "DELETE", path, "1"))[0] == 404
    body = await read(remote, talk(remote, "tove"), "1")
    assert [one["messageId"] for one in body["messages"]] == [first["messageId"]]
    other = remote.world.messages.between(
        person(remote, "tove").xuid, person(remote, "parent").xuid
    )
    assert len(other) == 2
    gone = {
        "conversationId": body["conversationId"],
        "conversationType": "OneToOne",
        "horizonType": "Delete",
        "horizon": first["messageId"],
    }
    path = f"{ME}/conversations/horizon"
    sent = {"conversations": [gone]}
    assert (await call(remote, "PUT", path, "2", sent))[0] == 200
    assert (await inbox(remote))["totalCount"] == 2
    for wrong in ({}, {"conversations": [gone | {"horizonType": "Forget"}]}):
        assert (await call(remote, "PUT", path, "2", wrong))[0] == 400


def pins(remote: ConsoleClient, key: str = "parent") -> str:
    """Return the path of a list."""
    return f"/eplists.xboxlive.com/users/{who(remote, key)}/lists/PINS/XBLPins"


ITEM = {
    "ItemId": "FernTwin.Mosslight_3n7r1u5x9a4cf",
    "ContentType": "DGame",
    "Title": "Mosslight",
    "Locale": "en-US",
    "DeviceType": "XboxOne",
    "ImageUrl": "",
}


async def test_pins(remote: ConsoleClient) -> None:
    """Listed, inserted once, removed; each change is a new version."""
    body = await read(remote, pins(remote), "2")
    assert [item["Item"]["Title"] for item in body["ListItems"]] == [
        "Larkvision",
        "Starfall Odyssey",
        "Golden Boot 27",
    ]
    version = body["ListMetadata"]["ListVersion"]
    for count in (4, 4):
        status, metadata = await call(
            remote, "POST", pins(remote), "2", {"Items": [ITEM]}
        )
        version += 1
        assert (status, metadata["ListCount"], metadata["ListVersion"]) == (
            200,
            count,
            version,
        )
    _, metadata = await call(remote, "DELETE", pins(remote), "2", {"Items": [ITEM]})
    assert metadata["ListCount"] == 3


async def test_pins_versions(remote: ConsoleClient) -> None:
    """A change meant for another version is refused; what is known is not sent again."""
    body = {"Items": [ITEM]}
    stale = await call(remote, "POST", pins(remote), "2", body, If_Match="1")
    assert stale[0] == 412
    fresh = await call(remote, "POST", pins(remote), "2", body, If_Match="7")
    assert fresh[0] == 200
    response = await remote.ask(
        "GET", pins(remote), headers=remote.headers("2", If_None_Match='"8"')
    )
    assert response.status == 304


async def test_wrong_pins(remote: ConsoleClient) -> None:
    """No contract, no such list, no such name, somebody else's, nothing, too many."""
    assert (await call(remote, "GET", pins(remote), ""))[0] == 400
    other = pins(remote).replace("PINS", "WISHES")
    assert (await call(remote, "GET", other, "2"))[0] == 404
    named = pins(remote).replace("XBLPins", "Mine")
    assert (await call(remote, "GET", named, "2"))[0] == 501
    assert (await call(remote, "GET", pins(remote, "mika"), "2"))[0] == 403
    assert (await call(remote, "POST", pins(remote), "2", {"Items": []}))[0] == 400
    many = {"Items": [ITEM | {"ItemId": str(number)} for number in range(198)]}
    assert (await call(remote, "POST", pins(remote), "2", many))[0] == 400


TELEVISION = {
    "x_xbl_client_type": "Companion",
    "x_xbl_client_version": "2.0",
    "x_xbl_device_type": "WindowsPhone",
    "x_xbl_isautomated_client": "true",
}
LINEUP = "/cqs.xboxlive.com/epg/en-GB/lineups/9d2c1f84"


async def test_television(remote: ConsoleClient) -> None:
    """Channels, and what they show without a gap."""
    path = f"{LINEUP}/channels?desired=vesper_mobile_lineup"
    status, body = await call(remote, "GET", path, "1.b", **TELEVISION)
    assert (status, [one["ChannelNumber"] for one in body["Channels"]]) == (
        200,
        ["101", "202", "303"],
    )
    query = "startDate=2026-11-21T10:15:00Z&durationMinutes=120&channelSkip=0&channelCount=1"
    path = f"{LINEUP}/programs?{query}&desired=vesper_mobile_schedule"
    status, body = await call(remote, "GET", path, "1.b", **TELEVISION)
    [channel] = body["Channels"]
    times = [(one["StartDate"], one["EndDate"]) for one in channel["Programs"]]
    assert times[0][0] == "2026-11-21T10:00:00Z"
    assert times[-1][1] == "2026-11-21T12:30:00Z"
    assert all(one[1] == two[0] for one, two in pairwise(times))
    assert (await call(remote, "GET", path, "1.b"))[0] == 400
