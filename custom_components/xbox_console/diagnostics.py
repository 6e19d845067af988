"""Diagnostics: what helps to find a fault, without what identifies anyone."""

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from .account.coordinator import XboxCoordinator
from .captures.coordinator import CapturesCoordinator
from .consoles.coordinator import ConsoleCoordinator
from .people.coordinator import PeopleCoordinator
from .people.followed import Followed
from .runtime import XboxConsoleConfigEntry
from .xboxlive.activity.channel import Activity
from .xboxlive.model import Json
from .xboxlive.services.consoles import Console
from .xboxlive.session import Session

_CONSOLE = frozenset(
    {
        "consoletype",
        "consolestreamingenabled",
        "digitalassistantremotecontrolenabled",
        "locale",
        "outofhomewarning",
        "powerstate",
        "region",
        "remotemanagementenabled",
        "wirelesswarning",
    }
)
_DRIVE = frozenset(
    {"freespacebytes", "isdefault", "isgen9compatible", "totalspacebytes"}
)
"""Members, in lower case, whose values identify nobody; of all others the names alone are told."""
_OTHERS = "other_members"


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry
) -> dict[str, Any]:
    """The account, all its consoles, the people and the captures."""
    data = entry.runtime_data
    session = data.account.session
    return {
        "sign_in": {
            "way": data.account.way,
            "seconds_left": data.account.chain.lifetimes,
            "clock_skew": session.transport.clock.skew,
        },
        **_services(session),
        "push": _push(data.account.xbox.activity),
        "local_network": {
            "enabled": data.consoles.local.enabled,
            "usable": data.consoles.local.usable,
        },
        "console_list": _poll(data.consoles),
        # A list, because the keys of the mapping are console ids.
        "consoles": [_console(console) for console in data.consoles.consoles.values()],
        "captures": _captures(data.captures),
        "people": {
            **_poll(data.people),
            "everyone": [_person(data.people, one) for one in data.people.followed],
        },
    }


def _services(session: Session) -> dict[str, Any]:
    return {
        "services": {
            host: {
                "requests_last_hour": budget.sent_within(3600),
                "closed_for": budget.closed_for,
                "remaining": budget.remaining,
            }
            for host, budget in session.budgets.items()
        },
        "troubles": {
            host: {
                "problem": trouble.problem,
                "lasting": trouble.lasting,
                "signing_in": trouble.signing_in,
            }
            for host, trouble in session.troubles.items()
        },
    }


def _captures(captures: CapturesCoordinator) -> dict[str, Any]:
    return {
        **_poll(captures),
        "number": len(captures.data.captures),
        "complete": captures.data.complete,
        "not_backed_up": captures.data.not_backed_up,
        "withheld": captures.gallery.withheld,
        "backing_up": captures.backups.progress is not None,
    }


def _push(activity: Activity) -> dict[str, Any]:
    return {
        "connected_for": activity.since,
        "healthy": activity.healthy,
        "problem": type(activity.problem).__name__ if activity.problem else None,
        "connections": activity.connections,
        "doubts": activity.doubts,
        "events": activity.events,
        "wanted": activity.wanted,
        "held": len(activity.held),
        "refused": sorted(activity.refused),
    }


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry, device: dr.AnyDeviceEntry
) -> dict[str, Any]:
    """One console or one person."""
    if (console := entry.runtime_data.consoles.of_device(device)) is not None:
        return _console(console)
    people = entry.runtime_data.people
    person = people.of_device(device)
    return _person(people, person) if person else {}


def _console(console: ConsoleCoordinator) -> dict[str, Any]:
    state = console.data
    return {
        "listed": _listed(console.console),
        "present": console.present,
        "unwakeable": console.unwakeable,
        "last_seen_alive": {
            "at": _iso(console.last_seen_alive),
            "by": console.evidence.alive_by,
        },
        "judgement": {
            "power": console.judgement.power,
            "reason": console.judgement.reason,
            "network_says": console.evidence.network_says,
        },
        "wishes": [wish.command.name for wish in console.wishes],
        "os_version": console.os_version,
        "state": {
            "power": state.power,
            "playback": state.playback,
            "activity": state.activity,
            "app_kind": state.app.kind if state.app else None,
            "app": REDACTED if state.app else None,
            "remote_features": state.remote_features,
            "streaming": state.streaming,
            "tv_configured": state.tv_configured,
        },
        "local_network": console.nearby.diagnostics,
        "status": _poll(console),
        "library": {**_poll(console.library), "apps": len(console.library.data.apps)},
    }


def _listed(console: Console) -> dict[str, Any]:
    """What the list says of a console: how many drives it has, but not which."""
    drives = [_allowed(drive.raw(), _DRIVE) for drive in console.storage_devices or ()]
    return {**_allowed(console.raw(), _CONSOLE), "drives": drives}


def _allowed(said: Mapping[str, Json], members: Container[str]) -> dict[str, Any]:
    """The values of some members, in whatever case the service writes them, and the names of the others."""
    told: dict[str, Any] = {
        name: value
        for name, value in said.items()
        if name.lower() in members and not isinstance(value, dict | list)
    }
    # Names are words; what is none may be an id that something is listed under.
    others = {
        name if name.isalpha() else REDACTED for name in said.keys() - told.keys()
    }
    return {**told, _OTHERS: sorted(others)}


def _person(people: PeopleCoordinator, followed: Followed) -> dict[str, Any]:
    """What was told of a person, without who it is and what they play."""
    person, record = people.data.persons[followed.xuid], followed.record
    return {
        "friend": followed.subentry_id is not None,
        "visible": person.visible,
        "presence": person.presence,
        "devices": [device.type for device in record.devices] if record else [],
        "titles": len(followed.fronts),
        "in_game": person.game is not None,
        "profile": followed.profile is not None,
        "cloaked": person.cloaked,
        "unlocks_due": followed.unlocks_due,
        "minutes_due": followed.minutes_due,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _poll[DataT](coordinator: XboxCoordinator[DataT]) -> dict[str, Any]:
    confirmed = coordinator.last_confirmed
    return {
        "success": coordinator.last_update_success,
        "last_confirmed": _iso(confirmed),
        "interval": coordinator.update_interval
        and coordinator.update_interval.total_seconds(),
        "problem": type(coordinator.last_exception).__name__
        if coordinator.last_exception
        else None,
    }
