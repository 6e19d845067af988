"""cqs.xboxlive.com: television channels and what they show."""

from datetime import UTC, datetime, timedelta
import uuid

from aiohttp import web

from simulator.routes.shared.service import Call, refusal, service

HOST = "cqs.xboxlive.com"
_LINEUP = f"/{HOST}/epg/{{locale}}/lineups/{{headend}}"
_CLIENT = {
    "x-xbl-client-type": "Companion",
    "x-xbl-client-version": "2.0",
    "x-xbl-device-type": "WindowsPhone",
    "x-xbl-isautomated-client": "true",
}
_NAMESPACE = uuid.UUID("3b0f1c59-7d84-4a77-9a1e-62f0a7d5c811")
# Name, number, genre and how many minutes each programme of it takes.
_CHANNELS = (
    ("Harbour One", "101", "News", 30),
    ("Lantern Films", "202", "Film", 120),
    ("Pocket Planet", "303", "Documentary", 60),
)

routes = web.RouteTableDef()


def _check(call: Call, desired: str) -> None:
    """Raise HTTPBadRequest unless the request comes from the only client there was."""
    for name, value in _CLIENT.items():
        if call.request.headers.get(name, "").lower() != value.lower():
            raise refusal(400)
    if call.request.query.get("desired") != desired:
        raise refusal(400)


def _channel(name: str) -> dict[str, object]:
    channel_id = str(uuid.uuid5(_NAMESPACE, name))
    sign = name.upper().replace(" ", "")[:8]
    number = next(number for known, number, *_ in _CHANNELS if known == name)
    logo = f"http://images-eds.xboxlive.com/image?url=channel-{number}&format=png"
    return {
        "Id": f"{channel_id}_{sign}_{number}",
        "ChannelId": channel_id,
        "CallSign": sign,
        "ChannelNumber": number,
        "Images": [{"Purpose": "Logo", "ResizeUri": logo, "ForeColor": "White"}],
    }


@routes.get(f"{_LINEUP}/channels")
@service("1.b")
async def channels(call: Call) -> web.Response:
    """List the channels of a lineup."""
    _check(call, "vesper_mobile_lineup")
    times = {"StartDate": "2024-01-01T00:00:00Z", "EndDate": "2099-01-01T00:00:00Z"}
    return call.answer({"Channels": [_channel(name) | times for name, *_ in _CHANNELS]})


@routes.get(f"{_LINEUP}/programs")
@service("1.b")
async def programs(call: Call) -> web.Response:
    """List what the channels show from a time on."""
    _check(call, "vesper_mobile_schedule")
    try:
        start = datetime.fromisoformat(call.request.query.get("startDate", ""))
    except ValueError as error:
        raise refusal(400) from error
    end = start + timedelta(minutes=call.number("durationMinutes", 60))
    first = call.number("channelSkip", 0)
    last = first + call.number("channelCount", len(_CHANNELS))
    found = []
    for name, _, genre, minutes in _CHANNELS[first:last]:
        channel = _channel(name)
        shown = _programs(name, genre, minutes, start.astimezone(UTC), end)
        kept = {"Id": channel["Id"], "Name": name, "Images": channel["Images"]}
        found.append(kept | {"Programs": shown})
    return call.answer({"Channels": found})


def _programs(
    name: str, genre: str, minutes: int, start: datetime, end: datetime
) -> list[dict[str, object]]:
    """Return programmes without a gap; they begin on round times."""
    length = timedelta(minutes=minutes)
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    number = int((start - day) / length)
    found: list[dict[str, object]] = []
    while (begins := day + number * length) < end:
        found.append(
            {
                "Id": str(uuid.uuid5(_NAMESPACE, f"{name}/{begins}")),
                "MediaItemType": "TVShow",
                "StartDate": begins.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "EndDate": (begins + length).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "Name": f"{genre} on {name}, part {number + 1}",
                "IsRepeat": number % 3 == 2,
                "ParentalControl": {},
                "Genres": [{"Name": genre}],
                "CategoryId": 0,
            }
        )
        number += 1
    return found
