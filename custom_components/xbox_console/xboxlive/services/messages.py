"""Messages between people (xblmessaging.xboxlive.com)."""

from collections.abc import AsyncIterator

from ..model import Items, Json, Model, Moment, called
from ..service import Page, ServiceClient
from ..session import Service

LONGEST_MESSAGE = 256
"""Characters."""


class Part(Model):
    """A piece of a message: text, or a reference to something."""

    content_type: str | None = None
    version: int | None = None
    text: str | None = None
    unsuitable_for: tuple[Json, ...] = ()
    locator: str | None = None


class Content(Model):
    """What a message consists of."""

    parts: Items[Part] = ()


class Payload(Model):
    """The wrapping of a message."""

    content: Content | None = None


class Message(Model):
    """A message; `sender` 0 is the network itself."""

    message_id: str
    network_id: str | None = None
    conversation_id: str | None = None
    conversation_type: str | None = None
    type: str | None = None
    sender: str | None = None
    owner: str | None = None
    timestamp: Moment = None
    last_update_timestamp: Moment = None
    content_payload: Payload | None = None
    is_deleted: bool | None = None
    is_server_updated: bool | None = None

    @property
    def text(self) -> str:
        """What it says."""
        content = self.content_payload and self.content_payload.content
        return "\n".join(
            each.text for each in (content.parts if content else ()) if each.text
        )


class Conversation(Page[Message], names=called(items="messages")):
    """What two people wrote; a conversation that does not exist has no participants."""

    conversation_id: str
    network_id: str | None = None
    items: Items[Message] = ()
    last_message: Message | None = None
    participants: tuple[str, ...] = ()
    type: str | None = None
    timestamp: Moment = None
    is_read: bool | None = None
    muted: bool | None = None
    folder: str | None = None
    read_horizon: str | None = None
    delete_horizon: str | None = None
    voice_id: str | None = None
    voice_roster: Json = None


class SafetySettings(Model):
    """What the account lets into which inbox, by what it is about."""

    version: int | None = None
    primary_inbox_media: str | None = None
    primary_inbox_text: str | None = None
    primary_inbox_url: str | None = None
    secondary_inbox_media: str | None = None
    secondary_inbox_text: str | None = None
    secondary_inbox_url: str | None = None
    can_unobscure: bool | None = None


class Folder(Model):
    """Conversations in one place."""

    folder: str | None = None
    total_count: int | None = None
    unread_count: int | None = None
    conversations: Items[Conversation] = ()


class Inbox(Model):
    """The folders of the account."""

    primary: Folder
    folders: Items[Folder] = ()
    safety_settings: SafetySettings | None = None


class SentMessage(Model):
    """What became of a message."""

    message_id: str
    conversation_id: str | None = None


class Messages(ServiceClient):
    """Messages between the account and one other person."""

    _service = Service("xblmessaging.xboxlive.com", contract=1)

    async def inbox(self, page_size: int = 100) -> Inbox:
        """All conversations with their last messages."""
        path = t"/network/Xbox/users/me/inbox"
        return await self._get(path, Inbox, maxItems=page_size)

    async def conversation(self, xuid: str, page_size: int = 100) -> Conversation:
        """What was written with a person, and how far it was read."""
        path = t"/network/Xbox/users/me/conversations/users/xuid({xuid})"
        return await self._get(path, Conversation, maxItems=page_size)

    def messages(
        self, xuid: str, page_size: int = 100, limit: int | None = None
    ) -> AsyncIterator[Message]:
        """What was written with a person, message by message."""
        path = t"/network/Xbox/users/me/conversations/users/xuid({xuid})"
        return self._list(path, Conversation, limit, maxItems=page_size)

    async def send(self, xuid: str, text: str) -> SentMessage:
        """Write to a person. Raises ValueError if it is too long."""
        if len(text) > LONGEST_MESSAGE:
            raise ValueError(f"a message has {LONGEST_MESSAGE} characters at most")
        path = t"/network/Xbox/users/me/conversations/users/xuid({xuid})"
        part: Json = {"contentType": "text", "version": 0, "text": text}
        return await self._post(path, {"parts": [part]}, SentMessage)

    async def delete_message(self, conversation_id: str, message_id: str) -> None:
        """Delete a message for oneself."""
        path = t"/network/Xbox/users/me/conversations/{conversation_id}"
        await self._do("DELETE", t"{path}/messages/{message_id}")

    async def delete_conversation(self, conversation_id: str, horizon: str) -> None:
        """Delete a conversation for oneself up to its `delete_horizon`."""
        conversation: Json = {
            "conversationId": conversation_id,
            "conversationType": "OneToOne",
            "horizonType": "Delete",
            "horizon": horizon,
        }
        path = t"/network/Xbox/users/me/conversations/horizon"
        await self._do("PUT", path, {"conversations": [conversation]}, contract=2)
