"""What is shown of a game that is followed: how far, for how long, what is left to unlock."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.components.todo import TodoItem, TodoItemStatus, TodoListEntity
from homeassistant.const import PERCENTAGE, UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.typing import StateType

from ..account.entity import XboxEntity
from ..account.naming import as_state
from ..const import DOMAIN, MANUFACTURER
from .game import GameCoordinator, GameProgress, Goal

_SECRET = "???"
"""What an achievement is called that the service does not name."""


@dataclass(frozen=True, kw_only=True)
class GameSensorDescription(SensorEntityDescription):
    """A sensor and how it reads the progress."""

    value_fn: Callable[[GameProgress], StateType]
    attributes_fn: Callable[[GameProgress], Mapping[str, Any] | None] = lambda _: None


def _last(progress: GameProgress) -> Mapping[str, Any] | None:
    goal = progress.last
    if goal is None:
        return None
    return {"unlocked_at": goal.at, "gamerscore": goal.gamerscore}


SENSORS = (
    GameSensorDescription(
        key="game_progress",
        translation_key="game_progress",
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda progress: progress.percent,
    ),
    GameSensorDescription(
        key="game_gamerscore",
        translation_key="game_gamerscore",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda progress: progress.gamerscore,
        attributes_fn=lambda progress: {"gamerscore_total": progress.total},
    ),
    GameSensorDescription(
        key="game_minutes",
        translation_key="game_minutes",
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.TOTAL_INCREASING,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=1,
        value_fn=lambda progress: progress.minutes,
    ),
    GameSensorDescription(
        key="last_unlocked",
        translation_key="last_unlocked",
        value_fn=lambda progress: progress.last.name if progress.last else None,
        attributes_fn=_last,
    ),
)
ACHIEVEMENTS = EntityDescription(key="achievements", translation_key="achievements")


def game_sensors(game: GameCoordinator) -> Iterator[SensorEntity]:
    """The sensors of a game."""
    for description in SENSORS:
        yield GameSensor(game, description)


def game_lists(game: GameCoordinator) -> Iterator[TodoListEntity]:
    """The list of a game."""
    yield AchievementList(game, ACHIEVEMENTS)


class GameEntity(XboxEntity[GameCoordinator]):
    """An entity of one game."""

    def __init__(self, game: GameCoordinator, description: EntityDescription) -> None:
        """Belong to a game of an account."""
        super().__init__(game)
        self.entity_description = description
        self._attr_unique_id = f"{game.own}_{game.title_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, f"{game.own}_{game.title_id}")},
            entry_type=DeviceEntryType.SERVICE,
            manufacturer=MANUFACTURER,
            model="Xbox game",
            name=game.title,
        )

    @property
    @override
    def available(self) -> bool:
        """Whether it was read."""
        return super().available and self.coordinator.first_confirmed is not None


class GameSensor(GameEntity, SensorEntity):
    """Reads the progress."""

    entity_description: GameSensorDescription

    @property
    @override
    def native_value(self) -> StateType:
        """The value now."""
        value = as_state(self.entity_description.value_fn(self.coordinator.data))
        return value if isinstance(value, str | int | float) else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What else is known of it."""
        return self.entity_description.attributes_fn(self.coordinator.data)


class AchievementList(GameEntity, TodoListEntity):
    """Achievements: what is locked is to be done; nobody can tick anything off."""

    def __init__(self, game: GameCoordinator, description: EntityDescription) -> None:
        """Start with what is known."""
        super().__init__(game, description)
        self._take()

    @callback
    def _take(self) -> None:
        self._attr_todo_items = [_item(goal) for goal in self.coordinator.data.goals]

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show them in the order of the service."""
        self._take()
        super()._handle_coordinator_update()


def _item(goal: Goal) -> TodoItem:
    facts = [f"{goal.gamerscore} G"] if goal.gamerscore else []
    if goal.rarity is not None:
        facts.append(f"{goal.rarity:g} %")
    return TodoItem(
        summary=goal.name or _SECRET,
        uid=goal.id,
        status=TodoItemStatus.COMPLETED
        if goal.unlocked
        else TodoItemStatus.NEEDS_ACTION,
        description="\n".join(filter(None, (goal.description, " · ".join(facts)))),
        completed=goal.at,
    )
