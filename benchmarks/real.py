"""What a real Home Assistant takes with either integration, and how late it tells; in real time.

python -m benchmarks.real MEASURE SIDE, with the Python of the newer Home Assistant. It is driven by REST and
WebSocket; what happens at the consoles is done by the simulator's page.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
import json
from statistics import median
import sys
from time import monotonic
from typing import Any

from benchmarks.houses import house
from benchmarks.instances import SIDES, Instance, Side, running
from benchmarks.plan import STEADY_SECONDS, Numbers
from scripts.homeassistant_instance import Connection
from simulator.consoles.console import Console, PowerState
from simulator.world import World

CONSOLES = 5
_SETTLED = 3.0
"""Seconds after a start until memory is looked at."""
_CALM = 12.0
"""Seconds after that until both look at consoles as they will for hours."""
_PAUSES = (0.0, 2.5, 5.0, 7.5)
"""Core looks every ten seconds: four consoles at a time have each of these before what is done to them."""
_PATIENCE = 60.0
_GAME = "lanterns"

type State = Mapping[str, Any]
type Shows = Callable[[State], bool]


class Watch:
    """When each state of an entity arrived at a client of the WebSocket."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._arrived: defaultdict[str, list[tuple[float, State]]] = defaultdict(list)
        self._news = asyncio.Event()

    async def follow(self, connection: Connection) -> None:
        """Note what comes, until it is cancelled."""
        async for event in connection.events():
            if state := event["data"]["new_state"]:
                self._arrived[state["entity_id"]].append((monotonic(), state))
                self._news.set()

    async def first(self, entity_id: str, since: float, shows: Shows) -> float:
        """When the first state arrived that shows it. Raises TimeoutError."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                for moment, state in self._arrived[entity_id]:
                    if moment >= since and shows(state):
                        return moment
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def _watch(instance: Instance) -> AsyncGenerator[Watch]:
    watch = Watch()
    async with instance.home.connection() as connection:
        await connection.subscribe("state_changed")
        following = asyncio.create_task(watch.follow(connection))
        try:
            yield watch
        finally:
            following.cancel()


def _is_on(state: State) -> bool:
    return state["state"] not in ("off", "unavailable", "unknown")


def _is_off(state: State) -> bool:
    return bool(state["state"] == "off")


@dataclass(frozen=True)
class Change:
    """Something done at a console: by which button of the page, when it has happened, and what shows it."""

    action: str
    body: dict[str, object]
    has_happened: Callable[[Console], bool]
    shows: Shows


def _changes(world: World) -> tuple[Change, ...]:
    game, power = world.titles[_GAME], {"button": "power"}
    return (
        Change("press", {**power}, lambda console: console.is_on, _is_on),
        Change(
            "launch",
            {"product_id": game.product_id},
            lambda console: console.shell.running is game,
            lambda state: state["attributes"].get("media_title") == game.name,
        ),
        Change(
            "press",
            {**power},
            lambda console: console.power is PowerState.STANDBY,
            _is_off,
        ),
    )


async def _happened(world: World, console: Console, change: Change) -> float:
    """When a change came about, as from then on the network tells it."""
    news = asyncio.Event()
    unsubscribe = world.subscribe(news.set)
    try:
        async with asyncio.timeout(_PATIENCE):
            while not change.has_happened(console):
                news.clear()
                await news.wait()
        return monotonic()
    finally:
        unsubscribe()


class Delays:
    """How late things are shown, by what they are."""

    def __init__(self, instance: Instance, watch: Watch) -> None:
        """Start with none."""
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._instance = instance
        self._watch = watch

    async def of(self, console: Console, turn: int) -> None:
        """Measure one console that is asleep: first by hand, then by commands."""
        pauses = islice(cycle(_PAUSES), turn, None)
        entity_id = f"media_player.{console.name.casefold().replace(' ', '_')}"
        for change in _changes(self._instance.world):
            await asyncio.sleep(next(pauses))
            await self._by_hand(console, entity_id, change)
        async with self._instance.home.connection() as connection:
            for action, shows in (("turn_on", _is_on), ("turn_off", _is_off)):
                await asyncio.sleep(next(pauses))
                await self._by_command(connection, entity_id, action, shows)

    async def _by_hand(self, console: Console, entity_id: str, change: Change) -> None:
        world = self._instance.world
        await self._instance.do(console.id, change.action, change.body)
        happened = await _happened(world, console, change)
        shown = await self._watch.first(entity_id, happened, change.shows)
        self.seconds["change"].append(shown - happened)

    async def _by_command(
        self, connection: Connection, entity_id: str, action: str, shows: Shows
    ) -> None:
        called = monotonic()
        await connection.command(
            "call_service",
            domain="media_player",
            service=action,
            target={"entity_id": entity_id},
        )
        returned = monotonic()
        shown = await self._watch.first(entity_id, called, shows)
        self.seconds[action].append(shown - called)
        # Ours returns when the console did it; core when the command was sent.
        self.seconds[f"{action} confirmed"].append(max(shown, returned) - called)


async def _delays(instance: Instance) -> Numbers:
    world = instance.world
    async with _watch(instance) as watch:
        delays = Delays(instance, watch)
        asleep = [one for one in world.consoles.values() if one.name.startswith("Con")]
        async with asyncio.TaskGroup() as group:
            for turn, console in enumerate(asleep):
                group.create_task(delays.of(console, turn))
    return {
        **{name: median(each) for name, each in delays.seconds.items()},
        **{f"worst {name}": max(each) for name, each in delays.seconds.items()},
    }


async def _enable(instance: Instance, entry_id: str, *, enabled: bool) -> float:
    """Enable or disable the entry; gives the seconds that it takes."""
    disabled_by = None if enabled else "user"
    async with instance.home.connection() as connection:
        started = monotonic()
        await connection.command(
            "config_entries/disable", entry_id=entry_id, disabled_by=disabled_by
        )
        return monotonic() - started


@dataclass(frozen=True)
class Start:
    """What it took until Home Assistant ran."""

    seconds: float
    processor: float
    resident: float
    """MiB, once it had settled."""


async def _restart(instance: Instance) -> Start:
    await instance.home.stop()
    started = monotonic()
    await instance.home.start()
    seconds, processor = monotonic() - started, instance.processor
    await asyncio.sleep(_SETTLED)
    return Start(seconds, processor, instance.resident)


async def starts(side: Side) -> Numbers:
    """Without the entry and with it, once it was there before."""
    async with running(side, house(CONSOLES)) as instance:
        entry_id = await side.entry_id(instance.home)
        await _enable(instance, entry_id, enabled=False)
        without = await _restart(instance)
        set_up = await _enable(instance, entry_id, enabled=True)
        start = await _restart(instance)
        assert await side.entry_id(instance.home) == entry_id
    return {
        "set-up": set_up,
        **asdict(start),
        **{f"{name} without": number for name, number in asdict(without).items()},
    }


async def _minute(instance: Instance) -> Numbers:
    """What it takes while nothing happens."""
    instance.world.requests.clear()
    before = instance.processor
    await asyncio.sleep(STEADY_SECONDS)
    return {
        "requests": len(instance.world.requests),
        "processor": instance.processor - before,
    }


async def at_work(side: Side) -> Numbers:
    """What it takes after a start, and how late it tells."""
    async with running(side, house(CONSOLES)) as instance:
        await _restart(instance)
        await side.entry_id(instance.home)
        await asyncio.sleep(_CALM)
        return {**await _minute(instance), **await _delays(instance)}


MEASURES: dict[str, Callable[[Side], Coroutine[None, None, Numbers]]] = {
    "real starts": starts,
    "real": at_work,
}


def main(measure: str, side: str) -> None:
    """Print the numbers as JSON."""
    print(json.dumps(asyncio.run(MEASURES[measure](SIDES[side]))))


if __name__ == "__main__":
    main(*sys.argv[1:])
