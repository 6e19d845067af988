"""Add the integration without a browser: the config flow over REST, the code at the simulator."""

import asyncio
from typing import Any

from aiohttp import ClientSession

from scripts.config_directory import DOMAIN
from scripts.homeassistant_instance import HomeAssistant

_ENTRIES = "/api/config/config_entries"
_FLOWS = f"{_ENTRIES}/flow"
_PATIENCE = 60.0
_PAUSE = 0.2


class SignInFailed(Exception):
    """The config flow did not end with a config entry."""


async def has_entry(home: HomeAssistant) -> bool:
    """Tell whether an account has been added."""
    entries = await home.request("GET", f"{_ENTRIES}/entry?domain={DOMAIN}")
    return bool(entries)


async def sign_in(
    home: HomeAssistant, simulator_url: str, account: str = "parent"
) -> None:
    """Add `account` of the simulated world. Raises SignInFailed, ClientError, TimeoutError."""
    step = await home.request("POST", _FLOWS, {"handler": DOMAIN})
    if step["type"] == "menu":
        step = await home.request(
            "POST", f"{_FLOWS}/{step['flow_id']}", {"next_step_id": "device_code"}
        )
    if step["type"] == "progress":
        await _approve(simulator_url, step["description_placeholders"]["code"], account)
        step = await _finished(home, step["flow_id"])
    if step["type"] != "create_entry":
        raise SignInFailed(str(step.get("reason") or step.get("errors")))


async def _approve(simulator_url: str, code: str, account: str) -> None:
    async with (
        ClientSession(raise_for_status=True) as session,
        session.post(
            f"{simulator_url}/_simulator/device-codes/approve",
            json={"user_code": code, "account": account},
        ),
    ):
        pass


async def _finished(home: HomeAssistant, flow_id: str) -> dict[str, Any]:
    """Return the step that follows the waiting."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            step: dict[str, Any] = await home.request("GET", f"{_FLOWS}/{flow_id}")
            if step["type"] not in ("progress", "progress_done"):
                return step
            await asyncio.sleep(_PAUSE)
