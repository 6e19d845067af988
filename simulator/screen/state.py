"""Everything visible, as one JSON object: for the screen page and for browser tests."""

from dataclasses import asdict
from itertools import islice

from simulator.captures.gallery import of_person, title_of
from simulator.consoles.console import Console
from simulator.consoles.shell import GUIDE_ITEMS
from simulator.games.titles import Title
from simulator.lan.segment import Heard
from simulator.people.person import Person, are_friends
from simulator.people.state import devices_of
from simulator.screen.activity_panel import activity_state
from simulator.world import World

REQUESTS_SHOWN = 60
PEOPLE_SHOWN = 40
HAPPENED_SHOWN = 60
CAPTURES_SHOWN = 12
PACKETS_SHOWN = 40


def world_state(world: World) -> dict[str, object]:
    """Return all that can be seen of the world."""
    return {
        "time": world.clock.iso(),
        "elapsed": world.clock.elapsed(),
        "skew": world.clock.offset,
        "consoles": [
            console_state(world, console) for console in world.consoles.values()
        ],
        "titles": [
            title_state(title) for title in world.titles if title.name is not None
        ],
        "accounts": _accounts(world),
        "faults": [fault.as_dict() for fault in world.faults],
        "knobs": world.knobs.as_dict(),
        "requests": [
            asdict(entry) for entry in islice(reversed(world.requests), REQUESTS_SHOWN)
        ],
        "people": [
            person_state(world, person)
            for person in islice(world.people.values(), PEOPLE_SHOWN)
        ],
        "activity": activity_state(world),
        "people_count": len(world.people),
        "unlocks": [
            asdict(unlock) for unlock in islice(reversed(world.unlocks), HAPPENED_SHOWN)
        ],
        "captures": [
            asdict(capture)
            for capture in islice(reversed(world.captures), HAPPENED_SHOWN)
        ],
        "galleries": galleries(world),
        "lan": lan_state(world),
    }


def _accounts(world: World) -> list[dict[str, str]]:
    return [
        {
            "key": account.key,
            "gamertag": account.unique_gamertag,
            "name": account.display_name,
        }
        for account in world.accounts.values()
        if not account.hidden
    ]


def galleries(world: World) -> list[dict[str, object]]:
    """Return the captures of everybody who has any: how many, and the latest."""
    owners = {capture.account for capture in world.captures}
    return [
        {
            "key": key,
            "gamertag": person.unique_gamertag,
            "count": len(found := of_person(world, person)),
            "latest": [
                {
                    "id": capture.id,
                    "kind": capture.kind,
                    "game": title_of(world, capture).name,
                    "taken": world.clock.iso(capture.time, 0),
                    "picture": f"/_simulator/captures/{capture.id}/picture",
                }
                for capture in found[:CAPTURES_SHOWN]
            ],
        }
        for key, person in world.people.items()
        if key in owners
    ]


def lan_state(world: World) -> dict[str, object]:
    """Return what was heard on the local network, the last first."""
    heard = world.lan.heard
    return {
        "probes": len(world.lan.kinds("probe")),
        "wakes": len(world.lan.kinds("wake")),
        "packets": [
            {**asdict(packet), "name": _name(world, packet)}
            for packet in islice(reversed(heard), PACKETS_SHOWN)
        ],
    }


def _name(world: World, packet: Heard) -> str:
    """Return to whom a packet went: a console's name, or everybody."""
    called = {
        world.lan.host_of(console.id): console.name
        for console in world.consoles.values()
    }
    return (
        called.get(packet.host, f"host {packet.host}") if packet.host else "everybody"
    )


