"""What Home Assistant says of things that it will not take for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
import logging
from typing import override

_OURS = ("xbox_console", "custom_components")
_WORDS = ("deprecated", "Detected that custom integration", "will stop working")


class _Listener(logging.Handler):
    """Keeps what is said of our code."""

    def __init__(self) -> None:
        """Hear warnings and worse."""
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record that says that something of ours is deprecated."""
        message = record.getMessage()
        if is_deprecation(message):
            self.said.append(message)


def is_deprecation(message: str) -> bool:
    """Tell whether a line of the log says that something of ours is deprecated."""
    return any(word in message for word in _OURS) and any(
        word in message for word in _WORDS
    )


@contextmanager
def watch_deprecations() -> Iterator[list[str]]:
    """Collect what is said of our code while the context lasts."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    try:
        yield listener.said
    finally:
        logging.getLogger().removeHandler(listener)
