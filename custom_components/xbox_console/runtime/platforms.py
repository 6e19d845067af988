"""The set-up of every platform: what each room makes of a console, a person or an account."""

from collections.abc import Callable, Coroutine, Hashable, Iterable, Iterator
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..captures.coordinator import CapturesCoordinator
from ..consoles.coordinator import ConsoleCoordinator
from ..family.budgets import Budgets
from ..family.family import Family
from ..family.game import GameCoordinator
from ..games.game_pass import GamePassCoordinator
from ..people.coordinator import PeopleCoordinator
from ..people.followed import Followed
from . import XboxConsoleConfigEntry

type ConsoleEntities = Callable[[ConsoleCoordinator], Iterable[Entity]]
type LaterEntities = Callable[
    [ConsoleCoordinator], Iterable[tuple[Hashable, Callable[[], Entity]]]
]
"""What a console has by now, where more may come: a key each, and what makes the entity."""
type PersonEntities = Callable[[PeopleCoordinator, Followed], Iterable[Entity]]
type AccountEntities = Callable[[CapturesCoordinator], Iterable[Entity]]
type BudgetEntities = Callable[[PeopleCoordinator, Budgets, Followed], Iterable[Entity]]
"""What a person has who has a budget."""
type FamilyEntities = Callable[[PeopleCoordinator, Family, Followed], Iterable[Entity]]
type GamePassEntities = Callable[[GamePassCoordinator], Iterable[Entity]]
type GameEntities = Callable[[GameCoordinator], Iterable[Entity]]
type SetUpPlatform = Callable[
    [HomeAssistant, XboxConsoleConfigEntry, AddConfigEntryEntitiesCallback],
    Coroutine[Any, Any, None],
]


def platform(
    *,
    console: ConsoleEntities | None = None,
    later: LaterEntities | None = None,
    person: PersonEntities | None = None,
    captures: AccountEntities | None = None,
    budget: BudgetEntities | None = None,
    family: FamilyEntities | None = None,
    game: GameEntities | None = None,
    game_pass: GamePassEntities | None = None,
) -> SetUpPlatform:
    """The set-up of a platform: entities for each console and person, those that come later too."""

    async def async_setup_entry(
        hass: HomeAssistant,
        entry: XboxConsoleConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        if console is not None:
            entry.runtime_data.consoles.on_console(
                lambda each: async_add_entities(console(each))
            )
        if later is not None:
            _add_as_they_come(entry, async_add_entities, later)
        if person or budget or family:
            _add_for_people(entry, async_add_entities, person, budget, family)
        if game is not None:
            entry.runtime_data.family.followed.on_game(
                lambda followed: async_add_entities(
                    game(followed), config_subentry_id=followed.subentry_id
                )
            )
        if captures is not None:
            async_add_entities(captures(entry.runtime_data.captures))
        watched = entry.runtime_data.game_pass
        if game_pass is not None and watched is not None:
            async_add_entities(game_pass(watched))

    return async_setup_entry


@callback
def _add_as_they_come(
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    make: LaterEntities,
) -> None:
    """Add what shows only later, as a drive does that is plugged in."""

    @callback
    def add(console: ConsoleCoordinator) -> None:
        made = set[Hashable]()

        @callback
        def add_new() -> None:
            new = [(key, one) for key, one in make(console) if key not in made]
            made.update(key for key, _ in new)
            if new:
                async_add_entities([one() for _, one in new])

        add_new()
        entry.async_on_unload(console.async_add_listener(add_new))

    entry.runtime_data.consoles.on_console(add)


@callback
def _add_for_people(
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    person: PersonEntities | None,
    budget: BudgetEntities | None,
    family: FamilyEntities | None,
) -> None:
    """Add what each person has, and more where there is a budget."""
    people, home = entry.runtime_data.people, entry.runtime_data.family

    def entities(followed: Followed) -> Iterator[Entity]:
        if person is not None:
            yield from person(people, followed)
        if budget is not None and home.budgets.limits(followed) is not None:
            yield from budget(people, home.budgets, followed)
        if family is not None:
            yield from family(people, home, followed)

    @callback
    def add(followed: Followed) -> None:
        # One by one: objects of a class share the names of their attributes, but only of those that
        # the first has got when many others are made.
        for one in entities(followed):
            async_add_entities([one], config_subentry_id=followed.subentry_id)

    people.on_person(add)
