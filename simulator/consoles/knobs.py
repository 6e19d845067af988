"""How a console and the network behave towards each other, as far as no fact settles it: knobs for one console."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from functools import cache
from random import Random
from typing import Any, Literal, Self, cast, get_args

from simulator.consoles.ranges import NEVER, Choice, Count, Range, Seconds, Value

type Kind = Literal[
    "wake", "turn_off", "reboot", "launch", "playback", "volume", "shell", "install"
]
"""What a command is about; `shell` is everything else that somebody before the console could do."""

KINDS: tuple[Kind, ...] = get_args(Kind.__value__)
OP_WORDS = (
    "",
    "Succeeded",
    "Error",
    "TimedOut",
    "OffConsoleError",
    "Paused",
)
XCCS_CODES = (
    "",
    "OK",
    "CurrentConsoleNotFound",
    "RemoteManagementDisabled",
    "XboxDataNotFound",
    "XboxNotPaired",
)
UNREACHABLE_WORDS = ("ErrorCallingWNS", "ErrorWNSTempDisconnected")


def _knob(default: Value, values: Range) -> Any:
    return field(default=default, metadata={"range": values})


def _seconds(
    default: float | None,
    highest: float,
    *,
    never: bool = False,
    unset: bool = False,
    lowest: float = 0.0,
) -> Any:
    return _knob(default, Seconds(highest, never, unset, lowest))


@dataclass(frozen=True, kw_only=True)
class CommandKnobs:
    """One kind of command: when and whether it has its effect, and what opStatus says of it."""

    effect_seconds: float | None = _seconds(None, 30.0, never=True, unset=True)
    """Command until effect. None: as the world's knobs say; NEVER: accepted and swallowed. Wakes are drawn up to 70 s,
    restarts up to 120 s, installs up to 600 s, playback, volume and shell up to 10 s."""
    op_seconds: float | None = _seconds(None, 90.0, never=True, unset=True)
    """Command until opStatus's last word, whenever the effect comes. None: with the effect; NEVER: Pending for ever."""
    op_word: str = _knob("", Choice(OP_WORDS))
    """opStatus's last word; empty: what really happened, Succeeded as long as that is open."""
    op_code: str = _knob("", Choice(XCCS_CODES))
    """xccsErrorCode beside it; empty: null."""
    op_answer: str = _knob("found", Choice(("found", "empty", "404")))
    """What opStatus answers for the opId: the operation, a list without one, 404 at once."""


_SHORT = Seconds(10.0, never=True, unset=True)
_EFFECTS: Mapping[Kind, Seconds] = {
    "wake": Seconds(70.0, never=True, unset=True),
    "turn_off": Seconds(30.0, never=True, unset=True),
    "reboot": Seconds(120.0, never=True, unset=True),
    "launch": Seconds(30.0, never=True, unset=True),
    "playback": _SHORT,
    "volume": _SHORT,
    "shell": _SHORT,
    "install": Seconds(600.0, never=True, unset=True),
}


