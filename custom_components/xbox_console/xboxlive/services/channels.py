"""Television channels and what is on (cqs.xboxlive.com, for consoles with a tuner)."""

from datetime import UTC, datetime

from ..model import Items, Json, Link, Model, Moment, to_pascal
from ..service import ServiceClient
from ..session import Service


class ChannelImage(Model, names=to_pascal):
    """A logo."""

    purpose: str | None = None
    resize_uri: Link = None
    fore_color: str | None = None


class ParentSeries(Model, names=to_pascal):
    """The series that a programme belongs to."""

    id: str | None = None
    name: str | None = None


class Genre(Model, names=to_pascal):
    """A kind of programme."""

    name: str | None = None


class Program(Model, names=to_pascal):
    """What is on."""

    id: str
    name: str | None = None
    description: str | None = None
    media_item_type: str | None = None
    start_date: Moment = None
    end_date: Moment = None
    is_repeat: bool | None = None
    parental_control: dict[str, Json] | None = None
    genres: Items[Genre] = ()
    category_id: int | None = None
    parent_series: ParentSeries | None = None
    images: Items[ChannelImage] = ()


class Channel(Model, names=to_pascal):
    """A channel; the list has numbers and call signs, the schedule names and programmes."""

    id: str
    channel_id: str | None = None
    call_sign: str | None = None
    channel_number: str | None = None
    name: str | None = None
    start_date: Moment = None
    end_date: Moment = None
    is_hd: bool | None = None
    images: Items[ChannelImage] = ()
    programs: Items[Program] = ()


class ChannelList(Model, names=to_pascal):
    """Channels."""

    channels: Items[Channel]


class Channels(ServiceClient):
    """Television channels and what is on."""

    _service = Service(
        "cqs.xboxlive.com",
        contract="1.b",
        headers={
            "Cache-Control": "no-cache",
            "Pragma": "no-cache",
            "x-xbl-client-type": "Companion",
            "x-xbl-client-version": "2.0",
            "x-xbl-device-type": "WindowsPhone",
            "x-xbl-isautomated-client": "true",
        },
    )

    async def channels(self, headend_id: str) -> tuple[Channel, ...]:
        """The channels of a provider."""
        path = t"/epg/{self._language}/lineups/{headend_id}/channels"
        answer = await self._get(path, ChannelList, desired="vesper_mobile_lineup")
        return answer.channels

    async def schedule(
        self,
        headend_id: str,
        start: datetime,
        minutes: int = 120,
        *,
        skip: int = 0,
        count: int = 50,
    ) -> tuple[Channel, ...]:
        """What is on from `start`, on `count` channels after the first `skip`."""
        answer = await self._get(
            t"/epg/{self._language}/lineups/{headend_id}/programs",
            ChannelList,
            startDate=f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
            durationMinutes=minutes,
            channelSkip=skip,
            channelCount=count,
            desired="vesper_mobile_schedule",
        )
        return answer.channels
