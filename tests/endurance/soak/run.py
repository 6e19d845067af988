"""Hours and days of it: play, weather, reloads, restarts; then a calm in which everything is compared."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
import logging
from pathlib import Path
from random import Random
from typing import override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util.async_ import get_scheduled_timer_handles

from tests.endurance.soak import truth
from tests.endurance.soak.faults import Weather
from tests.endurance.soak.figures import Figures, Requests, growth
from tests.endurance.soak.home import entry_of, home_assistant, move_in
from tests.endurance.soak.orders import LONGEST, Orders
from tests.endurance.soak.play import Play
from tests.endurance.soak.town import ACCOUNTS
from tests.endurance.soak.witness import Absences, Witness
from tests.integration.house import House
from tests.integration.virtual_time import VirtualTime
from tests.running_simulator import RunningSimulator

HOUR = 3600.0
MINUTE = 60.0
PLAY = 40 * MINUTE
"""Of each hour in which something happens, and goes wrong."""
CALM = 15 * MINUTE
"""After that, until everything is compared."""
BETWEEN_ACTS = 40.0
"""Seconds on average."""
ORDERS = 0.12
"""Of all acts."""
DOWN = 6 * MINUTE
"""Of each restart."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What comes in which hour."""

    hours: int
    restarts: frozenset[int]
    """After these hours."""
    outages: frozenset[int]
    """In these."""
    night: float
    """Seconds of sleep at the end."""


def days(number: int) -> Plan:
    """Whole days: two restarts each, and two hours without any network at night."""
    hours = range(24 * number)
    return Plan(
        hours=len(hours),
        restarts=frozenset(hour for hour in hours if hour % 12 == 4),
        outages=frozenset(hour for hour in hours if hour % 24 in (8, 9)),
        night=1.2 * HOUR,
    )


EVENING = Plan(
    hours=2, restarts=frozenset({0}), outages=frozenset({1}), night=10 * MINUTE
)
"""A little of everything."""


