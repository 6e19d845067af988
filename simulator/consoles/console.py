"""A console: power, drives, what is installed, and what the network believes about it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import override

from simulator.consoles.history import History, Shown, State
from simulator.consoles.installs import Drives
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from simulator.games.titles import HOME_AUMID, SCREENSAVER_AUMID, Title

_MAINTENANCE_FRONT = {
    "nothing": "",
    "screensaver": SCREENSAVER_AUMID,
    "home": HOME_AUMID,
}


class PowerState(StrEnum):
    """powerState, as the console service says it."""

    ON = "On"
    STANDBY = "ConnectedStandby"
    OFF = "Off"
    UPDATE = "SystemUpdate"


@dataclass(kw_only=True)
class Console(Drives):
    """A console and its state machine; time passes when `settle()` is called."""

    id: str = field(repr=False)
    name: str
    type: str
    power: PowerState = PowerState.STANDBY
    locale: str = "en-US"
    region: str = "US"
    os_version: str = "10.0.26100.7010"
    series: bool = True
    instant_on: bool = True
    """Sleep rather than energy saving: turning off leaves it wakeable."""
    plugged: bool = True
    remote_features: bool = True
    streaming: bool = True
    digital_assistant: bool = True
    tv_configured: bool = False
    wireless_warning: bool = False
    out_of_home_warning: bool = False
    pairing: bool = False
    disc: str | None = None
    signed_in: list[str] = field(default_factory=list)
    """Keys of the accounts that are signed in on it."""
    history: History = field(default_factory=History, repr=False)
    transition: str = ""
    """`waking`, `turning_off`, `rebooting`, `updating`, `maintenance` or empty."""

    @override
    def __post_init__(self) -> None:
        """Start with nothing due."""
        super().__post_init__()
        self._stale: tuple[float, Shown] | None = None
        self._last_focus = ""
        self._on_since = -NEVER
        self._awake = self._asleep = False
        self._saver = self.shell.screensaver()
        self._kept_shown = self._seen()

    def behave(self, knobs: ConsoleKnobs) -> None:
        """Follow these knobs from now on; what they count starts over."""
        self.record()
        self._kept_shown = self._seen()
        self._conform(knobs)
        self.shell.give_games_sessions(knobs.game_sessions)
        self._asleep = False
        self.record()

    @property
    def behaviour(self) -> ConsoleKnobs:
        """The knobs in force."""
        return self.conduct.knobs

    # Time.

    def settle(self) -> bool:
        """Let happen what is due; tell whether anything did."""
        changed = self.agenda.happen(self.record)
        if self.is_on:
            changed |= self.shell.settle()
        saver = self.shell.screensaver()
        changed |= saver != self._saver
        self._saver = saver
        self.record()
        return changed

    def record(self) -> None:
        """Write down what is new."""
        now = self.agenda.now()
        state = self._state()
        if state.awake and not self._awake:
            # One that is on from the beginning has been so for long.
            self._on_since = now if self.history.states.entries else -NEVER
        self._awake = state.awake
        self.history.states.note(now, state)
        self.history.shown.note(now, self._seen())
        self.note_contents()
        asleep = self.sleeps
        if asleep and not self._asleep:
            seconds = self.behaviour.maintenance_after_seconds
            self.agenda.after(seconds, "maintenance", self.maintain)
        elif not asleep:
            self.agenda.drop("maintenance")
        self._asleep = asleep

    def _state(self) -> State:
        return State(
            power=self.power,
            transition=self.transition,
            awake=self.is_on,
            plugged=self.plugged,
            app=self.shell.front_aumid() if self.is_on else "",
            playback=self.shell.playback if self.is_on else "Stopped",
        )

    # What the network knows.

    @property
    def is_on(self) -> bool:
        """Whether somebody looking at the television sees a picture of a running system."""
        return (
            self.plugged
            and self.power is PowerState.ON
            and self.transition in ("", "turning_off")
        )

    @property
    def reachable(self) -> bool:
        """Whether a command reaches it: the push channel needs a console that is on or asleep."""
        return (
            self.plugged
            and self.power in (PowerState.ON, PowerState.STANDBY)
            and self.transition not in ("rebooting", "updating")
        )

    @property
    def sleeps(self) -> bool:
        """Whether it is asleep, and nothing else goes on."""
        return self.plugged and self.power is PowerState.STANDBY and not self.transition

    @property
    def on_for(self) -> float:
        """Seconds since it came on."""
        return self.agenda.now() - self._on_since

    def shown(self) -> Shown:
        """Return what the network says; without its plug that stays what it was."""
        return self._seen_ago(self.behaviour.status_lag_seconds)

    def listed(self) -> str:
        """Return powerState as the list of consoles says it."""
        if self.sleeps and self.behaviour.list_power_asleep:
            return self.behaviour.list_power_asleep
        return self._seen_ago(self.behaviour.list_lag_seconds).power

    def listed_before(self) -> str:
        """Return powerState as a list of another moment says it."""
        return self._seen_ago(self.behaviour.odd_list_age_seconds).power

    def _seen_ago(self, lag: float) -> Shown:
        if not lag:
            return self._seen()
        if lag == NEVER:
            return self._kept_shown
        return self.history.shown.at(self.clock.elapsed() - lag)

    def _seen(self) -> Shown:
        knobs = self.behaviour
        if self._stale is not None:
            pulled_at, shown = self._stale
            gone = self.agenda.now() - pulled_at >= knobs.unplugged_status_seconds
            return Shown(PowerState.OFF, "Stopped", "") if gone else shown
        if self.transition == "rebooting":
            return Shown(knobs.reboot_shows or self.knobs.reboot_shows, "Stopped", "")
        if self.transition == "maintenance":
            front = _MAINTENANCE_FRONT[knobs.maintenance_shows]
            return Shown(self.power, "Stopped", front)
        if self.power is PowerState.ON:
            blank_seconds = knobs.blank_focus_seconds
            blank = blank_seconds == NEVER or self.on_for < blank_seconds
            focus = "" if blank else self.shell.focus_aumid()
            return Shown(self.power, self.shell.playback, focus)
        kept = knobs.focus_in_standby or self.knobs.focus_in_standby
        stale = self.power is PowerState.STANDBY and kept == "stale"
        return Shown(self.power, "Stopped", self._last_focus if stale else "")

    # Power. Each takes so many seconds if given, or what the world's knobs say, and returns how many.

    def wake(self, seconds: float | None = None) -> float:
        """Start up."""
        on = self.power is PowerState.ON and self.transition != "maintenance"
        if self.transition == "waking":
            return self.agenda.left("power") or 0.0
        if on and self.transition == "turning_off":
            self._arrive(PowerState.ON)
            return 0.0
        if on:
            self.shell.say("Your Xbox is already on")
            return 0.0
        self.transition = "waking"
        seconds = self.knobs.wake_seconds if seconds is None else seconds
        return self.agenda.after(seconds, "power", self._started)

    def turn_off(self, seconds: float | None = None) -> float:
        """Go to sleep, or shut down without instant-on."""
        seconds = self.knobs.sleep_seconds if seconds is None else seconds
        self.cancel_launch()
        if self.transition == "maintenance":
            return self.agenda.after(seconds, "power", self._maintained)
        if self.transition == "waking":
            asleep = self.power is PowerState.ON
            self._arrive(PowerState.STANDBY if asleep else self.power)
            return 0.0
        if self.power is not PowerState.ON:
            return 0.0
        self.transition = "turning_off"
        return self.agenda.after(seconds, "power", self._slept)

    def reboot(self, seconds: float | None = None) -> float:
        """Restart."""
        seconds = self.knobs.reboot_seconds if seconds is None else seconds
        self.cancel_launch()
        self.transition = "rebooting"
        return self.agenda.after(seconds, "power", self._rebooted)

    def update(self) -> float:
        """Install a system update and come back."""
        self.cancel_launch()
        self.transition, self.power = "updating", PowerState.UPDATE
        return self.agenda.after(self.knobs.update_seconds, "power", self._updated)

    def maintain(self) -> float:
        """Come on though nobody asked, with nothing on the television. Not while anything else goes on."""
        if not self.sleeps:
            return 0.0
        self.transition, self.power = "maintenance", PowerState.ON
        seconds = self.behaviour.maintenance_seconds
        return self.agenda.after(seconds, "power", self._maintained)

    def _arrive(self, power: PowerState) -> None:
        self.agenda.drop("power")
        self.transition, self.power = "", power

    def _started(self) -> None:
        self._arrive(PowerState.ON)
        self.shell.start()

    def _slept(self) -> None:
        self._last_focus = self.shell.focus_aumid()
        if self.shell.running is not None and self.instant_on:
            self.shell.leave()
        else:
            self.shell.start()
        self.pairing = False
        self._arrive(PowerState.STANDBY if self.instant_on else PowerState.OFF)

    def _rebooted(self) -> None:
        if self.behaviour.reboot_ends == "On":
            self._started()
        else:
            self.shell.start()
            self._slept()

    def _maintained(self) -> None:
        self._arrive(PowerState.STANDBY)

    def _updated(self) -> None:
        build, _, revision = self.os_version.rpartition(".")
        self.os_version = f"{build}.{int(revision) + 1}"
        self._started()

    def unplug(self) -> None:
        """Pull the plug: the network goes on believing what it saw last."""
        if not self.plugged:
            return
        self._stale = (self.agenda.now(), self._seen())
        self.agenda.clear()
        self.installing.clear()
        self.shell.start()
        self._arrive(PowerState.STANDBY if self.instant_on else PowerState.OFF)
        self.plugged = False

    def plug(self) -> None:
        """Put the plug back; with instant-on the console sleeps, otherwise it stays off."""
        self._stale = None
        self.plugged = True

    # Titles.

    def launch(self, title: Title, seconds: float | None = None) -> float:
        """Start a title, in so many seconds if given; returns how many."""
        if self.shell.running is title:
            self.shell.show(title)
            return 0.0
        self.shell.launching = title
        self.shell.overlay = ""
        self.shell.touch()
        seconds = self.knobs.launch_seconds if seconds is None else seconds
        return self.agenda.after(seconds, "launch", lambda: self._launched(title))

    def cancel_launch(self) -> None:
        """Forget the title that was starting."""
        self.agenda.drop("launch")
        self.shell.launching = None

    def _launched(self, title: Title) -> None:
        self.shell.show(title)
        entry = self.installation(title)
        if entry is not None:
            entry.last_active_at = self.clock.now()
            self.refresh_tiles()
