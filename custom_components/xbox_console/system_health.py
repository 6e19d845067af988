"""System health: how the sign-in and the services of the accounts are doing."""

from typing import Any

from homeassistant.components import system_health
from homeassistant.core import HomeAssistant, callback

from .account.outages import Outages
from .const import DOMAIN
from .lan.local import LocalNetwork
from .runtime import XboxConsoleConfigEntry
from .xboxlive.activity.channel import Activity
from .xboxlive.auth.apps import LIVE
from .xboxlive.hosts import PRODUCTION
from .xboxlive.session import Session

_CONSOLES = "xccs.xboxlive.com"
_HOUR = 3600.0
_MINUTE = 60.0


@callback
def async_register(
    hass: HomeAssistant, register: system_health.SystemHealthRegistration
) -> None:
    """Register what tells."""
    register.async_register_info(_info)


async def _info(hass: HomeAssistant) -> dict[str, Any]:
    """One line a question; where there are several accounts, their answers in the same order."""
    entries: list[XboxConsoleConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    accounts = [entry.runtime_data.account for entry in entries]
    sessions = [account.session for account in accounts]
    told: dict[str, Any] = {
        "accounts": len(accounts),
        "sign_in": "; ".join(account.way for account in accounts),
        "tokens": "; ".join(
            _lifetimes(account.chain.lifetimes) for account in accounts
        ),
        "services": "; ".join(_services(session) for session in sessions),
        "status_page": "; ".join(_status_page(account.outages) for account in accounts),
        "push": "; ".join(_push(account.xbox.activity) for account in accounts),
        "local_network": "; ".join(
            _local(entry.runtime_data.consoles.local) for entry in entries
        ),
        "requests_last_hour": "; ".join(_requests(session) for session in sessions),
        "remaining_budget": "; ".join(_remaining(session) for session in sessions),
    }
    if any(session.transport.hosts != PRODUCTION for session in sessions):
        return {**told, "network": "simulator"}
    return {
        **told,
        "can_reach_consoles": _can_reach(hass, _CONSOLES),
        "can_reach_sign_in": _can_reach(hass, LIVE.host),
    }


def _can_reach(hass: HomeAssistant, host: str) -> Any:
    return system_health.async_check_can_reach_url(hass, f"https://{host}")


def _lifetimes(seconds: dict[str, float | None]) -> str:
    """Hours that each token has left."""
    return ", ".join(
        f"{name} {left / _HOUR:.1f} h"
        for name, left in seconds.items()
        if left is not None
    )


def _services(session: Session) -> str:
    """What does not work, or has asked for a pause."""
    ill = [
        f"{host} {trouble.problem} for {trouble.lasting / _MINUTE:.0f} min"
        for host, trouble in session.troubles.items()
    ]
    closed = [
        f"{host} closed for {budget.closed_for:.0f} s"
        for host, budget in session.budgets.items()
        if budget.closed_for > 0
    ]
    return ", ".join(ill + closed) or "ok"


def _status_page(outages: Outages) -> str:
    """What Microsoft says of its services, if it was asked."""
    if outages.said is None:
        return "not asked" if not outages.ill(0) else "says nothing"
    troubles = [f"{name} {word}" for name, word in outages.said.items()]
    return ", ".join(troubles) or "all is well"


def _push(activity: Activity) -> str:
    """Since when there is a socket, and for how much of what is wanted events come."""
    if activity.since is None:
        problem = activity.problem
        return f"not there ({type(problem).__name__})" if problem else "not there"
    refused = len(activity.refused)
    held = f"{len(activity.held)} of {activity.wanted}, {refused} refused"
    doubted = "" if activity.healthy else ", silent"
    return f"for {activity.since / _MINUTE:.0f} min ({held}{doubted})"


def _local(local: LocalNetwork) -> str:
    """How many of the consoles were found, answer now, and would be heard if they came on."""
    if not local.enabled:
        return "off"
    everyone = local.neighbours.values()
    found = sum(one.address is not None for one in everyone)
    answer = sum(one.presence.answers is True for one in everyone)
    relied_on = sum(one.presence.healthy for one in everyone)
    unusable = "" if local.usable else ", cannot be asked"
    return f"{found} of {len(everyone)} found, {answer} answer, {relied_on} relied on{unusable}"


def _requests(session: Session) -> str:
    counts = {
        host: budget.sent_within(_HOUR) for host, budget in session.budgets.items()
    }
    each = ", ".join(f"{host} {count}" for host, count in counts.items())
    return f"{sum(counts.values())} ({each})" if counts else "0"


def _remaining(session: Session) -> str:
    """How many requests may follow at once, where the service publishes a limit."""
    return (
        ", ".join(
            f"{host} {budget.remaining}"
            for host, budget in session.budgets.items()
            if budget.remaining is not None
        )
        or "no limit published"
    )
