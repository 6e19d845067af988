"""What titles count of people, such as minutes played (userstats.xboxlive.com)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
import math

from ..model import Items, Json, Model
from ..ratelimit import fine_grained
from ..service import ServiceClient, read
from ..session import Service

MINUTES_PLAYED = "MinutesPlayed"


class StatisticProperties(Model):
    """What a statistic is called, and how the service would show it; hero statistics in their order."""

    display_name: str | None = None
    display_format: str | None = None
    display_semantic: str | None = None
    ordinal: int | None = None
    sort_order: str | None = None


class Statistic(Model):
    """A value as text; None where a person has none. Metadata come with some requests."""

    name: str
    xuid: str | None = None
    scid: str | None = None
    type: str | None = None
    value: str | None = None
    properties: StatisticProperties | None = None
    group_properties: StatisticProperties | None = None

    @property
    def number(self) -> int | float | None:
        """The value, if it is one: a whole number exactly, however large."""
        text = self.value or ""
        with suppress(ValueError):
            return int(text)
        with suppress(ValueError):
            return number if math.isfinite(number := float(text)) else None
        return None


class StatisticList(Model):
    """The statistics of one person, if they are arranged by XUID."""

    arrange_by_field: str | None = None
    arrange_by_field_id: str | None = None
    stats: Items[Statistic] = ()


class StatisticGroup(Model):
    """The hero statistics of a title."""

    name: str | None = None
    title_id: str | None = None
    stat_lists_collection: Items[StatisticList] = ()


class Statistics(Model):
    """What was asked for, person by person."""

    groups: Items[StatisticGroup] = ()
    stat_lists_collection: Items[StatisticList]


class RequestedStatistic(Model):
    """A value as contract 1 sends it."""

    stat_name: str
    type: str | None = None
    value: int | float | str | None = None


class RequestedScid(Model):
    """The values of a service configuration."""

    scid: str
    stats: Items[RequestedStatistic] = ()


class RequestedUser(Model):
    """The values of a person."""

    xuid: str
    gamertag: str | None = None
    scids: Items[RequestedScid] = ()


class RequestedStatistics(Model):
    """Answer of contract 1."""

    users: Items[RequestedUser]


class Userstats(ServiceClient):
    """What titles count of people."""

    _service = Service(
        "userstats.xboxlive.com", contract=2, windows=fine_grained(100, 300)
    )

    async def of(
        self, xuid: str, scid: str, names: Iterable[str] = (MINUTES_PLAYED,)
    ) -> Statistics:
        """Statistics of one person."""
        path = t"/users/xuid({xuid})/scids/{scid}/stats/{','.join(names)}"
        return await self._get(path, Statistics)

    async def with_metadata(
        self, xuid: str, scid: str, names: Iterable[str] = (MINUTES_PLAYED,)
    ) -> Statistics:
        """Statistics of one person, with what they are called."""
        path = t"/users/xuid({xuid})/scids/{scid}/stats/{','.join(names)}"
        include = {"include": "valuemetadata"}
        reply = await self._request("GET", path, parameters=include, contract=3)
        return read(reply, Statistics)

    async def batch(
        self,
        xuids: Iterable[str],
        title_id: str,
        names: Iterable[str] = (MINUTES_PLAYED,),
    ) -> Statistics:
        """Statistics and the hero statistics of a title, for many people."""
        return await self._batch(xuids, {"titleId": title_id}, names)

    async def batch_by_scid(
        self, xuids: Iterable[str], scid: str, names: Iterable[str] = (MINUTES_PLAYED,)
    ) -> Statistics:
        """The same by service configuration id."""
        return await self._batch(xuids, {"scid": scid}, names)

    async def requested(
        self, xuids: Iterable[str], names_by_scid: Mapping[str, Iterable[str]]
    ) -> tuple[RequestedUser, ...]:
        """Statistics of several titles for many people, as contract 1 documents it."""
        question: Json = {
            "requestedusers": [int(xuid) for xuid in xuids],
            "requestedscids": [
                {"scid": scid, "requestedstats": [*names]}
                for scid, names in names_by_scid.items()
            ],
        }
        reply = await self._request(
            "POST", t"/batch", question, contract=1, idempotent=True
        )
        return read(reply, RequestedStatistics).users

    async def _batch(
        self, xuids: Iterable[str], title: dict[str, Json], names: Iterable[str]
    ) -> Statistics:
        question: Json = {
            "arrangebyfield": "xuid",
            "groups": [{"name": "Hero", **title}],
            "stats": [{"name": name, **title} for name in names],
            "xuids": [*xuids],
        }
        return await self._ask(t"/batch", question, Statistics)
