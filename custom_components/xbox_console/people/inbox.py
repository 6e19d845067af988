"""What others write to the account: how much is unread, and each message as it comes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ..account import polling
from ..xboxlive.client import XboxLive
from ..xboxlive.services.messages import Conversation, Message
from ..xboxlive.services.profile import Setting
from .aside import Aside

RECEIVED = "received"
"""The event that tells of a message."""
_NETWORK = "0"
"""Who sends what comes from the Xbox network itself."""
_MOST = 100
_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message from somebody."""

    sender: str | None = field(repr=False)
    """XUID; None for the network itself."""
    gamertag: str | None
    text: str = field(repr=False)


class Inbox:
    """Reads the inbox; only what comes after the first look is told."""

    def __init__(
        self,
        xbox: XboxLive,
        own: str,
        aside: Aside,
        gamertag_of: Callable[[str], str | None],
    ) -> None:
        """Read for an account; `own` is its XUID, `gamertag_of` names those who are followed."""
        self._xbox = xbox
        self._own = own
        self._aside = aside
        self._gamertag_of = gamertag_of
        self.unread: int | None = None
        """Conversations with something unread."""
        self._floor: datetime | None = None
        """What came until then was there before."""
        self._horizons: dict[str, datetime] = {}
        """When the latest message of each conversation came that is known."""
        self._gamertags: dict[str, str | None] = {}

    def ignore(self, now: datetime, *, unless: bool) -> None:
        """Begin anew: what comes until now is not told."""
        if self._floor is None or not unless:
            self._floor = now
            self._horizons.clear()

    async def read(
        self, now: datetime, *, watched: bool, often: bool
    ) -> list[Received]:
        """Ask what there is if it is due; what has come since the last time, if that is `watched`."""
        if often:
            self._aside.hurry("messages", within=polling.inbox_interval(watched=True))
        inbox = await self._aside.ask(
            "messages",
            lambda: self._xbox.messages.inbox(page_size=_MOST if watched else 1),
            every=polling.inbox_interval(watched=often),
        )
        if inbox is None:
            return []
        self.unread = inbox.primary.unread_count
        if not watched:
            return []
        came: list[tuple[datetime, Received]] = []
        for conversation in inbox.primary.conversations:
            came += await self._new_in(conversation, self._floor or now)
        return [received for _, received in sorted(came, key=lambda each: each[0])]

    async def _new_in(
        self, conversation: Conversation, floor: datetime
    ) -> list[tuple[datetime, Received]]:
        """What somebody wrote since the conversation was read."""
        horizon = self._horizons.get(conversation.conversation_id, floor)
        last, latest = conversation.last_message, _latest(conversation)
        other = next((one for one in conversation.participants if one != self._own), "")
        if last is None or latest is None or latest <= horizon or not other:
            return []
        messages = await self._aside.ask(
            "messages",
            lambda: self._since(other, horizon),
            about=other,
            refused=[last],
        )
        if messages is None:
            return []
        self._horizons[conversation.conversation_id] = latest
        return [
            (message.timestamp or latest, await self._received(message))
            for message in messages
            if message.sender == other and not message.is_deleted
        ]

    async def _since(self, other: str, horizon: datetime) -> list[Message]:
        found: list[Message] = []
        async for message in self._xbox.messages.messages(other, page_size=_PAGE):
            if message.timestamp is None or message.timestamp <= horizon:
                break
            found.append(message)
        return found

    async def _received(self, message: Message) -> Received:
        sender = message.sender if message.sender != _NETWORK else None
        return Received(
            sender=sender,
            gamertag=sender and await self._gamertag(sender),
            text=message.text,
        )

    async def _gamertag(self, xuid: str) -> str | None:
        """Who somebody is, asked once each."""
        if known := self._gamertag_of(xuid):
            return known
        if xuid not in self._gamertags:
            profile = await self._aside.ask(
                "profile",
                lambda: self._xbox.profiles.of(xuid, (Setting.GAMERTAG,)),
                about=xuid,
            )
            if profile is None:
                return None
            self._gamertags[xuid] = profile.get(Setting.GAMERTAG)
        return self._gamertags[xuid]


def _latest(conversation: Conversation) -> datetime | None:
    last = conversation.last_message
    return last.timestamp if last else None
