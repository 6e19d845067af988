"""ONE table of what a console can be told, and what that does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from simulator.captures import gallery
from simulator.consoles.console import Console
from simulator.consoles.knobs import Kind
from simulator.consoles.shell import KEYS
from simulator.games.titles import Titles


class CommandWorld(gallery.GalleryWorld, Protocol):
    """What commands need of the world besides the console."""

    @property
    def accounts(self) -> Mapping[str, gallery.Owner]:
        """Who can be signed in on a console, by key."""


class BadParameter(Exception):
    """A parameter that the service cannot take; the reason in words."""


@dataclass(frozen=True)
class Effect:
    """What came of a command: seconds until it is done, and its operationStatus then."""

    seconds: float = 0.0
    outcome: str = "Succeeded"
    message: str | None = None


@dataclass(frozen=True)
class Order:
    """A command on its way to a console."""

    world: CommandWorld
    console: Console
    parameters: Mapping[str, str]
    seconds: float | None = None
    """How long what takes its time takes; None: as long as the world's knobs say."""

    @property
    def titles(self) -> Titles:
        """The catalogue."""
        return self.world.titles


type Action = Callable[[Order], Effect | float | None]


def _fine(order: Order) -> None:
    """Take whatever the parameters are."""


@dataclass(frozen=True)
class Command:
    """How a command is checked and carried out."""

    act: Action
    kind: Kind = "shell"
    check: Callable[[Order], None] = _fine
    """Raises BadParameter for parameters that the service does not take."""
    paced: bool = False
    """The action itself takes `Order.seconds`; any other waits for them."""
    required: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    """Like required, but an empty text will do."""
    named: bool = False
    """Only its name is known: accepted, and without effect unless the knob says otherwise."""
    asleep: bool = False
    """Does something to a sleeping console."""


def check(command: Command, order: Order) -> None:
    """Check what a command comes with. Raises BadParameter."""
    missing = [name for name in command.required if not order.parameters.get(name)]
    missing += [name for name in command.present if name not in order.parameters]
    if missing:
        raise BadParameter(f"Missing parameter: {', '.join(missing)}")
    command.check(order)


def carry_out(command: Command, order: Order) -> Effect:
    """Let the console do what it is told, now."""
    if command.named and not order.world.knobs.named_commands_work:
        return Effect()
    if not order.console.is_on and not command.asleep:
        return Effect(outcome="OffConsoleError", message="The console is off")
    result = command.act(order)
    if isinstance(result, Effect):
        return result
    return Effect(seconds=result or 0.0)


def _volume_checked(order: Order) -> None:
    amount = order.parameters.get("amount", "1")
    if order.parameters["direction"] not in ("Up", "Down") or not amount.isdecimal():
        raise BadParameter("direction: Up or Down; amount: a whole number")


def _volume(order: Order) -> None:
    amount = int(order.parameters.get("amount", "1"))
    up = order.parameters["direction"] == "Up"
    order.console.shell.change_volume(amount if up else -amount)


def _key_of(order: Order) -> str:
    key = order.parameters["keyType"]
    if order.world.knobs.keys_ignore_case:
        return {known.lower(): known for known in KEYS}.get(key.lower(), key)
    return key


def _key_checked(order: Order) -> None:
    key = _key_of(order)
    if key not in KEYS and order.world.knobs.unknown_key_refused:
        raise BadParameter(f"keyType: {key}")


def _key(order: Order) -> None:
    key = _key_of(order)
    if key in KEYS:
        press(order.console, key)


def press(console: Console, key: str) -> None:
    """Press a controller's key, and launch what that chooses."""
    if key in ("B", "Guide", "Nexus"):
        console.cancel_launch()
    chosen = console.shell.press(key)
    if chosen is not None:
        console.launch(chosen)


def _home(order: Order) -> None:
    order.console.cancel_launch()
    order.console.shell.home()


def _guide(order: Order) -> None:
    if order.console.shell.overlay != "guide":
        order.console.shell.guide()


def _type(order: Order) -> Effect | None:
    if order.console.shell.type(order.parameters["replacementString"]):
        return None
    return Effect(outcome="Error", message="No text box has the focus")


def _launch(order: Order) -> Effect:
    title = order.titles.by_product_id(order.parameters["oneStoreProductId"])
    if (
        title is None
        or order.console.installation(title) is None
        or title.aumid is None
    ):
        return Effect(outcome="Error", message="The application is not installed")
    return Effect(seconds=order.console.launch(title, order.seconds))


def _install(order: Order) -> Effect:
    found = [
        order.titles.by_product_id(item.strip())
        for item in order.parameters["bigCatIdList"].split(",")
    ]
    titles = [title for title in found if title is not None]
    if len(titles) < len(found) or not order.console.storage:
        return Effect(outcome="Error", message="Not in the catalogue, or no drive")
    return Effect(
        seconds=max(order.console.install(title, order.seconds) for title in titles)
    )


def _uninstall(order: Order) -> Effect | None:
    wanted = order.parameters["instanceId"].upper()
    entry = next(
        (
            entry
            for entry in order.console.installed
            if entry.instance_id.upper() == wanted
        ),
        None,
    )
    if entry is None:
        return Effect(outcome="Error", message="No such package")
    order.console.uninstall(entry)
    return None


def _enabled_checked(order: Order) -> None:
    if order.parameters["enabled"].lower() not in ("true", "false"):
        raise BadParameter("enabled: True or False")


