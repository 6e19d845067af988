"""Statistics of what people have done in games."""

from typing import NamedTuple

from simulator.games.titles import Title
from simulator.people.person import Person
from simulator.people.state import PeopleWorld, played_by

MINUTES = "MinutesPlayed"
HERO = "Hero"

# Not every game counts minutes.
UNCOUNTED = frozenset({"hexagarden", "skyline-2011"})


class Statistic(NamedTuple):
    """A number that a game keeps; `per_hour` is how fast it grows."""

    name: str
    display_name: str
    type: str
    per_hour: float


_HEROES: dict[str, tuple[Statistic, ...]] = {
    "Racing & flying": (
        Statistic("RacesWon", "Races won", "Double", 2.0),
        Statistic("DistanceDriven", "Distance driven (metres)", "Double", 61250.5),
        Statistic("CarsOwned", "Gliders owned", "Integer", 0.4),
    ),
    "Role playing": (
        Statistic("LettersDelivered", "Letters delivered", "Double", 3.0),
        Statistic("WorldsVisited", "Worlds visited", "Integer", 0.3),
        Statistic("StepsWalked", "Steps walked", "Double", 4100.25),
    ),
    "Sports": (
        Statistic("Goals", "Goals", "Integer", 4.0),
        Statistic("MatchesPlayed", "Matches played", "Double", 3.0),
    ),
}
_ANY = (
    Statistic("LevelsCleared", "Levels cleared", "Double", 2.5),
    Statistic("LongestStreak", "Longest streak", "Integer", 0.2),
)


def heroes(title: Title) -> tuple[Statistic, ...]:
    """Return the statistics that a game shows on its page."""
    return _HEROES.get(title.category, _ANY) if title.kind == "Game" else ()


def known(title: Title) -> dict[str, Statistic]:
    """Return every statistic that a title keeps, by name."""
    minutes = Statistic(MINUTES, "Time played", "Integer", 60.0)
    counted = () if title.key in UNCOUNTED else (minutes,)
    return {item.name: item for item in (*counted, *heroes(title))}


def value_of(
    world: PeopleWorld, person: Person, title: Title, statistic: Statistic
) -> str | None:
    """Return somebody's value as text; None: there is none."""
    played = played_by(world, person).get(title.title_id or 0)
    if played is None:
        return None
    amount = played.minutes / 60 * statistic.per_hour
    return f"{int(amount)}" if statistic.type == "Integer" else f"{round(amount, 2):g}"
