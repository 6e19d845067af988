"""What can be subscribed to: what is told at first, and what is told when it changes."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
import re
from typing import Any, Protocol, override

from simulator.activity.knobs import ActivityKnobs
from simulator.games.titles import HOME_TITLE_ID
from simulator.people.person import Person
from simulator.people.records import device_record
from simulator.people.state import Device, PeopleWorld, presence_now
from simulator.people.unlocks import UnlockWorld, earned, progress

STEPS = 100

type Looks = dict[tuple[str, str], tuple[str, list[Device]]]
"""Where people are at one moment, by the keys of who looks and whom at."""


class ActivityWorld(PeopleWorld, UnlockWorld, Protocol):
    """What the push channel needs of the world."""

    @property
    def people(self) -> Mapping[str, Person]:
        """Everybody with a profile, by key."""

    def by_xuid(self, xuid: str) -> Person | None:
        """Find somebody by xuid."""


class Resource[StateT](ABC):
    """One thing that somebody listens to."""

    presence = False
    """Whether it tells where people are."""

    def __init__(
        self,
        world: ActivityWorld,
        knobs: ActivityKnobs,
        viewer: Person,
        person: Person,
        argument: str = "",
    ) -> None:
        """Look at a person with the eyes of the viewer; the argument is the end of the address."""
        self._world, self._knobs = world, knobs
        self._viewer, self._person, self._argument = viewer, person, argument
        self._state: StateT = self._look({})

    def first(self) -> object:
        """Return what the answer to the subscription carries."""
        return None

    def news(self, looks: Looks) -> Iterable[object]:
        """Tell what has changed since it was asked last, as events; `looks` fills with what is looked at."""
        before, self._state = self._state, self._look(looks)
        return () if before == self._state else self._told(before)

    @abstractmethod
    def _look(self, looks: Looks) -> StateT:
        """Return how it is now, as others have found it at this moment."""

    @abstractmethod
    def _told(self, before: StateT) -> Iterable[object]:
        """Tell what is different from before."""


class _Presence(Resource[tuple[str, list[Device]]]):
    presence = True

    @override
    def _look(self, looks: Looks) -> tuple[str, list[Device]]:
        key = self._viewer.key, self._person.key
        if key not in looks:
            looks[key] = presence_now(self._world, self._person, self._viewer)
        return looks[key]

    @override
    def first(self) -> object:
        record: dict[str, object] = {"xuid": self._person.xuid, "state": self._state[0]}
        if self._devices:
            record["devices"] = [
                device_record(self._world, device, "all") for device in self._devices
            ]
        return record

    @property
    def _devices(self) -> list[Device]:
        return self._state[1]


class Devices(_Presence):
    """Signing in and out, device type by device type; titles are not told."""

    @override
    def _told(self, before: tuple[str, list[Device]]) -> Iterable[object]:
        was, now = ({one.type for one in each} for each in (before[1], self._devices))
        yield from (f"{name}:false" for name in sorted(was - now))
        yield from (f"{name}:true" for name in sorted(now - was))


class InTitle(_Presence):
    """Whether one title runs."""

    @override
    def _told(self, before: tuple[str, list[Device]]) -> Iterable[object]:
        now = self._runs(self._devices)
        if self._runs(before[1]) != now:
            yield self._spelled("Started" if now else "Ended")

    def _runs(self, devices: list[Device]) -> bool:
        return any(str(one.front.title_id) == self._argument for one in devices)

    def _spelled(self, word: str) -> str:
        match self._knobs.title_spelling:
            case "Started":
                return word
            case "started":
                return word.lower()
            case "started_id":
                return f"{word.lower()}:{self._argument}"


class RichPresence(_Presence):
    """All that somebody does, as an object: everything anew with each change."""

    @override
    def first(self) -> object:
        return self._object() if self._knobs.rich_presence_first == "object" else None

    @override
    def _told(self, before: tuple[str, list[Device]]) -> Iterable[object]:
        state, devices = before
        if self._state[0] == "Offline" and not self._knobs.rich_presence_offline:
            return
        textless = state == self._state[0] and _places(devices) == _places(
            self._devices
        )
        if textless and not self._knobs.rich_presence_texts:
            return
        yield self._object()

    def _object(self) -> dict[str, object]:
        details = [
            self._detail(device, title.title_id, title.rich_presence)
            for device in self._devices
            for title in device.titles
        ]
        front = self._devices[0].front if self._devices else None
        return {
            "devicetype": "XboxOne" if front else "",
            "titleid": 0,
            "string1": front.name if front else "",
            "string2": front.rich_presence if front else "",
            "presenceState": self._state[0],
            "presenceText": front.name if front else "Offline",
            "presenceDetails": details,
            "xuid": int(self._person.xuid),
        }

    def _detail(self, device: Device, title_id: int, text: str) -> dict[str, object]:
        title = self._world.titles.by_title_id(title_id)
        return {
            "isBroadcasting": False,
            "device": device.type,
            "presenceText": "Home"
            if title_id == HOME_TITLE_ID
            else (title and title.name) or "",
            "state": "Active",
            "titleId": str(title_id),
            "isGame": title is not None and title.kind == "Game",
            "isPrimary": title_id == device.front.title_id,
            "richPresenceText": text,
        }


def _places(devices: list[Device]) -> set[tuple[str, int]]:
    return {(one.type, title.title_id) for one in devices for title in one.titles}


class Friends(Resource[tuple[set[str], int]]):
    """Whom somebody follows, and how many ask to be friends."""

    @override
    def _look(self, looks: Looks) -> tuple[set[str], int]:
        everybody = self._world.people
        followed = {
            everybody[key].xuid for key in self._person.following if key in everybody
        }
        asking = sum(self._person.key in one.requests for one in everybody.values())
        return followed, asking

    @override
    def _told(self, before: tuple[set[str], int]) -> Iterable[object]:
        (was, asked), (now, asking) = before, self._state
        for kind, xuids in (("Added", now - was), ("Removed", was - now)):
            if xuids:
                yield {"NotificationType": kind, "Xuids": sorted(xuids)}
        if asking != asked:
            yield {
                "NotificationType": "IncomingFriendRequestCountChanged",
                "Count": asking,
            }


class AchievementProgress(Resource[dict[str, int]]):
    """How far somebody has come in one game."""

    @override
    def _look(self, looks: Looks) -> dict[str, int]:
        title = next(
            (it for it in self._world.titles if it.scid == self._argument), None
        )
        if title is None:
            return {}
        have = earned(self._world, self._person, title)
        return {
            item.id: STEPS if item.id in have else progress(self._person, title, item)
            for item in title.achievements
        }

    @override
    def _told(self, before: dict[str, int]) -> Iterable[object]:
        changed = {
            key: percent
            for key, percent in self._state.items()
            if before.get(key) != percent
        }
        yield {
            "serviceConfigId": self._argument,
            "progression": [self._item(*item) for item in changed.items()],
            "contractVersion": 1,
        }

    def _item(self, key: str, percent: int) -> dict[str, object]:
        done = percent >= STEPS
        clock = self._world.clock
        return {
            "id": key,
            "requirements": [
                {
                    "id": "00000000-0000-0000-0000-000000000000",
                    "current": str(percent),
                    "target": str(STEPS),
                    "operationType": "Sum",
                    "valueType": "Integer",
                    "ruleParticipationType": "Individual",
                }
            ],
            "progressState": "Achieved" if done else "InProgress",
            "timeUnlocked": clock.iso() if done else "0001-01-01T00:00:00.0000000Z",
        }


_PERSON = r"https?://{host}\.xboxlive\.com/users/xuid\((?P<xuid>\d+)\)/"
_KINDS: tuple[tuple[re.Pattern[str], type[Resource[Any]]], ...] = tuple(
    (re.compile(_PERSON.format(host=host) + end), kind)
    for host, end, kind in (
        ("userpresence", "devices", Devices),
        ("userpresence", r"titles/(?P<argument>\d+)", InTitle),
        ("userpresence", "richpresence", RichPresence),
        ("social", "friends", Friends),
        ("achievements", r"achievements/(?P<argument>[0-9a-f-]+)", AchievementProgress),
    )
)


def meant(uri: str) -> tuple[type[Resource[Any]], str, str] | None:
    """Return what an address stands for, whose it is and its argument; None for an unknown one."""
    for pattern, kind in _KINDS:
        if found := pattern.fullmatch(uri):
            words = found.groupdict()
            return kind, words["xuid"], words.get("argument") or ""
    return None
