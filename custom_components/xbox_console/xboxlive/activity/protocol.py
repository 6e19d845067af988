"""The words of the push channel: what is sent, what arrives, and what can be subscribed to. Pure."""

from dataclasses import dataclass, field
from enum import IntEnum
from itertools import takewhile

from pydantic_core import from_json, to_json

from ..model import Json

HOST = "rta.xboxlive.com"
SUBPROTOCOL = "rta.xboxlive.com.V2"

_SUBSCRIBE, _UNSUBSCRIBE = 1, 2
_PRESENCE = "https://userpresence.xboxlive.com/users"


class Status(IntEnum):
    """What becomes of a subscription; other numbers are refusals, too."""

    SUCCESS = 0
    UNKNOWN_RESOURCE = 1
    LIMIT_REACHED = 2
    NO_DATA = 3
    THROTTLED = 1001
    UNAVAILABLE = 1002


PASSING = frozenset({Status.THROTTLED, Status.UNAVAILABLE})
"""Refusals that are not the last word."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription was granted; events bear its `key`, which may well be 0."""

    sequence: int
    key: int
    data: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A subscription was not granted."""

    sequence: int
    status: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something has changed in what the subscription of that key is about."""

    key: int
    data: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Resync:
    """Whatever is known may be stale."""


type Message = Subscribed | Refused | Event | Resync


def read(frame: str | bytes) -> Message | None:
    """What a frame says; None for what is not understood, or needs no answer."""
    try:
        message: Json = from_json(frame)
    except ValueError:
        return None
    if not isinstance(message, list):
        return None
    # True and false are numbers to Python, and would be taken for 1 and 0.
    numbers = len(list(takewhile(lambda one: type(one) is int, message)))
    match message:
        case [1, int(sequence), Status.SUCCESS, int(key), *data] if numbers >= 4:
            return Subscribed(sequence, key, data[0] if data else None)
        case [1, int(sequence), int(status), *_] if numbers >= 3:
            return Refused(sequence, status)
        case [3, int(key), data, *_] if numbers >= 2:
            return Event(key, data)
        case [4, *_] if numbers >= 1:
            return Resync()
    return None


def subscribe(sequence: int, uri: str) -> str:
    """The message that subscribes."""
    return to_json([_SUBSCRIBE, sequence, uri]).decode()


def unsubscribe(sequence: int, key: int) -> str:
    """The message that ends a subscription."""
    return to_json([_UNSUBSCRIBE, sequence, key]).decode()


def devices(xuid: str) -> str:
    """That somebody signs in and out on a type of device: events are `Scarlett:true`, `PC:false` …."""
    return f"{_PRESENCE}/xuid({xuid})/devices"


def in_title(xuid: str, title_id: str) -> str:
    """That somebody starts and ends one title: events are `Started` and `Ended`, spelled in several ways."""
    return f"{_PRESENCE}/xuid({xuid})/titles/{title_id}"


def rich_presence(xuid: str) -> str:
    """All that somebody does, and the text beside it: events are objects."""
    return f"{_PRESENCE}/xuid({xuid})/richpresence"


def friends(xuid: str) -> str:
    """Whom the account itself follows."""
    return f"https://social.xboxlive.com/users/xuid({xuid})/friends"


def achievements(xuid: str, service_config_id: str) -> str:
    """How far somebody has come in one game."""
    scid = service_config_id.lower()
    return f"https://achievements.xboxlive.com/users/xuid({xuid})/achievements/{scid}"
