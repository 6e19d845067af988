"""Images of a person: the gamerpic, and what is played."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import override

from homeassistant.components.image import ImageEntityDescription
from homeassistant.core import callback

from ..account.image import CARD, FULL, FollowedImage
from .coordinator import PeopleCoordinator
from .entity import PersonEntity
from .followed import Followed
from .state import Person


@dataclass(frozen=True, kw_only=True)
class PersonImageDescription(ImageEntityDescription):
    """An image and where a person's is."""

    location_fn: Callable[[Person], str | None]
    side: int
    """Its height in pixels."""


PERSON_IMAGES = (
    PersonImageDescription(
        key="gamerpic",
        translation_key="gamerpic",
        location_fn=lambda person: person.picture,
        side=CARD,
    ),
    PersonImageDescription(
        key="now_playing",
        translation_key="now_playing",
        location_fn=lambda person: person.playing.picture if person.playing else None,
        side=FULL,
    ),
)


class PersonImage(PersonEntity, FollowedImage[PeopleCoordinator]):
    """A picture of a person, or of what a person plays."""

    entity_description: PersonImageDescription

    @property
    @override
    def _location(self) -> str | None:
        address = self.entity_description.location_fn(self.person)
        side = self.entity_description.side
        return address and self.coordinator.address(address, side)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Follow first: what changes the state is the address."""
        if self.visible:
            self._follow()
        super()._handle_coordinator_update()


def person_images(people: PeopleCoordinator, person: Followed) -> Iterator[PersonImage]:
    """The images of a person."""
    for description in PERSON_IMAGES:
        yield PersonImage(people, person, description)
