"""A console's knobs in force, and how much of what they count is used up."""

from dataclasses import dataclass

from simulator.consoles.knobs import ConsoleKnobs


@dataclass
class Conduct:
    """The knobs, and how often what they count has happened since they were set."""

    knobs: ConsoleKnobs
    commands: int = 0
    wakes: int = 0
    lists: int = 0

    def refusal(self, *, wake: bool) -> str:
        """Count a command; return the error word it is refused with although the console is well, or empty."""
        self.commands += 1
        if self.commands == self.knobs.odd_refusal:
            return "ErrorCallingWNS"
        if wake and self.wakes < self.knobs.wake_refusals:
            self.wakes += 1
            return self.knobs.wake_refusal_word
        return ""

    def oddity(self) -> str:
        """Count a list; return in what way it is odd, or empty."""
        told, first = self.lists, self.knobs.odd_list_after
        self.lists += 1
        return (
            self.knobs.odd_list if first <= told < first + self.knobs.odd_lists else ""
        )
