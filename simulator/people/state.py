"""What is known of the people: which devices they are at, what they play, when they were last seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from simulator.clock import Clock
from simulator.consoles.console import Console
from simulator.consoles.history import Timeline
from simulator.games.titles import HOME_TITLE_ID, SCREENSAVER_TITLE_ID, Title, Titles
from simulator.knobs import Knobs
from simulator.people.person import CONSOLE_DEVICES, LastSeen, Person, Played, Session

HOME_NAME = "Home"
COMPANION_TITLE_ID = 328178078
COMPANION_NAME = "Xbox App"


@dataclass(frozen=True)
class Running:
    """A title on a device; `since` in the clock's elapsed seconds."""

    title_id: int
    name: str
    placement: str
    since: float
    rich_presence: str = ""


@dataclass(frozen=True)
class Device:
    """A device that somebody is at."""

    type: str
    titles: tuple[Running, ...]

    @property
    def front(self) -> Running:
        """What is in the foreground."""
        return next(title for title in self.titles if title.placement == "Full")


class PeopleWorld(Protocol):
    """What people's state needs of the world."""

    clock: Clock
    knobs: Knobs
    titles: Titles
    consoles: dict[str, Console]
    sittings: dict[tuple[str, str], Session]
    past_devices: dict[str, Timeline[tuple[Device, ...]]]
    """By person's key: where everybody was, as far as the services lag behind."""

    @property
    def accounts(self) -> Mapping[str, Person]:
        """Who can be signed in on a console, by key."""


def _front(console: Console) -> tuple[int, str]:
    running = console.shell.running
    if running is not None and running.title_id:
        return running.title_id, running.name or ""
    if console.shell.screensaver():
        return SCREENSAVER_TITLE_ID, "Screensaver"
    return HOME_TITLE_ID, HOME_NAME


def _device_type(world: PeopleWorld, console: Console) -> str:
    return world.knobs.presence_device_type if console.series else "XboxOne"


def _device(kind: str, front: Running) -> Device:
    """Return a device with something in front; consoles have home behind it."""
    if kind not in CONSOLE_DEVICES or front.title_id == HOME_TITLE_ID:
        return Device(kind, (front,))
    return Device(
        kind, (Running(HOME_TITLE_ID, HOME_NAME, "Background", front.since), front)
    )


def _session_front(session: Session) -> Running:
    at_console = session.device in CONSOLE_DEVICES
    idle = (
        (HOME_TITLE_ID, HOME_NAME)
        if at_console
        else (COMPANION_TITLE_ID, COMPANION_NAME)
    )
    title_id, name = (session.title_id, session.name) if session.title_id else idle
    return Running(title_id, name, "Full", session.since, session.rich_presence)


def devices_of(world: PeopleWorld, person: Person) -> list[Device]:
    """Return every device that somebody is at, the world's consoles first."""
    follow_consoles(world)
    seats = [
        sitting for (_, key), sitting in world.sittings.items() if key == person.key
    ]
    return [
        _device(session.device, _session_front(session))
        for session in (*seats, *person.sessions.values())
    ]


def follow_consoles(world: PeopleWorld) -> None:
    """Notice who has come to, gone from, or started something on the world's consoles."""
    seen = {
        (console.id, key): (_device_type(world, console), *_front(console))
        for console in world.consoles.values()
        if console.is_on
        for key in console.signed_in
        if key in world.accounts
    }
    for place, sitting in tuple(world.sittings.items()):
        now = (sitting.device, sitting.title_id, sitting.name)
        if seen.get(place) != now:
            person = world.accounts.get(place[1])
            del world.sittings[place]
            if person is not None:
                leave(world, person, sitting)
    for place, (device, title_id, name) in seen.items():
        if place not in world.sittings:
            world.sittings[place] = Session(
                device=device,
                since=world.clock.elapsed(),
                title_id=title_id,
                name=name,
                rich_presence=f"In {name}",
            )


