"""userpresence.xboxlive.com: who is online, and with what."""

from aiohttp import web

from simulator.people.person import Person
from simulator.people.records import device_record
from simulator.people.state import appears_offline, presence_of
from simulator.routes.shared.service import Call, refusal, service, strings

HOST = "userpresence.xboxlive.com"
LEVELS = ("user", "device", "title", "all")
BATCH_LIMIT = 1100
STATES = {"active": False, "cloaked": True}

routes = web.RouteTableDef()


def _level(value: object) -> str:
    if value not in LEVELS:
        raise refusal(400)
    return str(value)


@routes.get(f"/{HOST}/users/me")
@service("3")
async def own(call: Call) -> web.Response:
    """Answer the caller's own record."""
    level = _level(call.request.query.get("level", "title"))
    return call.answer(_record(call, call.account, call.account.xuid, level))


@routes.get(f"/{HOST}/users/xuid({{xuid}})")
@service("3")
async def other(call: Call) -> web.Response:
    """Answer anybody's record."""
    level, xuid = _level(call.request.query.get("level", "title")), call.path("xuid")
    return call.answer(_record(call, call.world.by_xuid(xuid), xuid, level))


@routes.post(f"/{HOST}/users/batch")
@service("3")
async def batch(call: Call) -> web.Response:
    """Answer many records as a bare list."""
    body = await call.json()
    users = strings(body.get("users"))
    if len(users) > BATCH_LIMIT:
        raise refusal(400)
    level = _level(body.get("level", "title"))
    devices = frozenset(strings(body.get("deviceTypes") or []))
    titles = frozenset(strings(body.get("titles") or []))
    everybody = call.world.people_by_xuid()
    records = [
        _record(call, everybody.get(xuid), xuid, level, devices, titles)
        for xuid in users
        if not _is_left_out(call, everybody.get(xuid))
    ]
    if body.get("onlineOnly"):
        records = [record for record in records if record["state"] != "Offline"]
    return call.answer(records)


@routes.put(f"/{HOST}/users/{{who}}/state")
@service("3")
async def appear(call: Call) -> web.Response:
    """Appear offline (`Cloaked`), or no longer (`Active`)."""
    account, state = call.own(), (await call.json()).get("state")
    if not isinstance(state, str) or state.lower() not in STATES:
        raise refusal(400)
    account.cloaked = STATES[state.lower()]
    call.world.publish()
    return web.Response()


def _is_left_out(call: Call, person: Person | None) -> bool:
    return person is not None and person.key == call.world.knobs.presence_leaves_out


def _every_second_time(call: Call) -> bool:
    return len(call.world.requests) % 2 == 1


def _record(
    call: Call,
    person: Person | None,
    xuid: str,
    level: str,
    types: frozenset[str] = frozenset(),
    titles: frozenset[str] = frozenset(),
) -> dict[str, object]:
    """Return a record; nobody known is simply offline, privacy and ignorance look the same."""
    if person is None:
        return {"xuid": xuid, "state": "Offline"}
    state, present = presence_of(call.world, person, call.account)
    devices = [
        device
        for device in present
        if (not types or device.type in types)
        and (not titles or any(str(one.title_id) in titles for one in device.titles))
    ]
    if not devices:
        gone = {} if present else _last_seen(call, person, level)
        return {"xuid": xuid, "state": "Offline"} | gone
    record: dict[str, object] = {"xuid": xuid, "state": state}
    if level == "user":
        return record
    if call.world.knobs.presence_device_order == "alternating" and _every_second_time(
        call
    ):
        devices.reverse()
    told = [device_record(call.world, device, level) for device in devices]
    return record | {"devices": told}


def _last_seen(call: Call, person: Person, level: str) -> dict[str, object]:
    """Return the `lastSeen` member, if there is one: the own record has none."""
    seen, knobs = person.last_seen, call.world.knobs
    if seen is None or level == "user":
        return {}
    if (person is call.account and not knobs.own_last_seen) or appears_offline(
        call.world, person, call.account
    ):
        return {}
    return {
        "lastSeen": {
            "deviceType": seen.device,
            "titleId": str(seen.title_id),
            "titleName": seen.name if knobs.last_seen_names else "",
            "timestamp": call.time(
                seen.at + _every_second_time(call) * knobs.last_seen_wobble_seconds
            ),
        }
    }