def _enabled(order: Order) -> bool:
    return order.parameters["enabled"].lower() == "true"


def _remote_access(order: Order) -> None:
    order.console.remote_features = _enabled(order)


def _allow_streaming(order: Order) -> None:
    order.console.streaming = _enabled(order)


def eject(console: Console) -> Effect:
    """Open the disc drive."""
    if console.disc is None:
        return Effect(outcome="Error", message="There is no disc")
    console.shell.say(f"Disc ejected: {console.disc}")
    console.disc = None
    return Effect()


def _pair(order: Order) -> None:
    order.console.pairing = True


def _terminate(order: Order) -> None:
    order.console.cancel_launch()
    order.console.shell.start()


def capture(world: CommandWorld, console: Console, kind: gallery.Kind) -> Effect:
    """Take a `screenshot` or a `gameclip` of the game that runs."""
    title = console.shell.running
    if title is None or title.title_id is None or not console.signed_in:
        return Effect(outcome="Error", message="Nothing to capture")
    try:
        gallery.take(
            world,
            world.accounts[console.signed_in[0]],
            kind,
            title,
            console_id=console.id,
            device="Scarlett" if console.series else "Scorpio",
        )
    except gallery.StorageFull:
        console.shell.say("Storage for captures is full")
        return Effect(outcome="Error", message="Storage for captures is full")
    console.shell.say("Screenshot saved" if kind == "screenshot" else "Game clip saved")
    return Effect()


def _nothing(order: Order) -> None:
    """Accept: what the command does is not known."""


def _named(kind: str, names: str) -> dict[tuple[str, str], Command]:
    return {
        (kind, name): Command(_nothing, named=True, asleep=True)
        for name in names.split()
    }


COMMANDS: dict[tuple[str, str], Command] = {
    ("Power", "WakeUp"): Command(
        lambda order: order.console.wake(order.seconds), "wake", paced=True, asleep=True
    ),
    ("Power", "TurnOff"): Command(
        lambda order: order.console.turn_off(order.seconds),
        "turn_off",
        paced=True,
        asleep=True,
    ),
    ("Power", "Reboot"): Command(
        lambda order: order.console.reboot(order.seconds), "reboot", paced=True
    ),
    ("Audio", "Mute"): Command(lambda order: order.console.shell.mute(True), "volume"),
    ("Audio", "Unmute"): Command(
        lambda order: order.console.shell.mute(False), "volume"
    ),
    ("Audio", "Volume"): Command(
        _volume, "volume", _volume_checked, required=("direction",)
    ),
    ("Media", "Play"): Command(lambda order: order.console.shell.play(), "playback"),
    ("Media", "Pause"): Command(lambda order: order.console.shell.pause(), "playback"),
    ("Media", "Previous"): Command(
        lambda order: order.console.shell.skip(-1), "playback"
    ),
    ("Media", "Next"): Command(lambda order: order.console.shell.skip(1), "playback"),
    ("Shell", "GoHome"): Command(_home),
    ("Shell", "GoBack"): Command(lambda order: order.console.shell.back()),
    ("Shell", "ShowGuideTab"): Command(_guide),
    ("Shell", "InjectKey"): Command(_key, check=_key_checked, required=("keyType",)),
    ("Shell", "InjectString"): Command(_type, present=("replacementString",)),
    ("Shell", "ActivateApplicationWithOneStoreProductId"): Command(
        _launch, "launch", paced=True, required=("oneStoreProductId",)
    ),
    ("Shell", "InstallPackages"): Command(
        _install, "install", paced=True, required=("bigCatIdList",), asleep=True
    ),
    ("Shell", "UninstallPackage"): Command(
        _uninstall, "install", required=("instanceId",), asleep=True
    ),
    ("TV", "ShowGuide"): Command(_guide),
    ("Config", "RemoteAccess"): Command(
        _remote_access, check=_enabled_checked, required=("enabled",), asleep=True
    ),
    ("Config", "AllowConsoleStreaming"): Command(
        _allow_streaming, check=_enabled_checked, required=("enabled",), asleep=True
    ),
    **_named(
        "Shell",
        "ActivateApplicationWithUri ActivateApplicationWithAumid AllowRemoteManagement ChangeView "
        "CheckForPackageUpdates CopyPackages MovePackages UpdatePackages SendTextMessage SignIn SignOut LaunchGame",
    ),
    **_named("TV", "WatchChannel"),
    **_named(
        "Game",
        "InvitePartyToGame InviteToParty KickFromParty LeaveParty StartAParty SetOnlineStatus "
        "StartBroadcasting StopBroadcasting",
    ),
    **_named("GameStreaming", "StartStreamingManagementService StopStreaming"),
    **_named("Marketplace", "RedeemCode Search SearchTheStore ShowTitle"),
    **_named("Config", "DigitalAssistantRemoteControl"),
    ("Shell", "EjectDisk"): Command(lambda order: eject(order.console), named=True),
    ("Shell", "PairController"): Command(_pair, named=True),
    ("Shell", "TerminateApplication"): Command(_terminate, named=True),
    ("Game", "CaptureScreenshot"): Command(
        lambda order: capture(order.world, order.console, "screenshot"), named=True
    ),
    ("Game", "CaptureGameClip"): Command(
        lambda order: capture(order.world, order.console, "gameclip"), named=True
    ),
}
