"""The way to write to a friend."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.notify import NotifyEntity, NotifyEntityDescription

from .coordinator import PeopleCoordinator
from .entity import PersonEntity
from .followed import Followed
from .messages import write

MESSAGE = NotifyEntityDescription(key="message", translation_key="message")


def person_notifiers(
    people: PeopleCoordinator, person: Followed
) -> Iterator[PersonNotify]:
    """The way to write to a person; the account does not write to itself."""
    if person.xuid != people.xuid:
        yield PersonNotify(people, person, MESSAGE)


class PersonNotify(PersonEntity, NotifyEntity):
    """Sends messages through the Xbox network."""

    @property
    @override
    def available(self) -> bool:
        """Messages are another service: whoever cannot be seen now may still be written to."""
        return self.visible

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Write; an error says why that did not work."""
        await write(self.coordinator.xbox, self.xuid, self.person.gamertag, message)