class Errors(logging.Handler):
    """Collects what is logged: each message once, with its number."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(logging.WARNING)
        self.messages: Counter[str] = Counter()
        self.unhandled: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.messages[f"{record.levelname} {record.name} {record.msg}"] += 1
        if record.exc_info or record.name == "asyncio":
            self.unhandled.append(logging.Formatter().format(record))


@dataclass
class Soak:
    """A town, a home in it, and what has become of both."""

    plan: Plan
    simulator: RunningSimulator
    freezer: FrozenDateTimeFactory
    folder: Path
    seed: int
    figures: list[Figures] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    calms: int = 0

    def __post_init__(self) -> None:
        """Get to know the town."""
        world = self.simulator.world
        self.random = Random(self.seed)
        self.play = Play(world, self.random)
        self.weather = Weather(world)
        self.orders = Orders(self.random)
        self.witness = Witness(world)
        self.requests = Requests(world)
        self.absences = Absences()
        self.logged = Errors()
        self._start = self._since = self._now
        self._clock: VirtualTime | None = None

    @property
    def _now(self) -> float:
        return self.simulator.world.clock.elapsed()

    async def run(self) -> None:
        """Live through the plan."""
        logging.getLogger().addHandler(self.logged)
        try:
            async for house in self._lives():
                await self._life(house)
        finally:
            logging.getLogger().removeHandler(self.logged)

    async def _lives(self) -> AsyncIterator[House]:
        self.hour = 0
        while self.hour < self.plan.hours:
            async with home_assistant(
                self.folder, self.simulator, self._clock_of, self._listen
            ) as house:
                self._born = self.hour
                if self.hour == 0:
                    await move_in(house)
                    self._start = self._since = self._now
                elif self.absences.down:
                    await house.clock.pass_by(MINUTE)
                    self.absences.down[-1] = (self.absences.down[-1][0], self._now)
                yield house
                stopped = self._now
            _let_go(house.hass)
            self.requests.take()
            self._while_down()
            self.absences.down.append((stopped, self._now))

    def _clock_of(self, hass: HomeAssistant) -> VirtualTime:
        """The one clock of all that run after each other."""
        if self._clock is None:
            self._clock = VirtualTime(hass, self.freezer)
        self._clock.follow(hass)
        return self._clock

    def _listen(self, hass: HomeAssistant) -> None:
        self.witness.listen(hass)
        self.orders.listen(hass)

    def _while_down(self) -> None:
        for act in (self.play.unlock, self.play.capture):
            self.freezer.tick(DOWN / 3)
            self.simulator.world.settle()
            act()
        self.freezer.tick(DOWN / 3)

    async def _life(self, house: House) -> None:
        while self.hour < self.plan.hours:
            await self._one_hour(house)
            self.hour += 1
            if self.hour - 1 in self.plan.restarts:
                return
        await self._night(house)

    async def _one_hour(self, house: House) -> None:
        begun = self._start + self.hour * HOUR
        outage = self.hour in self.plan.outages
        if outage:
            self.weather.outage(HOUR)
            self.absences.outages.append((self._now, begun + HOUR + MINUTE))
        else:
            self.weather.rough()
        await self._acts(house, until=begun + PLAY)
        self.play.calm_down()
        if not outage:
            self.weather.clear()
        await self._until(house, begun + PLAY + CALM)
        while self.orders.under_way:
            await self._until(house, self._now + LONGEST / 10)
            self.orders.look_back(self._now)
        if not outage:
            self._compare(house)
        await self._reload(house)
        await self._until(house, begun + HOUR)
        self.weather.clear()

    async def _night(self, house: House) -> None:
        """Let everything come to its end."""
        self.play.go_to_bed()
        await self._until(house, self._now + self.plan.night)
        self._compare(house)
        if self.plan.night > HOUR:
            self.wrong += truth.wrong_sums(house)

    async def _acts(self, house: House, until: float) -> None:
        while self._now < until:
            pause = self.random.expovariate(1 / BETWEEN_ACTS)
            await self._until(house, min(until, self._now + pause))
            if self.random.random() < ORDERS:
                self.orders.give(house, self.random.choice(self.play.spare))
            else:
                self.play.act()
            self.orders.look_back(self._now)

    async def _until(self, house: House, moment: float) -> None:
        while (left := moment - self._now) > 0:
            await house.clock.pass_by(min(left, 5 * MINUTE))
            self.requests.take()

    def _compare(self, house: House) -> None:
        self.calms += 1
        found = truth.wrong_states(house)
        self.wrong += [f"hour {self.hour}: {one}" for one in found]
        age = self.hour - self._born
        self.figures.append(Figures.of(house, self.folder, self.hour, age))

    async def _reload(self, house: House) -> None:
        """Reload an entry shortly after something happened."""
        account = ACCOUNTS[self.hour % len(ACCOUNTS)]
        for act in (self.play.unlock, self.play.capture):
            act()
            await self._until(house, self._now + self.random.uniform(1, 30))
        entry = entry_of(house, account)
        begun = self._now
        await house.clock.result(
            house.hass.config_entries.async_reload(entry.entry_id), within=600
        )
        await house.clock.pass_by(MINUTE)
        spans = self.absences.reloads.setdefault(account, [])
        spans.append((begun, self._now))
        if entry.state is not ConfigEntryState.LOADED:
            spans[-1] = (begun, self._start + (self.hour + 2) * HOUR)

    def errors(self) -> Iterator[str]:
        """Say everything that was not as it should be."""
        yield from self.logged.unhandled
        yield from self.orders.lies
        yield from self.wrong
        yield from self.witness.errors(self.absences, self._since)
        yield from self.requests.errors()
        yield from growth(self.figures)

    def summary(self) -> Iterator[str]:
        """Figures of it all."""
        yield f"{self.plan.hours} h, {self.calms} calms compared"
        yield f"requests {self.requests.by_host.total()}: {dict(self.requests.by_host)}"
        yield f"most in a window: {dict(self.requests.most)}"
        yield f"faults {self.weather.struck.total()}: {dict(self.weather.struck)}"
        yield f"events told {len(self.witness.told)}, sessions {self.witness.sessions}"
        yield f"orders {dict(self.orders.given)}, refused {dict(self.orders.refused)}"
        yield from map(str, self.figures)
        yield from (f"{number}x {one}" for one, number in self.logged.messages.items())


def _let_go(hass: HomeAssistant) -> None:
    """End what ends with the process of a Home Assistant that has stopped: its timers, its memory."""
    for handle in get_scheduled_timer_handles(hass.loop):
        work: object = handle._callback  # type: ignore[attr-defined] # noqa: SLF001 - asyncio does not tell otherwise
        owners = (work, type(getattr(work, "__self__", None)))
        if any(_is_of_home_assistant(owner) for owner in owners):
            handle.cancel()
    vars(hass).clear()


def _is_of_home_assistant(thing: object) -> bool:
    module = getattr(thing, "__module__", None) or ""
    return module.startswith(("homeassistant.", "custom_components."))
