"""The correlation vector (MS-CV): by it the services find what belongs to one conversation.

Source: Microsoft, "Correlation Vector 2.1".
"""

from base64 import b64encode
from secrets import token_bytes

_BASE_BYTES = 16
_LONGEST = 127
_END = "!"
"""Closes a vector that has no room left; it is sent as it is from then on."""


class CorrelationVector:
    """A random base and a count: each request is the next one of the same conversation."""

    def __init__(self, value: str | None = None) -> None:
        """Begin a conversation, or go on with one that somebody else began."""
        base = b64encode(token_bytes(_BASE_BYTES)).decode().rstrip("=")
        self._stem, _, count = (value or f"{base}.0").rpartition(".")
        self._closed = count.endswith(_END)
        self._count = int(count.rstrip(_END))

    @property
    def value(self) -> str:
        """The vector as it was sent last."""
        return f"{self._stem}.{self._count}{_END if self._closed else ''}"

    def increment(self) -> str:
        """The vector for the next request."""
        grown = f"{self._stem}.{self._count + 1}"
        if not self._closed and len(grown) <= _LONGEST:
            self._count += 1
        else:
            self._closed = True
        return self.value
