"""What the push channel is to tell of people, and what follows: looks, never what is shown."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from homeassistant.core import callback

from ..account import polling
from ..const import LOGGER
from ..xboxlive.activity import protocol
from ..xboxlive.activity.channel import Activity
from ..xboxlive.model import Json
from ..xboxlive.services.presence import PresenceRecord
from .followed import Followed
from .pacer import Pacer
from .state import in_front, is_played

_ENOUGH_MISSED = 2
_MEANWHILE = 10.0
"""Seconds between an event and the look that shows the same, in whatever order they come."""


class Listener(Protocol):
    """The people coordinator, as far as it is told what to do."""

    name: str

    @property
    def followed(self) -> Collection[Followed]:
        """Everyone, the account itself first."""

    def look_now(self) -> None:
        """Look at everyone."""

    def profiles_changed(self) -> None:
        """Look at profiles at the next occasion."""

    def unlocked(self, person: Followed) -> None:
        """Ask for unlocks of somebody at the next look."""

    def scid_of(self, person: Followed) -> str | None:
        """What the service calls the game in play, if it has achievements."""

    def async_update_listeners(self) -> None:
        """Tell all who depend on whether events can be relied upon."""


type Met = Callable[[PresenceRecord | None], bool]
"""Whether a record is what an event announced."""


@dataclass(slots=True)
class _Chase:
    """An event that no look has borne out yet: the services may lag behind."""

    before: frozenset[tuple[str | None, str | None]]
    met: Met
    looks: int = 0


class Push:
    """Subscribes to what people do, and looks when something has changed."""

    def __init__(
        self,
        activity: Activity,
        people: Listener,
        own: str,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Belong to an account; `own` is its XUID."""
        self.activity = activity
        self.on_moved: Callable[[str], None] = lambda xuid: None
        """Told who, by XUID, is said to have come, gone, begun or ended something."""
        self.on_stale: Callable[[], None] = lambda: None
        """Told that anything may have changed unheard."""
        self._people, self._own, self._loop = people, own, loop
        self._pacer = Pacer()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._about: dict[str, Callable[[Json], None]] = {}
        self._chases: dict[str, _Chase] = {}
        self._places: dict[str, frozenset[tuple[str | None, str | None]]] = {}
        self._said: dict[str, frozenset[str]] = {}
        self._told_at: dict[str, float] = {}
        self._moved_at: dict[str, float] = {}
        self._seen_at: dict[str, float] = {}
        self._covered: dict[str, int] = {}
        self._missed = 0
        self._down = self._was_healthy = False
        activity.on_event = self._event
        activity.on_stale = self._stale
        activity.on_change = self._change

    @callback
    def start(self) -> None:
        """Connect, and stay connected until the account is closed."""
        self.follow()
        self.activity.start()

    @callback
    def stop(self) -> None:
        """Let nothing follow any more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self.activity.on_event = lambda uri, data: None
        self.activity.on_stale = self.activity.on_change = lambda: None

    def tells(self, person: Followed) -> bool:
        """Whether it would be told at once that somebody ends what is played, or goes."""
        xuid, game, holds = person.xuid, person.game, self.activity.holds
        if holds(protocol.rich_presence(xuid)):
            return True
        return (
            game is not None
            and holds(protocol.in_title(xuid, game.title_id))
            and holds(protocol.devices(xuid))
        )

    # What is wanted

    @callback
    def follow(self) -> None:
        """Subscribe to what concerns everyone who is followed, and to nothing else."""
        about: dict[str, Callable[[Json], None]] = {
            protocol.friends(self._own): self._friends
        }
        for person in self._people.followed:
            about |= self._of(person)
        self._about = about
        self.activity.want(about)

    def _of(self, person: Followed) -> Mapping[str, Callable[[Json], None]]:
        xuid, game = person.xuid, person.game
        wanted: dict[str, Callable[[Json], None]] = {
            protocol.devices(xuid): lambda _: self._moved(xuid, _unmet),
            protocol.rich_presence(xuid): lambda said: self._does(xuid, said),
        }
        if game is not None:
            title_id = game.title_id
            wanted[protocol.in_title(xuid, title_id)] = lambda said: self._moved(
                xuid, _in_title(title_id, said)
            )
            if scid := self._people.scid_of(person):
                wanted[protocol.achievements(xuid, scid)] = lambda said: self._achieves(
                    person, said
                )
        return wanted

    # What is told

    @callback
    def _event(self, uri: str, data: Json) -> None:
        if (hear := self._about.get(uri)) is not None:
            self._missed = 0
            hear(data)

    @callback
    def _does(self, xuid: str, said: Json) -> None:
        """Hear all that somebody does: a new text is worth a look, but moves nobody."""
        titles = _titles(said)
        before, self._said[xuid] = self._said.get(xuid), titles
        if titles != before:
            self._moved(xuid, _plays(titles))
        else:
            self._told_at[xuid] = self._loop.time()
            self._look_soon()

    @callback
    def _moved(self, xuid: str, met: Met) -> None:
        now = self._loop.time()
        # One change is told in several ways at once.
        again = now - self._moved_at.get(xuid, -_MEANWHILE) < polling.EVENT_PAUSE
        seen = now - self._seen_at.get(xuid, -_MEANWHILE) < _MEANWHILE
        self._moved_at[xuid] = self._told_at[xuid] = now
        if met is not _unmet or not seen:
            self._chases[xuid] = _Chase(self._places.get(xuid, frozenset()), met)
        if not again:
            self.on_moved(xuid)
        self._look_soon()

    @callback
    def _friends(self, said: Json) -> None:
        if isinstance(said, dict) and "Xuids" in said:
            self._people.profiles_changed()
            self._look_soon()

    @callback
    def _achieves(self, person: Followed, said: Json) -> None:
        progression = said.get("progression") if isinstance(said, dict) else None
        if isinstance(progression, list) and any(
            isinstance(one, dict) and one.get("progressState") == "Achieved"
            for one in progression
        ):
            self._people.unlocked(person)
            self._look_soon()

    @callback
    def _stale(self) -> None:
        self._covered.clear()
        self._look_soon()
        self.on_stale()

    @callback
    def _change(self) -> None:
        """Say once that there is no push, and once that it is back; ask faster or slower."""
        healthy, problem = self.activity.healthy, self.activity.problem
        if problem is not None and not self._down:
            self._down = True
            LOGGER.info(
                "%s: without push, polling goes on: %s", self._people.name, problem
            )
        elif healthy and self._down:
            self._down = False
            LOGGER.info("%s: push is there", self._people.name)
        lost = self._was_healthy and not healthy
        self._was_healthy = healthy
        self._people.async_update_listeners()
        if lost:
            self._look_soon()

    # What follows

    @callback
    def _look_soon(self) -> None:
        self._look_at(self._pacer.next(self._loop.time()))

    @callback
    def _look_at(self, moment: float) -> None:
        planned = self._timers.get("")
        if planned is not None and planned.when() <= moment:
            return
        self._set("", moment, self._look)

    @callback
    def _look(self) -> None:
        self._timers.pop("", None)
        self._pacer.took(self._loop.time())
        self._people.look_now()

    @callback
    def _set(self, name: str, moment: float, then: Callable[[], None]) -> None:
        if (before := self._timers.pop(name, None)) is not None:
            before.cancel()
        self._timers[name] = self._loop.call_at(moment, then)

    @callback
    def looked(self) -> None:
        """Compare what a look shows with what was told, and look again for what it does not show yet."""
        for person in self._people.followed:
            self._compare(person)
        self._again()
        self.follow()

    def _compare(self, person: Followed) -> None:
        xuid, now = person.xuid, self._loop.time()
        places = _places(person.record)
        before = self._places.get(xuid)
        self._places[xuid] = places
        chase = self._chases.get(xuid)
        if chase is not None and (places != chase.before or chase.met(person.record)):
            del self._chases[xuid]
        covered = self._covered.pop(xuid, None) == self.activity.connections
        if self.tells(person):
            self._covered[xuid] = self.activity.connections
        told = now - self._told_at.get(xuid, -_MEANWHILE) < _MEANWHILE
        if before in (None, places):
            return
        self._seen_at[xuid] = now
        if chase is not None or told:
            return
        self.on_moved(xuid)
        if covered and xuid in self._covered:
            self._set(xuid, now + _MEANWHILE, lambda: self._miss(xuid, now))

    @callback
    def _miss(self, xuid: str, seen_at: float) -> None:
        """Nothing told of what was seen: the socket may be dead without a word."""
        self._timers.pop(xuid, None)
        if self._told_at.get(xuid, -_MEANWHILE) >= seen_at:
            return
        self._missed += 1
        if self._missed >= _ENOUGH_MISSED:
            self._missed = 0
            self.activity.doubt()

    def _again(self) -> None:
        """Look again, at growing pauses, for what was told and is not seen."""
        for xuid, chase in tuple(self._chases.items()):
            if chase.looks >= len(polling.EVENT_RELOOKS):
                del self._chases[xuid]
                continue
            pause = polling.EVENT_RELOOKS[chase.looks]
            chase.looks += 1
            earliest = self._pacer.next(self._loop.time())
            self._look_at(max(earliest, self._loop.time() + pause))


def _places(record: PresenceRecord | None) -> frozenset[tuple[str | None, str | None]]:
    """Where somebody is, and with what."""
    if record is None:
        return frozenset()
    here = {(device.type, None) for device in record.devices}
    titles = {(one.type, title.id) for one in record.devices for title in one.titles}
    return frozenset(here | titles)


def _titles(said: Json) -> frozenset[str]:
    """What an event says to run; the state counts as well, so that leaving is a change."""
    if not isinstance(said, dict):
        return frozenset()
    details = said.get("presenceDetails")
    found = {str(said.get("presenceState"))}
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and detail.get("state", "Active") == "Active":
            found.add(str(detail.get("titleId")))
    return frozenset(found)


def _played(titles: Iterable[str]) -> set[str]:
    return {title for title in titles if title.isdecimal() and is_played(title)}


def _plays(titles: frozenset[str]) -> Met:
    """A record that has the same in front."""
    return lambda record: (
        {front.title_id for front in in_front(record)} == _played(titles)
    )


def _in_title(title_id: str, said: Json) -> Met:
    """A record that has the title in front, or not."""
    starts = str(said).casefold().startswith("started")
    return lambda record: (
        starts == any(front.title_id == title_id for front in in_front(record))
    )


def _unmet(_: PresenceRecord | None) -> bool:
    """Nothing but a change bears out what an event does not say in full."""
    return False
