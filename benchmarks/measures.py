"""Everything that is measured of either side, each in a process of its own.

python -m benchmarks.measures MEASURE SIDE
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
import json
import logging
import sys
import time

from benchmarks.contenders import Contender, Core, Ours
from benchmarks.hours import hour
from benchmarks.houses import Furnish, house, only
from benchmarks.memory import after_set_up, growth
from benchmarks.plan import CONSOLES, LATENCIES, TROUBLES
from benchmarks.polling import command, lag
from benchmarks.stage import BEDROOM, LIVING_ROOM, neighbourhood
from benchmarks.troubles import survived

type Measure = Callable[[Contender], Coroutine[None, None, dict[str, float]]]

SIDES: dict[str, Callable[[], Contender]] = {
    "ours": lambda: Ours("ours", push=True),
    "core": Core,
}
"""The network pushes as Microsoft's does; the consoles' local network is left out."""


async def set_up(
    latency: float, furnish: Furnish, contender: Contender
) -> dict[str, float]:
    """Seconds of a first set-up when each answer takes so long, and seconds of the processor."""
    async with (
        neighbourhood(contender, furnish) as around,
        around.home_assistant() as stage,
    ):
        # The simulated network would paint each capture that is asked for.
        stage.world.captures.clear()
        stage.world.knobs.latency_seconds = latency
        started = time.process_time()
        seconds = await stage.set_up()
        return {"seconds": seconds, "processor": time.process_time() - started}


def _hour(furnish: Furnish) -> Measure:
    return partial(hour, furnish=furnish)


MEASURES: dict[str, Measure] = {
    "memory": partial(after_set_up, furnish=house(5, 10)),
    "memory, many apps": partial(after_set_up, furnish=house(5, 10, apps=500)),
    "growth": partial(growth, furnish=house(5, 10)),
    "one off": _hour(only("Bedroom")),
    "friends": _hour(house(1, 10)),
    "turn_on": partial(command, entity_id=BEDROOM, action="turn_on", state="on"),
    "turn_off": partial(command, entity_id=LIVING_ROOM, action="turn_off", state="off"),
    "lag": lag,
    **{f"{consoles} consoles": _hour(house(consoles)) for consoles in CONSOLES},
    **{
        f"set-up {latency} ms, {consoles}": partial(
            set_up, latency / 1000, house(consoles)
        )
        for latency in LATENCIES
        for consoles in CONSOLES
    },
    **{name: partial(survived, trouble=name) for name in TROUBLES},
}


def main(measure: str, side: str) -> None:
    """Print the numbers as JSON."""
    logging.disable(logging.CRITICAL)
    print(json.dumps(asyncio.run(MEASURES[measure](SIDES[side]()))))


if __name__ == "__main__":
    main(*sys.argv[1:])
