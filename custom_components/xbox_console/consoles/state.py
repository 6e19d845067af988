"""What a console is doing, judged from what the network says of it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ..games.library import GUIDE_PACKAGE, App, Kind, Library, package_of
from ..xboxlive.services.consoles import ConsoleStatus, PlaybackState, PowerState


class Activity(StrEnum):
    """What a media player would call it."""

    OFF = "off"
    ON = "on"
    IDLE = "idle"
    PLAYING = "playing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleState:
    """One snapshot of a console; entities are functions of it."""

    power: PowerState = PowerState.UNKNOWN
    playback: PlaybackState = PlaybackState.STOPPED
    app: App | None = None
    muted: bool = False
    """Assumed from what was sent: no service tells it."""
    pending: str | None = None
    """What was asked for and is shown already, but not confirmed."""
    pending_since: datetime | None = None
    remote_features: bool | None = None
    streaming: bool | None = None
    tv_configured: bool | None = None

    @property
    def on(self) -> bool:
        """Whether the console takes commands other than waking up."""
        return self.power == PowerState.ON

    @property
    def app_id(self) -> str | None:
        """The id of what is in front."""
        return self.app.id if self.app else None

    @property
    def activity(self) -> Activity | None:
        """Power beats playback, playback beats the app; None if even the power is unknown."""
        if self.power == PowerState.UNKNOWN:
            return None
        if not self.on:
            return Activity.OFF
        if self.playback == PlaybackState.PAUSED:
            return Activity.PAUSED
        if self.playback == PlaybackState.PLAYING:
            return Activity.PLAYING
        return _ACTIVITIES.get(self.app.kind, Activity.ON) if self.app else Activity.ON

    def awake(self) -> ConsoleState:
        """The state once the console is on."""
        return self if self.on else replace(self, power=PowerState.ON, app=None)

    def asleep(self) -> ConsoleState:
        """The state once the console sleeps."""
        if not self.on:
            return self
        return replace(
            self,
            power=PowerState.CONNECTED_STANDBY,
            playback=PlaybackState.STOPPED,
            app=None,
            muted=False,
        )

    def showing(self, app: App) -> ConsoleState:
        """The state once an app has the focus; a console that is not on shows none."""
        if not self.on or (self.app is not None and self.app.same(app)):
            return self
        return replace(self, app=app, playback=PlaybackState.STOPPED)

    def playing(self, playback: PlaybackState) -> ConsoleState:
        """The state once the media session obeyed; games have none, and nothing may be open."""
        return replace(self, playback=playback) if self.has_session else self

    @property
    def resting(self) -> bool:
        """Whether nothing that somebody started is in front."""
        return self.app is None or self.app.kind in (Kind.HOME, Kind.SCREENSAVER)

    @property
    def in_game(self) -> bool:
        """Whether a game is in front, and no media session goes on that may change unheard."""
        playing = self.playback in (PlaybackState.PLAYING, PlaybackState.PAUSED)
        return not playing and self.app is not None and self.app.kind is Kind.GAME

    @property
    def has_session(self) -> bool:
        """Whether the app in front has a media session, as far as the network tells: no game has."""
        playing = self.playback in (PlaybackState.PLAYING, PlaybackState.PAUSED)
        return playing and (self.app is None or self.app.kind is not Kind.GAME)

    def believed(self, power: PowerState) -> ConsoleState:
        """The same with the power that is believed; only a console that is on shows anything."""
        if power == self.power:
            return self
        if power == PowerState.ON:
            return replace(self, power=power)
        return replace(self.asleep(), power=power)


_ACTIVITIES = {
    Kind.GAME: Activity.PLAYING,
    Kind.SCREENSAVER: Activity.IDLE,
    Kind.HOME: Activity.ON,
}


def observe(
    status: ConsoleStatus, library: Library, before: ConsoleState | None = None
) -> ConsoleState:
    """The state that a status tells, knowing what is installed and what was there before."""
    on = status.power_state == PowerState.ON
    return ConsoleState(
        power=status.power_state,
        playback=status.playback_state if on else PlaybackState.STOPPED,
        # The service keeps naming the last app while the console sleeps.
        app=_focused(status.focus_app_aumid, library, before) if on else None,
        muted=on and before is not None and before.muted,
        remote_features=status.remote_management_enabled,
        streaming=status.console_streaming_enabled,
        tv_configured=status.is_tv_configured,
    )


def _focused(
    aumid: str | None, library: Library, before: ConsoleState | None
) -> App | None:
    if not aumid:
        return None
    if package_of(aumid) == GUIDE_PACKAGE and before is not None and before.on:
        return before.app
    return library.running(aumid)
