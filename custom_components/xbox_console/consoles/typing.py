"""What is being typed: the network replaces the whole text box, keyboards send a character at a time. Pure."""

from .commands import (
    GO_BACK,
    ConsoleCommand,
    Instruction,
    Meaning,
    Stroke,
    text_of,
    type_text,
)

PAUSE = 10.0
"""Seconds after which a character begins another text: the box may be another one by then."""
HELD = 0.6
"""Seconds between two erasing strokes at most that a button held down makes."""


class Typing:
    """Makes whole texts of single strokes."""

    def __init__(self) -> None:
        """Start with nothing typed."""
        self._text = ""
        self._grows = False
        """Whether a character goes behind the text: one behind a text given whole begins another."""
        self._until = 0.0
        self._erased_at = -HELD

    def instruction(self, meaning: Meaning, now: float) -> Instruction | None:
        """What the console is to be told at this moment; None for nothing."""
        if isinstance(meaning, Stroke):
            return (
                self._erase(now)
                if not meaning.character
                else self._put(meaning.character, now)
            )
        text = text_of(meaning) if isinstance(meaning, ConsoleCommand) else None
        self._text, self._grows, self._until = text or "", False, now + PAUSE
        return meaning

    def _put(self, character: str, now: float) -> ConsoleCommand:
        before = self._text if self._grows and now < self._until else ""
        return self._set(before + character, now)

    def _erase(self, now: float) -> ConsoleCommand | None:
        """Take the last character off; go back if there is none, but not as often as a held button says."""
        held, self._erased_at = now - self._erased_at <= HELD, now
        if self._text and now < self._until:
            return self._set(self._text[:-1], now)
        return None if held else GO_BACK

    def _set(self, text: str, now: float) -> ConsoleCommand:
        self._text, self._grows, self._until = text, True, now + PAUSE
        return type_text(text)
