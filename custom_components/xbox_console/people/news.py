"""What is told once, as soon as what it is about is shown."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import CALLBACK_TYPE, callback

type Topic = tuple[str, str]
"""What kind of news, and about whom (XUID)."""


class News:
    """Keeps news until the coordinator has published: an entity that is unavailable tells nothing."""

    def __init__(self) -> None:
        """Start without news."""
        self._listeners: dict[Topic, list[Callable[[Any], None]]] = {}
        self._waiting: list[tuple[Topic, object]] = []
        self.number = 0
        """How many news there have been."""

    @callback
    def on[T](self, topic: Topic, tell: Callable[[T], None]) -> CALLBACK_TYPE:
        """Call for each of a topic; returns the way to stop that."""
        listeners = self._listeners.setdefault(topic, [])
        listeners.append(tell)
        return lambda: listeners.remove(tell)

    @callback
    def add(self, topic: Topic, item: object) -> None:
        """Have something told when its time has come."""
        self._waiting.append((topic, item))
        self.number += 1

    @callback
    def tell(self) -> None:
        """Tell what waits, once each."""
        waiting, self._waiting = self._waiting, []
        for topic, item in waiting:
            for tell in tuple(self._listeners.get(topic, ())):
                tell(item)
