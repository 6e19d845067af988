"""What an entry knows of families, beside the people themselves."""

from ..account.coordinator import Context
from ..people.coordinator import PeopleCoordinator
from .budgets import Budgets
from .diary import Diary, DiaryMemory
from .game import FollowedGames


class Family:
    """The people of an entry, and what stands on them."""

    def __init__(
        self, context: Context, people: PeopleCoordinator, memory: DiaryMemory
    ) -> None:
        """Begin with everybody who is followed; makes no request."""
        self.people = people
        self.budgets = Budgets(context.hass, context.entry, people)
        self.diary = Diary(context.hass, context.entry, people, memory)
        self.followed = FollowedGames(context, people)
