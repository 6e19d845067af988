"""Who is online, on what and with which title (userpresence.xboxlive.com)."""

from collections.abc import Iterable
from itertools import batched, chain
from typing import Annotated

from ..conversion import Before
from ..model import Items, Json, Model, Moment, OpenEnum
from ..ratelimit import fine_grained
from ..service import ServiceClient, read_all
from ..session import Service

_LARGEST_BATCH = 1100


class Level(OpenEnum):
    """How much to tell: the state alone, also devices, also titles, also what they say of it."""

    USER = "user"
    DEVICE = "device"
    TITLE = "title"
    ALL = "all"


class OnlineState(OpenEnum):
    """Whether a person is there."""

    ONLINE = "Online"
    AWAY = "Away"
    OFFLINE = "Offline"
    UNKNOWN = "Unknown"


class Visibility(OpenEnum):
    """Whether the own presence is shown to others; cloaked people appear offline."""

    ACTIVE = "Active"
    CLOAKED = "Cloaked"


class Placement(OpenEnum):
    """Where on the screen a title is."""

    FULL = "Full"
    FILL = "Fill"
    SNAPPED = "Snapped"
    BACKGROUND = "Background"


class TitleState(OpenEnum):
    """Whether a title is in use."""

    ACTIVE = "Active"
    INACTIVE = "Inactive"


class Activity(Model):
    """What a title says of itself, in the language of the request."""

    rich_presence: str | None = None
    media: str | None = None


def _first(value: object) -> object:
    """Contract 3 sends an object where earlier ones sent a list of them."""
    return next(iter(value), None) if isinstance(value, list) else value


class PresenceTitle(Model):
    """A title on a device."""

    id: str | None = None
    name: str | None = None
    placement: Placement | None = None
    state: TitleState | None = None
    last_modified: Moment = None
    activity: Annotated[Activity | None, Before(_first)] = None


class PresenceDevice(Model):
    """A device that someone is signed in on; `type` is XboxOne, WindowsOneCore, iOS …."""

    type: str | None = None
    titles: Items[PresenceTitle] = ()


class LastSeen(Model):
    """Where someone was last; the name is often empty."""

    device_type: str | None = None
    title_id: str | None = None
    title_name: str | None = None
    timestamp: Moment = None


class PresenceRecord(Model):
    """A person's presence; who may not see it gets one that looks offline."""

    xuid: str
    state: OnlineState = OnlineState.UNKNOWN
    devices: Items[PresenceDevice] = ()
    last_seen: LastSeen | None = None
    cloaked: bool | None = None


class Presence(ServiceClient):
    """Who is online, on what and with which title."""

    _service = Service(
        "userpresence.xboxlive.com",
        contract=3,
        windows=fine_grained(30, 100),
        writes=fine_grained(3, 30),
    )

    async def own(self, level: Level = Level.ALL) -> PresenceRecord:
        """The presence of the account itself."""
        return await self._get(t"/users/me", PresenceRecord, level=level)

    async def of(self, xuid: str, level: Level = Level.ALL) -> PresenceRecord:
        """The presence of one person."""
        return await self._get(t"/users/xuid({xuid})", PresenceRecord, level=level)

    async def batch(
        self,
        xuids: Iterable[str],
        level: Level = Level.ALL,
        *,
        online_only: bool = False,
    ) -> tuple[PresenceRecord, ...]:
        """The presence of many people, in as few requests as the service allows (1,100 each)."""
        questions: list[Json] = [
            {"users": list(users), "level": level, "onlineOnly": online_only}
            for users in batched(xuids, _LARGEST_BATCH, strict=False)
        ]
        replies = [
            await self._request("POST", t"/users/batch", question, idempotent=True)
            for question in questions
        ]
        return tuple(
            chain.from_iterable(read_all(reply, PresenceRecord) for reply in replies)
        )

    async def show_as(self, visibility: Visibility) -> None:
        """Appear offline to others, or no longer."""
        path = t"/users/xuid({await self._session.xuid()})/state"
        body: Json = {"state": visibility}
        await self._do("PUT", path, body)
