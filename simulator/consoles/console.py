"""A console: power, drives, what is installed, and what the network believes about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.clock import Clock
from simulator.consoles.shell import Shell
from simulator.games.titles import Title
from simulator.knobs import Knobs


class PowerState(StrEnum):
    """powerState, as the console service says it."""

    ON = "On"
    STANDBY = "ConnectedStandby"
    OFF = "Off"
    UPDATE = "SystemUpdate"


@dataclass(kw_only=True)
class StorageDevice:
    """A drive; sizes in bytes."""

    id: str = field(repr=False)
    name: str
    total_bytes: int
    used_bytes: int = 0
    is_default: bool = False
    gen9_compatible: bool | None = None


@dataclass(kw_only=True)
class Installation:
    """A title on a drive; times in unix seconds."""

    title: Title
    storage_id: str
    installed_at: float
    updated_at: float | None = None
    last_active_at: float | None = None
    version: int = 281474976776192

    @property
    def instance_id(self) -> str:
        """The id that UninstallPackage wants: `{<drive>}#<unique id>`."""
        return f"{{{self.storage_id}}}#{self.title.unique_id}"


@dataclass(kw_only=True)
class InstallEvent:
    """Something that was installed or taken away; `time` in unix seconds."""

    type: str
    title: Title
    instance_id: str
    time: float


@dataclass(frozen=True)
class Shown:
    """What the network says of a console."""

    power: str
    playback: str
    focus: str


@dataclass(kw_only=True)
class _Due:
    at: float
    run: Callable[[], None]


@dataclass(kw_only=True)
class Console:
    """A console and its state machine; time passes when `settle()` is called."""

    id: str = field(repr=False)
    name: str
    type: str
    shell: Shell
    clock: Clock
    knobs: Knobs
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
    storage: list[StorageDevice] = field(default_factory=list)
    installed: list[Installation] = field(default_factory=list)
    installing: list[Title] = field(default_factory=list)
    install_events: list[InstallEvent] = field(default_factory=list)
    transition: str = ""
    """`waking`, `turning_off`, `rebooting`, `updating` or empty."""

    def __post_init__(self) -> None:
        """Start with nothing due."""
        self._due: dict[str, _Due] = {}
        self._stale: Shown | None = None
        self._last_focus = ""
        self._saver = self.shell.screensaver()
        self.refresh_tiles()

    # Time.

    def settle(self) -> bool:
        """Let happen what is due; tell whether anything did."""
        now = self.clock.elapsed()
        changed = False
        while ready := [slot for slot, due in self._due.items() if due.at <= now]:
            self._due.pop(min(ready, key=lambda slot: self._due[slot].at)).run()
            changed = True
        if self.is_on:
            changed |= self.shell.settle()
        saver = self.shell.screensaver()
        changed |= saver != self._saver
        self._saver = saver
        return changed

    def _after(self, seconds: float, slot: str, run: Callable[[], None]) -> float:
        """Do something later, in place of what was due in that slot; returns the seconds until then."""
        self._due[slot] = _Due(at=self.clock.elapsed() + seconds, run=run)
        return seconds

    def due_in(self, slot: str) -> float | None:
        """Return in how many seconds the slot's change comes, or None when there is none."""
        due = self._due.get(slot)
        return None if due is None else max(0.0, due.at - self.clock.elapsed())

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

    def shown(self) -> Shown:
        """Return what the network says; without its plug that stays what it was."""
        return self._stale or self._seen()

    def _seen(self) -> Shown:
        if self.transition == "rebooting":
            return Shown(self.knobs.reboot_shows, "Stopped", "")
        if self.power is PowerState.ON:
            return Shown(self.power, self.shell.playback, self.shell.focus_aumid())
        stale = (
            self.power is PowerState.STANDBY and self.knobs.focus_in_standby == "stale"
        )
        return Shown(self.power, "Stopped", self._last_focus if stale else "")

    # Power.

    def wake(self) -> float:
        """Start up; returns the seconds that it takes."""
        if self.power is PowerState.ON and self.transition != "turning_off":
            self.shell.say("Your Xbox is already on")
            return 0.0
        if self.power is PowerState.ON:
            self._arrive(PowerState.ON)
            return 0.0
        if self.transition == "waking":
            return self.due_in("power") or 0.0
        self.transition = "waking"
        return self._after(self.knobs.wake_seconds, "power", self._started)

    def turn_off(self) -> float:
        """Go to sleep, or shut down without instant-on; returns the seconds that it takes."""
        self._due.pop("launch", None)
        self.shell.launching = None
        if self.power is PowerState.ON:
            self.transition = "turning_off"
            return self._after(self.knobs.sleep_seconds, "power", self._slept)
        if self.transition == "waking":
            self._arrive(self.power)
        return 0.0

    def reboot(self) -> float:
        """Restart; returns the seconds that it takes."""
        self._due.pop("launch", None)
        self.transition = "rebooting"
        return self._after(self.knobs.reboot_seconds, "power", self._started)

    def update(self) -> float:
        """Install a system update and come back; returns the seconds that it takes."""
        self._due.pop("launch", None)
        self.transition, self.power = "updating", PowerState.UPDATE
        return self._after(self.knobs.update_seconds, "power", self._updated)

    def _arrive(self, power: PowerState) -> None:
        self._due.pop("power", None)
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

    def _updated(self) -> None:
        build, _, revision = self.os_version.rpartition(".")
        self.os_version = f"{build}.{int(revision) + 1}"
        self._started()

    def unplug(self) -> None:
        """Pull the plug: the network goes on believing what it saw last."""
        if not self.plugged:
            return
        self._stale = self._seen()
        self._due = {slot: due for slot, due in self._due.items() if slot == "remote"}
        self.installing.clear()
        self.shell.start()
        self._arrive(PowerState.STANDBY if self.instant_on else PowerState.OFF)
        self.plugged = False

    def plug(self) -> None:
        """Put the plug back; with instant-on the console sleeps, otherwise it stays off."""
        self._stale = None
        self.plugged = True

    # Titles.

    def refresh_tiles(self) -> None:
        """Put the launchable titles on the home screen, the last used first."""
        launchable = [entry for entry in self.installed if entry.title.kind != "Dlc"]
        launchable.sort(key=lambda entry: entry.last_active_at or 0.0, reverse=True)
        self.shell.tiles = [entry.title for entry in launchable]
        self.shell.tile = min(self.shell.tile, max(0, len(self.shell.tiles) - 1))

    def installation(self, title: Title) -> Installation | None:
        """Return where a title is installed."""
        return next((entry for entry in self.installed if entry.title is title), None)

    def launch(self, title: Title) -> float:
        """Start a title; returns the seconds that it takes."""
        if self.shell.running is title:
            self.shell.show(title)
            return 0.0
        self.shell.launching = title
        self.shell.overlay = ""
        self.shell.touch()
        return self._after(
            self.knobs.launch_seconds, "launch", lambda: self._launched(title)
        )

    def cancel_launch(self) -> None:
        """Forget the title that was starting."""
        self._due.pop("launch", None)
        self.shell.launching = None

    def _launched(self, title: Title) -> None:
        self.shell.show(title)
        entry = self.installation(title)
        if entry is not None:
            entry.last_active_at = self.clock.now()
            self.refresh_tiles()

    def install(self, title: Title) -> float:
        """Install a title on the default drive; returns the seconds that it takes."""
        if self.installation(title) is not None or title in self.installing:
            return 0.0
        self.installing.append(title)
        drive = next(
            (drive for drive in self.storage if drive.is_default), self.storage[0]
        )
        entry = Installation(
            title=title, storage_id=drive.id, installed_at=self.clock.now()
        )
        self._event("InstallStarted", entry)

        def done() -> None:
            if title in self.installing:
                self.installing.remove(title)
            entry.installed_at = self.clock.now()
            self.installed.append(entry)
            drive.used_bytes = min(
                drive.total_bytes, drive.used_bytes + title.size_bytes
            )
            self.refresh_tiles()
            self._event("InstallCompleted", entry)
            self.shell.say(f"Ready to play: {title.name or title.package_family_name}")

        return self._after(self.knobs.install_seconds, f"install:{title.key}", done)

    def uninstall(self, entry: Installation) -> None:
        """Take a title away, and everything that extends it."""
        gone = [
            entry,
            *(
                other
                for other in self.installed
                if other.title.parent == entry.title.key
            ),
        ]
        for each in gone:
            self.installed.remove(each)
            for drive in self.storage:
                if drive.id == each.storage_id:
                    drive.used_bytes = max(0, drive.used_bytes - each.title.size_bytes)
            self._event("UninstallCompleted", each)
        if self.shell.running is entry.title:
            self.shell.start()
        if self.shell.suspended is entry.title:
            self.shell.suspended = None
        self.refresh_tiles()

    def _event(self, kind: str, entry: Installation) -> None:
        self.install_events.append(
            InstallEvent(
                type=kind,
                title=entry.title,
                instance_id=entry.instance_id,
                time=self.clock.now(),
            )
        )

    def remove_drive(self, drive: StorageDevice) -> None:
        """Take a drive away, with what is on it."""
        self.storage.remove(drive)
        self.installed = [
            entry for entry in self.installed if entry.storage_id != drive.id
        ]
        if drive.is_default and self.storage:
            self.storage[0].is_default = True
        self.refresh_tiles()
