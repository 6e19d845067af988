"""What an integration keeps in memory: after set-up, and more of it as a day goes by."""

import gc
import tracemalloc

from homeassistant.helpers import entity_registry as er

from benchmarks.contenders import Contender
from benchmarks.houses import Furnish
from benchmarks.stage import Stage, neighbourhood

OWN = ("*/custom_components/xbox_console/*", "*/components/xbox/*", "*/pythonxbox/*")
"""The files of either integration, and of the client that it brings."""
_ELSEWHERE = (
    "*/simulator/*",
    # Its requests and answers: Home Assistant's own web server is not started.
    "*/aiohttp/web_[!u]*",
    "*/tests/*",
    "*/benchmarks/*",
    "*/tracemalloc.py",
)
_DAY_HOURS = 24


def _kept(*only: str) -> float:
    """KiB that were allocated by these files, or by all but the simulated network's."""
    gc.collect()
    filters = [tracemalloc.Filter(True, name) for name in only] or [
        tracemalloc.Filter(False, name) for name in _ELSEWHERE
    ]
    snapshot = tracemalloc.take_snapshot().filter_traces(filters)
    return sum(trace.size for trace in snapshot.statistics("filename")) / 1024


async def _settled(stage: Stage) -> None:
    assert await stage.try_to_set_up()
    await stage.clock.pass_by(120)


async def after_set_up(contender: Contender, furnish: Furnish) -> dict[str, float]:
    """KiB after set-up, once all code is loaded: in all, by its own files, and for each entity.

    Home Assistant keeps those that are disabled in its registry, too.
    """
    async with neighbourhood(contender, furnish) as around:
        async with around.home_assistant() as stage:
            await _settled(stage)
        async with around.home_assistant() as stage:
            tracemalloc.start()
            before = _kept()
            await _settled(stage)
            total, own = _kept() - before, _kept(*OWN)
            entities = len(stage.hass.states.async_entity_ids())
            registered = len(er.async_get(stage.hass).entities)
            tracemalloc.stop()
    return {
        "entities": entities,
        "registered": registered,
        "total": total,
        "own": own,
        "per entity": total / entities,
        "per registered": total / registered,
    }


def _forget(stage: Stage) -> None:
    """Let go of what the stage and the simulated network write down: times and states made elsewhere."""
    stage.shown_at.clear()
    stage.world.requests.clear()


async def growth(contender: Contender, furnish: Furnish) -> dict[str, float]:
    """KiB by which its own files' memory grows in a day, after the first hour of it."""
    async with (
        neighbourhood(contender, furnish) as around,
        around.home_assistant() as stage,
    ):
        tracemalloc.start()
        await _settled(stage)
        await stage.clock.pass_by(3600)
        _forget(stage)
        own, total = _kept(*OWN), _kept()
        await stage.clock.pass_by((_DAY_HOURS - 1) * 3600)
        _forget(stage)
        grown = {"own": _kept(*OWN) - own, "total": _kept() - total}
        tracemalloc.stop()
    return grown
