"""A family of the demo world as tests meet it: budgets are switched on through the dialog."""

from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers import device_registry as dr

from custom_components.xbox_console.const import DOMAIN
from tests.integration.following import Following

MINUTE = 60.0
HOUR = 3600.0
MIKA, TOVE = "lanternfox2048", "paper_kite_31"


def subentry_of(following: Following, key: str) -> ConfigSubentry:
    """What the entry keeps of somebody who is followed."""
    xuid = following.person(key).xuid
    return next(
        one for one in following.entry.subentries.values() if one.unique_id == xuid
    )


async def choose(
    following: Following, key: str, *, budget: bool, weekend_days: list[str]
) -> None:
    """Switch the budget of somebody on or off, through the dialog."""
    subentries = following.hass.config_entries.subentries
    form = await subentries.async_init(
        (following.entry.entry_id, "person"),
        context={
            "source": "reconfigure",
            "subentry_id": subentry_of(following, key).subentry_id,
        },
    )
    assert form["type"] == "form"
    done = await subentries.async_configure(
        form["flow_id"], {"budget": budget, "weekend_days": weekend_days}
    )
    assert done["reason"] == "reconfigure_successful"
    await following.house.clock.pass_by(10)


async def give_budget(following: Following, key: str, **limits: Any) -> None:
    """Let somebody have a budget: `daily_budget`, `weekend_budget`, `bedtime_start`, `bedtime_end`."""
    await choose(following, key, budget=True, weekend_days=["sat", "sun"])
    name = following.person(key).gamertag.casefold().replace(" ", "_")
    for field, value in limits.items():
        domain, data = ("number", "value") if "budget" in field else ("time", "time")
        await following.house.act(
            f"{domain}.set_value", f"{domain}.{name}_{field}", **{data: value}
        )


def device_of(following: Following, key: str) -> str:
    """The id of somebody's device."""
    devices = dr.async_get(following.hass).async_get_devices(
        identifiers={(DOMAIN, following.person(key).xuid)}
    )
    (device,) = devices
    return device.id
