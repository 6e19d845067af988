"""What an entry knows of families, beside the people themselves."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..people.coordinator import PeopleCoordinator
from .budgets import Budgets
from .diary import Diary, DiaryMemory


class Family:
    """The people of an entry, and what stands on them."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        people: PeopleCoordinator,
        memory: DiaryMemory,
    ) -> None:
        """Begin with everybody who is followed."""
        self.people = people
        self.budgets = Budgets(hass, entry, people)
        self.diary = Diary(hass, entry, people, memory)
