"""The wake of the local network: sent again and again for some seconds, and never answered."""

import asyncio
from collections.abc import Callable

from .endpoint import voice
from .neighbour import Neighbour
from .packets import power_on
from .target import Target

TIMES = 10
PAUSE = 1.0


async def wake(
    target: Target, neighbour: Neighbour, wanted: Callable[[], bool]
) -> None:
    """Send wakes to all and to where the console was, for as long as somebody wants it on.

    None follows our own switching off too closely: it might bring the console back. Raises OSError.
    """
    packet = power_on(neighbour.console_id)
    loop = asyncio.get_running_loop()
    async with voice(target, await target.everybody()) as speaking:
        for _ in range(TIMES):
            await asyncio.sleep(max(0.0, neighbour.asleep_until - loop.time()))
            if not wanted():
                return
            speaking.say(packet, *target.groups, *neighbour.addresses)
            neighbour.counts.wakes += 1
            await asyncio.sleep(PAUSE)
