"""Who survives what: each trouble lasts a minute, and in the middle of it a console is woken by hand."""

from benchmarks.contenders import Contender
from benchmarks.houses import only
from benchmarks.plan import NEVER, TROUBLES
from benchmarks.stage import BEDROOM, LIVING_ROOM, Stage, at_work
from simulator.consoles.console import PowerState

_LASTS = 60.0
_NOTHING = ("unavailable", "unknown")


async def survived(contender: Contender, trouble: str) -> dict[str, float]:
    """Seconds without a state while a trouble lasts, and after it until what is shown is true again."""
    async with at_work(contender, only("Bedroom", "Living room")) as stage:
        fault = TROUBLES[trouble]
        stage.world.faults.add(fault)
        missing = 0.0
        for second in range(int(_LASTS)):
            if second == _LASTS // 2:
                _wake(stage)
            await stage.clock.pass_by(1)
            missing += any(not _has_state(stage, one) for one in (LIVING_ROOM, BEDROOM))
        stage.world.faults.remove(fault.id)
        return {"missing": missing, "true after": await _true_after(stage)}


def _wake(stage: Stage) -> None:
    console = stage.console(BEDROOM)
    console.shell.start()
    console.power = PowerState.ON
    stage.world.publish()


async def _true_after(stage: Stage) -> float:
    ended = stage.clock.now
    while stage.clock.now - ended < NEVER:
        if _is_true(stage):
            return stage.clock.now - ended
        await stage.clock.pass_by(1)
    return NEVER


def _has_state(stage: Stage, entity_id: str) -> bool:
    state = stage.hass.states.get(entity_id)
    return state is not None and state.state not in _NOTHING


def _is_true(stage: Stage) -> bool:
    """Whether both players show what the simulated network knows: that both consoles are on."""
    shown = map(stage.hass.states.get, (LIVING_ROOM, BEDROOM))
    return all(state and state.state not in (*_NOTHING, "off") for state in shown)
