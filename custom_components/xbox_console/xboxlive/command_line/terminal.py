"""What the command line says and asks: as text for people, or as JSON for programs."""

from collections.abc import Mapping, Sequence
from getpass import getpass
import json
import sys

from ..model import Json, Model


class Terminal:
    """Standard input and output; what is only for somebody who watches goes to standard error.

    Nothing here waits for the event loop: while a question is open there is nothing else to do, and
    Ctrl-C ends it at once.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        """Say things as text, or as JSON."""
        self._as_json = as_json
        self._line = ""

    def say(self, text: str, **facts: Json) -> None:
        """One thing, as a line of text or as a JSON object."""
        self._write(json.dumps(facts, ensure_ascii=False) if self._as_json else text)

    def show(self, models: Sequence[Model], *shown: str) -> None:
        """Many things, as a table of some of their members or as the services sent them."""
        if self._as_json:
            raw: list[Json] = [model.raw() for model in models]
            self._write(json.dumps(raw, indent=2, ensure_ascii=False))
        else:
            self._write(
                _table(
                    shown, [[_value(model, path) for path in shown] for model in models]
                )
            )

    def show_rows(self, rows: Sequence[Mapping[str, Json]], *shown: str) -> None:
        """Many things that no service sent, as a table or as JSON."""
        if self._as_json:
            self._write(json.dumps([*rows], indent=2, ensure_ascii=False))
        else:
            self._write(_table(shown, [[row[name] for name in shown] for row in rows]))

    def progress(self, text: str) -> None:
        """How far it has come: one line that renews itself, if somebody watches."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{text.ljust(len(self._line))}")
            sys.stderr.flush()
            self._line = text

    def _write(self, text: str) -> None:
        if self._line:
            self.progress("")
            sys.stderr.write("\r")
            sys.stderr.flush()
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def ask(self, question: str) -> str:
        """A line from the user; empty if there is nobody."""
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip()

    def ask_secret(self, question: str) -> str:
        """A line that is not shown while it is typed."""
        return getpass(question) if sys.stdin.isatty() else self.ask(question)


def _value(model: Model, path: str) -> object:
    value: object = model
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _table(shown: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [
        [path.rpartition(".")[2] for path in shown],
        *(["" if value is None else str(value) for value in row] for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(map(str.ljust, line, widths, strict=True)).rstrip() for line in lines
    )