def person_state(world: World, person: Person) -> dict[str, object]:
    """Return a person: what is true, whatever others may see."""
    devices = devices_of(world, person)
    title = world.titles.by_title_id(devices[0].front.title_id) if devices else None
    seen, parent = person.last_seen, world.accounts.get("parent")
    return {
        "key": person.key,
        "gamertag": person.unique_gamertag,
        "gamerscore": person.gamerscore,
        "colors": person.colors,
        "state": ("Away" if person.away else "Online") if devices else "Offline",
        "device": devices[0].type if devices else "",
        "running": devices[0].front.name if devices else "",
        "rich_presence": devices[0].front.rich_presence if devices else "",
        "title": title_state(title),
        "elsewhere": bool(person.sessions),
        "last_seen": None if seen is None else {"name": seen.name, "at": seen.at},
        "friend": parent is not None and are_friends(parent, person),
        "private": person.private,
        "cloaked": person.cloaked,
        "unread": world.messages.unread(person.xuid),
    }


def title_state(title: Title | None) -> dict[str, object] | None:
    """Return a title as the page shows it."""
    if title is None:
        return None
    return {
        "key": title.key,
        "kind": title.kind,
        "name": title.name or title.package_family_name or title.key,
        "product_id": title.product_id,
        "aumid": title.aumid,
        "publisher": title.publisher,
        "colors": title.colors,
        "is_media": bool(title.media),
    }


def view_of(console: Console) -> str:
    """Return what the television shows, in one word."""
    if not console.plugged:
        return "unplugged"
    if console.transition:
        return console.transition
    if not console.is_on:
        return "standby" if console.power == "ConnectedStandby" else "off"
    shell = console.shell
    if shell.launching is not None:
        return "launching"
    if shell.screensaver():
        return "screensaver"
    if shell.running is None:
        return "home"
    return "media" if shell.running.media else "title"


def console_state(world: World, console: Console) -> dict[str, object]:
    """Return a console: what is true, what the network says, and its screen."""
    shown = console.shown()
    return {
        "id": console.id,
        "name": console.name,
        "type": console.type,
        "os_version": console.os_version,
        "power": console.power,
        "transition": console.transition,
        "view": view_of(console),
        "plugged": console.plugged,
        "instant_on": console.instant_on,
        "remote_features": console.remote_features,
        "streaming": console.streaming,
        "pairing": console.pairing,
        "disc": console.disc,
        "signed_in": console.signed_in,
        "people": [world.accounts[key].unique_gamertag for key in console.signed_in],
        "network": {
            "power": shown.power,
            "playback": shown.playback,
            "focus": shown.focus,
        },
        "knobs": console.behaviour.differences(),
        "lan": {
            "answers": world.lan.runs(console) and world.lan.of(console.id).answers,
            "knobs": world.lan.of(console.id).differences(),
        },
        "storage": [asdict(drive) for drive in console.storage],
        "installed": [entry.title.key for entry in console.installed],
        "installing": [title.key for title in console.installing],
        "operation": _operation(world, console),
        "shell": shell_state(console),
    }


def _operation(world: World, console: Console) -> dict[str, str] | None:
    """Return what was asked for last, and what has become of it."""
    operation = world.operations.latest(console.id)
    if operation is None:
        return None
    status = operation.status_at(world.clock.elapsed(), world.knobs.op_outcome)
    return {"command": operation.command, "status": status}


def shell_state(console: Console) -> dict[str, object]:
    """Return what is on the console's screen; moments are in the seconds of `elapsed`."""
    shell = console.shell
    media = None
    if shell.running is not None and shell.running.media:
        name, seconds = shell.running.media[shell.media_item]
        media = {"name": name, "duration": seconds, "position": shell.position()}
    return {
        "app": title_state(shell.running),
        "launching": title_state(shell.launching),
        "suspended": title_state(shell.suspended),
        "focus": shell.focus_aumid() if console.is_on else "",
        "tiles": [title_state(title) for title in shell.tiles],
        "tile": shell.tile,
        "overlay": shell.overlay,
        "guide_items": GUIDE_ITEMS,
        "guide_item": shell.guide_item,
        "typed": shell.typed,
        "volume": shell.volume,
        "muted": shell.muted,
        "volume_at": shell.volume_at,
        "last_key": shell.last_key,
        "last_key_at": shell.last_key_at,
        "toast": shell.toast,
        "toast_at": shell.toast_at,
        "playback": shell.playback,
        "media": media,
    }
