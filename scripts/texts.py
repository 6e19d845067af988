"""Write the tables of docs/troubleshooting.md: every error, abort and repair, as it is told.

python -m scripts.texts
"""

from collections.abc import Iterator, Mapping
import json
from pathlib import Path
import re

from scripts.refusals import tables as refusals
from scripts.tables import filled, table

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "troubleshooting.md"

type Tree = str | Mapping[str, "Tree"]

_TEXTS: Mapping[str, Mapping[str, Tree]] = json.loads(
    (ROOT / "custom_components/xbox_console/translations/en.json").read_text()
)


def _leaves(tree: Tree, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each text of a tree with the way to it."""
    if isinstance(tree, str):
        yield path, tree
        return
    for key, branch in tree.items():
        yield from _leaves(branch, *path, key)


def _shown(text: str) -> str:
    """Return a text for a cell of a table: one line, with placeholders that read as such."""
    line = text.replace("\n\n", "<br>").replace("\n", "<br>").replace("|", r"\|")
    return line.replace("{", "*").replace("}", "*")


def _known(text: str, *, page: str) -> bool:
    """Tell whether a page has a text, whatever stands in the places of its placeholders there."""
    return max(re.split(r"\{\w+\}", text), key=len) in page


def _rows(section: str, *, known: str) -> Iterator[tuple[str, ...]]:
    """Yield the errors and aborts of a section that the page does not have yet."""
    for path, text in _leaves(_TEXTS[section], section):
        is_error = {"error", "abort", "exceptions"} & set(path)
        if is_error and not _known(text, page=known):
            yield (_shown(text),)


def _repairs() -> Iterator[tuple[str, ...]]:
    for issue in _TEXTS["issues"].values():
        texts = dict(_leaves(issue))
        title = texts["title",]
        told = [text for path, text in texts.items() if path[-1] == "description"]
        yield _shown(title), "<br>".join(map(_shown, told))


def tables() -> Mapping[str, str]:
    """Return each table by the name that it has in the page."""
    known = "\n".join(refusals().values())
    network = list(_rows("config", known=known))
    known += "\n".join(text for _, text in _leaves(_TEXTS["config"]))
    commands = list(_rows("exceptions", known=known))
    known += "\n".join(text for _, text in _leaves(_TEXTS["exceptions"]))
    dialogs = {
        row: None
        for section in ("config_subentries", "options", "issues")
        for row in _rows(section, known=known)
    }
    return {
        "network": table("what is said", network),
        "commands": table("what is said", commands),
        "dialogs": table("what is said", dialogs),
        "repairs": table("title | what it says", _repairs()),
    }


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(), tables()))
