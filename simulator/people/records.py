"""How presence writes down what somebody does on a device."""

from simulator.people.state import Device, PeopleWorld, Running


def device_record(world: PeopleWorld, device: Device, level: str) -> dict[str, object]:
    """Return a device with as much as the level asks for."""
    if level == "device":
        return {"type": device.type}
    titles = [_title(world, title, level) for title in device.titles]
    return {"type": device.type, "titles": titles}


def _title(world: PeopleWorld, title: Running, level: str) -> dict[str, object]:
    knobs = world.knobs
    since = title.since + world.clock.offset
    body: dict[str, object] = {
        "id": str(title.title_id),
        "name": title.name if knobs.presence_names else "",
        "placement": title.placement,
        "state": "Active",
        "lastModified": world.clock.iso(since, knobs.fraction_digits),
    }
    if level == "all" and title.placement == "Full" and title.rich_presence:
        activity = {"richPresence": title.rich_presence}
        as_list = knobs.presence_activity == "list"
        body["activity"] = [activity] if as_list else activity
    return body
