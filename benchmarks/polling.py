"""What polling, push and the local network cost and how late they are, beside Home Assistant's own `xbox`.

Run by `scripts/benchmark-polling`. All are set up in the same simulated house, one after the other,
in a Home Assistant whose time is virtual: an hour takes seconds, requests are real HTTP. The table
goes to the standard output; docs/benchmarks.md says how to read it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import cycle
import logging
from math import ceil
from pathlib import Path
from statistics import mean
import sys
from typing import Any
from unittest.mock import patch

from homeassistant.const import __version__ as HOME_ASSISTANT
from homeassistant.core import StateMachine

from benchmarks.contenders import Contender, Core, Ours
from benchmarks.houses import Furnish, five, only, sociable
from benchmarks.stage import BEDROOM, LIVING_ROOM, Stage, at_work, neighbourhood
from scripts.tables import filled
from simulator.consoles.console import Console, PowerState
from simulator.network.faults import Fault

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HOUR = 3600.0
SAMPLES = 20
SHIFT = 6.18
"""Both look every ten seconds: shifted by their golden section each time, things happen at all moments alike."""
LATENCY = 0.1
NEVER = 50.0
"""Seconds after which what is not shown counts as not shown."""
NOT_PEOPLE = (
    "xccs.xboxlive.com",
    "displaycatalog.mp.microsoft.com",
    "login.live.com",
    "user.auth.xboxlive.com",
    "xsts.auth.xboxlive.com",
    "sisu.xboxlive.com",
)

type Numbers = dict[str, float]


@contextmanager
def _counted_writes() -> Generator[Counter[str]]:
    """Count each state that an entity hands to the state machine, changed or not."""
    writes = Counter[str]()
    write = StateMachine.async_set_internal

    def counted(machine: StateMachine, entity_id: str, *args: Any) -> None:
        writes[entity_id] += 1
        write(machine, entity_id, *args)

    with patch.object(StateMachine, "async_set_internal", counted):
        yield writes


async def cost(contender: Contender, furnish: Furnish) -> Numbers:
    """What an hour takes in which nothing happens."""
    async with at_work(contender, furnish) as stage:
        stage.world.requests.clear()
        with _counted_writes() as writes:
            await stage.clock.pass_by(HOUR)
        hosts = Counter(request.host for request in stage.world.requests)
        print(f"  {contender.column}: {dict(hosts)}", file=sys.stderr)
        print(f"  most written: {writes.most_common(5)}", file=sys.stderr)
        return {
            "requests": hosts.total(),
            "people": hosts.total() - sum(hosts[host] for host in NOT_PEOPLE),
            "state writes": writes.total(),
        }


def _moments(stage: Stage, count: int, pause: float) -> list[float]:
    start = ceil(stage.clock.now / 10) * 10 + pause
    return [start + number * (pause + SHIFT) for number in range(count)]


async def command(
    contender: Contender, entity_id: str, action: str, state: str
) -> Numbers:
    """Seconds from a call until what it leads to is shown, and until the console confirmed it."""
    shown, confirmed = [], []
    async with at_work(contender, only("Bedroom", "Living room")) as stage:
        console = stage.console(entity_id)
        before = console.power
        for moment in _moments(stage, SAMPLES, 180):
            await stage.until(moment)
            await stage.clock.result(
                stage.hass.services.async_call(
                    "media_player", action, {"entity_id": entity_id}, blocking=True
                ),
                within=60,
            )
            returned = stage.clock.now - moment
            await stage.clock.pass_by(60)
            assert console.power is not before
            shown.append(stage.changed_after(entity_id, moment, state))
            # Ours returns when the console did it; core when the command was sent.
            confirmed.append(max(shown[-1], returned))
            console.power = before
    return {
        "shown": mean(shown),
        "worst": max(shown),
        "confirmed": mean(confirmed),
        "worst confirmed": max(confirmed),
    }


def _wake(console: Console) -> None:
    """Be on, as after somebody pressed the power button and it has started."""
    console.shell.start()
    console.power = PowerState.ON


async def lag(contender: Contender) -> Numbers:
    """Seconds until what somebody does at the console is shown."""
    lags: dict[str, list[float]] = {}
    async with at_work(contender, only("Bedroom", "Living room")) as stage:
        console, titles = stage.console(BEDROOM), stage.world.titles
        changes: dict[str, Callable[[], None]] = {
            "woken": lambda: _wake(console),
            "game started": lambda: console.shell.show(titles["lanterns"]),
            "another game started": lambda: console.shell.show(titles["hexagarden"]),
            "put to sleep": lambda: setattr(console, "power", PowerState.STANDBY),
        }
        moments = _moments(stage, SAMPLES * len(changes), 60)
        for moment, (name, change) in zip(
            moments, cycle(changes.items()), strict=False
        ):
            await stage.until(moment)
            change()
            stage.world.publish()
            await stage.clock.pass_by(50)
            seconds = stage.changed_after(BEDROOM, moment, None)
            lags.setdefault(name, []).append(seconds)
    everything = [seconds for each in lags.values() for seconds in each]
    print(
        f"  {contender.column}: { {name: round(mean(each), 2) for name, each in lags.items()} }",
        file=sys.stderr,
    )
    return {
        "mean": mean(everything),
        "worst": max(everything),
        "woken": mean(lags["woken"]),
        "worst woken": max(lags["woken"]),
    }


async def game_lag(contender: Contender) -> Numbers:
    """Seconds until a game that starts or ends on our console is shown, while its owner is signed in there."""
    lags: list[float] = []
    async with at_work(contender, only("Living room")) as stage:
        shell = stage.console(LIVING_ROOM).shell
        moments = _moments(stage, 2 * SAMPLES, 60)
        for moment, ends in zip(moments, cycle((True, False)), strict=False):
            await stage.until(moment)
            if ends:
                shell.home()
            else:
                shell.show(stage.world.titles["starfall"])
            stage.world.publish()
            await stage.clock.pass_by(NEVER)
            try:
                lags.append(stage.changed_after(LIVING_ROOM, moment, None))
            except StopIteration:
                lags.append(NEVER)
    return {"mean": mean(lags), "worst": max(lags)}


async def start(contender: Contender, furnish: Furnish) -> Numbers:
    """Seconds of a first set-up and of one after a restart, when each answer takes 0.1 s."""
    async with neighbourhood(contender, furnish) as around:
        async with around.home_assistant() as stage:
            stage.world.knobs.latency_seconds = LATENCY
            set_up = await stage.set_up()
            await stage.clock.pass_by(120)
        async with around.home_assistant() as stage:
            started = stage.clock.now
            await stage.set_up()
            there = stage.changed_after(LIVING_ROOM, started, None)
            await stage.clock.pass_by(60)
        async with around.home_assistant() as stage:
            stage.world.faults.add(Fault(kind="outage"))
            await stage.try_to_set_up()
            entities = len(stage.shown_at)
    return {"set up": set_up, "there": there, "without network": entities}


type Measure = Callable[[Contender], Coroutine[None, None, Numbers]]

MEASURES: dict[str, Measure] = {
    "one off": lambda contender: cost(contender, only("Bedroom")),
    "one plays": lambda contender: cost(contender, only("Living room")),
    "five": lambda contender: cost(contender, five),
    "ten friends": lambda contender: cost(contender, sociable),
    "turn_on": lambda contender: command(contender, BEDROOM, "turn_on", "on"),
    "turn_off": lambda contender: command(contender, LIVING_ROOM, "turn_off", "off"),
    "lag": lag,
    "game lag": game_lag,
    "start": lambda contender: start(contender, only("Living room", "Bedroom")),
    "start five": lambda contender: start(contender, five),
}


OURS = {
    "polling": (False, False),
    "push": (True, False),
    "LAN": (False, True),
    "both": (True, True),
}
"""Our columns: whether the network pushes, and whether there is a local network."""


@dataclass(frozen=True)
class Row:
    """One line of the table: what of which measure, and what ours keeps to, by column."""

    name: str
    measure: str
    number: str
    target: float | None = None
    digits: int = 1
    targets: Mapping[str, float] = field(default_factory=dict)

    def line(self, numbers: Mapping[str, float]) -> str:
        """The line in Markdown: each column, the best of ours against core, and the targets."""
        *ours, core = numbers.values()
        cells = [self._written(number) for number in numbers.values()]
        cells.append(f"{min(ours) / core:.2f}" if core else "")
        cells.append(", ".join(self._limits()))
        return f"| {self.name} | {' | '.join(cells)} |"

    def _limits(self) -> Iterator[str]:
        if self.target is not None:
            yield f"≤ {self._written(self.target)}"
        for column, target in self.targets.items():
            yield f"{column} ≤ {self._written(target)}"

    def _written(self, number: float) -> str:
        return f"{number:,.{self.digits}f}"

    def missed(self, numbers: Mapping[str, float]) -> bool:
        """Whether ours does not keep to a target."""
        limits = {**dict.fromkeys(OURS, self.target), **self.targets}
        return any(
            limit is not None and numbers[column] > limit
            for column, limit in limits.items()
        )


ROWS = (
    Row(
        "Requests an hour, one console, off",
        "one off",
        "requests",
        400,
        0,
        {"LAN": 60, "both": 60},
    ),
    Row("Requests an hour, one console, a game runs", "one plays", "requests", 450, 0),
    Row(
        "Requests an hour, five consoles, one plays",
        "five",
        "requests",
        800,
        0,
        {"both": 400},
    ),
    Row("of these for people and messages", "five", "people", None, 0),
    Row(
        "Requests an hour, a game runs, ten friends",
        "ten friends",
        "requests",
        digits=0,
        targets={"push": 260, "both": 260},
    ),
    Row("State writes an hour, one plays", "one plays", "state writes", 300, 0),
    Row("State writes an hour, five, one plays", "five", "state writes", 300, 0),
    Row("`turn_on` shown after (s), mean", "turn_on", "shown", 9.0),
    Row("worst", "turn_on", "worst"),
    Row("confirmed by the console, mean", "turn_on", "confirmed"),
    Row("worst", "turn_on", "worst confirmed"),
    Row("`turn_off` shown after (s), mean", "turn_off", "shown", 5.0),
    Row("worst", "turn_off", "worst"),
    Row("confirmed by the console, mean", "turn_off", "confirmed"),
    Row("worst", "turn_off", "worst confirmed"),
    Row("A change at the console shown after (s), mean", "lag", "mean"),
    Row("worst", "lag", "worst"),
    Row("Woken by hand shown after (s), mean", "lag", "woken"),
    Row("worst", "lag", "worst woken", targets={"LAN": 6.0, "both": 6.0}),
    Row(
        "A game of somebody's at the console, mean",
        "game lag",
        "mean",
        targets={"push": 1.5, "both": 1.5},
    ),
    Row("worst", "game lag", "worst", targets={"push": 3.5, "both": 3.5}),
    Row("First set-up, 0.1 s an answer (s)", "start", "set up", None, 2),
    Row("with five consoles", "start five", "set up", None, 2),
    Row("Entities there after a restart (s)", "start", "there", 0.15, 2),
    Row("with five consoles", "start five", "there", 0.15, 2),
    Row(
        "Entities after a restart without network", "start", "without network", None, 0
    ),
)


def _measured(measures: Iterable[str]) -> dict[str, dict[str, Numbers]]:
    """What each contender comes to, by measure and column."""
    contenders: dict[str, Callable[[], Contender]] = {
        **{
            name: partial(Ours, name, push=push, nearby=nearby)
            for name, (push, nearby) in OURS.items()
        },
        "core": Core,
    }
    numbers: dict[str, dict[str, Numbers]] = {}
    for name in measures:
        print(name, file=sys.stderr)
        numbers[name] = {
            column: asyncio.run(MEASURES[name](one()))
            for column, one in contenders.items()
        }
    return numbers


def _table(numbers: Mapping[str, Mapping[str, Numbers]]) -> tuple[str, bool]:
    """The table in Markdown, below what was compared; and whether ours misses a target."""
    columns = (*OURS, "core")
    lines = [
        f"Home Assistant {HOME_ASSISTANT}, python-xbox {version('python-xbox')}:",
        "",
        f"| | {' | '.join(columns)} | ratio | target |",
        f"|---|{'---:|' * (len(columns) + 2)}",
    ]
    missed = False
    for row in ROWS:
        if row.measure not in numbers:
            continue
        each = {name: one[row.number] for name, one in numbers[row.measure].items()}
        missed |= row.missed(each)
        lines.append(row.line(each))
    if "lag" in numbers:
        lag = {name: one["mean"] for name, one in numbers["lag"].items()}
        missed |= round(lag["polling"] - lag["core"], 1) > 0
    return "\n".join(lines), missed


def main(*arguments: str) -> int:
    """Print the table, of the measures that are named or of all; 1 if ours misses a target.

    With `--write` it goes into the documentation, too, if it is of all.
    """
    logging.disable(logging.CRITICAL)
    measures = [name for name in arguments if name != "--write"]
    table, missed = _table(_measured(measures or MEASURES))
    print(table)
    print("\nTargets:", "missed" if missed else "met")
    if "--write" in arguments and not measures:
        PAGE.write_text(filled(PAGE.read_text(), {"polling": table}))
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
