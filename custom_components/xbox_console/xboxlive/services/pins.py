"""Lists that an account keeps, above all its pins (eplists.xboxlive.com)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from string.templatelib import Template
from typing import Annotated

from ..conversion import Before
from ..model import Items, Json, Link, Model, Moment, to_pascal
from ..service import ServiceClient, read
from ..session import Service

PINS = "XBLPins"


def _american(value: object) -> object:
    """This service alone writes times as 08/31/2024 17:05:06."""
    try:
        return datetime.strptime(str(value), "%m/%d/%Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return value


type AmericanMoment = Annotated[Moment, Before(_american)]


class Pin(Model, names=to_pascal):
    """Something pinned; `item_id` is a product id or package family name."""

    item_id: str
    content_type: str | None = None
    title: str | None = None
    sub_title: str | None = None
    locale: str | None = None
    device_type: str | None = None
    provider: str | None = None
    provider_id: str | None = None
    image_url: Link = None


class ListItem(Model, names=to_pascal):
    """A place in a list."""

    item: Pin
    index: int | None = None
    k_value: int | None = None
    date_added: AmericanMoment = None
    date_modified: AmericanMoment = None


class ListMetadata(Model, names=to_pascal):
    """What a list is; `list_version` counts its changes."""

    list_title: str | None = None
    list_version: int | None = None
    list_count: int | None = None
    max_list_size: int | None = None
    allow_duplicates: bool | None = None
    access_setting: str | None = None


class PinList(Model, names=to_pascal):
    """A list with its items."""

    impression_id: str | None = None
    list_items: Items[ListItem]
    list_metadata: ListMetadata | None = None


class Pins(ServiceClient):
    """Lists of the account, or of an XUID; a careful change names the version that it is based on.

    Raises AccessDenied for another's list if it is private, NotFound for a list that does not exist, UnexpectedResponse (412) for an old version.
    """

    _service = Service("eplists.xboxlive.com", contract=2)

    async def get(self, name: str = PINS, *, xuid: str | None = None) -> PinList:
        """A list."""
        return await self._get(await self._at(name, xuid), PinList)

    async def insert(
        self,
        pins: Iterable[Pin],
        name: str = PINS,
        version: int | None = None,
        *,
        xuid: str | None = None,
    ) -> ListMetadata:
        """Add to a list."""
        return await self._change("POST", pins, await self._at(name, xuid), version)

    async def remove(
        self,
        pins: Iterable[Pin],
        name: str = PINS,
        version: int | None = None,
        *,
        xuid: str | None = None,
    ) -> ListMetadata:
        """Take from a list."""
        return await self._change("DELETE", pins, await self._at(name, xuid), version)

    async def _at(self, name: str, xuid: str | None) -> Template:
        owner = xuid or await self._session.xuid()
        return t"/users/xuid({owner})/lists/PINS/{name}"

    async def _change(
        self, method: str, pins: Iterable[Pin], path: Template, version: int | None
    ) -> ListMetadata:
        condition = {} if version is None else {"If-Match": str(version)}
        body: Json = {"Items": [pin.raw() for pin in pins]}
        headers = {**condition, **self._overrides.get("headers", {})}
        return read(
            await self._request(method, path, body, headers=headers), ListMetadata
        )
