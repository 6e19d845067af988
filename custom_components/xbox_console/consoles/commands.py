"""Every command of a console: what it does to the state, how it is confirmed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum, auto
from typing import ClassVar

from ..games.library import HOME, App
from ..xboxlive.services import commands as smartglass
from ..xboxlive.services.commands import Command, Key
from ..xboxlive.services.consoles import PlaybackState
from .state import Activity, ConsoleState


class Aspect(IntEnum):
    """What of a console a command is about, in the order in which wishes are laid over each other."""

    RESTART = auto()
    POWER = auto()
    APP = auto()
    PLAYBACK = auto()
    TAP = auto()
    """A key, a step, a text: done or not, and nothing shows which."""
    PACKAGE = auto()
    """Something is installed or removed."""


class Pending(StrEnum):
    """What a wish is called while nothing has confirmed it."""

    WAKING = "waking"
    TURNING_OFF = "turning_off"
    RESTARTING = "restarting"
    STARTING = "starting"


@dataclass(frozen=True, slots=True)
class ConsoleCommand:
    """Something to tell a console; times in seconds."""

    command: Command
    effect: Callable[[ConsoleState], ConsoleState] | None = None
    """The state that the command leads to; a state that it leaves as it is confirms the command."""
    aspect: Aspect = Aspect.TAP
    patience: float = 15.0
    """How long it is followed, and its effect shown, before the console confirms it."""
    awaited: float = 0.0
    """How long a caller waits for the console's answer; 0 is as soon as the service took it."""
    pending: Pending | None = None
    mutes: bool | None = None
    heard_asleep: bool = False
    """Whether a console takes it on or asleep, and does it without waking up."""
    repeats: bool = False
    """Whether holding its button down means doing it again and again: the network knows only taps."""

    @property
    def name(self) -> str:
        """How a user names it: keys by their own name, everything else by the network's."""
        key = self.command.parameters.get("keyType")
        return key or self.command.name

    @property
    def wakes(self) -> bool:
        """Whether a console takes it while it is not on."""
        return self.command == smartglass.WAKE_UP

    @property
    def sleeps(self) -> bool:
        """Whether it ends whatever runs."""
        return self.command == smartglass.TURN_OFF

    def given(self, state: ConsoleState) -> ConsoleCommand:
        """The same as this state lets it be seen: what changes nothing that is shown is a tap."""
        if (
            self.aspect is Aspect.PLAYBACK
            and self.effect
            and self.effect(state) == state
        ):
            return replace(self, aspect=Aspect.TAP, effect=None)
        return self


def _playback(command: Command, playback: PlaybackState) -> ConsoleCommand:
    return ConsoleCommand(
        command,
        lambda state: state.playing(playback),
        aspect=Aspect.PLAYBACK,
        patience=6,
    )


def _key(key: Key, *, repeats: bool = False) -> ConsoleCommand:
    return ConsoleCommand(smartglass.tap(key), repeats=repeats)


TURN_ON = ConsoleCommand(
    smartglass.WAKE_UP,
    ConsoleState.awake,
    aspect=Aspect.POWER,
    # Nothing is published of how long a wake takes.
    patience=75,
    awaited=30,
    pending=Pending.WAKING,
)
TURN_OFF = ConsoleCommand(
    smartglass.TURN_OFF,
    ConsoleState.asleep,
    aspect=Aspect.POWER,
    patience=75,
    awaited=30,
    pending=Pending.TURNING_OFF,
)
REBOOT = ConsoleCommand(
    smartglass.REBOOT,
    aspect=Aspect.RESTART,
    patience=120,
    awaited=20,
    pending=Pending.RESTARTING,
)
PLAY = _playback(smartglass.PLAY, PlaybackState.PLAYING)
PAUSE = _playback(smartglass.PAUSE, PlaybackState.PAUSED)
NEXT = ConsoleCommand(smartglass.NEXT)
PREVIOUS = ConsoleCommand(smartglass.PREVIOUS)
MUTE = ConsoleCommand(smartglass.MUTE, mutes=True)
UNMUTE = ConsoleCommand(smartglass.UNMUTE, mutes=False)
VOLUME_UP = ConsoleCommand(smartglass.volume_up(), repeats=True)
VOLUME_DOWN = ConsoleCommand(smartglass.volume_down(), repeats=True)
GO_HOME = ConsoleCommand(
    smartglass.GO_HOME,
    lambda state: state.showing(HOME),
    aspect=Aspect.APP,
    patience=10,
)
GO_BACK = ConsoleCommand(smartglass.GO_BACK)
SHOW_GUIDE_TAB = ConsoleCommand(smartglass.SHOW_GUIDE_TAB)
SHOW_TV_GUIDE = ConsoleCommand(smartglass.SHOW_TV_GUIDE)

