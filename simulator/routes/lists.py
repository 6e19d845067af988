"""eplists.xboxlive.com: the list of pinned titles."""

from datetime import UTC, datetime
from typing import cast
import uuid

from aiohttp import web

from simulator.people.pins import LARGEST, Pin, Pins, PinsFull
from simulator.routes.shared.service import Call, refusal, service

HOST = "eplists.xboxlive.com"
LIST_TYPE, LIST_NAME = "PINS", "XBLPins"
_PATH = f"/{HOST}/users/{{who}}/lists/{{type}}/{{name}}"

routes = web.RouteTableDef()


def _list(call: Call) -> Pins:
    """Return the caller's list. Raises HTTPNotFound, HTTPForbidden, HTTPNotImplemented for another name."""
    if call.path("type") != LIST_TYPE:
        raise refusal(404)
    if call.path("name") != LIST_NAME:
        raise refusal(501)
    return call.world.pins.setdefault(call.own().key, Pins())


def _check_version(call: Call, pins: Pins) -> None:
    """Raise HTTPPreconditionFailed if a change was meant for another version."""
    wanted = call.request.headers.get("If-Match", "").strip('"')
    if wanted not in ("", "*", str(pins.version)):
        raise refusal(412)


async def _items(call: Call) -> list[dict[str, object]]:
    items = (await call.json()).get("Items")
    if not isinstance(items, list) or not items:
        raise refusal(400)
    if not all(isinstance(item, dict) and item.get("ItemId") for item in items):
        raise refusal(400)
    return cast("list[dict[str, object]]", items)


def _metadata(pins: Pins) -> dict[str, object]:
    return {
        "ListTitle": pins.title,
        "ListVersion": pins.version,
        "ListCount": len(pins.entries),
        "AllowDuplicates": False,
        "MaxListSize": LARGEST,
        "AccessSetting": "OwnerOnly",
    }


def _date(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%m/%d/%Y %H:%M:%S")


def _entry(number: int, pin: Pin) -> dict[str, object]:
    return {
        "DateAdded": _date(pin.added),
        "DateModified": _date(pin.modified),
        "Index": number,
        "KValue": number,
        "Item": {"Provider": None, "ProviderId": None} | pin.item,
    }


@routes.get(_PATH)
@service("2")
async def pinned(call: Call) -> web.Response:
    """List what is pinned; 304 if it is still the version that the caller has."""
    pins = _list(call)
    if call.request.headers.get("If-None-Match", "").strip('"') == str(pins.version):
        return web.Response(status=304)
    entries = [_entry(number, pin) for number, pin in enumerate(pins.entries)]
    answer = call.answer(
        {
            "ImpressionId": f"Lists.{uuid.uuid4()}",
            "ListItems": entries,
            "ListMetadata": _metadata(pins),
        }
    )
    answer.headers["ETag"] = f'"{pins.version}"'
    return answer


@routes.post(_PATH)
@service("2")
async def insert(call: Call) -> web.Response:
    """Pin items."""
    pins, items = _list(call), await _items(call)
    _check_version(call, pins)
    try:
        pins.insert(items, call.world.clock.now())
    except PinsFull as error:
        raise refusal(400) from error
    call.world.publish()
    return call.answer(_metadata(pins))


@routes.delete(_PATH)
@service("2")
async def remove(call: Call) -> web.Response:
    """Unpin items."""
    pins, items = _list(call), await _items(call)
    _check_version(call, pins)
    pins.remove(items)
    call.world.publish()
    return call.answer(_metadata(pins))
