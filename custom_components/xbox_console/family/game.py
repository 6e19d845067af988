"""A game that the account follows: how far it has come, asked when it was played, else daily."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self, override

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigSubentry,
)
from homeassistant.core import callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..account.coordinator import Context, XboxCoordinator
from ..people.coordinator import PeopleCoordinator
from ..people.unlocks import Unlock
from ..xboxlive.services.achievements import Achievement, Achievement360
from ..xboxlive.services.userstats import MINUTES_PLAYED, Statistics

GAME = "game"
"""The type of the subentries that followed games have."""
_DAILY = 86400.0


@dataclass(frozen=True, slots=True)
class Goal:
    """An achievement as the account stands to it."""

    id: str
    name: str | None
    """None of a secret one that the service does not name."""
    description: str | None
    gamerscore: int
    rarity: float | None
    unlocked: bool
    at: datetime | None

    @classmethod
    def of(cls, told: Achievement | Achievement360) -> Self:
        """Read an achievement of any generation."""
        unlock = Unlock.of(told, lambda _: None)
        unlocked = bool(told.unlocked)
        return cls(
            id=told.id,
            name=unlock.name,
            description=(unlock.description if unlocked else told.locked_description)
            or unlock.description,
            gamerscore=unlock.gamerscore,
            rarity=unlock.rarity,
            unlocked=unlocked,
            at=unlock.at if unlocked else None,
        )


@dataclass(frozen=True, slots=True)
class GameProgress:
    """How far the account has come in a game."""

    goals: tuple[Goal, ...] = ()
    minutes: int | None = None

    @property
    def gamerscore(self) -> int:
        """Points that it has."""
        return sum(goal.gamerscore for goal in self.goals if goal.unlocked)

    @property
    def total(self) -> int:
        """Points that there are."""
        return sum(goal.gamerscore for goal in self.goals)

    @property
    def percent(self) -> float | None:
        """How much of the Gamerscore it has; of the achievements, if they bring none."""
        if not self.goals:
            return None
        if self.total:
            return 100 * self.gamerscore / self.total
        return 100 * sum(goal.unlocked for goal in self.goals) / len(self.goals)

    @property
    def last(self) -> Goal | None:
        """What was unlocked last."""
        dated = [(goal.at, goal) for goal in self.goals if goal.at is not None]
        return max(dated, key=lambda one: one[0])[1] if dated else None


class GameCoordinator(XboxCoordinator[GameProgress]):
    """One game of the account itself."""

    def __init__(
        self, context: Context, own: str, title_id: str, subentry: ConfigSubentry
    ) -> None:
        """Follow a game; `own` is the XUID of the account."""
        super().__init__(context, subentry.title, _DAILY)
        self.own = own
        self.title_id = title_id
        self.title = subentry.title
        self.subentry_id = subentry.subentry_id
        self.data = GameProgress()

    @override
    def _pace(self) -> float:
        return _DAILY

    @override
    async def _read(self) -> GameProgress:
        goals = await self._goals()
        told = await self.xbox.userstats.batch([self.own], self.title_id)
        return GameProgress(tuple(goals), _minutes(told))

    async def _goals(self) -> list[Goal]:
        """Its achievements; a game that has none may be one for Xbox 360."""
        newer = self.xbox.achievements.of_title(self.own, self.title_id)
        if goals := [Goal.of(one) async for one in newer]:
            return goals
        older = self.xbox.achievements_360.of_title(self.own, self.title_id)
        return [Goal.of(one) async for one in older]


def _minutes(told: Statistics) -> int | None:
    values = (
        one.number
        for collection in told.stat_lists_collection
        for one in collection.stats
        if one.name == MINUTES_PLAYED
    )
    number = next(values, None)
    return None if number is None else int(number)


class FollowedGames:
    """The games of the subentries of an entry, those included that come later."""

    def __init__(self, context: Context, people: PeopleCoordinator) -> None:
        """Begin with those that are there; nothing is asked yet."""
        self._context = context
        self._people = people
        self._on_new: list[Callable[[GameCoordinator], None]] = []
        self._playing: str | None = None
        self.games: dict[str, GameCoordinator] = {}
        """By title id."""
        self._update()
        for listening in (
            async_dispatcher_connect(
                context.hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
            ),
            people.async_add_listener(self._people_changed),
        ):
            context.entry.async_on_unload(listening)

    @callback
    def _update(self) -> list[GameCoordinator]:
        """Follow the entry; returns what is new."""
        wanted = {
            subentry.unique_id: subentry
            for subentry in self._context.entry.get_subentries_of_type(GAME)
            if subentry.unique_id
        }
        for title_id in self.games.keys() - wanted.keys():
            game = self.games.pop(title_id)
            game.background(game.async_shutdown())
        new = [
            GameCoordinator(self._context, self._people.xuid, title_id, subentry)
            for title_id, subentry in wanted.items()
            if title_id not in self.games
        ]
        self.games |= {game.title_id: game for game in new}
        return new

    @callback
    def _entry_changed(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry is self._context.entry and change is ConfigEntryChange.UPDATED:
            for game in self._update():
                for tell in self._on_new:
                    tell(game)
                self.look([game])

    @callback
    def on_game(self, tell: Callable[[GameCoordinator], None]) -> None:
        """Call for each game there is, and for each that comes later."""
        self._on_new.append(tell)
        for game in self.games.values():
            tell(game)

    @callback
    def look(self, games: Iterable[GameCoordinator] | None = None) -> None:
        """Ask for games in the background; for all if none are named."""
        for game in self.games.values() if games is None else games:
            game.background(game.async_refresh())

    @callback
    def _people_changed(self) -> None:
        """Ask for a game that the account no longer plays."""
        own = self._people.data.persons.get(self._people.xuid)
        playing = own.game.title_id if own and own.game else None
        ended, self._playing = self._playing, playing
        if ended != playing and (game := self.games.get(ended or "")) is not None:
            game.hint()
