"""One cell of the matrix: a service, what goes wrong with it, and when."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
import re
from typing import Any, Literal, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.exceptions import HomeAssistantError

from simulator.network.faults import Fault
from tests.endurance.matrix.faults import Wrong
from tests.endurance.matrix.left import Log, Resources, secrets
from tests.endurance.matrix.lines import Lines
from tests.endurance.matrix.services import SERVICES, Act, Island
from tests.integration.following import Following

type Phase = Literal["set-up", "poll", "command"]

_PASSES = re.compile(
    r".*(played_today|played_in_this_game|last_confirmed|diary|last_online).*|image\..*"
)
"""Ids of entities whose states are times, or change with it."""
_LULL = 15.0
_STEP = 30.0
_UNAVAILABLE = "unavailable"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """A service, what goes wrong with it (nothing: to know how it should be), and when."""

    island: Island
    phase: Phase
    wrong: Wrong | None = None

    @property
    def like(self) -> tuple[object, ...]:
        """What makes cells alike if nothing goes wrong."""
        act = self.island.act if self.phase == "command" else None
        stir = self.island.stir
        stirs = self.phase == "poll" or self.island.signs_in
        return self.phase, act, stir if stirs else None

    @override
    def __str__(self) -> str:
        """The name of its test."""
        wrong = self.wrong.name if self.wrong else "nothing"
        return f"{self.phase} - {self.island.host} - {wrong}"


@dataclass
class Seen:
    """What was shown."""

    end: dict[str, str] = field(default_factory=dict)
    states: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answer: Any = None


def _said(state: State) -> str:
    """What an entity shows; when something happened that is told does not matter."""
    told = state.entity_id.startswith("event.") and state.state[:1].isdecimal()
    return "told" if told else state.state


@dataclass
class Trial:
    """A cell as it is run."""

    cell: Cell
    following: Following
    lines: Lines
    log: Log
    faults: list[str] = field(default_factory=list)
    """What is not as it should be."""
    seen: Seen = field(default_factory=Seen)

    async def run(self, control: Seen | None) -> Seen:
        """Let it happen; `control` is what was seen where nothing went wrong."""
        house, entry = self.following.house, self.following.entry
        resources = Resources(house)
        await resources.begin()
        house.hass.bus.async_listen("state_changed", self._changed)
        match self.cell.phase:
            case "set-up":
                await self._set_up()
            case "poll":
                await self._poll()
            case "command":
                await self._command(control)
        await self._recover(control)
        self.seen.end = self._shown()
        secret = secrets(house.simulator.world, dict(entry.data))
        assert await house.unload(entry)
        if control is None:
            asked = {one.host for one in house.simulator.world.requests}
            self.faults += [f"no row: {host}" for host in asked - SERVICES.keys()]
        else:
            self._judge(control)
            self.faults += self.log.problems()
            self.faults += await resources.problems()
            self.faults += [f"logged: {it}" for it in secret if it in self.log.text]
        return self.seen

    def _shown(self) -> dict[str, str]:
        states = self.following.hass.states.async_all()
        return {
            state.entity_id: _said(state)
            for state in states
            if not _PASSES.fullmatch(state.entity_id)
        }

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state is not None and not _PASSES.fullmatch(state.entity_id):
            self.seen.states[state.entity_id].add(_said(state))

    # What happens

    def _break(self) -> None:
        """Let it go wrong from now on."""
        wrong, host = self.cell.wrong, self.cell.island.host
        if wrong is None:
            return
        if wrong.way is not None:
            self.lines.cut(host, wrong.way)
        if wrong.rule:
            self.following.house.simulator.world.faults.add(
                Fault(host=host, **wrong.rule)
            )

    def _mend(self) -> None:
        """Let it work again, and make sure that it did not."""
        rules = self.following.house.simulator.world.faults
        struck = sum(rule.struck for rule in rules)
        if self.cell.wrong and not struck + self.lines.asked[self.cell.island.host]:
            self.faults.append("nothing went wrong")
        self.lines.mend()
        rules.clear()

    async def _loaded(self) -> None:
        house = self.following.house
        assert await house.set_up(self.following.entry)
        await house.clock.pass_by(_LULL)
        # What there is before is no news.
        for entity_id, state in self._shown().items():
            self.seen.states[entity_id].add(state)

    def _stir(self) -> None:
        if (stir := self.cell.island.stir) is not None:
            stir(self.following)

    async def _set_up(self) -> None:
        house, entry = self.following.house, self.following.entry
        if self.cell.island.signs_in:
            self._stir()
        self._break()
        await house.clock.result(
            house.hass.config_entries.async_setup(entry.entry_id), within=120
        )
        await house.clock.pass_by(120)
        loaded = entry.state is ConfigEntryState.LOADED
        if not loaded and not self.cell.island.signs_in:
            self.faults.append("one service kept the account from being set up")
        self._mend()

    async def _poll(self) -> None:
        await self._loaded()
        self._break()
        self._stir()
        await self.following.house.clock.pass_by(self.cell.island.within)
        self._mend()

    async def _command(self, control: Seen | None) -> None:
        act = self.cell.island.act
        assert act is not None
        await self._loaded()
        if self.cell.island.signs_in:
            self._stir()
        self._break()
        world = self.following.house.simulator.world
        try:
            self.seen.answer = await self._do(act)
        except HomeAssistantError as error:
            if not error.translation_key:
                self.faults.append("an error without words")
        else:
            believed = act.by_word and (self._says or self._nods)
            done = believed or not act.done or act.done(world)
            if act.claims(self.seen.answer) and not done:
                self.faults.append("said to be done, and was not")
            if not act.claims(self.seen.answer) and not act.done and not self._says:
                self.faults.append("an answer that nobody gave")
        await self.following.house.clock.pass_by(60)
        self._mend()

    @property
    def _says(self) -> bool:
        return self.cell.wrong is not None and self.cell.wrong.says

    @property
    def _nods(self) -> bool:
        return self.cell.wrong is not None and self.cell.wrong.nods

    async def _do(self, act: Act) -> object:
        house = self.following.house
        domain, _, name = act.action.partition(".")
        data = dict(act.data(house.simulator.world))
        if act.entity_id is not None:
            data["entity_id"] = act.entity_id
        return await house.clock.result(
            house.hass.services.async_call(
                domain, name, data, blocking=True, return_response=not act.entity_id
            ),
            within=240,
        )

    async def _recover(self, control: Seen | None) -> None:
        """Wait until all is as it should be, two intervals at most."""
        clock, act = self.following.house.clock, self.cell.island.act
        if control is None:
            await clock.pass_by(600)
            return
        left = 2 * self.cell.island.interval
        if self.cell.phase == "command" and act is not None:
            while left > 0 and self._is_down(control):
                await clock.pass_by(_STEP)
                left -= _STEP
            await self._do_again(act, left)
        while left > 0 and (self._shown() != control.end or self.log.down):
            await clock.pass_by(_STEP)
            left -= _STEP

    def _is_down(self, control: Seen) -> bool:
        """Whether something is unavailable that should not be."""
        return any(
            state == _UNAVAILABLE != control.end.get(entity_id)
            for entity_id, state in self._shown().items()
        )

    async def _do_again(self, act: Act, left: float) -> None:
        """Do the same again, which works now."""
        world = self.following.house.simulator.world
        if act.done is not None and act.done(world):
            return
        try:
            answer = await self._do(act)
        except HomeAssistantError as error:
            if left > 0:
                # The service may have asked for a pause, or a question may still be under way.
                await self.following.house.clock.pass_by(_STEP)
                await self._do_again(act, left - _STEP)
            else:
                self.faults.append(f"it does not work afterwards: {error!r}")
            return
        if not (act.done(world) if act.done else act.claims(answer)):
            self.faults.append("it is not done afterwards")

    # What is thought of it

    def _judge(self, control: Seen) -> None:
        self.faults += self._lies(control)
        was_down = any(
            _UNAVAILABLE in states - control.states.get(entity_id, set())
            for entity_id, states in self.seen.states.items()
        )
        if was_down and not self.log.told:
            self.faults.append("nothing was said of it")
        end = self.seen.end
        for entity_id in sorted(control.end.keys() | end.keys()):
            is_, should = end.get(entity_id), control.end.get(entity_id)
            if is_ != should:
                self.faults.append(f"{entity_id} ends as {is_}, not {should}")

    def _lies(self, control: Seen) -> Iterator[str]:
        """States that were neither there before nor true."""
        for entity_id, states in self.seen.states.items():
            allowed = control.states.get(entity_id, set())
            if re.fullmatch(self.cell.island.shows, entity_id):
                if self.cell.phase == "set-up":
                    # At first less may be known of it than there is.
                    continue
                allowed = allowed | {_UNAVAILABLE}
                if self._says:
                    allowed = allowed | {_UNKNOWN}
            for state in sorted(states - allowed):
                yield f"{entity_id} showed {state}"
