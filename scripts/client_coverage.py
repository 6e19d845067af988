"""Write the tables of docs/client.md: what the client has of the documents that it was made from.

python -m scripts.client_coverage

`client_names.json` lists the names in the documents, `client_equivalents.py` says what stands for
them here; that it is there, the code itself shows.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
import inspect
import json
from pathlib import Path
import re
import sys
from typing import Any, cast

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.model import Model
from custom_components.xbox_console.xboxlive.service import ServiceClient
from custom_components.xbox_console.xboxlive.session import (
    Authorizer,
    Overrides,
    Session,
)
from custom_components.xbox_console.xboxlive.transport import Transport
from scripts.client_equivalents import MEMBERS, METHODS, OTHERS, WORDS
from scripts.tables import filled, table

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "client.md"
_PACKAGE = "custom_components.xbox_console.xboxlive"
_EQUIVALENT = re.compile(r"(?P<name>[\w.:]+)(\((?P<arguments>.*)\))?")
_KNOWN = ("@session", "@self")
_KINDS = {"methods": METHODS, "members": MEMBERS, "words": WORDS, "others": OTHERS}

type Names = Mapping[str, Mapping[str, Any]]

NAMES: Names = json.loads((ROOT / "scripts" / "client_names.json").read_text())
_XBOX = XboxLive(Session(cast("Transport", None), cast("Authorizer", None)))


def problems(names: Names = NAMES) -> Iterator[str]:
    """Yield a line for each name in the documents that has no equivalent, or one that is not there."""
    for document, kinds in names.items():
        for kind, known in kinds.items():
            equivalents = _KINDS[kind].get(document, {})
            for name in known:
                ours, renamed = _split(equivalents.get(name, ""))
                parts = () if kind == "others" else known[name].split()
                for missing in _missing(kind, ours, renamed, parts):
                    yield f"{document}: {name}: {missing}"


def _split(equivalent: str) -> tuple[str, Mapping[str, str]]:
    ours, *pairs = equivalent.split() or [""]
    return ours, dict(pair.split("=") for pair in pairs)


def _missing(
    kind: str, ours: str, renamed: Mapping[str, str], parts: tuple[str, ...]
) -> Iterator[str]:
    found = _found(ours) if ours else None
    if found is None:
        yield ours or "nothing stands for it"
        return
    arguments = _EQUIVALENT.fullmatch(ours)
    given = (arguments and arguments["arguments"]) or ""
    said = [word.partition("=")[0] for word in given.split(",") if word]
    for part in (*(renamed.get(part, part) for part in parts), *said):
        if not _HAS[kind](found, part):
            yield f"{ours} has no {part}"


def _found(equivalent: str) -> Any:
    """Return what an equivalent names, None if it is not there."""
    match = _EQUIVALENT.fullmatch(equivalent)
    name = match["name"] if match else ""
    module, colon, path = name.rpartition(":")
    here: Any = _XBOX
    if colon:
        here = _module(module)
    for part in path.split("."):
        here = getattr(here, part, None)
    return here


def _module(name: str) -> Any:
    """Return a module of the client, those of the services by their last name alone."""
    for place in (_PACKAGE, f"{_PACKAGE}.services"):
        try:
            return import_module(f"{place}.{name}")
        except ModuleNotFoundError:
            continue
    return None


def _takes(method: Any, parameter: str) -> bool:
    if parameter.startswith("@"):
        return parameter in _KNOWN or parameter[1:] in Overrides.__annotations__
    return callable(method) and parameter in inspect.signature(method).parameters


def _holds(kind: Any, member: str) -> bool:
    """Whether a class has a member, however the service or the document writes it."""
    if hasattr(kind, member) or member in kind.__init__.__code__.co_names:
        return True
    folded = member.replace("_", "").lower()
    return issubclass(kind, Model) and any(
        each.sent_as.lower() == folded
        for each in kind._members.values()  # noqa: SLF001 - what a model declares
    )


def _knows(vocabulary: Any, word: str) -> bool:
    known: bool = vocabulary(word).known
    return known


_HAS = {"methods": _takes, "members": _holds, "words": _knows}


def tables(names: Names = NAMES) -> Mapping[str, str]:
    """Return each table by the name that it has in the page."""
    made = {"coverage": _figures(names), "here alone": _here_alone()}
    for document, kinds in names.items():
        for kind in ("methods", "others"):
            rows = [_row(document, kind, theirs) for theirs in kinds[kind]]
            made[f"{document}: {kind}"] = table("there | here", rows)
        counted = [
            (*_row(document, kind, theirs), str(len(parts.split())))
            for kind in ("members", "words")
            for theirs, parts in kinds[kind].items()
        ]
        made[f"{document}: models"] = table("there | here | names", counted)
    return {name: text for name, text in made.items() if text.count("\n") > 1}


def _row(document: str, kind: str, theirs: str) -> tuple[str, str]:
    ours, _ = _split(_KINDS[kind][document][theirs])
    shown = ours.removeprefix("services.").replace(":", ".")
    return f"`{theirs}`", f"`{shown}`"


def _here_alone() -> str:
    """Return the verbs that stand for nothing in the documents."""
    standing = {
        match["name"]
        for equivalents in METHODS.values()
        for each in equivalents.values()
        if (match := _EQUIVALENT.match(each))
    }
    verbs = (
        (f"{service}.{name}", inspect.getdoc(verb) or "")
        for service, client in vars(_XBOX).items()
        if isinstance(client, ServiceClient)
        for name, verb in inspect.getmembers(client, inspect.ismethod)
        if not name.startswith("_")
    )
    rows = [
        (f"`{verb}`", what.partition("\n")[0])
        for verb, what in verbs
        if verb not in standing
    ]
    return table("verb | what it does", rows)


def _figures(names: Names) -> str:
    counted = []
    for document, kinds in names.items():
        inner = [
            sum(len(parts.split()) for parts in kinds[kind].values())
            for kind in ("methods", "members", "words")
        ]
        missing = sum(line.startswith(f"{document}: ") for line in problems(names))
        counted.append(
            (
                document,
                str(len(kinds["methods"])),
                *map(str, inner),
                str(len(kinds["others"])),
                str(missing),
            )
        )
    head = "document | methods | parameters | members | words | other names | missing"
    return table(head, counted)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in problems())
    PAGE.write_text(filled(PAGE.read_text(), tables()))
