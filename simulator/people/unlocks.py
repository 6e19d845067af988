"""Achievements: who has which, how far the others are, and how rare they are."""

from dataclasses import dataclass
from typing import Protocol
import zlib

from simulator.clock import Clock
from simulator.games.titles import Achievement, Title
from simulator.people.person import Person

RARE_BELOW = 10.0


class NothingToUnlock(Exception):
    """There is no such locked achievement."""


@dataclass(kw_only=True)
class Unlock:
    """An achievement that somebody earned."""

    account: str
    """Key of the person."""
    title_id: int
    achievement: str
    gamerscore: int
    time: float


class UnlockWorld(Protocol):
    """What achievements need of the world."""

    clock: Clock
    unlocks: list[Unlock]


def earned(world: UnlockWorld, person: Person, title: Title) -> dict[str, Unlock]:
    """Return what somebody has unlocked in a title, by achievement id."""
    return {
        unlock.achievement: unlock
        for unlock in world.unlocks
        if unlock.account == person.key and unlock.title_id == title.title_id
    }


def next_locked(
    world: UnlockWorld, person: Person, title: Title, wanted: object = None
) -> Achievement:
    """Return the achievement with the given id, or the first locked one. Raises NothingToUnlock."""
    have = earned(world, person, title)
    for item in title.achievements:
        if item.id not in have and wanted in (None, item.id):
            return item
    raise NothingToUnlock


def unlock(
    world: UnlockWorld,
    person: Person,
    title: Title,
    wanted: object = None,
    at: float | None = None,
) -> Achievement:
    """Give somebody an achievement: the one with the given id, or the next. Raises NothingToUnlock."""
    achievement = next_locked(world, person, title, wanted)
    world.unlocks.append(
        Unlock(
            account=person.key,
            title_id=title.title_id or 0,
            achievement=achievement.id,
            gamerscore=achievement.gamerscore,
            time=world.clock.now() if at is None else at,
        )
    )
    person.gamerscore += achievement.gamerscore
    person.progress.pop((title.title_id or 0, achievement.id), None)
    return achievement


def rarity(title: Title, achievement: Achievement) -> float:
    """Return the percentage of players who have an achievement, always the same one."""
    return zlib.crc32(f"{title.key}/{achievement.id}".encode()) % 9500 / 100 + 0.5


def progress(person: Person, title: Title, achievement: Achievement) -> int:
    """Return how far somebody is with a locked achievement, in percent."""
    return person.progress.get((title.title_id or 0, achievement.id), 0)


def score(
    world: UnlockWorld, person: Person, title: Title
) -> tuple[int, int, int, int]:
    """Return achievements and gamerscore: earned and possible of each."""
    have = earned(world, person, title)
    return (
        len(have),
        len(title.achievements),
        sum(unlock.gamerscore for unlock in have.values()),
        sum(item.gamerscore for item in title.achievements),
    )