def leave(world: PeopleWorld, person: Person, session: Session) -> None:
    """Remember that somebody stopped what a session was about."""
    front = _session_front(session)
    person.last_seen = LastSeen(
        device=session.device,
        title_id=front.title_id,
        name=front.name,
        at=world.clock.now(),
    )
    if world.titles.by_title_id(front.title_id) is not None:
        spent = world.clock.elapsed() - session.since
        person.credit(front.title_id, world.clock.now(), spent)


def start(
    world: PeopleWorld, person: Person, device: str, title: Title | None, rich: str = ""
) -> None:
    """Put somebody at a device, in a title or only online there; anything before on that device ends."""
    stop(world, person, device)
    person.sessions[device] = Session(
        device=device,
        since=world.clock.elapsed(),
        title_id=title.title_id if title else None,
        name=(title.name or "") if title else "",
        rich_presence=rich,
    )


def stop(world: PeopleWorld, person: Person, device: str) -> None:
    """End what somebody does at a device."""
    if (session := person.sessions.pop(device, None)) is not None:
        leave(world, person, session)


def played_by(world: PeopleWorld, person: Person) -> dict[int, Played]:
    """Return what somebody has played, by title id, the latest first; what runs counts up to now."""
    found = {
        title_id: Played(last=played.last, minutes=played.minutes)
        for title_id, played in person.played.items()
    }
    _add_installed(world, person, found)
    now, running = world.clock.now(), set()
    for device in devices_of(world, person):
        front = device.front
        running.add(front.title_id)
        if world.titles.by_title_id(front.title_id) is not None:
            entry = found.setdefault(front.title_id, Played(last=now))
            entry.last = now
            entry.minutes += max(0.0, world.clock.elapsed() - front.since) / 60
    return dict(
        sorted(
            found.items(),
            # What has just ended has the same time as what runs.
            key=lambda item: (item[1].last, item[0] in running),
            reverse=True,
        )
    )


def _add_installed(
    world: PeopleWorld, person: Person, found: dict[int, Played]
) -> None:
    """Add what somebody's consoles remember to have run."""
    for console_id in person.console_ids:
        console = world.consoles.get(console_id)
        for entry in console.installed if console else ():
            title_id = entry.title.title_id
            if (
                entry.last_active_at is None
                or not title_id
                or entry.title.kind == "Dlc"
            ):
                continue
            played = found.setdefault(title_id, Played(last=entry.last_active_at))
            played.last = max(played.last, entry.last_active_at)


def appears_offline(world: PeopleWorld, person: Person, viewer: Person) -> bool:
    """Tell whether somebody hides from `viewer`."""
    if person is viewer:
        return person.cloaked and world.knobs.cloaked_from_self
    return person.private or person.cloaked


def presence_of(
    world: PeopleWorld, person: Person, viewer: Person
) -> tuple[str, list[Device]]:
    """Return `Online`, `Away` or `Offline` as the services tell it to `viewer`, and the devices."""
    if appears_offline(world, person, viewer):
        return "Offline", []
    lag, past = world.knobs.presence_lag_seconds, world.past_devices.get(person.key)
    if lag and past is not None:
        return _state(person, list(past.at(world.clock.elapsed() - lag)))
    return _state(person, devices_of(world, person))


def presence_now(
    world: PeopleWorld, person: Person, viewer: Person
) -> tuple[str, list[Device]]:
    """Return the same without any lag."""
    if appears_offline(world, person, viewer):
        return "Offline", []
    return _state(person, devices_of(world, person))


def _state(person: Person, devices: list[Device]) -> tuple[str, list[Device]]:
    if not devices:
        return "Offline", []
    return "Away" if person.away else "Online", devices


def note_devices(world: PeopleWorld, everybody: Iterable[Person]) -> None:
    """Keep where people are, for the time when the services have come so far."""
    if not world.knobs.presence_lag_seconds:
        world.past_devices.clear()
        return
    for person in everybody:
        past = world.past_devices.setdefault(person.key, Timeline())
        past.note(world.clock.elapsed(), tuple(devices_of(world, person)))
