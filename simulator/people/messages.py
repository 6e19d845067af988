"""Messages between two people."""

from dataclasses import dataclass, field
import struct

SYSTEM_XUID = "0"


@dataclass(kw_only=True)
class Message:
    """A text that one person sent another; `at` in unix seconds."""

    id: int
    sender: str = field(repr=False)
    """Xuid."""
    to: str = field(repr=False)
    """Xuid."""
    text: str
    at: float
    deleted_for: set[str] = field(default_factory=set, repr=False)
    """Xuids of those who deleted it."""

    def other(self, xuid: str) -> str:
        """Return the xuid of the other side."""
        return self.to if self.sender == xuid else self.sender


class Messages:
    """All messages, and how far everybody has read and deleted."""

    def __init__(self) -> None:
        """Start empty."""
        self._all: list[Message] = []
        self._read: dict[tuple[str, str], int] = {}
        self._gone: dict[tuple[str, str], int] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._all.clear()
        self._read.clear()
        self._gone.clear()

    def send(self, sender: str, to: str, text: str, at: float) -> Message:
        """Send a text; ids grow with time."""
        last = self._all[-1].id if self._all else 0
        message = Message(
            id=max(last + 1, int(at * 10_000_000)),
            sender=sender,
            to=to,
            text=text,
            at=at,
        )
        self._all.append(message)
        self.read(sender, to, message.id)
        return message

    def between(self, xuid: str, other: str) -> list[Message]:
        """Return what `xuid` still has of a conversation, the latest first."""
        gone = self._gone.get((xuid, other), 0)
        return [
            message
            for message in reversed(self._all)
            if {message.sender, message.to} == {xuid, other}
            and message.id > gone
            and xuid not in message.deleted_for
        ]

    def partners(self, xuid: str) -> list[str]:
        """Return the xuids of everybody with whom `xuid` has a conversation, the latest first."""
        everybody = dict.fromkeys(
            message.other(xuid)
            for message in reversed(self._all)
            if xuid in (message.sender, message.to)
        )
        return [other for other in everybody if self.between(xuid, other)]

    def read(self, xuid: str, other: str, horizon: int) -> None:
        """Mark everything up to a message as read."""
        self._read[xuid, other] = max(horizon, self._read.get((xuid, other), 0))

    def delete_up_to(self, xuid: str, other: str, horizon: int) -> None:
        """Take everything up to a message out of somebody's conversation."""
        self._gone[xuid, other] = max(horizon, self._gone.get((xuid, other), 0))

    def horizons(self, xuid: str, other: str) -> tuple[int, int]:
        """Return up to which messages somebody has read and deleted."""
        return self._read.get((xuid, other), 0), self._gone.get((xuid, other), 0)

    def is_read(self, xuid: str, other: str) -> bool:
        """Tell whether nothing is unread."""
        messages = self.between(xuid, other)
        return not messages or messages[0].id <= self.horizons(xuid, other)[0]

    def unread(self, xuid: str) -> int:
        """Return the number of conversations with something unread."""
        return sum(not self.is_read(xuid, other) for other in self.partners(xuid))


def conversation_id(xuid: str, other: str) -> str:
    """Return the id of a conversation, the same for both: the smaller number, then the other from its low end."""
    number, second = sorted((int(xuid), int(other)))
    first = f"{number & 0xFFFFFFFF:08x}-{number >> 32 & 0xFFFF:04x}-{number >> 48:04x}"
    rest = struct.pack("<Q", second).hex()
    return f"{first}-{rest[:4]}-{rest[4:]}"
