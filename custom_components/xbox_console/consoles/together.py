"""The consoles of an account, as each of them sees them."""

from collections.abc import Mapping
from typing import Protocol

from ..lan.local import LocalNetwork
from .state import ConsoleState


class Sibling(Protocol):
    """A console, as much of it as others need to know."""

    data: ConsoleState


class Together(Protocol):
    """The consoles of an account, as each of them sees them."""

    local: LocalNetwork

    @property
    def consoles(self) -> Mapping[str, Sibling]:
        """All of them by id."""

    async def look(self) -> None:
        """Read the list anew. Raises XboxError."""

    def hint(self) -> None:
        """Read the list soon."""
