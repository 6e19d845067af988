"""xblmessaging.xboxlive.com: the inbox, conversations and their messages."""

from typing import cast

from aiohttp import web

from simulator.people.messages import SYSTEM_XUID, Message, conversation_id
from simulator.routes.shared.service import Call, refusal, service

HOST = "xblmessaging.xboxlive.com"
_ME = f"/{HOST}/network/Xbox/users/me"
LONGEST = 256
NEVER = "0001-01-01T00:00:00"

routes = web.RouteTableDef()


@routes.get(f"{_ME}/inbox")
@service("1")
async def inbox(call: Call) -> web.Response:
    """List conversations, the latest first."""
    xuid, messages = call.account.xuid, call.world.messages
    partners = messages.partners(xuid)
    shown = partners[: call.number("maxItems", 100)]
    return call.answer(
        {
            "primary": {
                "folder": "Primary",
                "totalCount": len(partners),
                "unreadCount": messages.unread(xuid),
                "conversations": [_summary(call, other) for other in shown],
            },
            "folders": [],
            "safetySettings": {
                "version": 3,
                "primaryInboxMedia": "Mature",
                "primaryInboxText": "AllowAll",
                "primaryInboxUrl": "Mature",
                "secondaryInboxMedia": "Medium",
                "secondaryInboxText": "Medium",
                "secondaryInboxUrl": "BlockAll",
                "canUnobscure": True,
            },
        }
    )


@routes.get(f"{_ME}/conversations/users/xuid({{xuid}})")
@service("1")
async def conversation(call: Call) -> web.Response:
    """Answer a page of a conversation, the latest first; one that does not exist is empty."""
    other = _number(call.path("xuid"))
    found = call.world.messages.between(call.account.xuid, other)
    start = call.number("continuationToken", 0)
    end = start + max(1, call.number("maxItems", 100))
    shown = found[start:end]
    body = _summary(call, other) if found else _empty(call, other)
    body.pop("lastMessage", None)
    return call.answer(
        body
        | {
            "messages": [_body(call, message) for message in shown] or None,
            "continuationToken": str(end) if end < len(found) else None,
            "voiceRoster": None,
        }
    )


@routes.post(f"{_ME}/conversations/users/xuid({{xuid}})")
@service("1")
async def send(call: Call) -> web.Response:
    """Send a text to somebody who wants it."""
    text = _text(await call.json())
    world, knobs = call.world, call.world.knobs
    if len(text) > LONGEST:
        return web.Response(status=knobs.message_too_long_status)
    person = world.by_xuid(_number(call.path("xuid")))
    if person is None:
        raise refusal(404)
    if not call.sees(person):
        return web.Response(status=knobs.message_refused_status)
    caller = call.account.xuid
    sent = world.messages.send(caller, person.xuid, text, world.clock.now())
    world.publish()
    return call.answer(
        {
            "messageId": str(sent.id),
            "conversationId": conversation_id(caller, person.xuid),
        }
    )


@routes.delete(f"{_ME}/conversations/{{conversation}}/messages/{{message}}")
@service("1", "2")
async def delete(call: Call) -> web.Response:
    """Delete one message for oneself."""
    xuid, messages = call.account.xuid, call.world.messages
    other = _partner(call, call.path("conversation"))
    for message in messages.between(xuid, other):
        if str(message.id) == call.path("message"):
            message.deleted_for.add(xuid)
            call.world.publish()
            return web.Response(status=call.world.knobs.message_deleted_status)
    raise refusal(404)


@routes.put(f"{_ME}/conversations/horizon")
@service("2")
async def horizon(call: Call) -> web.Response:
    """Delete or read conversations up to a message."""
    asked = (await call.json()).get("conversations")
    if not isinstance(asked, list) or not asked:
        raise refusal(400)
    messages = call.world.messages
    moves = {"delete": messages.delete_up_to, "read": messages.read}
    steps = []
    for item in cast("list[dict[str, object]]", asked):
        move = moves.get(str(item.get("horizonType", "")).lower())
        if move is None:
            raise refusal(400)
        other = _partner(call, str(item.get("conversationId", "")))
        steps.append((move, other, int(_number(str(item.get("horizon", ""))))))
    for move, other, last in steps:
        move(call.account.xuid, other, last)
    call.world.publish()
    return web.Response(status=call.world.knobs.message_deleted_status)


def _number(text: str) -> str:
    if not text.isdecimal():
        raise refusal(400)
    return text


def _partner(call: Call, wanted: str) -> str:
    """Return the xuid of the other side of a conversation. Raises HTTPNotFound."""
    xuid = call.account.xuid
    for other in (*call.world.people_by_xuid(), SYSTEM_XUID):
        if conversation_id(xuid, other) == wanted.lower():
            return other
    raise refusal(404)


def _text(body: dict[str, object]) -> str:
    """Return the text of what is to be sent. Raises HTTPBadRequest."""
    parts = body.get("parts")
    if not isinstance(parts, list) or not parts:
        raise refusal(400)
    texts = [
        part.get("text")
        for part in parts
        if isinstance(part, dict) and part.get("contentType") == "text"
    ]
    found = [text for text in texts if isinstance(text, str) and text]
    if len(found) != len(parts):
        raise refusal(400)
    return "\n".join(found)


def _summary(call: Call, other: str) -> dict[str, object]:
    xuid, messages = call.account.xuid, call.world.messages
    latest = messages.between(xuid, other)[0]
    read, deleted = messages.horizons(xuid, other)
    own_id = conversation_id(xuid, other)
    return {
        "timestamp": call.time(latest.at),
        "networkId": "Xbox",
        "type": "OneToOne",
        "conversationId": own_id,
        "voiceId": own_id,
        "participants": [other, xuid],
        "readHorizon": str(read),
        "deleteHorizon": str(deleted),
        "isRead": messages.is_read(xuid, other),
        "muted": False,
        "folder": "Primary",
        "lastMessage": _body(call, latest),
    }


def _empty(call: Call, other: str) -> dict[str, object]:
    own_id = conversation_id(call.account.xuid, other)
    return {
        "timestamp": NEVER,
        "networkId": "Xbox",
        "type": "OneToOne",
        "conversationId": own_id,
        "voiceId": own_id,
        "participants": None,
        "readHorizon": "0",
        "deleteHorizon": "0",
        "isRead": False,
        "muted": False,
        "folder": "Unspecified",
    }


def _body(call: Call, message: Message) -> dict[str, object]:
    part = {
        "contentType": "text",
        "version": 0,
        "text": message.text,
        "unsuitableFor": [],
    }
    return {
        "contentPayload": {"content": {"parts": [part]}},
        "timestamp": call.time(message.at),
        "lastUpdateTimestamp": call.time(message.at),
        "type": "ContentMessage",
        "networkId": "Xbox",
        "conversationType": "OneToOne",
        "conversationId": conversation_id(message.sender, message.to),
        "owner": int(call.account.xuid),
        "sender": message.sender,
        "messageId": str(message.id),
        "isDeleted": False,
        "isServerUpdated": False,
    }
