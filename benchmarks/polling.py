"""What polling costs and how late it is: this integration beside Home Assistant's own `xbox`.

Run by `scripts/benchmark-polling`. Both are set up in the same simulated house, one after the other,
in a Home Assistant whose time is virtual: an hour takes seconds, requests are real HTTP. The table
goes to the standard output; docs/benchmarks.md says how to read it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
import logging
from math import ceil
from statistics import mean
import sys
from typing import Any
from unittest.mock import patch

from homeassistant.core import StateMachine

from benchmarks.contenders import Contender, Core, Nearby, Ours
from benchmarks.stage import (
    BEDROOM,
    LIVING_ROOM,
    Furnish,
    Stage,
    at_work,
    five,
    neighbourhood,
    only,
)
from simulator.consoles.console import Console, PowerState
from simulator.network.faults import Fault

HOUR = 3600.0
SAMPLES = 20
SHIFT = 6.18
"""Both look every ten seconds: shifted by their golden section each time, things happen at all moments alike."""
LATENCY = 0.1
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
        print(f"  {contender.name}: {dict(hosts)}", file=sys.stderr)
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
            await stage.clock.pass_by(50)
            seconds = stage.changed_after(BEDROOM, moment, None)
            lags.setdefault(name, []).append(seconds)
    everything = [seconds for each in lags.values() for seconds in each]
    print(
        f"  {contender.name}: { {name: round(mean(each), 2) for name, each in lags.items()} }",
        file=sys.stderr,
    )
    return {
        "mean": mean(everything),
        "worst": max(everything),
        "woken": mean(lags["woken"]),
        "worst woken": max(lags["woken"]),
    }


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
    "turn_on": lambda contender: command(contender, BEDROOM, "turn_on", "on"),
    "turn_off": lambda contender: command(contender, LIVING_ROOM, "turn_off", "off"),
    "lag": lag,
    "start": lambda contender: start(contender, only("Living room", "Bedroom")),
    "start five": lambda contender: start(contender, five),
}


@dataclass(frozen=True)
class Row:
    """One line of the table: what of which measure, and what ours keeps to, by polling and with LAN."""

    name: str
    measure: str
    number: str
    target: float | None = None
    digits: int = 1
    nearby: float | None = None

    def line(self, numbers: Mapping[str, float]) -> str:
        """The line in Markdown."""
        core = numbers["core"]
        cells = [
            *(self._written(number) for number in numbers.values()),
            *(
                f"{numbers[name] / core:.2f}" if core else ""
                for name in ("polling", "LAN")
            ),
            *(
                "" if target is None else f"≤ {self._written(target)}"
                for target in (self.target, self.nearby)
            ),
        ]
        return f"| {self.name} | {' | '.join(cells)} |"

    def _written(self, number: float) -> str:
        return f"{number:,.{self.digits}f}"

    def missed(self, numbers: Mapping[str, float]) -> bool:
        """Whether ours does not keep to a target."""
        return any(
            target is not None and numbers[name] > target
            for name, target in (("polling", self.target), ("LAN", self.nearby))
        )


ROWS = (
    Row("Requests an hour, one console, off", "one off", "requests", 400, 0, 60),
    Row("Requests an hour, one console, a game runs", "one plays", "requests", 450, 0),
    Row("Requests an hour, five consoles, one plays", "five", "requests", 800, 0),
    Row("of these for people and messages", "five", "people", None, 0),
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
    Row("worst", "lag", "worst woken", None, 1, 6.0),
    Row("First set-up, 0.1 s an answer (s)", "start", "set up", None, 2),
    Row("with five consoles", "start five", "set up", None, 2),
    Row("Entities there after a restart (s)", "start", "there", 0.15, 2),
    Row("with five consoles", "start five", "there", 0.15, 2),
    Row(
        "Entities after a restart without network", "start", "without network", None, 0
    ),
)


def main() -> int:
    """Print the table; 1 if ours misses a target."""
    logging.disable(logging.CRITICAL)
    numbers: dict[str, dict[str, Numbers]] = {}
    for name, measure in MEASURES.items():
        print(name, file=sys.stderr)
        numbers[name] = {
            one.name: asyncio.run(measure(one)) for one in (Ours(), Nearby(), Core())
        }
    print(
        "| | polling | LAN | core | polling : core | LAN : core | target | with LAN |"
    )
    print(f"|---|{'---:|' * 7}")
    missed = False
    for row in ROWS:
        each = {name: one[row.number] for name, one in numbers[row.measure].items()}
        missed |= row.missed(each)
        print(row.line(each))
    lag = {name: one["mean"] for name, one in numbers["lag"].items()}
    slower = round(lag["polling"] - lag["core"], 1) > 0
    print("\nTargets:", "missed" if missed or slower else "met")
    return int(missed or slower)


if __name__ == "__main__":
    raise SystemExit(main())
