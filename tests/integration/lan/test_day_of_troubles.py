"""A day in which everything that tells when to ask goes wrong: nothing is missed, nothing is left, nothing is forged."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
import itertools
from random import Random
import socket

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account import polling
from tests.integration.following import Following
from tests.integration.lan.conftest import BEDROOM, Home
from tests.integration.people.pushed import LIVING_ROOM, MIKA, Pushed

MINUTE, HOUR = 60, 3600
LOOK = 2.0
"""Until a look that is due is made and shown."""
TITLES = ("nebula", "lanterns", "tidewater")


@dataclass
class Troubled:
    """A house with a person to follow, whose day is thrown with dice."""

    home: Home
    pushed: Pushed
    dice: Random
    revoked_at: float = 0.0
    changes: int = 0
    """How often the bedroom was started or stopped."""
    lags: dict[str, list[float]] = field(default_factory=dict)
    """Seconds until something was shown, by entity."""

    def __post_init__(self) -> None:
        """Watch the bedroom."""
        self._seen = self.home.house.watch(BEDROOM)

    @property
    def turns(self) -> int:
        """How often the bedroom was shown to come or to go."""
        asleep = [state == "off" for state in self._seen]
        return len(list(itertools.groupby(asleep)))

    # What goes wrong

    def close(self) -> None:
        """End every socket, in one of the ways that there are."""
        self.pushed.hub.knobs.ending = self.dice.choice(("cut", "1000", "1001"))
        self.pushed.hub.end()

    def die(self) -> None:
        """Let sockets look well and tell nothing, or no longer."""
        name = self.dice.choice(("silent", "deaf"))
        knobs = self.pushed.hub.knobs
        setattr(knobs, name, not getattr(knobs, name))

    def be_absent(self) -> None:
        """Let there be no push at all, or again."""
        self.pushed.hub.knobs.available = not self.pushed.hub.knobs.available

    def renew(self) -> None:
        """Have the account sign in anew; what is some minutes old is not renewed again."""
        now = self.home.house.clock.now
        if now > self.revoked_at + HOUR:
            self.revoked_at = now
            self.pushed.world.tokens.revoke("xsts")

    def forge(self) -> None:
        """Have somebody answer in the bedroom's name."""
        self.home.knobs.impostor = not self.home.knobs.impostor

    def flood(self) -> None:
        """Answer what nobody has asked."""
        self.home.wire.flood(self.home.bedroom.id, 20)

    def look_after_itself(self) -> None:
        """Have the bedroom answer although it sleeps, or no longer."""
        self.home.knobs.answers_asleep = not self.home.knobs.answers_asleep

    def lose(self) -> None:
        """Let answers get lost, or no longer."""
        self.home.knobs.loss = 0.0 if self.home.knobs.loss else 0.5

    # What happens

    async def plays(self) -> None:
        """Let Mika begin something else, elsewhere."""
        self.pushed.do("mika", "play", title=self._other(f"sensor.{MIKA}_now_playing"))
        await self._shown(f"sensor.{MIKA}_now_playing")

    async def shows(self) -> None:
        """Bring something else to the living room's screen."""
        self.pushed.show(self.pushed.world.titles[self._other(LIVING_ROOM)])
        await self._shown(LIVING_ROOM, "media_title")

    async def comes_or_goes(self) -> None:
        """Start the bedroom by hand, or let it sleep."""
        self.changes += 1
        if self.home.house.shows(BEDROOM) == "off":
            self.home.start_by_hand()
        else:
            self.home.stop_by_hand()
        self.pushed.world.publish()
        await self._shown(BEDROOM)

    def _other(self, entity_id: str) -> str:
        """A title that is not in front there."""
        state = self.home.house.state(entity_id)
        shown = (state.state, state.attributes.get("media_title"))
        titles = self.pushed.world.titles
        return self.dice.choice(
            [one for one in TITLES if titles[one].name not in shown]
        )

    async def _shown(self, entity_id: str, attribute: str | None = None) -> None:
        lag = await self._lag(entity_id, attribute)
        self.lags.setdefault(entity_id, []).append(lag)

    async def _lag(self, entity_id: str, attribute: str | None) -> float:
        clock = self.home.house.clock
        seen, began = self.home.house.watch(entity_id, attribute), clock.now
        await clock.until(lambda: seen, within=2 * polling.LISTED_NEARBY)
        return clock.now - began


