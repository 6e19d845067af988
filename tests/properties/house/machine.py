"""A house in which anything is done in any order, beside the world as it truly is."""

from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, ClassVar, override

from homeassistant.exceptions import HomeAssistantError
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.consoles.console import Console
from simulator.consoles.history import State
from simulator.consoles.knobs import ConsoleKnobs
from simulator.network.faults import Fault
from simulator.screen.console_panel import ACTIONS, BadRequest
from tests.console_knobs import console_knobs
from tests.endurance.matrix.faults import FAULTS
from tests.endurance.matrix.left import Log
from tests.integration.entries import signed_in_entry
from tests.integration.house import House

ORDERS = (
    "wake",
    "turn_off",
    "launch",
    "shell",
    "list_lag_seconds",
    "status_lag_seconds",
    "odd_list",
    "odd_lists",
    "odd_list_after",
    "blank_focus_seconds",
)
"""What decides in which order evidence comes."""
HOSTS = ("xccs.xboxlive.com", "userpresence.xboxlive.com", "xsts.auth.xboxlive.com")
GAMES = {"Tidewater Tales": "tidewater", "Larkvision": "larkvision"}
QUIET = 1800.0
"""Seconds without a fault after which all is as it truly is."""
_LONGEST_LAG = 130.0
"""Seconds that the network may be behind."""
_PROMPT = 29.0
"""Seconds: a caller who has not heard by then is told that it may still come."""

consoles = st.sampled_from(["living_room", "bedroom"])
faults = st.sampled_from([fault for fault in FAULTS.values() if fault.rule])


class Home(RuleBasedStateMachine):
    """What anybody does, and what then has to be true."""

    house: ClassVar[House]
    log: ClassVar[Log]

    def __init__(self) -> None:
        """Begin before anything is set up."""
        super().__init__()
        self.entry: MockConfigEntry | None = None

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Let something happen in Home Assistant's event loop."""
        return self.house.hass.loop.run_until_complete(work)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.run(self.house.clock.pass_by(seconds))

    @initialize(knobs=console_knobs(ORDERS, never=False))
    def begin(self, knobs: ConsoleKnobs) -> None:
        """Set an account up in a world that nobody has touched."""
        world = self.house.simulator.world
        world.reset()
        world.behave(knobs)
        self.entry = self.run(signed_in_entry(self.house.hass, self.house.simulator))
        assert self.run(self.house.set_up(self.entry))

    # What the user does

    @rule(name=consoles, on=st.booleans())
    def turn(self, name: str, on: bool) -> None:
        """Switch a console on or off."""
        action = "media_player.turn_on" if on else "media_player.turn_off"
        if self._is_done(action, name):
            assert on in {state.awake for state in self._lately(name)}

    @rule(name=consoles, game=st.sampled_from(sorted(GAMES)))
    def start(self, name: str, game: str) -> None:
        """Start something that both consoles have."""
        if self._is_done("media_player.select_source", name, source=game):
            assert game in {self._app(state) for state in self._lately(name)}

    @rule(name=consoles, key=st.sampled_from(["A", "Home", "Up"]))
    def press(self, name: str, key: str) -> None:
        """Press a key of the remote; it is heard, or an error."""
        console = self._console(name)
        before = len(console.history.commands)
        with suppress(HomeAssistantError):
            self.run(
                self.house.act(
                    "remote.send_command", f"remote.{name}", within=120, command=[key]
                )
            )
            if self._is_available(f"remote.{name}"):
                assert len(console.history.commands) > before

    def _is_done(self, action: str, name: str, **data: object) -> bool:
        """Whether it was said at once that something is done."""
        player = f"media_player.{name}"
        if not self._is_available(player):
            return False
        began = self.house.clock.now
        try:
            self.run(self.house.act(action, player, within=200, **data))
        except HomeAssistantError:
            return False
        # What nothing confirms in time may still come: no more is said.
        return self.house.clock.now - began < _PROMPT

    # What the console and the network do

    @rule(name=consoles)
    def power_button(self, name: str) -> None:
        """Press the button on the console."""
        self._at_the_console("press", name, button="power")

    @rule(name=consoles, game=st.sampled_from(sorted(GAMES.values())))
    def controller(self, name: str, game: str) -> None:
        """Start something with the controller."""
        product = self.house.simulator.world.titles[game].product_id
        self._at_the_console("launch", name, product_id=product)

    def _at_the_console(self, action: str, name: str, **body: object) -> None:
        world = self.house.simulator.world
        # What makes no sense there and then is not done.
        with suppress(BadRequest):
            ACTIONS[action](world, self._console(name), body)
        world.publish()

    @rule(
        wrong=faults,
        host=st.sampled_from(HOSTS),
        seconds=st.sampled_from([5.0, 60.0, 300.0]),
    )
    def fail(self, wrong: Any, host: str, seconds: float) -> None:
        """Let a service fail for a while."""
        self.house.simulator.world.faults.add(
            Fault(host=host, lasts_seconds=seconds, **wrong.rule)
        )

    @rule(seconds=st.sampled_from([1.0, 11.0, 45.0, 200.0]))
    def pass_time(self, seconds: float) -> None:
        """Do nothing."""
        self.wait(seconds)

    @rule(away=st.sampled_from([0.0, 5.0, 120.0]))
    def restart(self, away: float) -> None:
        """Start again from what is remembered."""
        assert self.entry is not None
        assert self.run(self.house.unload(self.entry))
        self.wait(away)
        assert self.run(self.house.set_up(self.entry))

    # What has to be true

    @invariant()
    def nothing_unexpected_happened(self) -> None:
        """No error escapes, whatever was answered."""
        assert self.log.traces == []

    @override
    def teardown(self) -> None:
        """Once it is quiet all is shown as it is; then begin anew."""
        if self.entry is None:
            return
        self.house.simulator.world.faults.clear()
        self.wait(QUIET)
        wrong = [*self._wrong("living_room"), *self._wrong("bedroom")]
        self.run(self.house.hass.config_entries.async_remove(self.entry.entry_id))
        self.log.clear()
        assert wrong == []

    def _wrong(self, name: str) -> list[str]:
        console, player = self._console(name), f"media_player.{name}"
        self.house.simulator.world.settle()
        truth = console.history.states.entries[-1][1]
        shown = self.house.state(player)
        if (shown.state not in ("off", "unavailable", "unknown")) is not truth.awake:
            return [f"{name} shows {shown.state}, and is {truth}"]
        source = self._app(truth)
        if shown.attributes.get("pending") or (
            source in GAMES and shown.attributes.get("source") != source
        ):
            return [f"{name} shows {dict(shown.attributes)}, and is {truth}"]
        return []

    def _lately(self, name: str) -> tuple[State, ...]:
        """How a console was, as far back as the network may tell of."""
        console = self._console(name)
        self.house.simulator.world.settle()
        now = self.house.simulator.world.clock.elapsed()
        return console.history.states.between(now - _LONGEST_LAG, now)

    def _app(self, state: State) -> str | None:
        titles = self.house.simulator.world.titles
        return next((one.name for one in titles if one.aumid == state.app), None)

    def _console(self, name: str) -> Console:
        return self.house.console(name)

    def _is_available(self, entity_id: str) -> bool:
        # A console that the first lists forgot has none yet.
        state = self.house.hass.states.get(entity_id)
        return state is not None and state.state != "unavailable"
