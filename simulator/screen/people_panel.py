"""ONE table of what can be done to a person: come and go, play, unlock, write, hide."""

from collections.abc import Callable

from simulator.accounts.account import Account
from simulator.captures import gallery
from simulator.games.titles import Title
from simulator.people.person import Person, befriend
from simulator.people.state import devices_of, start, stop
from simulator.people.unlocks import NothingToUnlock, unlock
from simulator.screen.console_panel import BadRequest, Body, flag, text
from simulator.world import World

type PersonAction = Callable[[World, Person, Body], None]

DEVICE = "XboxOne"


def _title(world: World, body: Body) -> Title | None:
    """Return the title that `product_id` or `title_id` means; None: neither is given."""
    product_id, title_id = body.get("product_id"), body.get("title_id")
    if product_id is None and title_id is None:
        return None
    if product_id is not None:
        title = world.titles.by_product_id(str(product_id))
    else:
        number = str(title_id)
        title = world.titles.by_title_id(int(number)) if number.isdecimal() else None
    if title is None or not title.title_id:
        raise BadRequest("product_id or title_id: not in the catalogue")
    return title


def _needed(world: World, body: Body) -> Title:
    title = _title(world, body)
    if title is None:
        raise BadRequest("product_id or title_id: which title")
    return title


def _online(world: World, person: Person, body: Body) -> None:
    """Be online at `device` without a title; `away` too if asked."""
    away = flag(body, "away", default=False)
    start(world, person, text(body, "device", DEVICE), None)
    person.away = away


def _offline(world: World, person: Person, body: Body) -> None:
    """Leave every device; on a console of the world, sign out."""
    for device in tuple(person.sessions):
        stop(world, person, device)
    for console in world.consoles.values():
        if person.key in console.signed_in:
            console.signed_in.remove(person.key)
    person.away = False


def _play(world: World, person: Person, body: Body) -> None:
    rich = body.get("rich_presence", "")
    if not isinstance(rich, str):
        raise BadRequest("rich_presence: text")
    device = text(body, "device", next(iter(person.sessions), DEVICE))
    title = _needed(world, body)
    start(world, person, device, title, rich or f"In {title.name}")
    person.away = False


def _stop(world: World, person: Person, body: Body) -> None:
    """Stop the title but stay online."""
    devices = [
        device
        for device, session in person.sessions.items()
        if session.title_id and body.get("device") in (None, device)
    ]
    if not devices:
        raise BadRequest("nothing is being played elsewhere than on a console here")
    for device in devices:
        start(world, person, device, None)


def _running(world: World, person: Person) -> Title:
    for device in devices_of(world, person):
        title = world.titles.by_title_id(device.front.title_id)
        if title is not None:
            return title
    raise BadRequest("plays nothing; say product_id or title_id")


def _unlock(world: World, person: Person, body: Body) -> None:
    """Unlock the next achievement, or the one with `id`, of the title played or named."""
    title = _title(world, body) or _running(world, person)
    try:
        unlock(world, person, title, body.get("id"))
    except NothingToUnlock as error:
        raise BadRequest("nothing left to unlock") from error


def _progress(world: World, person: Person, body: Body) -> None:
    """Be so many `percent` on the way to the achievement `id`."""
    title, percent = _title(world, body) or _running(world, person), body.get("percent")
    if not isinstance(percent, int) or not 0 <= percent < 100:
        raise BadRequest("percent: 0 to 99")
    person.progress[title.title_id or 0, text(body, "id")] = percent


def _capture(world: World, person: Person, body: Body) -> None:
    title = _title(world, body) or _running(world, person)
    match text(body, "kind", "screenshot"):
        case "screenshot" | "gameclip" as kind:
            try:
                gallery.take(world, person, kind, title)
            except gallery.StorageFull as error:
                raise BadRequest("storage for captures is full") from error
        case _:
            raise BadRequest("kind: screenshot or gameclip")


def _other(world: World, body: Body, default: str = "parent") -> Person:
    person = world.people.get(text(body, "to", default))
    if person is None:
        raise BadRequest("to: unknown")
    return person


def _message(world: World, person: Person, body: Body) -> None:
    """Send `text` to the person `to`: the parent, if nobody is named."""
    to = _other(world, body)
    world.messages.send(person.xuid, to.xuid, text(body, "text"), world.clock.now())


def _read(world: World, person: Person, body: Body) -> None:
    """Read everything."""
    for other in world.messages.partners(person.xuid):
        last = world.messages.between(person.xuid, other)[0].id
        world.messages.read(person.xuid, other, last)


def _rename(world: World, person: Person, body: Body) -> None:
    name = text(body, "gamertag")
    if world.by_gamertag(name) not in (None, person):
        raise BadRequest("gamertag: somebody has it")
    person.gamertag = person.modern_gamertag = name
    person.gamertag_suffix = ""


def _privacy(world: World, person: Person, body: Body) -> None:
    person.private = flag(body, "enabled")


def _cloak(world: World, person: Person, body: Body) -> None:
    person.cloaked = flag(body, "enabled")


def _friend(world: World, person: Person, body: Body) -> None:
    befriend(_other(world, body), person, world.clock.now())
    person.requests.discard(text(body, "to", "parent"))


def _unfriend(world: World, person: Person, body: Body) -> None:
    other = _other(world, body)
    if other.following.pop(person.key, None) is None:
        raise BadRequest("is no friend")
    person.following.pop(other.key, None)


def _remove(world: World, person: Person, body: Body) -> None:
    """Let the profile vanish."""
    if isinstance(person, Account):
        raise BadRequest("an account that signs in here stays")
    del world.others[person.key]


ACTIONS: dict[str, PersonAction] = {
    "online": _online,
    "offline": _offline,
    "play": _play,
    "stop": _stop,
    "unlock": _unlock,
    "progress": _progress,
    "capture": _capture,
    "message": _message,
    "read": _read,
    "rename": _rename,
    "privacy": _privacy,
    "cloak": _cloak,
    "friend": _friend,
    "unfriend": _unfriend,
    "remove": _remove,
}