def _sockets() -> int:
    """How many sockets for datagrams the event loop has."""
    served = asyncio.get_running_loop()._selector.get_map()  # type: ignore[attr-defined]  # noqa: SLF001 - it is told nowhere else
    kinds = []
    for number in served:
        with socket.fromfd(number, socket.AF_INET, socket.SOCK_DGRAM) as one:
            kinds.append(one.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
    return kinds.count(socket.SOCK_DGRAM)


def _tasks() -> list[str]:
    """The integration's tasks."""
    return [
        task.get_name()
        for task in asyncio.all_tasks()
        if (work := task.get_coro()) is not None
        and "xbox_console" in getattr(work, "cr_code").co_filename  # noqa: B009 - of a coroutine
    ]


type Happening = Callable[[Troubled], Coroutine[None, None, None]]

PUSH = (Troubled.close, Troubled.die, Troubled.be_absent, Troubled.renew)
LAN = (
    Troubled.forge,
    Troubled.flood,
    Troubled.look_after_itself,
    Troubled.lose,
    Troubled.renew,
)
HAPPENINGS: tuple[Happening, ...] = (
    Troubled.plays,
    Troubled.shows,
    Troubled.comes_or_goes,
)


@pytest.mark.parametrize(
    ("pushes", "nearby", "hours"),
    [(True, False, 12), (False, True, 12), (True, True, 24)],
    ids=["push", "lan", "both"],
)
async def test_a_day_of_troubles(
    home: Home,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    pushes: bool,
    nearby: bool,
    hours: int,
) -> None:
    """No change is missed for longer than polling takes; a forged packet shows nothing, and nobody is woken."""
    house, before = home.house, _sockets()
    if not nearby:
        monkeypatch.delenv("XBOX_CONSOLE_SIMULATOR_LAN")
    home.house.only("bedroom", "living_room")
    house.simulator.world.activity.knobs.available = pushes
    assert await house.set_up(entry)
    following = Following(house, entry)
    await following.follow("mika")
    await home.grow_reliable()
    day = Troubled(home, Pushed(following), Random(13))
    troubles = (PUSH if pushes else ()) + (LAN if nearby else ())
    end = house.clock.now + hours * HOUR
    while house.clock.now < end:
        day.dice.choice(troubles)(day)
        # Time in which nothing happens is left out, but for a part that no period fits.
        house.clock.skip(day.dice.uniform(0, 40 * MINUTE))
        await house.clock.pass_by(day.dice.uniform(0, 30))
        await day.dice.choice(HAPPENINGS)(day)
    assert sum(map(len, day.lags.values())) > 2 * hours
    longest = {entity_id: max(each) for entity_id, each in day.lags.items()}
    away = polling.LISTED_NEARBY if nearby else polling.HEARTBEAT
    assert longest[f"sensor.{MIKA}_now_playing"] <= polling.PEOPLE_HERE + LOOK
    assert longest[LIVING_ROOM] <= polling.ON_TOLD + LOOK
    assert longest[BEDROOM] <= away + LOOK
    assert day.turns == day.changes
    assert home.wakes() == 0
    assert day.pushed.hub.most_sockets <= 2
    await _unload(day, entry)
    assert _sockets() == before


async def _unload(day: Troubled, entry: MockConfigEntry) -> None:
    """Unload the entry; no connection and no task of it is left."""
    # Who is deaf does not notice that the other end has gone.
    day.pushed.hub.knobs.deaf = False
    assert await day.home.house.unload(entry)
    await day.home.house.clock.pass_by(5)
    assert (day.pushed.hub.sockets, _tasks()) == ([], [])
