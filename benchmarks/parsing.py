"""How long large answers take to parse: our models, and python-xbox 0.4.0's on the same bytes.

Run by `scripts/benchmark-parsing`, which brings python-xbox into an environment of its own.

"parsed" is what a verb does: from the bytes to typed objects, whose members are converted when they
are first read. "and used" reads from each object the members that a user interface shows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
import json
from operator import attrgetter
from pathlib import Path
import random
import string
import sys
import time
from typing import Any

from multidict import CIMultiDict, CIMultiDictProxy

ROOT = Path(__file__).parents[1]
# The client alone: the environment of python-xbox has no Home Assistant.
sys.path.insert(0, str(ROOT / "custom_components" / "xbox_console"))


ROUNDS = 40
SLOWEST_MS = 30.0
LARGEST_RATIO = 0.5


def sample(name: str) -> Any:
    """An invented answer."""
    path = ROOT / "tests" / "client" / "samples" / f"{name}.json"
    return json.loads(path.read_text())


def differing(value: Any, dice: random.Random) -> Any:
    """The same shape with other ids, names and numbers, as no two real items are alike."""
    match value:
        case dict():
            return {name: differing(inner, dice) for name, inner in value.items()}
        case list():
            return [differing(inner, dice) for inner in value]
        case bool() | None:
            return value
        case int() | float():
            return int(value) + dice.randrange(1000)
        case str() if len(value) > 11 and not value[:4].isdigit():
            return value[:-6] + "".join(dice.choices(string.ascii_letters, k=6))
    return value


def many(answer: Any, member: str, count: int) -> bytes:
    """An answer with so many items like its first."""
    dice = random.Random(7)
    first = answer[member][0]
    return json.dumps(
        {**answer, member: [differing(first, dice) for _ in range(count)]}
    ).encode()


def best_ms(work: Callable[[], object]) -> float:
    """The least disturbed of many rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best * 1000


def ours(body: bytes, module: str, model: str, member: str) -> Iterable[Any]:
    """What a verb makes of an answer."""
    transport, service, models = (
        import_module(f"xboxlive.{name}")
        for name in ("transport", "service", f"services.{module}")
    )
    reply = transport.Reply("host", 200, CIMultiDictProxy(CIMultiDict()), body)
    items: Iterable[Any] = getattr(service.read(reply, getattr(models, model)), member)
    return items


def theirs(body: bytes, module: str, model: str, member: str) -> Iterable[Any]:
    """What python-xbox makes of an answer."""
    models = import_module(f"pythonxbox.api.provider.{module}.models")
    items: Iterable[Any] = getattr(
        getattr(models, model).model_validate_json(body), member
    )
    return items


def show(items: Iterable[Any], members: Iterable[str]) -> None:
    """Read what a user interface shows."""
    shown = attrgetter(*members)
    for item in items:
        shown(item)


@dataclass(frozen=True)
class Case:
    """An answer, who reads it how, and what is read of its items."""

    body: bytes
    ours: tuple[str, str, str]
    theirs: tuple[str, str, str]
    shown: tuple[str, ...]

    def times(self) -> list[float]:
        """Milliseconds: ours and theirs parsed, ours and theirs parsed and used."""
        return [
            best_ms(lambda: ours(self.body, *self.ours)),
            best_ms(lambda: theirs(self.body, *self.theirs)),
            best_ms(lambda: show(ours(self.body, *self.ours), self.shown)),
            best_ms(lambda: show(theirs(self.body, *self.theirs), self.shown)),
        ]


_OF_A_FRIEND = ("xuid", "gamertag", "display_pic_raw", "gamer_score", "presence_state")


def _friends() -> dict[str, Any]:
    """Return one, as python-xbox can read it: without recommendations' members, in camelCase throughout."""
    friends = {"people": sample("people_list")["people"][:1]}
    summary = friends["people"][0]["multiplayerSummary"]
    summary["inMultiplayerSession"] = summary.pop("InMultiplayerSession")
    summary["inParty"] = summary.pop("InParty")
    return friends


def cases() -> dict[str, list[Case]]:
    """What is measured; captures are half clips, half screenshots."""
    capture = ("content_id", "local_id", "title_name", "content_locators")
    return {
        "500 installed apps": [
            Case(
                many(sample("smartglass_apps"), "result", 500),
                ("smartglass", "InstalledAppList", "result"),
                ("smartglass", "InstalledPackagesList", "result"),
                ("name", "title_id", "one_store_product_id", "aumid"),
            )
        ],
        "1,000 friends": [
            Case(
                many(_friends(), "people", 1000),
                ("people", "PeopleList", "people"),
                ("people", "PeopleResponse", "people"),
                _OF_A_FRIEND,
            )
        ],
        "500 captures": [
            Case(
                many(sample("mediahub_clips"), "values", 250),
                ("mediahub", "ClipPage", "items"),
                ("mediahub", "MediahubGameclips", "values"),
                capture,
            ),
            Case(
                many(sample("mediahub_screenshots"), "values", 250),
                ("mediahub", "ScreenshotPage", "items"),
                ("mediahub", "MediahubScreenshots", "values"),
                capture,
            ),
        ],
    }


def main() -> int:
    """Print the table; 1 if a target is missed."""
    print(f"{'milliseconds':20}{'parsed: ours':>14}{'theirs':>9}{'ratio':>7}", end="")
    print(f"{'and used: ours':>18}{'theirs':>9}{'ratio':>7}{'KB':>8}")
    missed = False
    for name, parts in cases().items():
        parsed, their_parsed, used, their_used = map(
            sum, zip(*(part.times() for part in parts), strict=True)
        )
        size = sum(len(part.body) for part in parts) // 1000
        ratio = parsed / their_parsed
        missed |= parsed >= SLOWEST_MS or ratio > LARGEST_RATIO
        print(f"{name:20}{parsed:14.2f}{their_parsed:9.2f}{ratio:7.2f}", end="")
        print(f"{used:18.2f}{their_used:9.2f}{used / their_used:7.2f}{size:8,}")
    verdict = "missed" if missed else "met"
    print(f"parsed < {SLOWEST_MS:.0f} ms, ratio <= {LARGEST_RATIO}: {verdict}")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
