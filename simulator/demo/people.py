"""The sample people: family and friends of the parent, what they did, took, said and pinned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, override

from simulator.captures.gallery import Capture, GalleryWorld, Kind, take
from simulator.people.messages import Messages
from simulator.people.person import LastSeen, LinkedAccount, Person, Played, befriend
from simulator.people.pins import Pin, Pins
from simulator.people.state import PeopleWorld, start
from simulator.people.unlocks import UnlockWorld, unlock

_HOUR, _DAY = 3600.0, 86400.0
_FRIEND_XUID = 2533274790110000
CAPTURES = 40


class DemoWorld(PeopleWorld, UnlockWorld, GalleryWorld, Protocol):
    """What the sample people leave traces in."""

    others: dict[str, Person]
    messages: Messages
    pins: dict[str, Pins]

    @property
    @override
    def people(self) -> Mapping[str, Person]:
        """Everybody with a profile, by key."""


@dataclass(frozen=True)
class _History:
    """What somebody has played: title key, days ago, minutes, achievements unlocked."""

    title: str
    days: float
    minutes: float
    unlocked: int = 0


_HISTORIES: dict[str, tuple[_History, ...]] = {
    "parent": (
        _History("starfall", 0, 3120),
        _History("nebula", 2.7, 1480, 2),
        _History("tidewater", 1.4, 940, 1),
        _History("lanterns", 0.1, 610, 1),
        _History("skyline", 4.1, 335, 2),
        _History("skyline-2011", 4.2, 95, 2),
        _History("lighthouse", 5.5, 212),
        _History("flyingfish", 6.9, 75, 1),
        _History("boot", 8.2, 1905, 2),
        _History("mosslight", 9.6, 48),
        _History("hexagarden", 2.8, 20),
        _History("larkvision", 1.5, 5210),
        _History("cassette", 9.5, 320),
    ),
    "child": (_History("mosslight", 0.4, 870, 1), _History("hexagarden", 3.2, 140, 1)),
    "mika": (
        _History("tidewater", 0.02, 2210, 2),
        _History("starfall", 3.0, 1260, 3),
        _History("boot", 11.0, 60, 1),
    ),
    "juno": (_History("nebula", 1.1, 415),),
    "sable": (_History("lanterns", 0.8, 730, 2),),
    "tove": (_History("skyline-2011", 0.7, 1440, 1), _History("mosslight", 16.0, 31)),
}


def _ordinary(now: float) -> list[Person]:
    """Return friends of whom everything is known."""
    return [
        Person(
            key="mika",
            xuid="2533274790100001",
            gamertag="LanternFox2048",
            modern_gamertag="LanternFox",
            gamertag_suffix="2048",
            gamerscore=41375,
            bio="Boats first, questions later.",
            location="Harbour street",
            tenure=12,
            colors=("c2417c", "3a1428", "6b2447"),
            linked=(LinkedAccount(network="Twitch", name="lanternfox"),),
            in_multiplayer=1,
            in_party=2,
        ),
        Person(
            key="tove",
            xuid="2533274790100005",
            gamertag="Paper Kite 31",
            modern_gamertag="Paper Kite 31",
            gamerscore=12940,
            bio="Mostly at the computer.",
            tenure=4,
            colors=("2a9d8f", "0d3b36", "165c54"),
            last_seen=LastSeen(
                device="WindowsOneCore",
                title_id=1990010006,
                name="Skyline",
                at=now - 17 * _HOUR,
            ),
        ),
    ]


def _peculiar() -> list[Person]:
    """Return people of whom something is missing."""
    return [
        # What may be null is null, what may be empty is empty.
        Person(
            key="juno",
            xuid="2533274790100002",
            gamertag="VelvetOrbit",
            modern_gamertag="VelvetOrbit",
            tier="Silver",
            linked=(LinkedAccount(network="Discord", name=None),),
            bare=True,
        ),
        Person(
            key="sable",
            xuid="2533274790100003",
            gamertag="HiddenGrove",
            modern_gamertag="HiddenGrove",
            gamerscore=7720,
            private=True,
        ),
        # Never played anything, never seen.
        Person(
            key="pip",
            xuid="2533274790100004",
            gamertag="FreshSprout9",
            modern_gamertag="FreshSprout9",
            tier="Silver",
        ),
        # Not a friend: follows the parent and has asked.
        Person(
            key="oren",
            xuid="2533274790100006",
            gamertag="SlowComet404",
            modern_gamertag="SlowComet404",
            gamerscore=2205,
            requests={"parent"},
        ),
    ]


def demo_people(world: DemoWorld) -> None:
    """Put the sample people into the world."""
    now, parent = world.clock.now(), world.accounts["parent"]
    world.others.update(
        {person.key: person for person in (*_ordinary(now), *_peculiar())}
    )
    for number, key in enumerate(("child", "mika", "juno", "sable", "pip", "tove")):
        befriend(parent, world.people[key], now - (900 - 120 * number) * _DAY)
    befriend(world.others["mika"], world.others["tove"], now - 50 * _DAY)
    parent.favorites |= {"child", "mika"}
    world.others["oren"].following["parent"] = now - 2 * _DAY
    befriend(world.others["oren"], world.others["mika"], now - 30 * _DAY)
    for key, histories in _HISTORIES.items():
        for history in histories:
            _remember(world, world.people[key], history, now)
    parent.progress[1990010001, "2"] = 60
    world.others["mika"].progress[1990010003, "3"] = 35
    start(
        world,
        world.others["mika"],
        "Scarlett",
        world.titles["tidewater"],
        "Mending nets in the harbour",
    )


def _remember(world: DemoWorld, person: Person, history: _History, now: float) -> None:
    title = world.titles[history.title]
    last = now - history.days * _DAY
    person.played[title.title_id or 0] = Played(last=last, minutes=history.minutes)
    score = person.gamerscore
    for number in range(history.unlocked):
        at = last - (history.unlocked - number) * 5 * _HOUR
        unlock(world, person, title, at=at)
    # The profile's score already counts these.
    person.gamerscore = score


def make_friends(world: DemoWorld, count: int) -> list[Person]:
    """Return `count` new friends of the parent."""
    parent, now = world.accounts["parent"], world.clock.now()
    games = [title for title in world.titles if title.kind == "Game"]
    first = sum(key.startswith("friend-") for key in world.others) + 1
    friends = []
    for number in range(first, first + count):
        game = games[number % len(games)]
        person = Person(
            key=f"friend-{number}",
            xuid=str(_FRIEND_XUID + number),
            gamertag=f"Sandbar{number:04d}",
            modern_gamertag="Sandbar",
            gamertag_suffix=f"{number:04d}",
            gamerscore=37 * number % 50_000,
            last_seen=LastSeen(
                device="XboxOne",
                title_id=game.title_id or 0,
                name=game.name or "",
                at=now - number * _HOUR,
            ),
            played={
                game.title_id or 0: Played(last=now - number * _HOUR, minutes=90.0)
            },
        )
        world.others[person.key] = person
        befriend(parent, person, now - number * _DAY)
        if number % 5 == 0:
            start(world, person, "XboxOne", game if number % 10 == 0 else None)
        friends.append(person)
    return friends


def make_captures(world: DemoWorld, count: int) -> list[Capture]:
    """Return `count` new captures of the parent from the last eighty days."""
    parent, now = world.accounts["parent"], world.clock.now()
    games = [
        world.titles[history.title]
        for history in _HISTORIES["parent"]
        if world.titles[history.title].kind == "Game"
    ]
    had, kinds = len(world.captures), ("screenshot", "gameclip")
    made = []
    for number in range(had, had + count):
        kind: Kind = "screenshot" if kinds[number % 2] == "screenshot" else "gameclip"
        made.append(
            take(
                world,
                parent,
                kind,
                games[number // 2 % len(games)],
                device="Scarlett" if number % 3 else "Scorpio",
                at=now - ((number + 1) * 0.7 % 80) * _DAY,
            )
        )
    return made


def demo_captures(world: DemoWorld) -> None:
    """Put the sample captures into the network."""
    for capture in make_captures(world, CAPTURES):
        capture.saved = capture.number % 4 != 0
    world.captures[2].caption = "Look at that moon"


def demo_messages(world: DemoWorld) -> None:
    """Put the sample messages into the inboxes: one conversation is unread."""
    parent, now = world.accounts["parent"].xuid, world.clock.now()
    send = world.messages.send
    mika, tove = world.others["mika"].xuid, world.others["tove"].xuid
    send("0", parent, "Welcome to the simulated network.", now - 9 * _DAY)
    send(tove, parent, "Did you keep the old rooftop game?", now - 2 * _DAY)
    send(parent, tove, "Of course.", now - 2 * _DAY + 60)
    send(mika, parent, "Boat is ready, are you?", now - 3 * _HOUR)
    for other in ("0", tove):
        last = world.messages.between(parent, other)[0]
        world.messages.read(parent, other, last.id)


def demo_pins(world: DemoWorld) -> None:
    """Pin three titles for the parent."""
    at = world.clock.now() - 30 * _DAY
    pins = [
        {
            "ItemId": title.package_family_name or title.key,
            "ContentType": "DApp" if title.kind == "App" else "DGame",
            "Title": title.name or "",
            "DeviceType": "XboxOne",
            "Provider": None,
            "ProviderId": None,
        }
        for title in (world.titles[key] for key in ("larkvision", "starfall", "boot"))
    ]
    world.pins["parent"] = Pins(
        version=7, entries=[Pin(dict(item), at, at) for item in pins]
    )
