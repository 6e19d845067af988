"""The list of pinned titles."""

from dataclasses import dataclass, field

LARGEST = 200


class PinsFull(Exception):
    """The list has its largest size."""


@dataclass
class Pin:
    """One entry; `item` as it was sent, times in unix seconds."""

    item: dict[str, object]
    added: float
    modified: float


@dataclass
class Pins:
    """A list with a version that grows with each change."""

    title: str = "Pins"
    version: int = 1
    entries: list[Pin] = field(default_factory=list)

    def insert(self, items: list[dict[str, object]], at: float) -> None:
        """Add items, or renew those that are there already. Raises PinsFull."""
        known = {str(pin.item["ItemId"]) for pin in self.entries}
        new = {str(item["ItemId"]) for item in items} - known
        if len(self.entries) + len(new) > LARGEST:
            raise PinsFull
        for item in items:
            pin = self._find(item)
            if pin is None:
                self.entries.append(Pin(item, at, at))
            else:
                pin.item, pin.modified = pin.item | item, at
        self.version += 1

    def remove(self, items: list[dict[str, object]]) -> None:
        """Take items away; unknown ones do not matter."""
        gone = {str(item["ItemId"]) for item in items}
        self.entries = [
            pin for pin in self.entries if str(pin.item["ItemId"]) not in gone
        ]
        self.version += 1

    def _find(self, item: dict[str, object]) -> Pin | None:
        wanted = item["ItemId"]
        return next((pin for pin in self.entries if pin.item["ItemId"] == wanted), None)
