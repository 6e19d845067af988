"""What a console that is on shows: home, guide, titles, media, text, volume."""

from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.games.titles import GUIDE_AUMID, HOME_AUMID, SCREENSAVER_AUMID, Title
from simulator.knobs import Knobs

TILES_PER_ROW = 4
GUIDE_ITEMS = ("Home", "My games & apps", "Notifications", "Captures", "Sign out")
# Key names of InjectKey, and what a media title does with them.
KEYS = (
    "Guide",
    "Menu",
    "View",
    "A",
    "B",
    "X",
    "Y",
    "Up",
    "Down",
    "Left",
    "Right",
    "Nexus",
)
_STEPS = {"Left": -1, "Right": 1, "Up": -TILES_PER_ROW, "Down": TILES_PER_ROW}


@dataclass(kw_only=True)
class Shell:
    """The console's user interface. `overlay` is empty, `guide`, `keyboard` or `menu`."""

    clock: Clock
    knobs: Knobs
    tiles: list[Title] = field(default_factory=list)
    running: Title | None = None
    suspended: Title | None = None
    launching: Title | None = None
    overlay: str = ""
    tile: int = 0
    guide_item: int = 0
    typed: str = ""
    volume: int = 30
    muted: bool = False
    volume_at: float = 0.0
    last_key: str = ""
    last_key_at: float = 0.0
    toast: str = ""
    toast_at: float = 0.0
    playback: str = "Stopped"
    media_item: int = 0
    media_position: float = 0.0
    media_at: float = 0.0
    active_at: float = 0.0
    pinned_screensaver: bool = False
    game_sessions: bool = False
    """Games have a media session."""

    # What the network is told.

    def focus_aumid(self) -> str:
        """Return the AUMID that is reported as the app in focus."""
        front = self.front_aumid()
        if front == SCREENSAVER_AUMID:
            return front
        if self.overlay == "guide" and self.knobs.guide_takes_focus:
            return GUIDE_AUMID
        if front == HOME_AUMID and self.knobs.focus_when_home == "empty":
            return ""
        return front

    def front_aumid(self) -> str:
        """Return the AUMID of what is truly in front."""
        if self.screensaver():
            return SCREENSAVER_AUMID
        return HOME_AUMID if self.running is None else self.running.aumid or ""

    def screensaver(self) -> bool:
        """Tell whether the screensaver is showing: nobody touched an idle console for long."""
        if self.running is not None or self.launching is not None:
            return False
        return (
            self.pinned_screensaver
            or self.clock.elapsed() - self.active_at > self.knobs.screensaver_seconds
        )

    # Starting and leaving titles.

    def start(self) -> None:
        """Show home, as after switching on."""
        self.leave()
        self.suspended = None
        self.touch()

    def show(self, title: Title) -> None:
        """Bring a title to the front."""
        if self.running is not title:
            self.leave()
        self.launching = None
        self.running = title
        self.suspended = None
        self.touch()
        if title.media and self.playback == "Stopped":
            self._play_item(self.media_item % len(title.media))
        elif self._has_session and self.playback == "Stopped":
            self.playback = "Playing"

    def leave(self) -> None:
        """Put home to the front; a game stays suspended, media stop."""
        if self.running is not None and self.running.kind == "Game":
            self.suspended = self.running
        self.running = None
        self.launching = None
        self.overlay = ""
        self.playback = "Stopped"
        self.media_item = 0
        self.media_position = 0.0

    def home(self) -> None:
        """Go home."""
        self.leave()
        self.touch()

    def back(self) -> None:
        """Close what lies on top, or leave the app."""
        self.touch()
        if self.overlay:
            self.overlay = ""
        elif self.running is not None and self.running.kind == "App":
            self.leave()

    def guide(self) -> None:
        """Open or close the guide."""
        self.touch()
        self.overlay = "" if self.overlay == "guide" else "guide"
        self.guide_item = 0

    def touch(self) -> None:
        """Note that somebody is there."""
        self.active_at = self.clock.elapsed()
        self.pinned_screensaver = False

    def say(self, text: str) -> None:
        """Show a notification."""
        self.toast, self.toast_at = text, self.clock.elapsed()

    # Keys and text.

    def press(self, key: str) -> Title | None:
        """Press a controller's key; returns a title that this asks to launch."""
        self.last_key, self.last_key_at = key, self.clock.elapsed()
        if self.screensaver():
            self.touch()
            return None
        self.touch()
        if key in ("Guide", "Nexus"):
            self.guide()
        elif key == "B":
            self.back()
        elif key == "Menu":
            self.overlay = "" if self.overlay == "menu" else "menu"
        elif key == "Y" and self.running is None and not self.overlay:
            self.overlay = "keyboard"
        elif key in _STEPS:
            self._step(_STEPS[key], key)
        elif key == "A":
            return self._select()
        return None

    def _step(self, step: int, key: str) -> None:
        if self.overlay == "guide":
            move = {"Up": -1, "Down": 1}.get(key, 0)
            self.guide_item = max(0, min(len(GUIDE_ITEMS) - 1, self.guide_item + move))
        elif self.running is None and 0 <= self.tile + step < len(self.tiles):
            self.tile += step

    def _select(self) -> Title | None:
        if self.overlay == "guide":
            item = GUIDE_ITEMS[self.guide_item]
            self.overlay = ""
            if item == "Home":
                self.leave()
        elif self.overlay:
            self.overlay = ""
        elif self.running is None:
            return self.tiles[self.tile] if self.tile < len(self.tiles) else None
        elif self.running.media:
            (self.pause if self.playback == "Playing" else self.play)()
        return None

    def type(self, text: str) -> bool:
        """Replace the text of the focused text box; tell whether there was one."""
        self.touch()
        if self.overlay != "keyboard" and self.knobs.text_needs_focus:
            return False
        self.overlay = "keyboard"
        self.typed = text
        return True

    # Sound.

    def change_volume(self, amount: int) -> None:
        """Turn the television's volume up or down."""
        if not self.knobs.volume_controls_tv:
            return
        self.volume = max(0, min(100, self.volume + amount))
        self.muted = False
        self.volume_at = self.clock.elapsed()

    def mute(self, muted: bool) -> None:
        """Mute or unmute the television."""
        if self.knobs.volume_controls_tv:
            self.muted = muted
            self.volume_at = self.clock.elapsed()

    # Media.

    @property
    def _has_session(self) -> bool:
        """Whether there is something that playing and pausing is about."""
        title = self.running
        if title is None:
            return False
        return bool(title.media) or (title.kind == "Game" and self.game_sessions)

    def give_games_sessions(self, given: bool) -> None:
        """Let games have a media session from now on, or not."""
        self.game_sessions = given
        if self.running is not None and self.running.kind == "Game":
            self.playback = "Playing" if given else "Stopped"

    def position(self) -> float:
        """Return how far the current item has been played, in seconds."""
        passed = (
            self.clock.elapsed() - self.media_at if self.playback == "Playing" else 0.0
        )
        return self.media_position + passed

    def play(self) -> None:
        """Go on playing."""
        if self._has_session and self.playback != "Playing":
            self.playback = "Playing"
            self.media_at = self.clock.elapsed()
            self.touch()

    def pause(self) -> None:
        """Pause."""
        if self.playback == "Playing":
            self.media_position = self.position()
            self.playback = "Paused"
            self.touch()

    def skip(self, step: int) -> None:
        """Play another item of the list."""
        if self.running is not None and self.running.media:
            self._play_item((self.media_item + step) % len(self.running.media))
            self.touch()

    def _play_item(self, item: int) -> None:
        self.media_item, self.media_position = item, 0.0
        self.playback, self.media_at = "Playing", self.clock.elapsed()

    def settle(self) -> bool:
        """Play the next item when one has ended; tell whether it did."""
        title = self.running
        if self.playback != "Playing" or title is None or not title.media:
            return False
        if self.position() < title.media[self.media_item][1]:
            return False
        self._play_item((self.media_item + 1) % len(title.media))
        return True
