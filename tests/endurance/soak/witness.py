"""What Home Assistant told, beside what truly happened."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from homeassistant.const import (
    EVENT_STATE_CHANGED,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.util import dt as dt_util, slugify

from simulator.consoles.history import Timeline
from simulator.people.unlocks import Unlock
from simulator.world import World
from tests.endurance.soak.play import PLAYERS
from tests.endurance.soak.town import ACCOUNTS, FOLLOWED, PARENT

SEEN_WITHIN = 420.0
"""Seconds in which a change of what somebody plays shows, faults included."""
CERTAIN = 5.0
"""Seconds around a start and an end of which nothing is promised."""
_NOTHING = (STATE_UNKNOWN, STATE_UNAVAILABLE)
type Span = tuple[float, float]


@dataclass(frozen=True)
class Told:
    """An event: what it was about, and when it came."""

    at: float
    about: str
    name: str


@dataclass
class Absences:
    """When nobody watched, by account."""

    down: list[Span] = field(default_factory=list)
    """Home Assistant did not run."""
    reloads: dict[str, list[Span]] = field(default_factory=dict)
    outages: list[Span] = field(default_factory=list)

    def verdict(self, account: str, at: float) -> Literal["told", "not told", "either"]:
        """Whether something that happened is told."""
        if any(start + CERTAIN < at < end - CERTAIN for start, end in self.down):
            return "not told"
        unsure = [*self.down, *self.reloads.get(account, ())]
        if any(start - CERTAIN <= at <= end + CERTAIN for start, end in unsure):
            return "either"
        return "told"

    def blind(self, account: str) -> list[Span]:
        """When what people play was not seen."""
        return sorted([*self.down, *self.outages, *self.reloads.get(account, ())])


class Witness:
    """Listens to every Home Assistant that runs, and watches the town."""

    def __init__(self, world: World) -> None:
        """Begin to watch the town."""
        self._world = world
        self.told: list[Told] = []
        self._heard: set[tuple[str, str, str]] = set()
        self.shown: dict[str, list[tuple[float, str]]] = {key: [] for key in PLAYERS}
        """Title ids of the games that people were shown to play, each from its moment on; empty: none."""
        self.played: dict[str, Timeline[str]] = {key: Timeline() for key in PLAYERS}
        """The same as it truly was."""
        self._people = {
            slugify(person.gamertag): key
            for key, person in world.people.items()
            if key in PLAYERS
        }
        self._elsewhere = {key: world.people[key] for key in FOLLOWED}
        self._games = {
            title.title_id: str(title.title_id)
            for title in world.titles
            if title.kind == "Game"
        }
        world.subscribe(self._look)
        self._look()

    def _look(self) -> None:
        playing = dict.fromkeys(self.played, "")
        for (_, key), sitting in self._world.sittings.items():
            playing[key] = self._games.get(sitting.title_id, playing[key])
        for key, person in self._elsewhere.items():
            for session in person.sessions.values():
                playing[key] = self._games.get(session.title_id, "")
        now = self._world.clock.elapsed()
        for key, title_id in playing.items():
            self.played[key].note(now, title_id)

    # What Home Assistant tells.

    def listen(self, hass: HomeAssistant) -> None:
        """Hear what is told from now on."""
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._changed)

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state is None or state.state in _NOTHING:
            return
        domain, _, name = state.entity_id.partition(".")
        at = dt_util.utcnow().timestamp()
        if domain == "event" and name.endswith(("_achievement", "_capture")):
            self._event(at, name, state)
        elif domain == "binary_sensor" and name.endswith("_in_game"):
            self._game_shown(at, name.removesuffix("_in_game"), state)

    def _event(self, at: float, name: str, state: State) -> None:
        person, _, kind = name.rpartition("_")
        about = f"{self._people[person]} {kind}"
        word = str(state.attributes.get("name") or state.attributes.get("local_id"))
        # What an earlier run told is shown again after a start.
        if (about, state.state, word) not in self._heard:
            self._heard.add((about, state.state, word))
            self.told.append(Told(at, about, word))

    def _game_shown(self, at: float, person: str, state: State) -> None:
        if state.state not in (STATE_ON, STATE_OFF):
            return
        games = self.shown[self._people[person]]
        title_id = str(state.attributes.get("title_id", ""))
        if not games or games[-1][1] != title_id:
            games.append((at, title_id))

    # What truly happened.

    def errors(self, absences: Absences, since: float) -> Iterator[str]:
        """Say what was lost, repeated or made up."""
        happened = [
            Told(one.time, f"{one.account} achievement", self._achievement(one))
            for one in self._world.unlocks
            if one.account in PLAYERS
        ]
        happened += [
            Told(one.time, f"{one.account} capture", one.local_id)
            for one in self._world.captures
        ]
        happened = [one for one in happened if one.at >= since]
        yield from self._event_errors(happened, absences)
        for key in PLAYERS:
            yield from self._session_errors(key, absences, since)

    def _achievement(self, unlock: Unlock) -> str:
        title = self._world.titles.by_title_id(unlock.title_id)
        assert title is not None
        return next(
            one.name for one in title.achievements if one.id == unlock.achievement
        )

    def _event_errors(self, happened: list[Told], absences: Absences) -> Iterator[str]:
        counts = Counter((one.about, one.name) for one in self.told)
        for one in happened:
            number = counts.pop((one.about, one.name), 0)
            verdict = absences.verdict(_entry(one.about), one.at)
            if number > 1:
                yield f"told {number} times: {one}"
            elif number and verdict == "not told":
                yield f"told, though nobody watched: {one}"
            elif not number and verdict == "told":
                yield f"lost: {one}"
        for about, name in counts:
            yield f"made up: {about} {name}"

    def _session_errors(
        self, key: str, absences: Absences, since: float
    ) -> Iterator[str]:
        now = self._world.clock.elapsed()
        blind = absences.blind(_entry(key))
        truth = _periods(list(self.played[key].entries), now)
        shown = _periods(self.shown[key], now)
        for start, end, game in truth:
            if end < since or _seen(max(start, since), end, blind) < SEEN_WITHIN:
                continue
            found = [
                one
                for one in shown
                if one[2] == game and one[0] < end + SEEN_WITHIN and one[1] > start
            ]
            if not found:
                yield f"session lost: {key} {game} {start} to {end}"
            # Another session of the same game may be near; never more than there are.
            same = [one for one in truth if one[2] == game]
            if len(found) > len(same):
                yield f"session repeated: {key} {game} {start} to {end}: {found}"
        for start, end, game in shown:
            if not any(
                one[2] == game and one[0] < end and one[1] > start - SEEN_WITHIN
                for one in truth
            ):
                yield f"session made up: {key} {game} {start} to {end}"

    @property
    def sessions(self) -> int:
        """How many games were truly played."""
        return sum(
            bool(game)
            for timeline in self.played.values()
            for _, game in timeline.entries
        )


def _entry(about: str) -> str:
    key = about.partition(" ")[0]
    return key if key in ACCOUNTS else PARENT


def _periods(
    entries: list[tuple[float, str]], now: float
) -> list[tuple[float, float, str]]:
    ends = [at for at, _ in entries[1:]] + [now]
    return [
        (start, end, game)
        for (start, game), end in zip(entries, ends, strict=True)
        if game
    ]


def _seen(start: float, end: float, blind: list[Span]) -> float:
    """The longest time of a period in which it could be seen without a break."""
    longest, begun = 0.0, start
    for first, last in blind:
        if last <= begun or first >= end:
            continue
        longest = max(longest, first - begun)
        begun = last
    return max(longest, end - begun)
