"""Drives, what is installed on them, and the record of that."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.consoles.agenda import Agenda
from simulator.consoles.conduct import Conduct
from simulator.consoles.history import Timeline
from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.ranges import NEVER
from simulator.consoles.shell import Shell
from simulator.games.titles import Title
from simulator.knobs import Knobs


@dataclass(kw_only=True)
class StorageDevice:
    """A drive; sizes in bytes."""

    id: str = field(repr=False)
    name: str
    total_bytes: int
    used_bytes: int = 0
    is_default: bool = False
    gen9_compatible: bool | None = None

    def use(self, size_bytes: int) -> None:
        """Take or, below zero, free space, within what there is."""
        self.used_bytes = max(0, min(self.total_bytes, self.used_bytes + size_bytes))


@dataclass(kw_only=True, eq=False)
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
    """Something that was installed or taken away; `time` in unix seconds, `elapsed` in the clock's."""

    type: str
    title: Title
    instance_id: str
    time: float
    elapsed: float


@dataclass(kw_only=True)
class Drives:
    """A console's drives, and what is on them."""

    shell: Shell
    clock: Clock
    knobs: Knobs
    storage: list[StorageDevice] = field(default_factory=list)
    installed: list[Installation] = field(default_factory=list)
    installing: list[Title] = field(default_factory=list)
    install_events: list[InstallEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with nothing due."""
        self.agenda = Agenda(self.clock)
        self._contents: Timeline[tuple[Installation, ...]] = Timeline()
        self._conform(ConsoleKnobs())
        self.refresh_tiles()

    def _conform(self, knobs: ConsoleKnobs) -> None:
        """Keep what NEVER makes the network say for ever."""
        self.conduct = Conduct(knobs)
        self._kept_installed = tuple(self.installed)
        self._kept_events = tuple(self.install_events)

    # What the network knows.

    def note_contents(self) -> None:
        """Write down what is installed, if that is new."""
        self._contents.note(self.agenda.now(), tuple(self.installed))

    def listed_installs(self) -> Sequence[Installation]:
        """Return what installedApps lists."""
        lag = self.conduct.knobs.installed_lag_seconds
        if lag == NEVER:
            return self._kept_installed
        return self._contents.at(self.clock.elapsed() - lag) if lag else self.installed

    def told_events(self) -> Sequence[InstallEvent]:
        """Return what installEvents tells."""
        lag = self.conduct.knobs.events_lag_seconds
        if lag == NEVER:
            return self._kept_events
        known = self.clock.elapsed() - lag
        return [event for event in self.install_events if event.elapsed <= known]

    # What happens to it.

    def refresh_tiles(self) -> None:
        """Put the launchable titles on the home screen, the last used first."""
        launchable = [entry for entry in self.installed if entry.title.kind != "Dlc"]
        launchable.sort(key=lambda entry: entry.last_active_at or 0.0, reverse=True)
        self.shell.tiles = [entry.title for entry in launchable]
        self.shell.tile = min(self.shell.tile, max(0, len(self.shell.tiles) - 1))

    def installation(self, title: Title) -> Installation | None:
        """Return where a title is installed."""
        return next((entry for entry in self.installed if entry.title is title), None)

    def install(self, title: Title, seconds: float | None = None) -> float:
        """Install a title on the default drive, in so many seconds if given; returns how many."""
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
            drive.use(title.size_bytes)
            self.refresh_tiles()
            self._event("InstallCompleted", entry)
            self.shell.say(f"Ready to play: {title.name or title.package_family_name}")

        seconds = self.knobs.install_seconds if seconds is None else seconds
        return self.agenda.after(seconds, f"install:{title.key}", done)

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
                    drive.use(-each.title.size_bytes)
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
                elapsed=self.agenda.now(),
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
