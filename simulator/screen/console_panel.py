"""ONE table of what can be done at the console itself: its buttons, plug, drives, and the people before it."""

from collections.abc import Callable, Mapping
import uuid

from simulator.consoles import commands
from simulator.consoles.console import Console, PowerState
from simulator.consoles.installs import StorageDevice
from simulator.consoles.shell import KEYS
from simulator.games.titles import Title
from simulator.people.unlocks import NothingToUnlock, unlock
from simulator.world import World

_GIB = 1024**3


class BadRequest(Exception):
    """What was asked for makes no sense; the reason in words."""


type Body = Mapping[str, object]
type Action = Callable[[World, Console, Body], None]


def text(body: Body, name: str, default: str | None = None) -> str:
    """Return a member that is text. Raises BadRequest."""
    value = body.get(name, default)
    if not isinstance(value, str) or not value:
        raise BadRequest(f"{name}: text")
    return value


def flag(body: Body, name: str, *, default: bool | None = None) -> bool:
    """Return a member that is true or false. Raises BadRequest."""
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise BadRequest(f"{name}: true or false")
    return value


def _title(world: World, body: Body) -> Title:
    title = world.titles.by_product_id(text(body, "product_id"))
    if title is None:
        raise BadRequest("product_id: not in the catalogue")
    return title


def _on(console: Console) -> Console:
    if not console.is_on:
        raise BadRequest("the console is not on")
    return console


def _power_button(world: World, console: Console) -> None:
    if not console.plugged:
        raise BadRequest("the plug is out")
    if console.transition == "waking" or console.is_on:
        console.turn_off()
    elif console.transition in ("", "maintenance"):
        console.wake()


def _press(world: World, console: Console, body: Body) -> None:
    button = text(body, "button")
    if button == "power":
        _power_button(world, console)
    elif button == "eject":
        commands.eject(_on(console))
    elif button == "pair":
        _on(console).pairing = not console.pairing
    else:
        key = {known.lower(): known for known in KEYS}.get(button.lower())
        if key is None:
            raise BadRequest(f"button: power, eject, pair, {', '.join(KEYS)}")
        # A controller's Nexus button switches a sleeping console on.
        if key == "Nexus" and console.plugged and console.power is PowerState.STANDBY:
            console.wake()
        else:
            commands.press(_on(console), key)


def _launch(world: World, console: Console, body: Body) -> None:
    title = _title(world, body)
    if title.aumid is None:
        raise BadRequest("product_id: cannot be launched")
    _on(console).launch(title)


def _video(world: World, console: Console, body: Body) -> None:
    shell = _on(console).shell
    if shell.running is None or not shell.running.media:
        raise BadRequest("no media app is running")
    match body.get("action"):
        case "play":
            shell.play()
        case "pause":
            shell.pause()
        case "next":
            shell.skip(1)
        case "previous":
            shell.skip(-1)
        case _:
            raise BadRequest("action: play, pause, next or previous")


def _type(world: World, console: Console, body: Body) -> None:
    text = body.get("text", "")
    if not isinstance(text, str):
        raise BadRequest("text: text")
    shell = _on(console).shell
    shell.overlay = "keyboard"
    shell.type(text)


def _unplug(world: World, console: Console, body: Body) -> None:
    console.unplug()
    world.operations.lose(console.id, world.clock.elapsed())


def _plug(world: World, console: Console, body: Body) -> None:
    console.plug()


def _update(world: World, console: Console, body: Body) -> None:
    _on(console).update()


def _reboot(world: World, console: Console, body: Body) -> None:
    _on(console).reboot()


def _maintenance(world: World, console: Console, body: Body) -> None:
    if not console.sleeps:
        raise BadRequest("the console does not sleep")
    console.maintain()


def _rename(world: World, console: Console, body: Body) -> None:
    console.name = text(body, "name")


def _remote_features(world: World, console: Console, body: Body) -> None:
    console.remote_features = flag(body, "enabled")


def _instant_on(world: World, console: Console, body: Body) -> None:
    console.instant_on = flag(body, "enabled")
    if not console.is_on and not console.transition:
        console.power = PowerState.STANDBY if console.instant_on else PowerState.OFF


def _idle(world: World, console: Console, body: Body) -> None:
    _on(console).shell.home()
    console.shell.pinned_screensaver = True


def _add_drive(world: World, console: Console, body: Body) -> None:
    size = body.get("total_bytes", 1862 * _GIB)
    if isinstance(size, bool) or not isinstance(size, int) or size <= 0:
        raise BadRequest("total_bytes: a whole number")
    name = text(body, "name", "External")
    drive_id = str(uuid.uuid4()).upper()
    console.storage.append(
        StorageDevice(id=drive_id, name=name, total_bytes=size, gen9_compatible=False)
    )


def _remove_drive(world: World, console: Console, body: Body) -> None:
    """Take away the drive that is named, or the last that is not the default."""
    wanted = body.get("id")
    drives = [
        drive
        for drive in console.storage
        if (drive.id == wanted if wanted else not drive.is_default)
    ]
    if not drives:
        raise BadRequest("id: no such drive")
    console.remove_drive(drives[-1])


def _install(world: World, console: Console, body: Body) -> None:
    if not console.plugged or not console.storage:
        raise BadRequest("the plug is out, or there is no drive")
    console.install(_title(world, body))


def _uninstall(world: World, console: Console, body: Body) -> None:
    entry = console.installation(_title(world, body))
    if entry is None:
        raise BadRequest("product_id: not installed")
    console.uninstall(entry)


def _achievement(world: World, console: Console, body: Body) -> None:
    """Unlock the running game's next achievement, or the one with the given id."""
    title = _on(console).shell.running
    if (
        title is None
        or not title.achievements
        or title.title_id is None
        or not console.signed_in
    ):
        raise BadRequest("no game with achievements is running")
    person = world.accounts[console.signed_in[0]]
    try:
        achievement = unlock(world, person, title, body.get("id"))
    except NothingToUnlock as error:
        raise BadRequest("nothing left to unlock") from error
    console.shell.say(
        f"Achievement unlocked: {achievement.gamerscore} – {achievement.name}"
    )


def _capture(world: World, console: Console, body: Body) -> None:
    match text(body, "kind", "screenshot"):
        case "screenshot" | "gameclip" as kind:
            effect = commands.capture(world, _on(console), kind)
        case _:
            raise BadRequest("kind: screenshot or gameclip")
    if effect.message:
        raise BadRequest(effect.message)


def _sign_in(world: World, console: Console, body: Body) -> None:
    key = text(body, "account")
    if key not in world.accounts:
        raise BadRequest("account: unknown")
    if key not in console.signed_in:
        console.signed_in.append(key)


def _sign_out(world: World, console: Console, body: Body) -> None:
    key = text(body, "account")
    if key not in console.signed_in:
        raise BadRequest("account: not signed in")
    console.signed_in.remove(key)


ACTIONS: dict[str, Action] = {
    "press": _press,
    "launch": _launch,
    "video": _video,
    "type": _type,
    "unplug": _unplug,
    "plug": _plug,
    "update": _update,
    "reboot": _reboot,
    "maintenance": _maintenance,
    "rename": _rename,
    "remote-features": _remote_features,
    "instant-on": _instant_on,
    "idle": _idle,
    "add-drive": _add_drive,
    "remove-drive": _remove_drive,
    "install": _install,
    "uninstall": _uninstall,
    "achievement": _achievement,
    "capture": _capture,
    "sign-in": _sign_in,
    "sign-out": _sign_out,
}