_COMMANDS: tuple[ConsoleCommand, ...] = (
    TURN_ON,
    TURN_OFF,
    REBOOT,
    PLAY,
    PAUSE,
    NEXT,
    PREVIOUS,
    MUTE,
    UNMUTE,
    GO_HOME,
    GO_BACK,
    SHOW_GUIDE_TAB,
    SHOW_TV_GUIDE,
    *map(_key, (Key.NEXUS, Key.GUIDE, Key.MENU, Key.VIEW)),
    *map(_key, (Key.A, Key.B, Key.X, Key.Y)),
    *(
        _key(direction, repeats=True)
        for direction in (Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT)
    ),
)

BY_NAME: dict[str, ConsoleCommand] = {
    **{command.name: command for command in _COMMANDS},
    "VolumeUp": VOLUME_UP,
    "VolumeDown": VOLUME_DOWN,
}


@dataclass(frozen=True, slots=True)
class Toggle:
    """A name that means one command or another, as what is shown then has it."""

    name: str
    resolve: Callable[[ConsoleState], ConsoleCommand]
    repeats: ClassVar = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key of a keyboard: what it comes to depends on what has been typed just before."""

    name: str
    character: str = ""
    """What it puts behind the rest; without one it takes the last character off."""
    repeats: ClassVar = False


type Instruction = ConsoleCommand | Toggle
"""What a console is told when its turn comes."""
type Meaning = Instruction | Stroke
"""What a name stands for."""

POWER = Toggle("Power", lambda state: TURN_OFF if state.on else TURN_ON)
PLAY_PAUSE = Toggle(
    "PlayPause", lambda state: PAUSE if state.activity == Activity.PLAYING else PLAY
)
MUTE_TOGGLE = Toggle("MuteToggle", lambda state: UNMUTE if state.muted else MUTE)
ERASE = Stroke("Backspace")


def steps_of(command: ConsoleCommand) -> int | None:
    """How many steps of the volume a command is; None for anything else."""
    amount = command.command.parameters.get("amount")
    return int(amount) if amount else None


def with_steps(command: ConsoleCommand, steps: int) -> ConsoleCommand:
    """The same command with so many steps of the volume."""
    told = command.command
    parameters = {**told.parameters, "amount": str(steps)}
    return replace(command, command=replace(told, parameters=parameters))


def type_text(text: str) -> ConsoleCommand:
    """Replace the content of the text box that has the focus."""
    return ConsoleCommand(smartglass.type_text(text))


def text_of(command: ConsoleCommand) -> str | None:
    """What a command types; None for anything else."""
    return command.command.parameters.get("replacementString")


def install(product_id: str) -> ConsoleCommand:
    """Install a title that the account owns; the answer is that it began."""
    return _package(smartglass.install(product_id), 30)


def uninstall(instance: str) -> ConsoleCommand:
    """Remove exactly one installed package."""
    return _package(smartglass.uninstall(instance), 60)


def _package(command: Command, patience: float) -> ConsoleCommand:
    return ConsoleCommand(
        command,
        aspect=Aspect.PACKAGE,
        patience=patience,
        awaited=patience,
        heard_asleep=True,
    )


def start(app: App) -> ConsoleCommand:
    """Bring an app to the screen. Raises ValueError for one that cannot be started."""
    if app == HOME:
        return replace(GO_HOME, awaited=10)
    if app.product_id is None:
        raise ValueError("only apps with a product id can be started")
    return ConsoleCommand(
        smartglass.launch(app.product_id),
        effect=lambda state: state.showing(app),
        aspect=Aspect.APP,
        # Large games take their time.
        patience=60,
        awaited=30,
        pending=Pending.STARTING,
    )
