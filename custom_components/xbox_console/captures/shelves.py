"""Every capture that an account may look at: its own, those of friends and of anybody in a game."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ..xboxlive.captures.capture import Capture
from ..xboxlive.captures.content import Contents
from ..xboxlive.client import XboxLive
from .coordinator import CapturesCoordinator, newest_first

_LIMIT = 100
"""Captures of each kind that are asked for of other people."""
_FRESH = 300.0
"""Seconds that what was asked is shown without asking again."""
_KEPT = 2000
"""Captures of others that can be played after they were seen."""
_GAMES = 50


@dataclass(frozen=True, slots=True)
class Named:
    """A friend or a game."""

    key: str
    name: str


class Shelves:
    """What the media panel offers of an account."""

    def __init__(self, own: CapturesCoordinator) -> None:
        """Ask with the sign-in of the account."""
        self.own = own
        self._seen: OrderedDict[str, Capture] = OrderedDict()
        self._asked: dict[tuple[str, str], tuple[float, tuple[Capture, ...]]] = {}

    @property
    def _xbox(self) -> XboxLive:
        return self.own.xbox

    @property
    def contents(self) -> Contents:
        """The files."""
        return self.own.contents

    def of_id(self, content_id: str) -> Capture | None:
        """A capture that is the account's, or was seen."""
        return self.own.of_id(content_id) or self._seen.get(content_id)

    async def friends(self) -> list[Named]:
        """Friends by name. Raises XboxError."""
        people = (await self._xbox.people.friends()).people
        named = [Named(one.xuid, one.gamertag or one.xuid) for one in people]
        return sorted(named, key=lambda one: one.name.casefold())

    async def games(self) -> list[Named]:
        """Games that the account captured or played, by name. Raises XboxError."""
        captured = {
            one.title_id: one.game
            for one in await self.own.shown()
            if one.title_id and one.game
        }
        played = {
            title.title_id: title.name
            for title in await self._xbox.titlehub.history(self.own.xuid, limit=_GAMES)
            if title.name and title.type != "Application"
        }
        named = [Named(key, name) for key, name in {**played, **captured}.items()]
        return sorted(named, key=lambda one: one.name.casefold())

    async def of_friend(self, xuid: str) -> tuple[Capture, ...]:
        """What a friend captured, the newest first. Raises XboxError."""
        return await self._others(
            ("friend", xuid), lambda found: self.own.gallery.of(xuid, found, _LIMIT)
        )

    async def of_community(self, title_id: str) -> tuple[Capture, ...]:
        """What anybody captured in a game, the newest first. Raises XboxError."""
        return await self._others(
            ("community", title_id),
            lambda found: self.own.gallery.community(title_id, found, _LIMIT),
        )

    async def _others(
        self,
        key: tuple[str, str],
        ask: Callable[[Callable[[Capture], None]], Awaitable[None]],
    ) -> tuple[Capture, ...]:
        now = self.own.hass.loop.time()
        asked, captures = self._asked.get(key, (-_FRESH, ()))
        if now - asked < _FRESH:
            return captures
        found: list[Capture] = []
        await ask(found.append)
        captures = newest_first(found)
        self._asked = {
            other: kept for other, kept in self._asked.items() if now - kept[0] < _FRESH
        }
        self._asked[key] = now, captures
        for capture in captures:
            self._seen[capture.content_id] = capture
            self._seen.move_to_end(capture.content_id)
        while len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        return captures