@dataclass(frozen=True, kw_only=True)
class ConsoleKnobs:
    """Everything that no fact settles about one console. `drawn()` gives one of all possible consoles."""

    wake: CommandKnobs = CommandKnobs()
    turn_off: CommandKnobs = CommandKnobs()
    reboot: CommandKnobs = CommandKnobs()
    launch: CommandKnobs = CommandKnobs()
    playback: CommandKnobs = CommandKnobs()
    volume: CommandKnobs = CommandKnobs()
    shell: CommandKnobs = CommandKnobs()
    """Keys, text, home, back, guide and the rest."""
    install: CommandKnobs = CommandKnobs()
    """Installs and removals; the effect's seconds are an install's."""

    wake_refusals: int = _knob(0, Count(5))
    """So many WakeUps are refused before one is taken; a console that is shut down takes none."""
    wake_refusal_word: str = _knob(
        "ErrorWNSTempDisconnected", Choice(UNREACHABLE_WORDS[::-1])
    )
    odd_refusal: int = _knob(0, Count(5))
    """The command of this number is refused with ErrorCallingWNS, although the console is well; 0: none."""
    launch_deaf_seconds: float = _seconds(0.0, 30.0, never=True)
    """So long after it came on, the console launches nothing it is told to."""
    launch_deaf_way: str = _knob(
        "swallowed", Choice(("swallowed", "Error", *UNREACHABLE_WORDS))
    )
    """What comes of a launch then: OK and nothing else, opStatus's Error, or an error answer."""

    list_lag_seconds: float = _seconds(0.0, 120.0, never=True)
    """lists/devices says what was so long ago; NEVER: what was when the knobs were set."""
    status_lag_seconds: float = _seconds(0.0, 120.0, never=True)
    """The status says what was so long ago, and the list leads."""
    list_power_asleep: str = _knob("", Choice(("", "On", "Off", "Unknown")))
    """What the list says of a console that sleeps; empty: the same as its status."""
    odd_list: str = _knob("", Choice(("", "empty", "missing", "old")))
    """A list that is odd: without any console, without this one, or with its state of another moment."""
    odd_lists: int = _knob(1, Count(5))
    """How many lists are odd in turn."""
    odd_list_after: int = _knob(0, Count(5))
    """How many lists are right before."""
    odd_list_age_seconds: float = _seconds(3600.0, 7200.0)
    """How long ago an `old` list was true."""

    unplugged_status_seconds: float = _seconds(NEVER, 3600.0, never=True)
    """How long the status stays what it was when the plug was pulled, before it says Off; NEVER: for ever."""
    focus_in_standby: str | None = _knob(None, Choice((None, "empty", "stale")))
    """focusAppAumid of a sleeping console; None: as the world's knob says."""
    blank_focus_seconds: float = _seconds(0.0, 60.0, never=True)
    """So long after it came on, focusAppAumid is empty; NEVER: always."""
    reboot_shows: str | None = _knob(
        None, Choice((None, "On", "ConnectedStandby", "Off"))
    )
    """powerState during a restart; None: as the world's knob says."""
    reboot_ends: str = _knob("On", Choice(("On", "asleep")))
    maintenance_after_seconds: float = _seconds(NEVER, 3600.0, never=True, lowest=10.0)
    """Asleep so long, the console comes on though nobody asked, again and again; NEVER: it does not."""
    maintenance_seconds: float = _seconds(60.0, 300.0, lowest=1.0)
    maintenance_shows: str = _knob(
        "nothing", Choice(("nothing", "screensaver", "home"))
    )
    """What the status has in front then."""
    game_sessions: bool = _knob(False, Choice((False, True)))
    """Games have a media session, which plays and can be paused; without one playbackState stays Stopped."""

    installed_lag_seconds: float = _seconds(0.0, 600.0, never=True)
    """Installs and removals show in installedApps so much later; NEVER: only the drive's free space changes."""
    events_lag_seconds: float = _seconds(0.0, 600.0, never=True)
    """Installs and removals show in installEvents so much later."""
    install_events: str = _knob("list", Choice(("list", "404")))
    """installEvents answers with its list, or is not there."""

    def __post_init__(self) -> None:
        """Refuse what is out of range: a knob that does nothing would prove nothing. Raises ValueError."""
        for name, values in ranges().items():
            _checked(name, values, self[name])

    def __getitem__(self, name: str) -> Value:
        """Return the knob of a name such as `list_lag_seconds` or `wake.op_seconds`."""
        part, _, member = name.partition(".")
        value = getattr(self, part)
        return cast("Value", getattr(value, member) if member else value)

    def command(self, kind: Kind) -> CommandKnobs:
        """Return the knobs of one kind of command."""
        return cast("CommandKnobs", getattr(self, kind))

    def changed(self, values: Mapping[str, object]) -> Self:
        """Return these knobs with some set by name, from their JSON too. Raises ValueError."""
        plain: dict[str, Any] = {}
        of_commands: dict[Kind, dict[str, Any]] = {}
        for name, value in values.items():
            if name not in ranges():
                raise ValueError(f"{name}: no such knob")
            part, _, member = name.partition(".")
            to = of_commands.setdefault(cast("Kind", part), {}) if member else plain
            to[member or part] = _checked(name, ranges()[name], value)
        for kind, members in of_commands.items():
            plain[kind] = replace(self.command(kind), **members)
        return replace(self, **plain)

    @classmethod
    def answering(cls, op_seconds: float, **knobs: Any) -> Self:
        """Return knobs with which opStatus has its last word after so many seconds for every kind of command."""
        times = {f"{kind}.op_seconds": op_seconds for kind in KINDS}
        dotted = {name.replace("__", "."): value for name, value in knobs.items()}
        return cls().changed(times | dotted)

    @classmethod
    def drawn(
        cls,
        random: Random,
        *,
        only: Collection[str] | None = None,
        never: bool = True,
    ) -> Self:
        """Return one of all possible consoles.

        Args:
            only: Names of the knobs to draw; `wake` stands for all of `wake.…`. The others keep their defaults.
            never: Whether NEVER may be drawn where the default is not NEVER already.
        """
        return cls().changed(
            {
                name: values.drawn(random, never=never)
                for name, values in ranges().items()
                if only is None or name in only or name.partition(".")[0] in only
            }
        )

    def as_dict(self) -> dict[str, Value]:
        """Return every knob by name, in JSON's values."""
        return {name: in_json(self[name]) for name in ranges()}

    def differences(self) -> dict[str, Value]:
        """Return the knobs that are not at their defaults, in JSON's values."""
        return {
            name: in_json(self[name])
            for name in ranges()
            if self[name] != DEFAULTS[name]
        }


def in_json(value: Value) -> Value:
    """Return a knob's value as JSON can carry it."""
    return "never" if value == NEVER else value


def _checked(name: str, values: Range, value: object) -> Value:
    try:
        return values.checked(value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


@cache
def ranges() -> Mapping[str, Range]:
    """Return the range of every knob, by name."""
    return dict(_ranges())


def _ranges() -> Iterator[tuple[str, Range]]:
    for kind, effect in _EFFECTS.items():
        for member in fields(CommandKnobs):
            values = effect if member.name == "effect_seconds" else _range(member)
            yield f"{kind}.{member.name}", values
    for member in fields(ConsoleKnobs):
        if member.name not in KINDS:
            yield member.name, _range(member)


def _range(member: Field[Any]) -> Range:
    return cast("Range", member.metadata["range"])


DEFAULTS = ConsoleKnobs()
